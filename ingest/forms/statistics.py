"""The nationwide statistics table of 2014 to 2018 (国办发〔2014〕32号): one number an indicator."""

from ingest.forms.model import FORM_2014, CellKey, FormCell, Row

SECTION = "statistics"
COLUMN = "value"

# (code, printed label, English label, group, unit), in the order of the table.
_TABLE = (
    ("published_total", "主动公开政府信息数", "Items published", "proactive", "item"),
    ("published_normative_documents", "主动公开规范性文件数", "Normative documents published", "proactive", "item"),
    ("normative_documents_issued", "制发规范性文件总数", "Normative documents issued", "proactive", "document"),
    ("published_by_gazette", "通过政府公报公开政府信息数", "Published by gazette", "proactive", "item"),
    ("published_by_website", "通过政府网站公开政府信息数", "Published by website", "proactive", "item"),
    ("published_by_weibo", "通过政务微博公开政府信息数", "Published by Weibo", "proactive", "item"),
    ("published_by_wechat", "通过政务微信公开政府信息数", "Published by WeChat", "proactive", "item"),
    ("published_by_other", "通过其他方式公开政府信息数", "Published otherwise", "proactive", "item"),
    ("responses_total", "回应公众关注热点或重大舆情数", "Responses to public concerns", "responses", "event"),
    ("press_conferences", "参加或举办新闻发布会总次数", "Press conferences", "responses", "event"),
    (
        "press_conferences_by_head",
        "新闻发布会主要负责同志参加次数",
        "Press conferences with the head",
        "responses",
        "event",
    ),
    ("online_interviews", "政府网站在线访谈次数", "Online interviews", "responses", "event"),
    (
        "online_interviews_by_head",
        "在线访谈主要负责同志参加次数",
        "Online interviews with the head",
        "responses",
        "event",
    ),
    ("interpretations", "政策解读稿件发布数", "Policy interpretations published", "responses", "article"),
    ("weibo_wechat_responses", "微博微信回应事件数", "Responses by Weibo and WeChat", "responses", "event"),
    ("other_responses", "其他方式回应事件数", "Responses otherwise", "responses", "event"),
    ("requests_received", "收到申请数", "Requests received", "requests_received", "request"),
    ("requests_in_person", "当面申请数", "Requests in person", "requests_received", "request"),
    ("requests_by_fax", "传真申请数", "Requests by fax", "requests_received", "request"),
    ("requests_online", "网络申请数", "Requests online", "requests_received", "request"),
    ("requests_by_letter", "信函申请数", "Requests by letter", "requests_received", "request"),
    ("requests_closed", "申请办结数", "Requests closed", "requests_closed", "request"),
    ("closed_on_time", "按时办结数", "Closed on time", "requests_closed", "request"),
    ("closed_extended", "延期办结数", "Closed after extension", "requests_closed", "request"),
    ("requests_answered", "申请答复数", "Requests answered", "requests_answered", "request"),
    ("answered_already_public", "属于已主动公开范围数", "Answered: already public", "requests_answered", "request"),
    ("answered_granted", "同意公开答复数", "Answered: granted", "requests_answered", "request"),
    ("answered_partly_granted", "同意部分公开答复数", "Answered: partly granted", "requests_answered", "request"),
    ("answered_denied", "不同意公开答复数", "Answered: denied", "requests_answered", "request"),
    ("denied_state_secret", "涉及国家秘密", "Denied: state secret", "answered_denied", "request"),
    ("denied_trade_secret", "涉及商业秘密", "Denied: trade secret", "answered_denied", "request"),
    ("denied_privacy", "涉及个人隐私", "Denied: privacy", "answered_denied", "request"),
    (
        "denied_security_stability",
        "危及国家安全、公共安全、经济安全和社会稳定",
        "Denied: security or stability",
        "answered_denied",
        "request",
    ),
    (
        "denied_not_government_information",
        "不是《条例》所指政府信息",
        "Denied: not government information",
        "answered_denied",
        "request",
    ),
    ("denied_other_law", "法律法规规定的其他情形", "Denied: other law", "answered_denied", "request"),
    ("answered_not_competent", "不属于本行政机关公开数", "Answered: not competent", "requests_answered", "request"),
    ("answered_not_existing", "申请信息不存在数", "Answered: does not exist", "requests_answered", "request"),
    ("answered_to_be_amended", "告知作出更改补充数", "Answered: to be amended", "requests_answered", "request"),
    ("answered_other_channel", "告知通过其他途径办理数", "Answered: other channel", "requests_answered", "request"),
    ("reconsiderations", "行政复议数量", "Reconsiderations", "reconsiderations", "case"),
    ("reconsiderations_upheld", "维持具体行政行为数", "Reconsiderations: upheld", "reconsiderations", "case"),
    ("reconsiderations_corrected", "被依法纠错数", "Reconsiderations: corrected", "reconsiderations", "case"),
    ("reconsiderations_other", "其他情形数", "Reconsiderations: other", "reconsiderations", "case"),
    ("litigations", "行政诉讼数量", "Lawsuits", "litigations", "case"),
    ("litigations_upheld", "维持具体行政行为或者驳回原告诉讼请求数", "Lawsuits: upheld", "litigations", "case"),
    ("litigations_corrected", "被依法纠错数", "Lawsuits: corrected", "litigations", "case"),
    ("litigations_other", "其他情形数", "Lawsuits: other", "litigations", "case"),
    ("complaints", "举报投诉数量", "Complaints", "complaints", "case"),
    ("fees_charged", "依申请公开信息收取的费用", "Fees charged", "fees", "CNY"),
    ("offices", "政府信息公开工作专门机构数", "Dedicated offices", "organisation", "office"),
    ("reading_points", "设置政府信息公开查阅点数", "Reading points", "organisation", "place"),
    ("staff", "从事政府信息公开工作人员数", "Staff", "staff", "person"),
    ("staff_full_time", "专职人员数", "Staff full time", "staff", "person"),
    ("staff_part_time", "兼职人员数", "Staff part time", "staff", "person"),
    ("funding", "政府信息公开专项经费", "Funding", "organisation", "CNY"),
    ("meetings", "召开政府信息公开工作会议或专题会议数", "Meetings", "training", "event"),
    ("trainings", "举办各类培训班数", "Training courses", "training", "event"),
    ("trained_persons", "接受培训人员数", "Persons trained", "training", "person"),
)

# How the labels are printed elsewhere. A label that two indicators have (被依法纠错数) is told by the rows around it.
_VARIANTS = {
    "published_total": ("主动公开信息数", "主动公开政府信息数(不同渠道和方式公开相同信息计1条)"),
    "published_normative_documents": ("公开规范性文件数", "主动公开行政规范性文件数"),
    "normative_documents_issued": ("制定规范性文件数", "制发行政规范性文件数"),
    "published_by_gazette": ("政府公报公开政府信息数", "政府公报公开信息数", "政府公报公开数"),
    "published_by_website": (
        "政府网站公开政府信息数",
        "政府网站公开信息数",
        "政府网站公开数",
        "政府门户网站公开政府信息数",
    ),
    "published_by_weibo": ("政务微博公开政府信息数", "政务微博公开信息数", "微博公开政府信息数", "政务微博公开数"),
    "published_by_wechat": ("政务微信公开政府信息数", "政务微信公开信息数", "微信公开政府信息数", "政务微信公开数"),
    "published_by_other": ("其他方式公开政府信息数", "其他方式公开信息数", "其他方式公开数", "其它方式公开政府信息数"),
    "responses_total": (
        "回应公众关注热点和重大舆情数",
        "回应公众关注热点及重大舆情数",
        "回应公众关注热点重大舆情数",
        "回应公众关注的热点或重大舆情数",
        "回应公众关注热点或重大舆情数(不同方式回应同一热点或舆情计1次)",
    ),
    "press_conferences": ("参加和举办新闻发布会次数", "参加举办新闻发布会次数", "举办新闻发布会次数", "新闻发布会次数"),
    "press_conferences_by_head": (
        "主要负责同志参加新闻发布会次数",
        "主要负责人参加新闻发布会次数",
        "主要负责同志参加次数",
        "主要负责人参加次数",
    ),
    "online_interviews": ("在线访谈次数", "网站在线访谈次数"),
    "online_interviews_by_head": (
        "主要负责同志参加政府网站在线访谈次数",
        "主要负责同志参加在线访谈次数",
        "主要负责人参加政府网站在线访谈次数",
        "主要负责人参加在线访谈次数",
        "主要负责同志参加次数",
        "主要负责人参加次数",
    ),
    "interpretations": ("发布政策解读稿件数", "政策解读稿件数"),
    "weibo_wechat_responses": ("政务微博微信回应事件数", "微博微信回应数"),
    "other_responses": ("其它方式回应事件数", "其他方式回应数"),
    "requests_received": ("收到政府信息公开申请数", "收到信息公开申请数"),
    "requests_online": ("网上申请数",),
    "requests_by_letter": ("信件申请数",),
    "requests_closed": ("办结申请数",),
    "closed_on_time": ("按期办结数",),
    "requests_answered": ("答复申请数", "对申请的答复数"),
    "answered_already_public": ("属于主动公开范围数", "已主动公开范围数"),
    "answered_granted": ("同意公开数",),
    "answered_partly_granted": ("同意部分公开数",),
    "answered_denied": ("不同意公开数",),
    "denied_security_stability": ("危及国家安全、公共安全、经济安全或社会稳定",),
    "denied_not_government_information": ("非《条例》所指政府信息", "不是《条例》所指的政府信息"),
    "denied_other_law": ("法律法规规定的其它情形",),
    "answered_not_competent": ("不属于本行政机关公开范围数", "不属于本机关公开数"),
    "answered_not_existing": ("申请的信息不存在数", "申请政府信息不存在数", "信息不存在数"),
    "answered_to_be_amended": ("告知做出更改补充数",),
    "answered_other_channel": ("告知通过其它途径办理数", "告知其他途径办理数"),
    "reconsiderations": ("行政复议案件数",),
    "reconsiderations_corrected": ("依法纠错数",),
    "reconsiderations_other": ("其它情形数",),
    "litigations": ("行政诉讼案件数",),
    "litigations_upheld": (
        "维持具体行政行为或驳回原告诉讼请求数",
        "维持具体行政行为和驳回原告诉讼请求数",
        "维持具体行政行为数",
    ),
    "litigations_corrected": ("依法纠错数",),
    "litigations_other": ("其它情形数",),
    "complaints": ("投诉举报数量",),
    "fees_charged": (
        "依申请公开信息收取费用",
        "依申请公开收取的费用",
        "依申请公开政府信息收取的费用",
        "依申请公开信息收费",
    ),
    "offices": ("政府信息公开专门机构数", "专门机构数"),
    "reading_points": ("政府信息公开查阅点数", "设置查阅点数", "设立政府信息公开查阅点数", "查阅点数"),
    "staff": ("政府信息公开工作人员数", "从事政府信息公开工作的人员数"),
    "staff_full_time": ("专职工作人员数", "专职人员数(不包括政府公报及政府网站工作人员数)"),
    "staff_part_time": ("兼职工作人员数",),
    "funding": (
        "政府信息公开工作专项经费",
        "专项经费",
        "政府信息公开专项经费(不包括用于政府公报编辑管理及政府网站建设维护等方面的经费)",
    ),
    "meetings": (
        "召开政府信息公开工作会议和专题会议数",
        "召开政府信息公开工作会议及专题会议数",
        "召开工作会议或专题会议数",
        "政府信息公开工作会议或专题会议数",
    ),
    "trainings": ("举办培训班数", "举办政府信息公开培训班数"),
    "trained_persons": ("接受培训人次", "接受培训人次数", "接受培训人数", "培训人员数"),
}

SHORT_LABELS = {
    "published_by_gazette": ("政府公报",),
    "published_by_website": ("政府网站",),
    "published_by_weibo": ("政务微博",),
    "published_by_wechat": ("政务微信",),
    "published_by_other": ("其他方式", "其它方式"),
    "requests_in_person": ("当面",),
    "requests_by_fax": ("传真",),
    "requests_online": ("网络",),
    "requests_by_letter": ("信函",),
    "reconsiderations_upheld": ("维持",),
    "reconsiderations_corrected": ("纠错",),
    "reconsiderations_other": ("其他", "其它"),
    "litigations_upheld": ("维持",),
    "litigations_corrected": ("纠错",),
    "litigations_other": ("其他", "其它"),
    "staff_full_time": ("专职",),
    "staff_part_time": ("兼职",),
}
"""Labels too short to name an indicator alone: they count only directly behind the row that the form has before it."""

_NUMBERED = (
    ("(一)", "published_total", "responses_total", "requests_received", "reconsiderations_upheld"),
    ("(一)", "litigations_upheld", "offices", "meetings"),
    ("(二)", "requests_closed", "reconsiderations_corrected", "litigations_corrected", "reading_points", "trainings"),
    ("(三)", "requests_answered", "reconsiderations_other", "litigations_other", "staff", "trained_persons"),
    ("(四)", "funding"),
    ("1", "published_by_gazette", "press_conferences", "requests_in_person", "closed_on_time"),
    ("1", "answered_already_public", "staff_full_time"),
    ("2", "published_by_website", "online_interviews", "requests_by_fax", "closed_extended", "answered_granted"),
    ("2", "staff_part_time"),
    ("3", "published_by_weibo", "interpretations", "requests_online", "answered_partly_granted"),
    ("4", "published_by_wechat", "weibo_wechat_responses", "requests_by_letter", "answered_denied"),
    ("5", "published_by_other", "other_responses", "answered_not_competent"),
    ("6", "answered_not_existing"),
    ("7", "answered_to_be_amended"),
    ("8", "answered_other_channel"),
    ("四", "reconsiderations"),
    ("五", "litigations"),
    ("六", "complaints"),
    ("七", "fees_charged"),
)
_ORDINALS = {code: ordinal for ordinal, *codes in _NUMBERED for code in codes}

ROWS = tuple(
    Row(code, label, english, _ORDINALS.get(code, ""), group, (FORM_2014,), _VARIANTS.get(code, ()))
    for code, label, english, group, _ in _TABLE
)
UNITS = {code: unit for code, _, _, _, unit in _TABLE}

# The headings between the indicators, with the indicator that follows each. They carry no number.
HEADINGS = {
    "主动公开情况": "published_total",
    "主动公开政府信息情况": "published_total",
    "通过不同渠道和方式公开政府信息的情况": "published_by_gazette",
    "通过不同渠道和方式公开政府信息情况": "published_by_gazette",
    "回应解读情况": "responses_total",
    "通过不同渠道和方式回应解读的情况": "press_conferences",
    "通过不同渠道和方式回应解读情况": "press_conferences",
    "依申请公开情况": "requests_received",
    "依申请公开政府信息情况": "requests_received",
    "机构建设和保障经费情况": "offices",
    "政府信息公开机构建设和保障经费情况": "offices",
    "政府信息公开会议和培训情况": "meetings",
    "会议和培训情况": "meetings",
}

OLDER = frozenset(
    (
        "published_total",
        "requests_received",
        "requests_in_person",
        "requests_by_fax",
        "requests_online",
        "requests_by_letter",
        "requests_answered",
        "answered_granted",
        "answered_partly_granted",
        "answered_denied",
        "answered_not_existing",
        "reconsiderations",
        "litigations",
        "fees_charged",
    )
)
"""Indicators that the provinces' own tables of before 2014 have too: these alone do not make a table of this form."""

# What is printed around a label and does not change which indicator it names.
LABEL_PREFIXES = ("其中", "本年度", "本年", "全年", "年度", "通过", "政府信息公开")
LABEL_SUFFIXES = ("总次数", "总数量", "总件数", "总条数", "总数", "次数", "数量", "件数", "条数", "篇数", "数")
NOTE_STARTS = ("不包括", "不含", "不同渠道", "不同方式")
TOTAL_LABELS = ("合计", "总计", "小计", "总数")
"""The label of a whole's own row where its parts stand beside it under a merged cell."""

# The headings of the columns. Only a column with a heading of the second kind is the year's number.
INDICATOR_HEADINGS = ("统计指标", "指标", "指标名称", "统计项目", "项目")
COUNT_HEADINGS = (
    "统计数",
    "统计数据",
    "统计数量",
    "统计数值",
    "数量",
    "数值",
    "数据",
    "本年",
    "本年数",
    "本年度",
    "本年度数",
    "本年数量",
    "本年度数量",
    "本年统计数",
    "本年度统计数",
    "年度统计数",
    "全年统计数",
)
UNIT_HEADINGS = ("单位", "计量单位", "统计单位")
NUMBER_HEADINGS = ("历年累计", "历年累计数", "历年累计数量", "历年总计", "累计", "累计数", "累计总数")
"""Headings of numbers that are not the year's."""
OTHER_HEADINGS = ("序号", "编号", "代码", "指标代码", "备注", "说明")
UNIT_WORDS = (*"条件次篇个人处家份项宗期起场部", "人次", "万元", "元", "亿元")
MONEY_UNITS = ("万元", "元", "亿元")


def cells(form: str) -> tuple[FormCell, ...]:
    """The cells of the table: one an indicator."""
    return tuple(FormCell(CellKey(SECTION, row.code, COLUMN), UNITS[row.code]) for row in ROWS)
