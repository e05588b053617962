"""Small reports with telling numbers: each row and column its own, so that any shift shows."""

from functools import lru_cache

from ingest import forms
from ingest.forms import FORM_2021, applications, reviews
from ingest.parse import parse
from ingest.report import Cell, CellStatus, ParsedReport

Key = tuple[str, str, str]

PROSE = (
    "<p>洪泽区人民政府2023年政府信息公开工作年度报告</p>"
    "<p>本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。</p><p>一、总体情况。主动公开情况良好。</p>"
)
HEADINGS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def numbers(first: int = 10) -> dict[str, list[str]]:
    """Seven numbers for each row of form_2021, the last the sum of the others."""
    rows = {}
    for place, row in enumerate(applications.rows(FORM_2021)):
        six = [first * (place + 1) + column for column in range(6)]
        rows[row.code] = [str(number) for number in (*six, sum(six))]
    return rows


def label(code: str) -> str:
    """The printed label of a row, with its number; behind it the group where the row is the first of one."""
    row = next(row for row in applications.ROWS if row.code == code)
    return f"{row.ordinal}{'' if row.ordinal.startswith('(') else '.' if row.ordinal.isdigit() else '、'}{row.label}"


def first_of_group(code: str) -> str | None:
    """The label of the group that begins with a row."""
    row = next(row for row in applications.ROWS if row.code == code)
    group = next((group for group in applications.GROUPS if group.code == row.group), None)
    first = next((other for other in applications.rows(FORM_2021) if other.group == row.group), None)
    return f"{group.ordinal}{group.label}" if group and first is row else None


def applications_html(rows: dict[str, list[str]], headings: tuple[str, ...] = HEADINGS) -> str:
    """The table of applications, one heading row, groups in a column of their own."""
    lines = ["<tr><td></td><td>项目</td>" + "".join(f"<td>{text}</td>" for text in headings) + "</tr>"]
    for code, values in rows.items():
        cells = "".join(f"<td>{value}</td>" for value in values)
        lines.append(f"<tr><td>{first_of_group(code) or ''}</td><td>{label(code)}</td>{cells}</tr>")
    return f"<table>{''.join(lines)}</table>"


def reviews_html(values: list[str], channels: tuple[str, ...] = ("行政复议", "未经复议直接起诉", "复议后起诉")) -> str:
    """The table of reviews under its three rows of headings."""
    first, second, third = channels
    return (
        f'<table><tr><td colspan="5" rowspan="2">{first}</td><td colspan="10">行政诉讼</td></tr>'
        f'<tr><td colspan="5">{second}</td><td colspan="5">{third}</td></tr>'
        f"<tr>{''.join(f'<td>{text}</td>' for text in RESULTS * 3)}</tr>"
        f"<tr>{''.join(f'<td>{value}</td>' for value in values)}</tr></table>"
    )


def page(*parts: str) -> bytes:
    """A page with the prose of a report and these tables."""
    return f"<html><head><meta charset='utf-8'></head><body>{PROSE}{''.join(parts)}</body></html>".encode()


def true_cells(rows: dict[str, list[str]]) -> dict[Key, str]:
    """What the rows say, cell by cell."""
    codes = [column.code for column in applications.COLUMNS]
    return {
        (applications.SECTION, row, code): value
        for row, values in rows.items()
        for code, value in zip(codes, values, strict=True)
    }


def review_keys() -> list[Key]:
    """The 15 cells of the table of reviews in printed order."""
    return [
        (cell.key.section, cell.key.row_code, cell.key.column_code) for cell in forms.cells(reviews.SECTION, FORM_2021)
    ]


def cells(data: bytes) -> dict[Key, Cell]:
    """What the parser reads, by key."""
    return {(cell.section, cell.row_code, cell.column_code): cell for cell in read(data).cells}


@lru_cache(maxsize=4)
def read(data: bytes) -> ParsedReport:
    """What the parser makes of a file; a test asks more than once."""
    return parse(data)


def wrong(data: bytes, truth: dict[Key, str]) -> list[tuple[Key, Cell]]:
    """The cells that say something else than the truth; cells marked as not known are not wrong."""
    result = []
    for key, cell in cells(data).items():
        if cell.status in (CellStatus.MISSING, CellStatus.UNREADABLE) or key not in truth:
            continue
        said = "" if cell.value is None else f"{cell.value:f}"
        if said != truth[key]:
            result.append((key, cell))
    return result
