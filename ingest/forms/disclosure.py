"""Part 二: what was published on the organ's own motion under article 20 of the Regulations."""

from dataclasses import dataclass

from ingest.forms.model import FORM_2019, FORM_2021, CellKey, Column, FormCell, Row

SECTION = "disclosure"

# Every column heading of the table, with the form whose heading it is.
COLUMNS = (
    Column(
        "issued", "本年新制作数量", "Newly made this year", "document", (FORM_2019,), ("本年新制作数", "本年制作数量")
    ),
    Column("published", "本年新公开数量", "Newly published this year", "document", (FORM_2019,), ("本年新公开数",)),
    Column("public_total", "对外公开总数量", "Published in total", "document", (FORM_2019,), ("对外公开总数",)),
    Column("issued", "本年制发件数", "Issued this year", "document", (FORM_2021,), ("本年制发数",)),
    Column("repealed", "本年废止件数", "Repealed this year", "document", (FORM_2021,), ("本年废止数",)),
    Column("in_force", "现行有效件数", "In force", "document", (FORM_2021,), ("现行有效数",)),
    Column("prior_year_items", "上一年项目数量", "Items of the year before", "item", (FORM_2019,), ("上年项目数量",)),
    Column(
        "change", "本年增/减", "Change this year", "item", (FORM_2019,), ("本年增减", "本年增/", "本年增", "本年增减数")
    ),
    Column("decisions", "处理决定数量", "Decisions", "decision", (FORM_2019,)),
    Column("decisions", "本年处理决定数量", "Decisions this year", "decision", (FORM_2021,)),
    Column("amount", "本年收费金额", "Fees charged this year", "CNY", (FORM_2021,)),
    Column("projects", "采购项目数量", "Procurement projects", "project", (FORM_2019,)),
    Column("amount", "采购总金额", "Procurement amount", "CNY", (FORM_2019,), ("采购金额",)),
)
# The word over the items, which heads no number.
ITEM_HEADING_LABELS = ("信息内容",)

ROWS = (
    Row("regulations", "规章", "Regulations", variants=("政府规章",)),
    Row("normative_documents", "规范性文件", "Normative documents", variants=("行政规范性文件",)),
    Row("licensing", "行政许可", "Administrative licensing"),
    Row("other_services", "其他对外管理服务事项", "Other external services", forms=(FORM_2019,)),
    Row("penalties", "行政处罚", "Administrative penalties"),
    Row("coercion", "行政强制", "Administrative coercion"),
    Row("fees", "行政事业性收费", "Administrative fees"),
    Row("procurement", "政府集中采购", "Centralised procurement", forms=(FORM_2019,)),
)

# The paragraphs of article 20 that head the blocks of the table, with the items below each.
_DOCUMENTS = ("regulations", "normative_documents")
BLOCKS = (
    ("第二十条第(一)项", _DOCUMENTS),
    ("第二十条第(五)项", ("licensing", "other_services")),
    ("第二十条第(六)项", ("penalties", "coercion")),
    ("第二十条第(八)项", ("fees",)),
    ("第二十条第(九)项", ("procurement",)),
)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which columns each item has in one form."""

    item: str
    columns: tuple[str, ...]


_ITEMS_2019 = ("prior_year_items", "change", "decisions")
_LAYOUT = {
    FORM_2019: (
        *(_Layout(item, ("issued", "published", "public_total")) for item in _DOCUMENTS),
        *(_Layout(item, _ITEMS_2019) for item in ("licensing", "other_services", "penalties", "coercion")),
        _Layout("fees", ("prior_year_items", "change")),
        _Layout("procurement", ("projects", "amount")),
    ),
    FORM_2021: (
        *(_Layout(item, ("issued", "repealed", "in_force")) for item in _DOCUMENTS),
        *(_Layout(item, ("decisions",)) for item in ("licensing", "penalties", "coercion")),
        _Layout("fees", ("amount",)),
    ),
}
_UNITS = {column.code: column.unit for column in COLUMNS}


def columns(form: str, row_code: str) -> tuple[str, ...]:
    """The column codes of an item in a form, in order; empty where the form has no such item."""
    return next((layout.columns for layout in _LAYOUT[form] if layout.item == row_code), ())


def cells(form: str) -> tuple[FormCell, ...]:
    """The cells of the table in one form: 22 for `form_2019`, 10 for `form_2021`."""
    return tuple(
        FormCell(CellKey(SECTION, layout.item, code), _UNITS[code])
        for layout in _LAYOUT[form]
        for code in layout.columns
    )
