"""A report in a document of Word or Excel says cell for cell what it says, and nothing that it does not show."""

import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import docx
import openpyxl
import pytest
import xlwt
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from ingest.document import Block, Document, Grid, Paragraph, Placement
from ingest.parse import parse
from ingest.readers import read
from ingest.readers.mhtml import joined
from ingest.readers.number_formats import shown
from ingest.report import CellStatus, ReportStatus
from ingest.tables import reviews
from ingest.tables.reading import Printed
from tests.ingest.office import (
    C,
    Table,
    add_parts,
    applications_table,
    docx_bytes,
    html_bytes,
    mhtml_bytes,
    report,
    saved,
    truth,
    xls_bytes,
    xlsx_bytes,
)
from tests.ingest.pages import RESULTS, cells, numbers, wrong

Writer = Callable[[list[str | Table]], bytes]
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize(
    "write",
    [
        docx_bytes,
        xlsx_bytes,
        lambda parts: xlsx_bytes(parts, one_sheet=False),
        xls_bytes,
        html_bytes,
        lambda parts: mhtml_bytes(html_bytes(parts)),
    ],
    ids=["docx", "xlsx", "xlsx_sheets", "xls", "html", "mhtml"],
)
def test_every_cell_of_the_three_tables_is_read(write: Writer) -> None:
    data = write(report())
    parsed = parse(data)
    assert not [issue for issue in parsed.issues if issue.severity != "info"]
    assert parsed.status is ReportStatus.PARSED
    assert parsed.title is not None
    assert {
        (cell.section, cell.row_code, cell.column_code): f"{cell.value:f}".removesuffix(".0000")
        for cell in parsed.cells
        if cell.value is not None
    } == truth()


def test_a_locator_leads_back_to_its_cell() -> None:
    for data in (docx_bytes(report()), xlsx_bytes(report()), xls_bytes(report())):
        document = read(data)
        rows = {
            place: row
            for block in document.blocks
            if isinstance(block, Grid)
            for place, row in zip(block.row_locators, block.rows, strict=True)
        }
        for cell in parse(data).cells:
            assert cell.locator is not None
            place, _, column = cell.locator.rpartition(", column ")
            assert rows[place][int(column) - 1] == cell.raw_text


# Word


def _applications_with(change: Callable[[docx.document.Document], None]) -> bytes:
    document = docx.Document(io.BytesIO(_applications()))
    change(document)
    return saved(document)


@cache
def _applications() -> bytes:
    document = docx.Document()
    add_parts(document, [report()[0], report()[1], "三、收到和处理政府信息公开申请情况", applications_table(numbers())])
    return saved(document)


KEY = ("applications", "new_requests", "natural_person")


def _cell(document: docx.document.Document) -> "docx.table._Cell":
    return document.tables[0].cell(3, 3)


def _deleted(document: docx.document.Document) -> None:
    run = _cell(document).paragraphs[0].runs[0]._r
    run.addprevious(parse_xml(f'<w:del {WORD} w:id="1"><w:r><w:delText>9</w:delText></w:r></w:del>'))


def _hidden(document: docx.document.Document) -> None:
    _cell(document).paragraphs[0].add_run("9").font.hidden = True


def _inserted(document: docx.document.Document) -> None:
    run = _cell(document).paragraphs[0].runs[0]._r
    inserted = parse_xml(f'<w:ins {WORD} w:id="1"/>')
    run.addprevious(inserted)
    inserted.append(run)


def _in_control(document: docx.document.Document) -> None:
    cell = _cell(document)._tc
    control = parse_xml(f"<w:sdt {WORD}><w:sdtContent/></w:sdt>")
    cell.addprevious(control)
    control.find(qn("w:sdtContent")).append(cell)


def _hidden_by_style(document: docx.document.Document) -> None:
    style = document.styles.add_style("z-窗体顶端", WD_STYLE_TYPE.PARAGRAPH)
    style.font.hidden = True
    _cell(document).add_paragraph("9", style=style)


@pytest.mark.parametrize("change", [_deleted, _hidden, _inserted, _in_control, _hidden_by_style])
def test_text_that_word_does_not_show_is_not_there_and_what_it_shows_is(
    change: Callable[[docx.document.Document], None],
) -> None:
    data = _applications_with(change)
    assert cells(data)[KEY].raw_text == numbers()["new_requests"][0]
    assert not wrong(data, truth())


def _struck(document: docx.document.Document) -> None:
    _cell(document).paragraphs[0].runs[0].font.strike = True


def _raised(document: docx.document.Document) -> None:
    _cell(document).paragraphs[0].add_run("2").font.superscript = True


def _by_style(look: str) -> Callable[[docx.document.Document], None]:
    """A second run in the cell, whose look is said by a style that rests on another."""

    def change(document: docx.document.Document) -> None:
        base = document.styles.add_style("Base", WD_STYLE_TYPE.CHARACTER)
        setattr(base.font, look, True)
        style = document.styles.add_style("Resting", WD_STYLE_TYPE.CHARACTER)
        style.base_style = base
        _cell(document).paragraphs[0].add_run("9", style="Resting")

    return change


def _two_lines(document: docx.document.Document) -> None:
    _cell(document).add_paragraph("7")


def _symbol(document: docx.document.Document) -> None:
    run = _cell(document).paragraphs[0].add_run("")
    run._r.append(parse_xml(f'<w:sym {WORD} w:font="Wingdings" w:char="F0FC"/>'))


@pytest.mark.parametrize(
    "change", [_struck, _raised, _two_lines, _symbol, _by_style("strike"), _by_style("superscript")]
)
def test_what_is_no_plain_number_is_unreadable(change: Callable[[docx.document.Document], None]) -> None:
    data = _applications_with(change)
    assert cells(data)[KEY].status is CellStatus.UNREADABLE
    assert not wrong(data, truth())


def test_a_table_in_a_layout_table_is_read() -> None:
    document = docx.Document()
    outer = document.add_table(rows=2, cols=3)
    outer.cell(0, 0).text = report()[0]
    inner = outer.cell(1, 1).add_table(rows=4, cols=15)
    inner.cell(0, 0).text = "里面"
    inner.cell(0, 1).text = "1"
    grids = read(saved(document)).grids
    assert [grid.rows[0][:2] for grid in grids] == [("里面", "1")]


def test_a_merged_cell_without_a_beginning_is_a_cell_of_its_own() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for row in range(2):
        table.cell(row, 0).text = f"{row}"
        table.cell(row, 1).text = f"{row}{row}"
    table.cell(1, 1)._tc.get_or_add_tcPr().append(parse_xml(f"<w:vMerge {WORD}/>"))
    (grid,) = read(saved(document)).grids
    assert grid.rows == (("0", "00"), ("1", "11"))


# Excel


def _sheet_with(value: object, number_format: str = "General", **settings: bool) -> bytes:
    """The table of applications with one value of its first row under a format."""
    book = openpyxl.load_workbook(filename=_stream(xlsx_bytes([*report()[:2], applications_table(numbers())])))
    cell = next(found for row in book.active.iter_rows() for found in row if found.value == 10)
    cell.value = value
    cell.number_format = number_format
    if settings.get("hide_zeros"):
        book.active.sheet_view.showZeros = False
    if settings.get("strike"):
        cell.font = openpyxl.styles.Font(strike=True)
    return saved(book)


def _stream(data: bytes) -> object:
    import io

    return io.BytesIO(data)


@pytest.mark.parametrize(
    ("value", "number_format", "raw_text", "status"),
    [
        (10.0, "General", "10", CellStatus.REPORTED),
        (10, '0"件"', "10件", CellStatus.REPORTED),
        (1234, "#,##0", "1,234", CellStatus.REPORTED),
        ("12", "@", "12", CellStatus.REPORTED),
        (0, "0;-0;;@", "", CellStatus.BLANK),
        (0, '#,##0;-#,##0;"-"', "-", CellStatus.DASH),
        (44197, "yyyy-mm-dd", None, CellStatus.UNREADABLE),
        (0.5, "# ?/?", None, CellStatus.UNREADABLE),
        (12, "0%", "1200%", CellStatus.UNREADABLE),
        (12000, "0,", None, CellStatus.UNREADABLE),
        (12, '[>10]0"多";0', None, CellStatus.UNREADABLE),
        ("=1+1", "General", None, CellStatus.UNREADABLE),
        (True, "General", "TRUE", CellStatus.UNREADABLE),
    ],
)
def test_a_cell_says_what_its_format_shows(
    value: object, number_format: str, raw_text: str | None, status: CellStatus
) -> None:
    cell = cells(_sheet_with(value, number_format))[KEY]
    assert cell.status is status
    assert raw_text is None or (cell.raw_text or "") == raw_text


def test_zeros_that_the_sheet_hides_are_blank_and_struck_numbers_unreadable() -> None:
    assert cells(_sheet_with(0, hide_zeros=True))[KEY].status is CellStatus.BLANK
    assert cells(_sheet_with(10, strike=True))[KEY].status is CellStatus.UNREADABLE


@pytest.mark.parametrize(
    ("stored", "number_format", "text"),
    [
        ("205754.17189999999", "General", "205754.1719"),
        ("205754.17189999999", "0.0000_ ", "205754.1719"),
        ("-21", "0_ ;[Red]\\-0\\ ", "-21"),
        ("0", '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', "-"),
        ("5", ";;;", ""),
        ("2", "0.##", "2"),
    ],
)
def test_digits_are_those_that_stand_on_the_page(stored: str, number_format: str, text: str) -> None:
    assert shown(stored, number_format) == text


def test_hidden_rows_columns_and_sheets_are_not_there() -> None:
    book = openpyxl.Workbook()
    for row in (("项目", "去年", "今年"), ("a", 1, 2), ("b", 3, 4), ("c", 5, 6)):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["B"].hidden = True
    secret = book.create_sheet()
    secret.append(["x", "y"])
    secret.sheet_state = "hidden"
    (grid,) = read(saved(book)).grids
    assert grid.rows == (("项目", "今年"), ("a", "2"), ("c", "6"))


def test_a_date_in_an_old_sheet_is_no_number() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, "日期")
    sheet.write(0, 1, 44197, xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.write(1, 0, "件数")
    sheet.write(1, 1, 12.0)
    (grid,) = read(saved(book)).grids
    assert grid.rows[1] == ("件数", "12")
    assert not (grid.rows[0][1] or "").isdigit()


def test_marks_within_the_text_of_an_old_cell_make_it_no_number() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    for row, font in enumerate(("escapement superscript", "struck_out on", "bold on")):
        sheet.write(row, 0, "件数")
        sheet.write_rich_text(row, 1, ("12", ("3", xlwt.easyfont(font))))
    (grid,) = read(saved(book)).grids
    assert [row[1] for row in grid.rows] == ["123\ufffc", "123\ufffc", "123"]


def test_label_cells_alone_at_the_end_stay_in_their_table() -> None:
    (grid,) = read(xlsx_bytes([[[C("a"), C("b")], [C("x"), C("1")], [C("y"), C("")]]])).grids
    assert grid.rows[2] == ("y", "")


def bordered(rows: list[list[str]], columns: int) -> tuple[Block, ...]:
    """A sheet with a bordered table and a heading below it, and a text far to the right that makes the sheet wider."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    line = openpyxl.styles.Side(style="thin")
    for number, row in enumerate(rows, start=1):
        for column in range(1, columns + 1):
            cell = sheet.cell(number, column, row[column - 1] if column <= len(row) else None)
            cell.border = openpyxl.styles.Border(line, line, line, line)
    sheet.cell(20, 6, "left")
    sheet.cell(20, 7, "right")
    sheet.cell(len(rows) + 2, 1, "三、另一张表")
    return read(saved(book)).blocks


def test_borders_say_where_a_table_of_a_sheet_ends() -> None:
    grid, heading, *_ = bordered([["行政许可", "5", ""], ["行政处罚", "", "7"], []], 3)
    assert isinstance(grid, Grid)
    assert isinstance(heading, Paragraph)
    assert heading.text == "三、另一张表"
    assert [row[:5] for row in grid.rows] == [
        ("行政许可", "5", "", None, None),
        ("行政处罚", "", "7", None, None),
        ("", "", "", None, None),
    ]


def test_channels_with_numbers_under_their_headings_are_read_in_a_wider_sheet() -> None:
    rows = [
        ["类别", "", *RESULTS, "", ""],
        ["行政复议", "", "1", "0", "0", "2", "3", "", ""],
        ["行政诉讼", "未经复议直接起诉", "0", "", "", "", "", "", ""],
        ["", "复议后起诉", "4", "0", "0", "1", "5", "", "6"],
    ]
    reading = reviews.read_grids([Grid(tuple(map(tuple, rows)), tuple("1234"), Placement.RULED)])
    shown_values = {
        (key.row_code, key.column_code): found.text
        for key, found in reading.found.items()
        if isinstance(found, Printed)
    }
    assert [shown_values.get(("reconsideration", code)) for code in reviews.RESULTS] == ["1", "0", "0", "2", "3"]
    assert not any(row == "litigation_after_reconsideration" for row, _ in shown_values)


def test_a_message_with_a_part_that_can_be_repaired_in_two_ways_has_both_readings() -> None:
    part = Document("text/html", "utf-8", (Paragraph("1", "paragraph 1"),))
    other = Document("text/html", "utf-8", (Paragraph("2", "paragraph 1"),))
    whole = joined([part, replace(part, other_reading=other)])
    assert whole.other_reading
    assert (whole.text(), whole.other_reading.text()) == ("1\n1", "1\n2")
    assert not joined([part, part]).other_reading


@pytest.mark.parametrize(("name", "read_so"), [("2022年", False), ("2023", True), ("Sheet2", True)])
def test_a_lone_table_on_a_sheet_of_another_year_is_not_read(name: str, read_so: bool) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(report(), one_sheet=False)))
    last = book.worksheets[-1]
    last.title = name
    found = parse(saved(book))
    statuses = {
        cell.status for cell in found.cells if (cell.locator or "").startswith(f"sheet {len(book.worksheets)},")
    }
    assert (CellStatus.MISSING not in statuses) is read_so
