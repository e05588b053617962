"""How sentences state the numbers that are claims: one pattern a wording, `n` the number.

They are matched against plain text: simplified, in NFKC, without space.
"""

import re

from ingest.prose.counts import AMOUNT, COUNT

_NOT_PLAIN = r"比|较|环比|增|减|上升|下降|近|约|超|逾|维持|纠|败|撤|驳|和|与|及|其中|占|每"
_GAP = rf"(?:(?!{_NOT_PLAIN})[^,。;:\d、()])"
_TO = r"[数量总共计合达到为有了是次件案]{0,6}"
"""What may stand between the thing counted and its number."""
_PUBLIC = r"(?:政府|政务|行政)?(?:信息)?(?:依申请)?(?:公开)?(?:的)?"
_MADE_PUBLIC = r"(?:主动)?(?:公开|发布)(?:了)?(?:各类)?(?:政府|政务)信息"
NEXT_YEAR = r"(?:至|到)?(?:下(?:一)?年(?:度)?|次年)"

# The claim, and a pattern where `n` is the number; a pattern without `n` states none at all, which is 0.
PATTERNS = tuple(
    (code, re.compile(pattern))
    for code, pattern in (
        ("new_requests", rf"新收(?![集录缴])到?{_GAP}{{0,20}}?申请{_TO}{COUNT}(?:件|宗|条|份)"),
        ("new_requests", rf"新收(?![集录缴])到?(?:的)?(?:依申请公开)?{_TO}{COUNT}(?:件|宗)"),
        (
            "new_requests",
            rf"新收(?![集录缴])到?{_GAP}{{0,20}}?申请[数量]{{0,2}}[同环]?[比较][^,。;:、]{{1,20}},共{_TO}{COUNT}件",
        ),
        (
            "carried_in",
            rf"上(?:一)?年(?:度)?结转(?:至本年度?|到本年度?)?(?:的)?{_PUBLIC}(?:申请)?{_TO}{COUNT}(?:件|宗|条|份)",
        ),
        ("carried_out", rf"结转{NEXT_YEAR}(?:继续|办理|处理|答复|的)*{_PUBLIC}(?:申请)?{_TO}{COUNT}(?:件|宗|条|份)"),
        ("carried_out", rf"{COUNT}(?:件|宗)(?:申请)?结转{NEXT_YEAR}"),
        (
            "applications_received",
            rf"(?<!新)(?<!不予)(?<![未不])(?:收到|受理){_GAP}{{0,24}}?(?:申请|依申请公开(?:事项|件)?){_TO}{COUNT}(?:件|次|条|宗|份)",
        ),
        (
            "applications_received",
            rf"(?<!新)(?:收到|受理){_GAP}{{0,24}}?申请[数量]{{0,2}}[同环]?[比较][^,。;:、]{{1,20}},共{_TO}{COUNT}件",
        ),
        (
            "applications_received",
            r"(?:未|没有)(?:新)?(?:收到|接到|受理)(?:任何|形式|过|关于|有关|相关|公民|提出|的|一[件例])*"
            r"(?:政府|政务)?(?:信息)?(?:依申请公开|公开(?:的)?申请)(?P<after>[^,。;:()]{0,12})",
        ),
        ("closed_total", rf"(?:办结|答复){_PUBLIC}(?:申请)?(?:数)?{_TO}{COUNT}(?:件|个|宗|份)"),
        ("reconsideration", rf"行政复议(?:申请|案件|案|事项|立案|被申请)?{_TO}{COUNT}(?:件|起|宗)"),
        ("litigation", rf"行政诉讼(?:案件|案|事项|立案|应诉)?{_TO}{COUNT}(?:件|起|宗)"),
        (
            "litigation_direct",
            rf"未经(?:行政)?复议(?:而)?直接(?:起诉|提起(?:行政)?诉讼)(?:的)?(?:行政诉讼)?(?:案件|案)?{_TO}{COUNT}(?:件|起|宗)",
        ),
        (
            "litigation_after_reconsideration",
            rf"复议后(?:起诉|(?:又)?提起(?:行政)?诉讼)(?:的)?(?:行政诉讼)?(?:案件|案)?{_TO}{COUNT}(?:件|起|宗)",
        ),
        ("published_by_gazette", rf"政府公报{_MADE_PUBLIC}{_TO}{COUNT}条"),
        ("published_by_website", rf"政府(?:门户)?网站{_MADE_PUBLIC}{_TO}{COUNT}条"),
        ("published_by_weibo", rf"政务微博{_MADE_PUBLIC}{_TO}{COUNT}条"),
        ("published_by_wechat", rf"政务微信(?:公众号)?{_MADE_PUBLIC}{_TO}{COUNT}条"),
        (
            "published_items",
            r"主动(?:公开|发布)(?:了|的)?(?:各类|各种|各项|各级|相关|有关|全部|本级)*(?:政府|政务)*信息"
            rf"{_TO}{COUNT}条",
        ),
        ("published_items", rf"信息公开发布总数量(?:\([^()]{{0,20}}\))?:?{COUNT}(?=$|[条,;)])"),
        ("responses", rf"回应[^,。;:\d、()]{{0,16}}?(?:热点|舆情|关切){_TO}{COUNT}次"),
        ("interpretations", rf"(?<![及和与、应])解读(?:稿件|材料|信息|文章)?(?:发布)?{_TO}{COUNT}(?:篇|件|条)"),
        (
            "fees_charged",
            r"(?:未|没有)(?:向[^,。;:\d]{1,12}?)?收取(?:任何|过|其他|相关|有关|政府|信息|依|申请|公开|处理|检索|复制|"
            r"邮寄|寄送|成本|工本|[的、和及等])*费(?:用)?(?![的用率外]|[以之]外)",
        ),
        (
            "fees_charged",
            r"(?:依申请公开|信息公开)(?:政府信息|工作)?收费(?:总金额|总额|金额|情况)?[总共计合为是:]{0,3}"
            rf"{AMOUNT}元",
        ),
        ("fees_charged", r"(?:^|[,;:]|年|年度|均|公开)(?:均)?(?:无|未发生)(?:任何)?收费(?:情况|行为|现象)?(?=$|[,;)])"),
        (
            "fees_charged",
            r"收取(?:了)?(?:政府|信息|公开|依|申请|的)*(?:处理费|公开费|公开费用|公开的费用)(?:用)?(?:的)?(?:总金额|总额|金额)?"
            rf"[总共计合为是]{{0,3}}{AMOUNT}元",
        ),
        (
            "fees_charged",
            rf"信息处理费(?:用)?(?:的)?(?:收取|收费|收缴)(?:总金额|总额|金额|情况)?[总共计合为是:]{{0,3}}{AMOUNT}元",
        ),
    )
)
SAID_WITH = {
    "new_requests": ("新收",),
    "carried_in": ("结转",),
    "carried_out": ("结转",),
    "applications_received": ("收到", "受理", "接到"),
    "closed_total": ("办结", "答复"),
    "reconsideration": ("行政复议",),
    "litigation": ("行政诉讼",),
    "litigation_direct": ("复议直接", "复议而直接"),
    "litigation_after_reconsideration": ("复议后",),
    "published_by_gazette": ("政府公报",),
    "published_by_website": ("网站",),
    "published_by_weibo": ("政务微博",),
    "published_by_wechat": ("政务微信",),
    "published_items": ("主动公开", "主动发布", "信息公开发布总数量"),
    "responses": ("回应",),
    "interpretations": ("解读",),
    "fees_charged": ("收取", "收费", "信息处理费"),
}
"""Words of which every wording of a claim has one: a cheap look, for most sentences state nothing."""
MAY_STATE = re.compile(
    "新收|结转|收到|受理|接到|办结|答复|复议|诉讼|公报|网站|微博|微信|主动公开|主动发布|公开发布|回应|解读|收取|收费|处理费"
    "|释出"
)
"""A sentence that has none of these states no claim."""
ALL_CLOSED = re.compile(
    rf"(?<!新)(?<!不予)(?<![未不])(?:收到|受理){_GAP}{{0,24}}?申请{_TO}{COUNT}件,(?:均|全部)(?:已|都)?"
    r"(?:(?!未|不|尚|正在|拟|部分|口头|电话)[^,。;]){0,14}(?:答复|办结)(?!中)"
)
AFTER_RECONSIDERATION = re.compile(
    rf"行政诉讼(?:案件|立案)?{_TO}{COUNT}(?:件|起)\(?(?:,|均|全部|都)*为?(?:经)?(?:行政)?复议后"
)
THIS_YEARS = re.compile(
    rf"(?:去年|上年度?|(?:19|20)\d{{2}}年度?)[^,。;:\d]{{0,12}}?(?P<verb>新收到?|收到){_GAP}{{0,20}}?(?:公开)?申请{_TO}\d{{1,9}}件(?:相比)?,"
    rf"(?P<now>今年|本年度?|(?:19|20)\d{{2}}年度?){_TO}{COUNT}件"
)
