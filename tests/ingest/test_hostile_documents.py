"""Documents made to do harm end as a row that says what they are, soon and in bounded memory."""

import io
import time
import zipfile
import zlib

import pytest
import xlwt

from ingest.bounded import DIED, TIMEOUT, BoundedParser, Order
from ingest.parse import parse, report_id_of
from ingest.readers import read
from ingest.readers.limits import (
    MAX_GRID_CELLS,
    MAX_PDF_NESTING,
    MAX_PDF_OBJECTS,
    MAX_PDF_SEGMENTS,
    PARSE_MEMORY_BYTES,
)
from ingest.report import ReportStatus
from tests.corpus.corpus import SAMPLES
from tests.ingest.office import docx_bytes, report, saved, xlsx_bytes

_BOMB = (
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)
_FILE = '<!DOCTYPE a [<!ENTITY j SYSTEM "file:///etc/passwd">]>'


def _with_part(data: bytes, name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for other in archive.namelist():
            made.writestr(other, content if other == name else archive.read(other))
    return buffer.getvalue()


def _word(body: str, before: str = "") -> bytes:
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    xml = f"{before}<w:document {namespace}><w:body>{body}</w:body></w:document>"
    return _with_part(docx_bytes(["x"]), "word/document.xml", xml.encode())


def _excel(data: str, before: str = "", behind: str = "") -> bytes:
    namespace = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    xml = f"{before}<worksheet {namespace}>{data}{behind}</worksheet>"
    return _with_part(xlsx_bytes(["x"]), "xl/worksheets/sheet1.xml", xml.encode())


@pytest.mark.parametrize("doctype", [_BOMB, _FILE], ids=["bomb", "file"])
def test_entities_are_never_resolved(doctype: str) -> None:
    for data in (
        _word("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", doctype),
        _excel('<sheetData><row r="1"><c r="A1" t="str"><v>&j;</v></c></row></sheetData>', doctype),
    ):
        document = read(data)
        assert "aaaa" not in document.text()
        assert "root:" not in document.text()
        assert document.faults
        assert parse(data).status is ReportStatus.UNREADABLE


@pytest.mark.parametrize(
    "data",
    [
        _word("<w:tbl><w:tr><w:tc>" * 100_000),
        _word("<w:sdt><w:sdtContent>" * 100 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 100),
        _word("<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60),
        _excel("<sheetData>" + "<row>" * 100_000),
        _with_part(docx_bytes(["x"]), "word/document.xml", bytes(80_000_000)),
        _with_part(xlsx_bytes(["x"]), "xl/workbook.xml", b"<workbook/>"),
        docx_bytes(["x"])[:2000],
        b"{\\rtf1" + b"{" * 100,
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n" + b"--b\n" * 50_000,
    ],
    ids=["tables", "controls", "nested", "rows", "zeros", "no_sheets", "cut", "rtf", "parts"],
)
def test_a_damaged_or_deep_document_ends_as_a_row(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.libreoffice.program", lambda: None)
    result = parse(data)
    assert result.status in (ReportStatus.UNREADABLE, ReportStatus.NOT_A_REPORT)
    assert result.issues


def test_a_sheet_that_claims_to_be_the_largest_there_can_be_costs_what_it_holds() -> None:
    merged = '<mergeCells count="2"><mergeCell ref="A1:XFD1048576"/><mergeCell ref="B2:XFD1048576"/></mergeCells>'
    first = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>'
    rows = f'{first}<row r="1048576"><c r="B1048576"><v>3</v></c></row>'
    data = _excel(f'<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData>', behind=merged)
    document = read(data)
    assert "table_too_large" in {fault.code for fault in document.faults}
    assert sum(len(row) for grid in document.grids for row in grid.rows) < 1000


@pytest.mark.slow
def test_a_sheet_of_many_cells_is_cut_at_the_bound() -> None:
    row = "".join("<c><v>1</v></c>" for _ in range(100))
    document = read(_excel(f"<sheetData>{f'<row>{row}</row>' * (MAX_GRID_CELLS // 100 + 50)}</sheetData>"))
    assert sum(len(row) for grid in document.grids for row in grid.rows) <= MAX_GRID_CELLS
    assert document.faults


def test_an_xls_costs_what_it_holds_and_not_what_its_corners_span() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    for row in range(65_536):
        sheet.write(row, 0, row)
    sheet.write(0, 255, 1)
    data = saved(book)
    begun = time.process_time()
    assert "table_too_large" in {fault.code for fault in read(data).faults}
    # Some seconds; with the sixteen million empty places between them, a minute.
    assert time.process_time() - begun < 20


@pytest.mark.parametrize("last", ["H{row}", "XFD1048576"], ids=["a_row_each", "one_over_another"])
def test_a_sheet_of_many_merged_ranges_costs_no_more_than_they_are(last: str) -> None:
    rows = range(1, 40_001)
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="str"><v>x{row}</v></c></row>' for row in rows)
    ranges = "".join(f'<mergeCell ref="A{row}:{last.format(row=row)}"/>' for row in rows)
    data = _excel(f"<sheetData>{cells}</sheetData>", behind=f"<mergeCells>{ranges}</mergeCells>")
    begun = time.process_time()
    read(data)
    # One to three seconds; half a minute where each row is held against each range.
    assert time.process_time() - begun < 12


def _pdf(objects: list[bytes]) -> bytes:
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        data + head + table + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(data))
    )


@pytest.mark.parametrize(
    "objects",
    [
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"],
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 2/Kids[3 0 R 3 0 R]>>",
            b"<</Type/Pages/Parent 2 0 R/Count 2/Kids[2 0 R 2 0 R]>>",
        ],
        [b"<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>"],
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Resources<</XObject<</a 4 0 R>>>>/Contents 5 0 R>>",
            b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</a 4 0 R>>>>/Length 8>>"
            b"stream\n/a Do  \nendstream",
            b"<</Length 8>>stream\n/a Do  \nendstream",
        ],
    ],
    ids=["self", "pair", "catalog", "form"],
)
def test_a_pdf_with_loops_ends_as_a_row(objects: list[bytes]) -> None:
    assert parse(_pdf(objects)).status in (ReportStatus.UNREADABLE, ReportStatus.NOT_A_REPORT)


def test_a_whole_report_is_read_beside_them() -> None:
    assert parse(docx_bytes(report())).status is ReportStatus.PARSED


def _page(content: bytes, resources: bytes = b"", more: tuple[bytes, ...] = ()) -> bytes:
    """A PDF of one page with this content; `more` are objects from number 5 on."""
    packed = zlib.compress(content)
    return _pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<<%s>>/Contents 4 0 R>>" % resources,
            b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
            *more,
        ]
    )


def _forms(width: int, depth: int) -> bytes:
    """A PDF of forms in forms, each placing the next so many times."""
    head = b"<</Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</a %d 0 R>>>>"
    form = head + b"/Length %d>>stream\n%s\nendstream"
    body = b"/a Do " * width
    forms = [form % (number, len(body), body) for number in range(6, 5 + depth)]
    last = b"<</Type/XObject/Subtype/Form/BBox[0 0 99 99]/Length 12>>stream\n0 0 9 9 re f\nendstream"
    return _page(body, b"/XObject<</a 5 0 R>>", (*forms, last))


_FONT = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"


@pytest.mark.parametrize(
    "data",
    [
        _page(b"0 0 3 3 re f\n" * (MAX_PDF_OBJECTS + 1)),
        _page(b"0 0 m\n" + b"9 9 l 0 9 l\n" * (MAX_PDF_SEGMENTS // 2) + b"S\n"),
        _page(b"".join(b"%d 0 m %d 800 l S 0 %d m 600 %d l S\n" % (at, at, at, at) for at in range(0, 2400, 4))),
        _page(b"BT /F 5 Tf 9 400 Td (1) Tj ET\n" * 9 + b"1 0 0 rg 0 0 600 800 re f\n" * 20_000, _FONT),
        _forms(1, MAX_PDF_NESTING + 2),
    ],
    ids=["objects", "segments", "crossings", "covers", "forms"],
)
def test_a_page_that_draws_too_much_is_told_and_left(data: bytes) -> None:
    report = parse(data)
    assert report.status is ReportStatus.UNREADABLE
    assert {issue.code for issue in report.issues} <= {"page_unreadable", "pdf_damaged", "text_hidden", "scanned"}


@pytest.mark.slow
def test_a_pdf_that_kills_the_process_is_a_row_and_the_next_is_read() -> None:
    bomb = _forms(10, 8)
    sample = (SAMPLES / "xuzhou-2022.pdf").read_bytes()
    parser = BoundedParser()
    try:
        assert parser.parse(Order(report_id_of(bomb), data=bomb), 60, 1024**3).failure in (DIED, TIMEOUT)
        answer = parser.parse(Order(report_id_of(sample), data=sample), 60, PARSE_MEMORY_BYTES)
    finally:
        parser.close()
    report = answer.load()
    assert report is not None
    assert report.status is ReportStatus.PARSED
