"""Reports with known numbers as Word and Excel make them, written by the usual libraries."""

import io
import quopri
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import docx
import openpyxl
import xlwt
from docx.document import Document as WordDocument

from ingest.forms import FORM_2021, applications
from tests.ingest.pages import HEADINGS, RESULTS, Key, first_of_group, label, numbers, review_keys, true_cells

PROSE = (
    "洪泽区人民政府2023年政府信息公开工作年度报告",
    "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
    "一、总体情况。主动公开情况良好。",
)


@dataclass(frozen=True)
class C:
    """A cell with its spans; a number is written as one where the format knows numbers."""

    text: str
    width: int = 1
    height: int = 1

    @property
    def value(self) -> str | float | int:
        try:
            return int(self.text)
        except ValueError:
            try:
                return float(self.text)
            except ValueError:
                return self.text


Table = list[list[C]]


def applications_table(rows: Mapping[str, list[str]]) -> Table:
    """The table of applications, its groups merged downwards as the form has them."""
    table = [
        [C("(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)", 3, 3), C("申请人情况", 7)],
        [C("自然人", 1, 2), C("法人或其他组织", 5), C("总计", 1, 2)],
        [C(heading) for heading in HEADINGS[1:6]],
    ]
    outcomes = [row for row in applications.rows(FORM_2021) if row.group or row.code == "closed_total"]
    for row in applications.rows(FORM_2021):
        values = [C(value) for value in rows[row.code]]
        if row not in outcomes:
            table.append([C(label(row.code), 3), *values])
            continue
        left = [C("三、本年度办理结果", 1, len(outcomes))] if row is outcomes[0] else []
        members = [other for other in outcomes if other.group == row.group]
        group = first_of_group(row.code)
        if len(members) == 1:
            table.append([*left, C(label(row.code), 2), *values])
        else:
            table.append([*left, *([C(group, 1, len(members))] if group else []), C(label(row.code)), *values])
    return table


def reviews_table(values: list[str]) -> Table:
    return [
        [C("行政复议", 5, 2), C("行政诉讼", 10)],
        [C("未经复议直接起诉", 5), C("复议后起诉", 5)],
        [C(text) for text in RESULTS * 3],
        [C(value) for value in values],
    ]


DISCLOSURE: dict[Key, str] = {
    ("disclosure", "regulations", "issued"): "1",
    ("disclosure", "regulations", "repealed"): "2",
    ("disclosure", "regulations", "in_force"): "31",
    ("disclosure", "normative_documents", "issued"): "4",
    ("disclosure", "normative_documents", "repealed"): "5",
    ("disclosure", "normative_documents", "in_force"): "62",
    ("disclosure", "licensing", "decisions"): "12345",
    ("disclosure", "penalties", "decisions"): "678",
    ("disclosure", "coercion", "decisions"): "9",
    ("disclosure", "fees", "amount"): "2057541719",
}


def disclosure_table() -> Table:
    said = list(DISCLOSURE.values())
    three = [C("信息内容"), C("本年制发件数"), C("本年废止件数"), C("现行有效件数")]
    one = [C("信息内容"), C("本年处理决定数量", 3)]
    return [
        [C("第二十条第(一)项", 4)],
        three,
        [C("规章"), *map(C, said[0:3])],
        [C("行政规范性文件"), *map(C, said[3:6])],
        [C("第二十条第(五)项", 4)],
        one,
        [C("行政许可"), C(said[6], 3)],
        [C("第二十条第(六)项", 4)],
        one,
        [C("行政处罚"), C(said[7], 3)],
        [C("行政强制"), C(said[8], 3)],
        [C("第二十条第(八)项", 4)],
        [C("信息内容"), C("本年收费金额(单位:万元)", 3)],
        [C("行政事业性收费"), C("205754.1719", 3)],
    ]


REVIEWS = [str(number) for start in (3, 20, 100) for number in (start, start + 1, start + 2, start + 3, 4 * start + 6)]


def report() -> list[str | Table]:
    """A whole report: its prose and its three tables, in order."""
    return [
        *PROSE,
        "二、主动公开政府信息情况",
        disclosure_table(),
        "三、收到和处理政府信息公开申请情况",
        applications_table(numbers()),
        "四、政府信息公开行政复议、行政诉讼情况",
        reviews_table(REVIEWS),
        "五、存在的主要问题及改进情况。",
    ]


def truth() -> dict[Key, str]:
    """Every cell of the report."""
    return {**true_cells(numbers()), **dict(zip(review_keys(), REVIEWS, strict=True)), **DISCLOSURE}


def places(table: Table) -> Iterator[tuple[int, int, C]]:
    """Each cell with the row and column where it begins."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(table):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            taken.update((row + down, column + right) for down in range(cell.height) for right in range(cell.width))
            yield row, column, cell
            column += cell.width


def docx_bytes(parts: list[str | Table]) -> bytes:
    document = docx.Document()
    add_parts(document, parts)
    return saved(document)


def add_parts(document: WordDocument, parts: list[str | Table]) -> None:
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        width = sum(cell.width for cell in part[0])
        table = document.add_table(rows=len(part), cols=width)
        for row, column, cell in places(part):
            first = table.cell(row, column)
            first.merge(table.cell(row + cell.height - 1, column + cell.width - 1)).text = cell.text


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def xlsx_bytes(parts: list[str | Table], one_sheet: bool = True) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    row = 0
    for part in parts:
        if isinstance(part, str):
            row += 1
            sheet.cell(row, 1, part)
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=10)
            continue
        if not one_sheet:
            sheet, row = book.create_sheet(), 0
        for top, left, cell in places(part):
            sheet.cell(row + top + 1, left + 1, cell.value)
            if cell.width * cell.height > 1:
                sheet.merge_cells(
                    start_row=row + top + 1,
                    end_row=row + top + cell.height,
                    start_column=left + 1,
                    end_column=left + cell.width,
                )
        row += len(part)
    return saved(book)


def xls_bytes(parts: list[str | Table]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("年报")
    row = 0
    for part in parts:
        if isinstance(part, str):
            sheet.write_merge(row, row, 0, 9, part)
            row += 1
            continue
        for top, left, cell in places(part):
            sheet.write_merge(row + top, row + top + cell.height - 1, left, left + cell.width - 1, cell.value)
        row += len(part)
    return saved(book)


def html_bytes(parts: list[str | Table]) -> bytes:
    lines = []
    for part in parts:
        if isinstance(part, str):
            lines.append(f"<p>{part}</p>")
        else:
            rows = (
                "".join(f'<td colspan="{cell.width}" rowspan="{cell.height}">{cell.text}</td>' for cell in cells)
                for cells in part
            )
            lines.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    return f"<html><head><meta charset='utf-8'></head><body>{''.join(lines)}</body></html>".encode()


def mhtml_bytes(page: bytes) -> bytes:
    """A page as browsers and Word save it: one message, quoted-printable, with a picture."""
    return b"\r\n".join(
        [
            b"From: <Saved by WebKit>",
            b"Subject: page",
            b"MIME-Version: 1.0",
            b"Content-Type: multipart/related;",
            b'\ttype="text/html"; boundary="--b"',
            b"",
            b"----b",
            b"Content-Type: text/html; charset=utf-8",
            b"Content-Transfer-Encoding: quoted-printable",
            b"",
            quopri.encodestring(page).replace(b"\n", b"\r\n"),
            b"----b",
            b"Content-Type: image/png",
            b"Content-Transfer-Encoding: base64",
            b"",
            b"iVBORw0KGgo=",
            b"----b--",
            b"",
        ]
    )
