"""Part 四: administrative reconsiderations and lawsuits over disclosure, by channel and result."""

from ingest.forms.model import CellKey, Column, FormCell, Row

SECTION = "reviews"
UNIT = "case"
TOTAL = "total"

ROWS = (
    Row("reconsideration", "行政复议", "Administrative reconsideration"),
    Row("litigation_direct", "未经复议直接起诉", "Lawsuit without prior reconsideration", group="litigation"),
    Row("litigation_after_reconsideration", "复议后起诉", "Lawsuit after reconsideration", group="litigation"),
)
GROUPS = (Row("litigation", "行政诉讼", "Administrative lawsuit"),)

COLUMNS = (
    Column("upheld", "结果维持", "Upheld", UNIT, variants=("维持",)),
    Column("corrected", "结果纠正", "Corrected", UNIT, variants=("纠正",)),
    Column("other", "其他结果", "Other result", UNIT, variants=("其它结果",)),
    Column("pending", "尚未审结", "Pending", UNIT),
    Column(TOTAL, "总计", "Total", UNIT, variants=("合计",)),
)


def cells(form: str) -> tuple[FormCell, ...]:
    """The 15 cells of the table, the same in both forms: 3 channels × 5 columns."""
    return tuple(FormCell(CellKey(SECTION, row.code, column.code), column.unit) for row in ROWS for column in COLUMNS)
