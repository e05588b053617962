"""Part 三: the requests received and how they were dealt with, by kind of applicant."""

from ingest.forms.model import FORM_2019, FORM_2021, TABLE_FORMS, CellKey, Column, FormCell, Row

SECTION = "applications"
UNIT = "request"
TOTAL = "total"

COLUMNS = (
    Column("natural_person", "自然人", "Natural person", UNIT, variants=("公民",)),
    Column("business", "商业企业", "Business", UNIT, variants=("商业企业单位", "企业")),
    Column("research", "科研机构", "Research institution", UNIT, variants=("科研单位",)),
    Column(
        "public_interest",
        "社会公益组织",
        "Public-interest organisation",
        UNIT,
        variants=("社会组织", "公益组织", "社会公益机构"),
    ),
    Column("legal_service", "法律服务机构", "Legal-service institution", UNIT, variants=("法律服务组织",)),
    Column("other_organisation", "其他", "Other organisation", UNIT, variants=("其它", "其他组织", "其它组织")),
    Column(TOTAL, "总计", "Total", UNIT, variants=("合计", "总数")),
)
APPLICANT_CODES = tuple(column.code for column in COLUMNS if column.code != TOTAL)

# The words above the columns, which head no column of their own.
COLUMN_GROUP_LABELS = (
    "申请人情况",
    "法人或其他组织",
    "法人或者其他组织",
    "法人和其他组织",
    "法人及其他组织",
    "法人或其它组织",
    "法人、其他组织",
)
# An extra column that some sites print; it is read past, never stored as an applicant.
SUBTOTAL_COLUMN_LABELS = ("小计", "法人小计", "法人合计", "法人或其他组织小计")

_ONLY_2019 = (FORM_2019,)
_ONLY_2021 = (FORM_2021,)

ROWS = (
    Row(
        "new_requests",
        "本年新收政府信息公开申请数量",
        "New requests this year",
        "一",
        variants=("本年新收政府信息公开申请", "本年新收政府信息公开申请数", "本年新收政府信息公开申请数量(件)"),
    ),
    Row(
        "carried_in",
        "上年结转政府信息公开申请数量",
        "Requests carried in from last year",
        "二",
        variants=("上年结转政府信息公开申请", "上年结转政府信息公开申请数", "上年结转政府信息公开申请数量(件)"),
    ),
    Row("granted", "予以公开", "Granted", "(一)", "granted"),
    Row(
        "partly_granted",
        "部分公开(区分处理的,只计这一情形,不计其他情形)",
        "Partly granted",
        "(二)",
        "partly_granted",
        variants=("部分公开", "部分公开(区分处理的,只计这一情形)"),
    ),
    Row("denied_state_secret", "属于国家秘密", "Denied: state secret", "1", "denied"),
    Row(
        "denied_other_law",
        "其他法律行政法规禁止公开",
        "Denied: forbidden by another law",
        "2",
        "denied",
        variants=("其他法律行政法规禁止公开的", "其它法律行政法规禁止公开"),
    ),
    Row(
        "denied_safety_stability",
        "危及“三安全一稳定”",
        "Denied: endangers safety or stability",
        "3",
        "denied",
        variants=("危及三安全一稳定的",),
    ),
    Row("denied_third_party", "保护第三方合法权益", "Denied: rights of a third party", "4", "denied"),
    Row("denied_internal_affairs", "属于三类内部事务信息", "Denied: internal affairs", "5", "denied"),
    Row("denied_deliberative", "属于四类过程性信息", "Denied: deliberative process", "6", "denied"),
    Row("denied_enforcement_file", "属于行政执法案卷", "Denied: enforcement file", "7", "denied"),
    Row("denied_administrative_inquiry", "属于行政查询事项", "Denied: administrative inquiry", "8", "denied"),
    Row("unavailable_not_held", "本机关不掌握相关政府信息", "Unavailable: not held", "1", "unavailable"),
    Row(
        "unavailable_needs_creation",
        "没有现成信息需要另行制作",
        "Unavailable: would have to be created",
        "2",
        "unavailable",
    ),
    Row(
        "unavailable_unclear",
        "补正后申请内容仍不明确",
        "Unavailable: request unclear after correction",
        "3",
        "unavailable",
    ),
    Row("rejected_petition", "信访举报投诉类申请", "Rejected: petition or complaint", "1", "rejected"),
    Row("rejected_repeat", "重复申请", "Rejected: repeated request", "2", "rejected"),
    Row("rejected_publication", "要求提供公开出版物", "Rejected: asks for a publication", "3", "rejected"),
    Row("rejected_excessive", "无正当理由大量反复申请", "Rejected: excessive without reason", "4", "rejected"),
    Row(
        "rejected_reconfirmation",
        "要求行政机关确认或重新出具已获取信息",
        "Rejected: asks to confirm or reissue information already obtained",
        "5",
        "rejected",
    ),
    Row("other", "其他处理", "Other handling", "(六)", "other", _ONLY_2019),
    Row(
        "other_not_corrected",
        "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "Other: not corrected in time",
        "1",
        "other",
        _ONLY_2021,
    ),
    Row(
        "other_fee_unpaid",
        "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "Other: fee not paid in time",
        "2",
        "other",
        _ONLY_2021,
    ),
    Row("other_misc", "其他", "Other: miscellaneous", "3", "other", _ONLY_2021, variants=("其它",), within="other"),
    Row("closed_total", "总计", "Closed this year, all outcomes", "(七)", within="other"),
    Row("carried_out", "结转下年度继续办理", "Carried over to next year", "四", variants=("结转下年度继续办理数量",)),
)

OTHER = "other"
"""The code of (六)其他处理: a row of its own in `form_2019`, the heading of a group in `form_2021`."""
RESULTS = "results"
"""The code of the heading over all groups."""

# The headings of groups: they carry no number of their own, but for a subtotal that some sites print.
GROUPS = (
    Row(RESULTS, "本年度办理结果", "Results this year", "三"),
    Row("denied", "不予公开", "Denied", "(三)"),
    Row("unavailable", "无法提供", "Unavailable", "(四)"),
    Row("rejected", "不予处理", "Rejected", "(五)"),
    Row("other", "其他处理", "Other handling", "(六)", forms=_ONLY_2021),
)

OUTCOME_CODES = tuple(row.code for row in ROWS if row.group)


def rows(form: str) -> tuple[Row, ...]:
    """The rows that a form has, in order: 23 for `form_2019`, 25 for `form_2021`."""
    return tuple(row for row in ROWS if form in row.forms)


def cells(form: str) -> tuple[FormCell, ...]:
    """The cells of the table in one form: rows × 7 columns."""
    return tuple(
        FormCell(CellKey(SECTION, row.code, column.code), column.unit) for row in rows(form) for column in COLUMNS
    )


__all__ = ["APPLICANT_CODES", "COLUMNS", "GROUPS", "OUTCOME_CODES", "ROWS", "SECTION", "TABLE_FORMS", "cells", "rows"]
