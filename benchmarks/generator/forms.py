"""The cells and the labels of the forms, as the notices of 2014, 2019 and 2021 print them.

Labels are written with full-width punctuation, as in the official form; `wording` changes it to what a file uses.
"""

from functools import cache
from typing import NamedTuple

FORM_2014 = "form_2014"
FORM_2019 = "form_2019"
FORM_2021 = "form_2021"
NARRATIVE = "narrative"

UNITS = (
    "request",
    "case",
    "document",
    "item",
    "decision",
    "project",
    "CNY",
    "unstated",
    "event",
    "article",
    "office",
    "place",
    "person",
)
REQUEST, CASE, DOCUMENT, ITEM, DECISION, PROJECT, CNY, UNSTATED, EVENT, ARTICLE, OFFICE, PLACE, PERSON = range(13)


class Key(NamedTuple):
    """The name of a cell, and the index of its usual unit in `UNITS`."""

    section: str
    row_code: str
    column_code: str
    unit: int


class Item(NamedTuple):
    """A row of the applications table; `group` is empty where the row stands alone."""

    code: str
    label: str
    group: str


KINDS = ("natural_person", "business", "research", "public_interest", "legal_service", "other_organisation", "total")
KIND_LABELS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")

GROUP_LABELS = {
    "denied": "（三）不予公开",
    "unavailable": "（四）无法提供",
    "rejected": "（五）不予处理",
    "other": "（六）其他处理",
}

OUTSIDE_LABEL = "三、本年度办理结果"
BALANCE_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"

_OUTCOMES = (
    Item("granted", "（一）予以公开", ""),
    Item("partly_granted", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ""),
    Item("denied_state_secret", "1.属于国家秘密", "denied"),
    Item("denied_other_law", "2.其他法律行政法规禁止公开", "denied"),
    Item("denied_safety_stability", "3.危及“三安全一稳定”", "denied"),
    Item("denied_third_party", "4.保护第三方合法权益", "denied"),
    Item("denied_internal_affairs", "5.属于三类内部事务信息", "denied"),
    Item("denied_deliberative", "6.属于四类过程性信息", "denied"),
    Item("denied_enforcement_file", "7.属于行政执法案卷", "denied"),
    Item("denied_administrative_inquiry", "8.属于行政查询事项", "denied"),
    Item("unavailable_not_held", "1.本机关不掌握相关政府信息", "unavailable"),
    Item("unavailable_needs_creation", "2.没有现成信息需要另行制作", "unavailable"),
    Item("unavailable_unclear", "3.补正后申请内容仍不明确", "unavailable"),
    Item("rejected_petition", "1.信访举报投诉类申请", "rejected"),
    Item("rejected_repeat", "2.重复申请", "rejected"),
    Item("rejected_publication", "3.要求提供公开出版物", "rejected"),
    Item("rejected_excessive", "4.无正当理由大量反复申请", "rejected"),
    Item("rejected_reconfirmation", "5.要求行政机关确认或重新出具已获取信息", "rejected"),
)
_OTHER = {
    FORM_2019: (Item("other", "（六）其他处理", ""),),
    FORM_2021: (
        Item("other_not_corrected", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "other"),
        Item("other_fee_unpaid", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "other"),
        Item("other_misc", "3.其他", "other"),
    ),
}


@cache
def application_items(form: str) -> tuple[Item, ...]:
    """The rows of the applications table of `form`, in order."""
    return (
        Item("new_requests", "一、本年新收政府信息公开申请数量", ""),
        Item("carried_in", "二、上年结转政府信息公开申请数量", ""),
        *_OUTCOMES,
        *_OTHER[form],
        Item("closed_total", "（七）总计", ""),
        Item("carried_out", "四、结转下年度继续办理", ""),
    )


def application_groups(form: str) -> tuple[str, ...]:
    """The groups of rows that have a label of their own; that is where some sites print a subtotal."""
    return tuple(GROUP_LABELS) if form == FORM_2021 else tuple(GROUP_LABELS)[:3]


CHANNELS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
RESULTS = ("upheld", "corrected", "other", "pending", "total")
RESULT_LABELS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


class Block(NamedTuple):
    """One paragraph of article 20 in the disclosure table: its columns, and its rows as (code, label)."""

    heading: str
    columns: tuple[tuple[str, str, int], ...]
    rows: tuple[tuple[str, str], ...]


_ITEMS_2019 = (
    ("prior_year_items", "上一年项目数量", ITEM),
    ("change", "本年增/减", ITEM),
    ("decisions", "处理决定数量", DECISION),
)
_DECISIONS_2021 = (("decisions", "本年处理决定数量", DECISION),)

DISCLOSURE = {
    FORM_2019: (
        Block(
            "第二十条第（一）项",
            (
                ("issued", "本年新制作数量", DOCUMENT),
                ("published", "本年新公开数量", DOCUMENT),
                ("public_total", "对外公开总数量", DOCUMENT),
            ),
            (("regulations", "规章"), ("normative_documents", "规范性文件")),
        ),
        Block(
            "第二十条第（五）项", _ITEMS_2019, (("licensing", "行政许可"), ("other_services", "其他对外管理服务事项"))
        ),
        Block("第二十条第（六）项", _ITEMS_2019, (("penalties", "行政处罚"), ("coercion", "行政强制"))),
        Block("第二十条第（八）项", _ITEMS_2019[:2], (("fees", "行政事业性收费"),)),
        Block(
            "第二十条第（九）项",
            (("projects", "采购项目数量", PROJECT), ("amount", "采购总金额", CNY)),
            (("procurement", "政府集中采购"),),
        ),
    ),
    FORM_2021: (
        Block(
            "第二十条第（一）项",
            (
                ("issued", "本年制发件数", DOCUMENT),
                ("repealed", "本年废止件数", DOCUMENT),
                ("in_force", "现行有效件数", DOCUMENT),
            ),
            (("regulations", "规章"), ("normative_documents", "行政规范性文件")),
        ),
        Block("第二十条第（五）项", _DECISIONS_2021, (("licensing", "行政许可"),)),
        Block("第二十条第（六）项", _DECISIONS_2021, (("penalties", "行政处罚"), ("coercion", "行政强制"))),
        Block("第二十条第（八）项", (("amount", "本年收费金额", CNY),), (("fees", "行政事业性收费"),)),
    ),
}


class Indicator(NamedTuple):
    """A row of the statistics table; `code` is empty for a row that only carries a heading."""

    code: str
    label: str
    printed_unit: str
    unit: int


STATISTICS = (
    Indicator("", "一、主动公开情况", "", ITEM),
    Indicator("published_total", "（一）主动公开政府信息数", "条", ITEM),
    Indicator("published_normative_documents", "其中：主动公开规范性文件数", "条", ITEM),
    Indicator("normative_documents_issued", "制发规范性文件总数", "件", DOCUMENT),
    Indicator("", "（二）通过不同渠道和方式公开政府信息的情况", "", ITEM),
    Indicator("published_by_gazette", "1.政府公报公开政府信息数", "条", ITEM),
    Indicator("published_by_website", "2.政府网站公开政府信息数", "条", ITEM),
    Indicator("published_by_weibo", "3.政务微博公开政府信息数", "条", ITEM),
    Indicator("published_by_wechat", "4.政务微信公开政府信息数", "条", ITEM),
    Indicator("published_by_other", "5.其他方式公开政府信息数", "条", ITEM),
    Indicator("", "二、回应解读情况", "", ITEM),
    Indicator("responses_total", "（一）回应公众关注热点或重大舆情数", "次", EVENT),
    Indicator("", "（二）通过不同渠道和方式回应解读的情况", "", ITEM),
    Indicator("press_conferences", "1.参加或举办新闻发布会总次数", "次", EVENT),
    Indicator("press_conferences_by_head", "其中：主要负责同志参加新闻发布会次数", "次", EVENT),
    Indicator("online_interviews", "2.政府网站在线访谈次数", "次", EVENT),
    Indicator("online_interviews_by_head", "其中：主要负责同志参加政府网站在线访谈次数", "次", EVENT),
    Indicator("interpretations", "3.政策解读稿件发布数", "篇", ARTICLE),
    Indicator("weibo_wechat_responses", "4.微博微信回应事件数", "次", EVENT),
    Indicator("other_responses", "5.其他方式回应事件数", "次", EVENT),
    Indicator("", "三、依申请公开情况", "", ITEM),
    Indicator("requests_received", "（一）收到申请数", "件", REQUEST),
    Indicator("requests_in_person", "1.当面申请数", "件", REQUEST),
    Indicator("requests_by_fax", "2.传真申请数", "件", REQUEST),
    Indicator("requests_online", "3.网络申请数", "件", REQUEST),
    Indicator("requests_by_letter", "4.信函申请数", "件", REQUEST),
    Indicator("requests_closed", "（二）申请办结数", "件", REQUEST),
    Indicator("closed_on_time", "1.按时办结数", "件", REQUEST),
    Indicator("closed_extended", "2.延期办结数", "件", REQUEST),
    Indicator("requests_answered", "（三）申请答复数", "件", REQUEST),
    Indicator("answered_already_public", "1.属于已主动公开范围数", "件", REQUEST),
    Indicator("answered_granted", "2.同意公开答复数", "件", REQUEST),
    Indicator("answered_partly_granted", "3.同意部分公开答复数", "件", REQUEST),
    Indicator("answered_denied", "4.不同意公开答复数", "件", REQUEST),
    Indicator("denied_state_secret", "其中：涉及国家秘密", "件", REQUEST),
    Indicator("denied_trade_secret", "涉及商业秘密", "件", REQUEST),
    Indicator("denied_privacy", "涉及个人隐私", "件", REQUEST),
    Indicator("denied_security_stability", "危及国家安全、公共安全、经济安全和社会稳定", "件", REQUEST),
    Indicator("denied_not_government_information", "不是《条例》所指政府信息", "件", REQUEST),
    Indicator("denied_other_law", "法律法规规定的其他情形", "件", REQUEST),
    Indicator("answered_not_competent", "5.不属于本行政机关公开数", "件", REQUEST),
    Indicator("answered_not_existing", "6.申请信息不存在数", "件", REQUEST),
    Indicator("answered_to_be_amended", "7.告知作出更改补充数", "件", REQUEST),
    Indicator("answered_other_channel", "8.告知通过其他途径办理数", "件", REQUEST),
    Indicator("reconsiderations", "四、行政复议数量", "件", CASE),
    Indicator("reconsiderations_upheld", "（一）维持具体行政行为数", "件", CASE),
    Indicator("reconsiderations_corrected", "（二）被依法纠错数", "件", CASE),
    Indicator("reconsiderations_other", "（三）其他情形数", "件", CASE),
    Indicator("litigations", "五、行政诉讼数量", "件", CASE),
    Indicator("litigations_upheld", "（一）维持具体行政行为或者驳回原告诉讼请求数", "件", CASE),
    Indicator("litigations_corrected", "（二）被依法纠错数", "件", CASE),
    Indicator("litigations_other", "（三）其他情形数", "件", CASE),
    Indicator("complaints", "六、举报投诉数量", "件", CASE),
    Indicator("fees_charged", "七、依申请公开信息收取的费用", "万元", CNY),
    Indicator("", "八、机构建设和保障经费情况", "", ITEM),
    Indicator("offices", "（一）政府信息公开工作专门机构数", "个", OFFICE),
    Indicator("reading_points", "（二）设置政府信息公开查阅点数", "个", PLACE),
    Indicator("staff", "（三）从事政府信息公开工作人员数", "人", PERSON),
    Indicator("staff_full_time", "1.专职人员数（不包括政府公报及政府网站工作人员数）", "人", PERSON),
    Indicator("staff_part_time", "2.兼职人员数", "人", PERSON),
    Indicator(
        "funding",
        "（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）",
        "万元",
        CNY,
    ),
    Indicator("", "九、政府信息公开会议和培训情况", "", ITEM),
    Indicator("meetings", "（一）召开政府信息公开工作会议或专题会议数", "次", EVENT),
    Indicator("trainings", "（二）举办各类培训班数", "次", EVENT),
    Indicator("trained_persons", "（三）接受培训人员数", "人次", PERSON),
)

# What some provinces printed before 2014: fewer indicators, with words of their own.
PROVINCIAL = (
    Indicator("", "一、主动公开情况", "", ITEM),
    Indicator("published_total", "主动公开信息数", "条", ITEM),
    Indicator("published_normative_documents", "其中：主动公开规范性文件数", "条", ITEM),
    Indicator("", "二、依申请公开情况", "", ITEM),
    Indicator("requests_received", "收到申请总数", "条", REQUEST),
    Indicator("requests_in_person", "其中：1.当面申请数", "条", REQUEST),
    Indicator("requests_by_fax", "2.传真申请数", "条", REQUEST),
    Indicator("requests_online", "3.网上申请数", "条", REQUEST),
    Indicator("requests_by_letter", "4.信函申请数", "条", REQUEST),
    Indicator("requests_answered", "对申请的答复总数", "条", REQUEST),
    Indicator("answered_granted", "其中：1.同意公开答复数", "条", REQUEST),
    Indicator("answered_partly_granted", "2.同意部分公开答复数", "条", REQUEST),
    Indicator("answered_denied", "3.不同意公开答复数", "条", REQUEST),
    Indicator("", "三、复议、诉讼和举报情况", "", ITEM),
    Indicator("reconsiderations", "行政复议数", "件", CASE),
    Indicator("litigations", "行政诉讼数", "件", CASE),
    Indicator("complaints", "举报投诉数", "件", CASE),
)

# Sums of the statistics table: (whole, parts).
STATISTICS_SUMS = (
    ("requests_received", ("requests_in_person", "requests_by_fax", "requests_online", "requests_by_letter")),
    ("requests_closed", ("closed_on_time", "closed_extended")),
    (
        "requests_answered",
        (
            "answered_already_public",
            "answered_granted",
            "answered_partly_granted",
            "answered_denied",
            "answered_not_competent",
            "answered_not_existing",
            "answered_to_be_amended",
            "answered_other_channel",
        ),
    ),
    (
        "answered_denied",
        (
            "denied_state_secret",
            "denied_trade_secret",
            "denied_privacy",
            "denied_security_stability",
            "denied_not_government_information",
            "denied_other_law",
        ),
    ),
    ("reconsiderations", ("reconsiderations_upheld", "reconsiderations_corrected", "reconsiderations_other")),
    ("litigations", ("litigations_upheld", "litigations_corrected", "litigations_other")),
    ("staff", ("staff_full_time", "staff_part_time")),
)


def _all_keys() -> tuple[Key, ...]:
    keys: dict[Key, None] = {}
    for form in (FORM_2019, FORM_2021):
        for item in application_items(form):
            keys.update({Key("applications", item.code, kind, REQUEST): None for kind in KINDS})
    for group in application_groups(FORM_2021):
        keys.update({Key("applications", f"subtotal_{group}", kind, REQUEST): None for kind in KINDS})
    for channel in CHANNELS:
        keys.update({Key("reviews", channel, result, CASE): None for result in RESULTS})
    for form in (FORM_2019, FORM_2021):
        for block in DISCLOSURE[form]:
            for code, _ in block.rows:
                keys.update({Key("disclosure", code, column, unit): None for column, _, unit in block.columns})
    keys.update({Key("statistics", row.code, "value", row.unit): None for row in STATISTICS if row.code})
    return tuple(keys)


KEYS = _all_keys()
KEY_IDS = {(key.section, key.row_code, key.column_code): index for index, key in enumerate(KEYS)}


@cache
def cell_ids(section: str, form: str) -> tuple[int, ...]:
    """Indices into `KEYS` of the cells of one table of one form, row by row."""
    if section == "applications":
        return tuple(KEY_IDS[section, item.code, kind] for item in application_items(form) for kind in KINDS)
    if section == "reviews":
        return tuple(KEY_IDS[section, channel, result] for channel in CHANNELS for result in RESULTS)
    if section == "disclosure":
        return tuple(
            KEY_IDS[section, code, column]
            for block in DISCLOSURE[form]
            for code, _ in block.rows
            for column, _, _ in block.columns
        )
    if section == "statistics" and form == NARRATIVE:
        return tuple(KEY_IDS[section, row.code, "value"] for row in PROVINCIAL if row.code)
    if section == "statistics":
        return tuple(KEY_IDS[section, row.code, "value"] for row in STATISTICS if row.code)
    raise ValueError(f"no such section: {section!r}")


@cache
def subtotal_ids(form: str) -> tuple[int, ...]:
    """Indices into `KEYS` of the subtotals that some sites print on the rows of groups."""
    return tuple(
        KEY_IDS["applications", f"subtotal_{group}", kind] for group in application_groups(form) for kind in KINDS
    )
