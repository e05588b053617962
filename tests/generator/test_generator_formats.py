"""Reports as DOCX, XLSX, PDF and MHTML say what the truth says, and the same seed gives the same bytes."""

import email
import email.policy
import io
import json
import zipfile
from pathlib import Path

import docx
import openpyxl
import pdfplumber
import pytest
from plain_reader import Cells, html_rows, read_rows
from warcio.archiveiterator import ArchiveIterator

from benchmarks.generator.bundle import bundle
from benchmarks.generator.forms import KEYS
from benchmarks.generator.make import make_report
from benchmarks.generator.model import KNOWN, Printed
from benchmarks.generator.plan import OFFICE, Options
from benchmarks.generator.run import generate

Rows = list[list[str]]


def reports(name: str, count: int) -> list[Printed]:
    """Plain reports of a format: tables as the form has them, in simplified characters."""
    options = Options(seed="formats", formats=(name,), damage="none", mistakes=0)
    found = []
    for index in range(400):
        printed = make_report(index, options)
        layout = printed.report["layout"].split("+")[-1]
        if printed.report["script"] == "hans" and layout == "official" and "applications" in printed.marks:
            found.append(printed)
            if len(found) == count:
                break
    return found


def truth(printed: Printed) -> Cells:
    return {
        KEYS[key][:3]: raw.strip()
        for table in printed.tables
        for key, raw, knowable in zip(table.keys, table.raw, printed.marks[table.section].knowable, strict=True)
        if knowable == KNOWN
    }


def docx_rows(data: bytes) -> Rows:
    # A merged cell is given once for each column that it covers.
    rows = []
    for table in docx.Document(io.BytesIO(data)).tables:
        for row in table.rows:
            cells = list(dict.fromkeys(row._tr.tc_lst))
            rows.append(["".join(text.text or "" for text in cell.iter() if text.tag.endswith("}t")) for cell in cells])
    return rows


def xlsx_rows(data: bytes) -> Rows:
    book = openpyxl.load_workbook(io.BytesIO(data))
    rows = []
    for sheet in book:
        covered = {
            (row, column)
            for merged in sheet.merged_cells.ranges
            for row in range(merged.min_row, merged.max_row + 1)
            for column in range(merged.min_col, merged.max_col + 1)
        } - {(merged.min_row, merged.min_col) for merged in sheet.merged_cells.ranges}
        for line in sheet.iter_rows():
            shown = [cell for cell in line if (cell.row, cell.column) not in covered]
            while shown and shown[-1].value is None and not shown[-1].has_style:
                shown.pop()
            rows.append(["" if cell.value is None else str(cell.value) for cell in shown])
    return rows


def pdf_rows(data: bytes) -> Rows:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        tables = [table for page in pdf.pages for table in page.extract_tables()]
    return [[cell.replace("\n", "") for cell in row if cell is not None] for table in tables for row in table]


def mhtml_rows(data: bytes) -> Rows:
    message = email.message_from_bytes(data, policy=email.policy.default)
    part = next(part for part in message.walk() if part.get_content_type() == "text/html")
    return html_rows(part.get_content())


READERS = {"docx": docx_rows, "mhtml": mhtml_rows, "pdf": pdf_rows, "xlsx": xlsx_rows}


@pytest.mark.parametrize("name", sorted(READERS))
def test_a_trivial_reader_gets_the_truth(name: str) -> None:
    for printed in reports(name, 2):
        forms = {table.section: table.form for table in printed.tables}
        true = truth(printed)
        cells = read_rows(READERS[name](printed.data), forms)
        # Trailing blank cells of a sheet cannot be told from none, and a page may cut a row's label off.
        assert len(cells) > 0.8 * len(true)
        assert {key: text.removesuffix(".0") for key, text in cells.items() if text} == {
            key: true[key].removesuffix(".0") for key, text in cells.items() if text
        }


def test_bundles_hold_the_files(tmp_path: Path) -> None:
    generate(tmp_path, 9, Options(seed="bundles"))
    files = {path.name: path.read_bytes() for path in (tmp_path / "raw").iterdir()}
    (packed,) = bundle(tmp_path, "zip")
    with zipfile.ZipFile(packed) as archive:
        assert {name.removeprefix("reports/"): archive.read(name) for name in archive.namelist()} == files
    assert len(bundle(tmp_path, "warc", size=4)) == 3
    found = {}
    for path in sorted((tmp_path / "warc").iterdir()):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream):
                name = record.rec_headers.get_header("WARC-Target-URI").rpartition("/")[2]
                found[name] = record.content_stream().read()
    assert found == files
    (lines,) = bundle(tmp_path, "jsonl")
    rows = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    assert [row["url"].rpartition("/")[2] for row in rows] == sorted(files)
    assert all("政" in row.get("html", row.get("text", "")) for row in rows)
    with pytest.raises(ValueError, match="kind"):
        bundle(tmp_path, "rar")


@pytest.mark.parametrize("name", OFFICE)
def test_a_file_is_a_function_of_its_seed(name: str) -> None:
    options = Options(seed="clock", formats=(name,))
    assert make_report(3, options).data == make_report(3, options).data
