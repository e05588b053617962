"""The numbers that sentences state: requests, reviews, items published, responses, fees.

Only what a sentence says plainly of the whole report and of its year becomes a claim: no part of a whole, no
difference, no rounded number. Two sentences that state different numbers of the same thing leave no claim, and the
report says so in an issue.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import islice

from ingest.forms import CLAIMS
from ingest.forms.claims import OWN_SUBJECT
from ingest.prose.claim_patterns import (
    AFTER_RECONSIDERATION,
    ALL_CLOSED,
    MAY_STATE,
    NEXT_YEAR,
    PATTERNS,
    SAID_WITH,
    THIS_YEARS,
)
from ingest.prose.counts import count_of, is_in_ten_thousands
from ingest.prose.passages import Sentence
from ingest.prose.response_parts import response_parts
from ingest.prose.times import speaks_of_year
from ingest.report import Claim, Issue, Severity

_UNITS = {claim.code: claim.unit for claim in CLAIMS}
MAXIMUM_SENTENCE = 2000
"""A longer run of text without a full stop is no sentence."""
_EXCERPT = 600
_MAXIMUM_HITS = 6
_YEAR_NAMED = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_NO_YEAR = -1

_NONE_HAPPENED = re.compile(
    r"(?:(?:未|没有)(?:发生|收到|出现|产生|引发)|(?:^|(?<=[,;:年度关位局委办市县区]))(?:均)?无(?=因|政府信息公开|信息公开|行政复议))"
    r"(?P<what>[^,。;]{0,60})"
)
_LOWER_BODIES = re.compile(
    r"(?:乡镇|镇街|街道|镇|乡|科室|股室|[省市县区州]直(?:部门|单位)?)(?:\([^()]{1,8}\))?(?:共计?|累计|全年|总共|均|依法)*$"
)
_CLOSED_OF = re.compile(r"(?:办结|答复|办理|完成)(?:了)?(?:本年(?:度)?|今年)?$")
_OUTCOME = re.compile(
    r"败诉|纠错|纠正|撤销|撤诉|违法|超期|逾期|责令|维持|驳回|变更|审结|复议后|直接|重大|群体|较大|恶意"
)
_BODY = re.compile(r"(?:复议|诉讼)(?:机关|机构|意见|建议|决定|通知|答复|结果|申请书)")
_NOT_RECEIVED = re.compile(
    r"投诉|举报|异议|复议|诉讼|费|反馈|意见|评价|咨询|单位|部门|机关|乡镇|街道|答复|回复|告知|结果|补正|撤"
)
_CONDITION = re.compile(r"如果?|若|凡|申请人|对于?|因")
_SUPPOSED = re.compile(r"(?:^|度|年)(?:如果|如(?![期下实上此图约数])|若|倘若?|假如|一旦|凡)")
_SUPPOSED_SO = re.compile(r"(?:申请)?(?:的|时|后)[,;]")
_OTHER_MATTER = re.compile(r"提案|建议|来信|信访|热线|工单|留言|咨询|诉求|投诉|举报")
_OTHER_APPLICATION = re.compile(
    r"行政审批|审批|许可|登记|复议|诉讼|仲裁|救助|补贴|补助|赔偿|援助|鉴定|认定|备案|专利|案件|执法|不动产|意见"
)
_MATTER = re.compile(r"(?P<other>行政复议|行政诉讼|行政应诉|复议案|诉讼案|举报投诉)|申请|新收|依申请")
_EXCEPTED = re.compile(r"除[^,。;:]{1,20}外,?[^,。;:]{0,8}$")
_ON_DISCLOSURE = re.compile(r"[,(]其中[^,。;]{0,8}信息公开[^,。;]{0,10}\d")
"""What follows a number of reviews of any matter: how many of them are of requests."""
_OF_REQUESTS = re.compile(r"信息公开|依申请|公开申请|公开的申请")
_PART = re.compile(
    r"(?:个别|部分|有的|有些|多数|其余|其他|其它)(?:单位|部门|机关|地方|县|区|市|乡|镇|街道|科室)|[省市县区州](?:直|级|本级)|"
    r"平均|月均|日均|每[月季天日周年]|分别|计划|力争|预计|目标|争取|转载|转发"
)
_WAY_OF_APPLYING = re.compile(
    r"网络|网上|在线|线上|当面|现场|窗口|信函|邮寄|传真|邮件|邮箱|书面|电话|口头|平台|微信|自然人|法人|企业|个人|公民|律师|首次|重复"
)
_CHANNEL = re.compile(
    r"微信|微博|公众号|新媒体|公报|发布会|广播|电视|报纸|报刊|电子屏|显示屏|公告栏|公示栏|短信|客户端|抖音|头条|媒体"
)
_SITE = re.compile(r"网|平台|专栏|目录")
_OTHER_CHANNEL = re.compile(rf"(?:{_CHANNEL.pattern})[^,。;\d]{{0,20}}\d")
_FORM_OF_WORDS = re.compile(
    r"图文|图片|图解|图表|视频|音频|动漫|动画|漫画|文字|专家|媒体|负责人|领导|H5|一图|微信|微博|上级|回应$"
)
_ONE_FORM = re.compile(r"(?:图文|图片|图解|图表|视频|音频|动漫|动画|漫画|文字|专家|媒体)[^,。;\d]{0,8}\d+[篇件条个]")
_CLOSED_AS = re.compile(
    r"(?:^|[,;:()]|已|共|依法|共计|全年|累计|合计|总计|并|规范|年度?|机关|[我全本][省市县区州盟旗镇乡局委厅办院会]|均)(?:已)?(?:予以)?$"
)
_JOINED_REVIEWS = re.compile(r"(?:复议|诉讼)(?:案件)?(?:、|和|及|与|或者?|以及|并)(?:提起|被提起)?$")
_SPECIAL_REVIEW = re.compile(r"(?:复议后|未经复议|直接|起诉|维持|纠正|纠错|败诉|撤销|审结|未结|不服)(?:提起)?(?:的)?$")
_FEE_NOT_CHARGED = re.compile(r"退|返还|减免|免收|应收|欠|应当|可以|拟|将|[需须]|诉讼")
_FEE_RULE = re.compile(r"超过|超出|标准|按件|按量|每[件页次]")
_CHARGED = re.compile(r"(?<![未没有])收[取费]")
"""What stands before 未收取其他费用 where it says that some was charged."""
_PER = re.compile(r"元(?:/|每|一)")
_OWN = (
    r"(?:我[省市县区州盟旗镇乡局委厅办院]|本(?:机关|单位|行政区域|[省市县区州盟旗镇乡局委厅办院])|"
    r"全[省市县区州盟旗镇乡局委厅系]|各级|行政机关)"
)
_AGENT = re.compile(
    rf"(?P<own>{_OWN})|"
    r"(?:(?<![^,;:)年度])|(?<=其中))(?P<subject>[\u4e00-\u9fff、]{1,24}?(?:办公室|办|局|委|科|处|中心|厅|院|政府|街道|镇|乡|大队|支队))"
    r"(?:代表[\u4e00-\u9fff]{1,10}?)?(?:共|累计|全年|总共|年内|依法|均|(?<!,)度)*(?:未|没有)?"
    r"(?:受理|收到|接到|办理|答复|新收|办结|主动公开|主动发布|发生|收取|上年结转|行政复议|行政诉讼|回应|发布)"
)
_LEADING = re.compile(r"^(?:其中|今年|全年|年内|本年度?|由|经|在|截至目前|度)+")
_GOVERNMENT = re.compile(r"(?:人民)?政府$")
_OWN_WORDS = re.compile(r"我|本|全|各级|行政机关")
_PERSONS = re.compile(r"(?:自然人|公民)、法人(?:和|或者|或|及|以及)其[他它](?:社会)?组织(?:提出|申请)?(?:的)?")
_TAIWAN_WORDS = (("资讯", "信息"), ("释出", "发布"), ("透过", "通过"), ("入口网站", "门户网站"))
_OF_ANY_MATTER = re.compile(r"各类|各种|应诉|法治|民告官")
_OF_A_PART = frozenset(
    (
        "litigation_direct",
        "litigation_after_reconsideration",
        "published_by_gazette",
        "published_by_website",
        "published_by_weibo",
        "published_by_wechat",
    )
)
"""Claims of a part by their nature, so that they may stand behind 其中."""
_REQUEST_COUNTS = frozenset(("new_requests", "applications_received"))


@dataclass(frozen=True, slots=True)
class _Found:
    """A claim; one whose sentence counts one channel alone is dropped for a whole one, one printed in 万 for digits."""

    claim: Claim
    one_channel: bool
    rounded: bool


def find_claims(
    sentences: Iterable[Sentence], report_year: int | None, publisher: str = ""
) -> tuple[tuple[Claim, ...], tuple[Issue, ...]]:
    """The claims of a report, one a (claim, subject) at most, and the issues of those that contradict each other.

    `publisher` is whom the title names: what a sentence says of it is said of the report.
    """
    found: dict[tuple[str, str], list[_Found]] = {}
    sentences = tuple(sentences)
    if report_year is None:
        report_year = _only_year(sentences)
    for index, sentence in enumerate(sentences):
        if len(sentence.plain) <= MAXIMUM_SENTENCE:
            for one in _claims_of(sentence, report_year, publisher):
                found.setdefault((one.claim.claim_code, one.claim.subject), []).append(one)
                if one.claim.claim_code == "responses" and one.claim.subject == OWN_SUBJECT:
                    for part in _parts_of_responses(sentences, index):
                        found.setdefault((part.claim.claim_code, part.claim.subject), []).append(part)
    claims, issues = [], []
    for (code, subject), everything in sorted(found.items()):
        chosen = [one for one in everything if not one.one_channel] or everything
        chosen = [one for one in chosen if not one.rounded] or chosen
        candidates = [one.claim for one in chosen]
        values = {claim.value for claim in candidates}
        if len(values) == 1:
            claims.append(candidates[0])
            if chosen[0].rounded:
                message = f"{code} of {subject} is stated in 万 as {candidates[0].value}, so it is rounded"
                issues.append(Issue("claim_rounded", Severity.INFO, message, candidates[0].locator))
        else:
            said = ", ".join(f"{claim.value} ({claim.locator})" for claim in candidates[:5])
            issues.append(
                Issue(
                    "claim_contradicted",
                    Severity.INFO,
                    f"{code} of {subject} is said to be {said}; none is kept",
                    candidates[0].locator,
                )
            )
    return tuple(claims), tuple(issues)


def _only_year(sentences: tuple[Sentence, ...]) -> int | None:
    """The one year that a report of unknown year names, None where it names none, and no year at all for several."""
    years = {int(year) for sentence in sentences for year in _YEAR_NAMED.findall(sentence.plain)}
    if not years:
        return None
    return years.pop() if len(years) == 1 else _NO_YEAR


def _parts_of_responses(sentences: Sequence[Sentence], index: int) -> Iterator[_Found]:
    """The parts that follow a number of responses; only of a sentence that says one such number."""
    pattern = next(pattern for code, pattern in PATTERNS if code == "responses")
    hits = _hits(pattern, sentences[index].plain)
    if len(hits) == 1:
        for code, (value, sentence) in response_parts(sentences, index, hits[0].end()).items():
            excerpt = sentence.plain[:_EXCERPT]
            yield _Found(Claim(code, OWN_SUBJECT, value, _UNITS[code], excerpt, sentence.locator), False, False)


def _claims_of(sentence: Sentence, report_year: int | None, publisher: str) -> Iterator[_Found]:
    plain = sentence.plain
    if not MAY_STATE.search(plain):
        return
    for taiwan, mainland in _TAIWAN_WORDS:
        plain = plain.replace(taiwan, mainland)
    text = _PERSONS.sub("", plain)
    stated = list(_stated(text))
    if not stated:
        return
    agents = list(_AGENT.finditer(text))

    def made(code: str, hit: re.Match[str], year_place: int | None = None) -> Iterator[_Found]:
        value, place = _number(hit), hit.start()
        if value is None or not speaks_of_year(text, place if year_place is None else year_place, report_year):
            return
        subject = _subject(agents, place, publisher)
        begin = max(0, min(place - _EXCERPT // 2, len(text) - _EXCERPT))
        excerpt = text[begin : begin + _EXCERPT]
        one_channel = code == "published_items" and bool(_SITE.search(_clause(text, place)))
        rounded = "n" in hit.re.groupindex and is_in_ten_thousands(hit["n"])
        yield _Found(Claim(code, subject, value, _UNITS[code], excerpt, sentence.locator), one_channel, rounded)

    for code, hit in stated:
        if hit.re is ALL_CLOSED:
            if _is_plain("applications_received", hit, agents):
                yield from made(code, hit)
        elif hit.re is AFTER_RECONSIDERATION:
            if _is_plain("litigation", hit, agents):
                yield from made(code, hit)
        elif hit.re is THIS_YEARS:
            if not _OTHER_APPLICATION.search(hit[0]):
                code = "new_requests" if hit["verb"].startswith("新收") else "applications_received"
                yield from made(code, hit, hit.start("n"))
        elif hit.re is _NONE_HAPPENED:
            rest = re.match("[^,。;]*", text[hit.start() :])
            clause = rest[0] if rest else hit[0]
            part = re.search("[1-9]", clause) or _OUTCOME.search(clause) or _BODY.search(clause)
            if part or not _is_whole(hit, agents):
                continue
            if "行政复议" in hit["what"]:
                yield from made("reconsideration", hit)
            if "诉讼" in hit["what"]:
                yield from made("litigation", hit)
        elif _is_plain(code, hit, agents):
            yield from made(code, hit)


def _stated(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Where the wordings of claims are found in a sentence, pattern by pattern, each with its claim."""
    said = frozenset([word for word in _SAID if word in text])
    for code, pattern in _wordings(said):
        for hit in _hits(pattern, text):
            yield code, hit


@lru_cache(maxsize=1024)
def _wordings(said: frozenset[str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The claims and their patterns that a sentence with these words may have."""
    return tuple(
        (code, pattern) for code, pattern, needed in _NEEDED if all(not said.isdisjoint(any_) for any_ in needed)
    )


_RECEIVED = ("收到", "受理")
_NEEDED = (
    *((code, pattern, (SAID_WITH[code],)) for code, pattern in PATTERNS),
    ("closed_total", ALL_CLOSED, (_RECEIVED, ("答复", "办结"))),
    ("litigation_after_reconsideration", AFTER_RECONSIDERATION, (("行政诉讼",), ("复议后",))),
    ("new_requests", THIS_YEARS, (("新收", "收到"), ("申请",))),
    ("reconsideration", _NONE_HAPPENED, (("行政复议", "诉讼"), ("未", "没有", "无"))),
)
"""The patterns, and of which words each needs one of every kind: a cheap look, for most sentences state nothing."""
_SAID = tuple(dict.fromkeys(word for *_, needed in _NEEDED for any_ in needed for word in any_))


def _hits(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Where a sentence makes a statement; nowhere if it makes it so often that it must be a list."""
    hits = list(islice(pattern.finditer(text), _MAXIMUM_HITS + 1))
    return hits if len(hits) <= _MAXIMUM_HITS else []


def _clause(text: str, place: int) -> str:
    """What stands before a place in its clause."""
    return text[max(text.rfind(sign, 0, place) for sign in ",;:(") + 1 : place]


def _is_whole(hit: re.Match[str], agents: list[re.Match[str]]) -> bool:
    """Whether a statement is of a whole: not behind 其中 (which a bracket ends), and its clause names no part.

    An office named behind 其中 is the whole of its own statement.
    """
    text, start = hit.string, hit.start()
    bracket = text.rfind("(", 0, start)
    inside = bracket > text.rfind(")", 0, start)
    before = text[bracket:start] if inside else re.sub(r"\([^()]{0,200}\)", "", text[:start])
    place = before.rfind("其中")
    if place >= 0 and not any(agent["subject"] and place <= agent.start() <= start for agent in agents):
        return False
    if _EXCEPTED.search(text[:start]) or "不存在" in _clause(text, start):
        return False
    return not _PART.search(_clause(text, start) + hit[0])


def _is_plain(code: str, hit: re.Match[str], agents: list[re.Match[str]]) -> bool:
    """Whether a match states its claim: the words around it name nothing else and no part."""
    text, start = hit.string, hit.start()
    clause = _clause(text, start)
    said = clause + hit[0]
    before = text[:start]
    if _LOWER_BODIES.search(before) and not any(agent["subject"] and agent.end() > start for agent in agents):
        return False
    if _SUPPOSED.search(clause) or _SUPPOSED_SO.match(text[hit.end() :]):
        return False
    if code in ("carried_in", "new_requests") and _CLOSED_OF.search(before):
        return False
    if code in ("carried_in", "carried_out") and _of_reviews(before):
        return False
    if code == "carried_in":
        return not re.search(rf"结转{NEXT_YEAR}[^)]{{0,30}}\([^()]{{0,10}}$", before)
    if code == "carried_out":
        return not _OTHER_APPLICATION.search(said)
    if code == "interpretations":
        beside = text[: hit.end()] + text[hit.end() :].split("其中")[0]
        return not _ONE_FORM.search(beside) and not _FORM_OF_WORDS.search(clause) and not _PART.search(said)
    if code in _OF_A_PART:
        return not _PART.search(said)
    if not _is_whole(hit, agents):
        return False
    if code in _REQUEST_COUNTS:
        if _OTHER_MATTER.search(said) or _OTHER_APPLICATION.search(said) or _WAY_OF_APPLYING.search(said):
            return False
        if "n" not in hit.re.groupindex:
            return not _NOT_RECEIVED.search(hit["after"]) and not _CONDITION.search(clause)
        return bool(_OF_REQUESTS.search(text[: hit.end("n")])) or "上年结转" in text
    if code == "closed_total":
        return (
            bool(_CLOSED_AS.search(clause))
            and "申请" in text
            and not _OTHER_MATTER.search(text)
            and not _OTHER_APPLICATION.search(text[: hit.end()])
        )
    if code in ("reconsideration", "litigation"):
        special = _JOINED_REVIEWS.search(before[-12:]) or _SPECIAL_REVIEW.search(before[-12:])
        of_any = _OF_ANY_MATTER.search(said) or (
            "信息公开" not in said and _ON_DISCLOSURE.match(text[hit.end() :].lstrip("案申请"))
        )
        return not special and not of_any
    if code == "published_items":
        return not _CHANNEL.search(clause) and not (_SITE.search(clause) and _OTHER_CHANNEL.search(text))
    if code == "responses":
        return not _CHANNEL.search(clause)
    if "n" not in hit.re.groupindex and "其他" in hit[0] and _CHARGED.search(before):
        return False
    return (
        not _FEE_RULE.search(before) and not _FEE_NOT_CHARGED.search(clause) and not _PER.match(text[hit.end() - 1 :])
    )


def _of_reviews(before: str) -> bool:
    """Whether the matter named last before a statement is reviews, complaints or the like, and not requests."""
    last = list(_MATTER.finditer(before))
    return bool(last) and last[-1]["other"] is not None


def _subject(agents: list[re.Match[str]], place: int, publisher: str) -> str:
    """Of whom a statement speaks: the last office named before it as doing something, else the report's own."""
    named = [agent for agent in agents if agent.start() <= place]
    if not named or named[-1]["own"]:
        return OWN_SUBJECT
    subject = _LEADING.sub("", named[-1]["subject"])
    own = not subject or _OWN_WORDS.search(subject) or _is_named(subject, publisher)
    return OWN_SUBJECT if own else subject


def _is_named(subject: str, publisher: str) -> bool:
    """Whether a subject is the publisher: a title that names only a place is its people's government's."""
    if not publisher:
        return False
    place = _GOVERNMENT.sub("", subject)
    return publisher.endswith(subject) or (place != subject and _GOVERNMENT.sub("", publisher).endswith(place))


def _number(hit: re.Match[str]) -> Decimal | None:
    """The number of a match, 0 where its pattern states none; None where it is rough or no number."""
    return count_of(hit) if "n" in hit.re.groupindex else Decimal(0)
