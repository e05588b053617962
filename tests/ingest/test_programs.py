"""What a parse owes to outside programs: told in its version, and done again when a program comes."""

import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from ingest import update as update_module
from ingest.document import Document, Grid, Placement
from ingest.lake import ensure_tables, known_parses, parses_with_programs, write_parses
from ingest.landing import landed_file
from ingest.parse import parse
from ingest.programs import LIBREOFFICE, OCR, stands
from ingest.proof import likeliest, only_proved
from ingest.readers import libreoffice, tesseract
from ingest.readers.tesseract import BETWEEN
from ingest.report import PARSER_VERSION, CellStatus, ParsedReport, ReportStatus
from ingest.update import update_lake
from tests.corpus.corpus import SAMPLES
from tests.ingest.office import docx_bytes, report, truth

DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument\0".encode("utf-16-le")
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100)


def test_versions_are_whole_numbers_so_that_what_stands_behind_the_point_is_of_the_programs() -> None:
    assert PARSER_VERSION.isdecimal()


@pytest.mark.parametrize(
    ("version", "programs", "expected"),
    [
        (PARSER_VERSION, LIBREOFFICE + OCR, True),
        (f"{PARSER_VERSION}.1", 0, True),
        (f"{PARSER_VERSION}.0.1", OCR, True),
        (f"{PARSER_VERSION}.0.1", LIBREOFFICE, False),
        (f"{PARSER_VERSION}.0.2", LIBREOFFICE + OCR, False),
        ("0", 0, False),
        ("0.1", 0, False),
        ("0.0.1", 0, False),
    ],
)
def test_a_parse_stands_unless_a_program_that_it_lacked_is_there(version: str, programs: int, expected: bool) -> None:
    assert stands(version, programs) is expected


def test_a_missing_program_is_told_with_the_package_that_gives_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "program", lambda: None)
    monkeypatch.setattr(tesseract, "program", lambda: None)
    lacking = parse(DOC)
    assert (lacking.status, lacking.parser_version) == (ReportStatus.UNREADABLE, f"{PARSER_VERSION}.0.{LIBREOFFICE}")
    assert [issue.code for issue in lacking.issues] == ["libreoffice_missing"]
    assert "apt-get install libreoffice-writer-nogui" in lacking.issues[0].message
    scanned = parse(PICTURE, ocr=True)
    assert [issue.code for issue in scanned.issues] == ["scanned"]
    assert "tesseract-ocr-chi-sim" in scanned.issues[0].message
    assert scanned.parser_version == parse(PICTURE).parser_version == f"{PARSER_VERSION}.0.{OCR}"


def test_a_conversion_that_took_too_long_is_tried_again_by_the_next_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nexec sleep 30\n")
    slow.chmod(0o755)
    monkeypatch.setattr(libreoffice, "program", lambda: str(slow))
    monkeypatch.setattr(libreoffice, "CONVERT_SECONDS", 0.2)
    late = parse(DOC)
    assert (late.status, [issue.code for issue in late.issues]) == (ReportStatus.UNREADABLE, ["libreoffice_timeout"])
    assert not stands(late.parser_version, LIBREOFFICE)
    assert stands(late.parser_version, 0)


@pytest.mark.parametrize(("programs", "parsed"), [(0, 0), (OCR, 0), (LIBREOFFICE, 1)])
def test_only_what_lacked_a_program_is_parsed_again_when_it_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, programs: int, parsed: int
) -> None:
    monkeypatch.setattr(update_module, "available", lambda _: programs)
    files = []
    for name, data in (("a.doc", DOC), ("b.txt", (SAMPLES / "003_f0de7e2adad4453a.txt").read_bytes())):
        (tmp_path / name).write_bytes(data)
        files.append(landed_file(tmp_path / name))
    lake = tmp_path / "lake"
    ensure_tables(lake)
    before: list[ParsedReport] = [
        replace(parse(Path(file.path).read_bytes()), parser_version=version)
        for file, version in zip(files, (f"{PARSER_VERSION}.0.1", PARSER_VERSION), strict=True)
    ]
    list(write_parses(lake, before))
    assert parses_with_programs(lake, PARSER_VERSION) == {files[0].report_id: f"{PARSER_VERSION}.0.1"}
    assert update_lake(lake, tuple(files), {}, workers=1).parsed == parsed
    assert set(known_parses(lake)) == {file.report_id for file in files}


# Proof


def _sample() -> ParsedReport:
    return parse((SAMPLES / "003_f0de7e2adad4453a.txt").read_bytes())


def _changed(report: ParsedReport, *keys: tuple[str, str]) -> ParsedReport:
    """A report of which some cells of the applications say five more."""
    return replace(
        report,
        cells=tuple(
            cell._replace(value=(cell.value or Decimal(0)) + 5) if (cell.row_code, cell.column_code) in keys else cell
            for cell in report.cells
        ),
    )


def test_a_sound_table_is_proved_and_marked_and_nothing_else_is_believed() -> None:
    sample = _sample()
    proved = only_proved(sample)
    assert proved.read_by_ocr
    assert not proved.claims
    said = [cell for cell in proved.cells if cell.status is not CellStatus.MISSING]
    assert {cell.section for cell in said} == {"applications"}
    assert all("OCR" in (cell.reason or "") for cell in said)
    others = {cell.reason for cell in proved.cells if cell.section == "applications" and cell not in said}
    # All sums hold, so that nothing is left out but what they would not miss.
    assert all("the sums hold, and would with another digit" in (reason or "") for reason in others)
    assert len(said) > 0.9 * sum(cell.section == "applications" for cell in sample.cells)


@pytest.mark.parametrize(
    "keys",
    [
        [("granted", "natural_person")],
        [("granted", "natural_person"), ("granted", "total")],
        [("granted", "natural_person"), ("closed_total", "natural_person")],
    ],
)
def test_what_a_misread_digit_touches_is_not_believed(keys: list[tuple[str, str]]) -> None:
    proved = only_proved(_changed(_sample(), *keys))
    believed = {(cell.row_code, cell.column_code) for cell in proved.cells if cell.value is not None}
    assert believed
    assert not believed & set(keys)


def _misread(report: ParsedReport, printed: str, read: str) -> ParsedReport:
    """A report of which a digit is read as another one wherever it stands."""
    return replace(
        report,
        cells=tuple(
            cell if cell.value is None else cell._replace(value=Decimal(str(cell.value).replace(printed, read)))
            for cell in report.cells
        ),
    )


def _with_applications(report: ParsedReport, values: dict[tuple[str, str], int]) -> ParsedReport:
    """A report whose applications are all 0, but for these."""
    return replace(
        report,
        cells=tuple(
            cell._replace(value=Decimal(values.get((cell.row_code, cell.column_code), 0)), status=CellStatus.REPORTED)
            if cell.section == "applications"
            else cell
            for cell in report.cells
        ),
    )


ONE_MAKES_ALL = {
    (row, column): 6 for row in ("new_requests", "granted", "closed_total") for column in ("natural_person", "total")
}


@pytest.mark.parametrize("few", [False, True], ids=["a_city", "one_number_makes_all_totals"])
@pytest.mark.parametrize("printed", "0123456789")
def test_a_digit_misread_in_the_same_way_all_over_the_page_is_not_believed(printed: str, few: bool) -> None:
    sample = _with_applications(_sample(), ONE_MAKES_ALL) if few else _sample()
    true = {(cell.section, cell.row_code, cell.column_code): cell.value for cell in sample.cells}
    for read in "0123456789":
        proved = only_proved(_misread(sample, printed, read))
        believed = [cell for cell in proved.cells if cell.value is not None]
        assert all(cell.value == true[cell.section, cell.row_code, cell.column_code] for cell in believed)
        assert believed or not few or "0" in (printed, read)


def test_a_number_that_its_sums_would_not_miss_says_so() -> None:
    proved = only_proved(_with_applications(_sample(), ONE_MAKES_ALL))
    reasons = {cell.reason for cell in proved.cells if (cell.row_code, cell.column_code) in ONE_MAKES_ALL}
    assert reasons == {"read by OCR; the sums hold, and would with another digit in place of 6 all over the page"}
    assert sum(cell.value is not None for cell in proved.cells) > 100


def _emptied(report: ParsedReport, status: CellStatus) -> ParsedReport:
    """A report whose zeros are blank, or dashes."""
    return replace(
        report,
        cells=tuple(cell if cell.value else cell._replace(value=None, status=status) for cell in report.cells),
    )


@pytest.mark.parametrize("status", [CellStatus.BLANK, CellStatus.DASH])
def test_what_is_printed_for_nothing_counts_as_0_and_is_proved_as_it_stands(status: CellStatus) -> None:
    sample = _emptied(_sample(), status)
    proved = only_proved(sample)
    statuses = [cell.status for cell in proved.cells if cell.section == "applications"]
    assert statuses.count(status) > 0.9 * sum(cell.status is status for cell in sample.cells[-200:])
    assert CellStatus.REPORTED in statuses
    damaged = only_proved(_changed(sample, ("granted", "natural_person")))
    row = [cell.status for cell in damaged.cells if (cell.section, cell.row_code) == ("applications", "granted")]
    assert set(row) == {CellStatus.MISSING}


def test_of_a_table_without_any_number_nothing_is_believed() -> None:
    nothing = _emptied(_with_applications(_sample(), {}), CellStatus.BLANK)
    assert {cell.status for cell in only_proved(nothing).cells} == {CellStatus.MISSING}
    zeros = _with_applications(_sample(), {})
    assert {cell.status for cell in only_proved(zeros).cells} == {CellStatus.MISSING}


def test_where_many_sums_fail_none_of_the_others_proves_anything() -> None:
    sample = _sample()
    rows = sorted({cell.row_code for cell in sample.cells if cell.section == "applications"})
    few = only_proved(_changed(sample, *((row, "natural_person") for row in rows[:2])))
    assert any(cell.value is not None for cell in few.cells)
    many = only_proved(_changed(sample, *((row, "natural_person") for row in rows[:9])))
    assert all(cell.value is None for cell in many.cells)


def test_of_several_readings_the_sums_choose_and_none_is_believed_that_they_do_not() -> None:
    sample = _sample()
    key = ("granted", "natural_person")
    place = next(cell for cell in sample.cells if (cell.row_code, cell.column_code) == key)
    assert place.value is not None
    assert place.locator is not None
    wrong = _changed(sample, key)
    read = {place.locator: (place.value + 5, place.value + 1, place.value)}
    told = next(cell for cell in only_proved(wrong, read).cells if (cell.row_code, cell.column_code) == key)
    assert (told.value, told.raw_text) == (place.value, str(place.value))
    assert f"read by OCR as {place.value + 5} or {place.value + 1} or {place.value}" in (told.reason or "")
    without = {place.locator: (place.value + 5, place.value + 1)}
    told = next(cell for cell in only_proved(wrong, without).cells if (cell.row_code, cell.column_code) == key)
    assert told.status is CellStatus.MISSING


def test_a_cell_read_in_several_ways_stands_in_the_document_as_the_first_of_them() -> None:
    rows = (("总计", f"12{BETWEEN}17", f"3{BETWEEN}", f"x{BETWEEN}", BETWEEN, None),)
    grid = Grid(rows, ("page 1, table 1, row 1",), Placement.RULED)
    document, ways = likeliest(Document("application/pdf", None, (grid,)))
    assert document.grids[0].rows == (("总计", "12", "3", f"x{BETWEEN}", BETWEEN, None),)
    assert ways == {
        "page 1, table 1, row 1, column 2": (Decimal(12), Decimal(17)),
        "page 1, table 1, row 1, column 3": (Decimal(3),),
    }


# The programs themselves


@pytest.mark.slow
@pytest.mark.skipif(libreoffice.program() is None, reason=libreoffice.MISSING)
@pytest.mark.parametrize("suffix", ["doc", "rtf", "odt"])
def test_documents_of_older_programs_are_read_through_libreoffice(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "a.docx").write_bytes(docx_bytes(report()))
    command = [str(libreoffice.program()), "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    for _ in range(2):  # the first start only makes the profile
        subprocess.run(
            [*command, "--convert-to", suffix, "--outdir", str(tmp_path), str(tmp_path / "a.docx")], capture_output=True
        )
    parsed = parse((tmp_path / f"a.{suffix}").read_bytes())
    assert (parsed.status, parsed.parser_version) == (ReportStatus.PARSED, f"{PARSER_VERSION}.1")
    assert {
        (cell.section, cell.row_code, cell.column_code): f"{cell.value:f}".removesuffix(".0000")
        for cell in parsed.cells
        if cell.value is not None
    } == truth()


_SCAN = """
import io, sys, pypdfium2
made = io.BytesIO()
pdf = pypdfium2.PdfDocument(sys.argv[1])
first, *others = [pdf[page].render(scale=200 / 72).to_pil().convert("L") for page in (0, 2, 3)]
first.save(made, "PDF", save_all=True, append_images=others, resolution=200)
sys.stdout.buffer.write(made.getvalue())
"""


def printed_and_scanned(path: Path) -> bytes:
    """Three pages of a PDF as pictures, by a process with the machine's fonts: the reader of PDF leaves them out."""
    return subprocess.run([sys.executable, "-c", _SCAN, str(path)], capture_output=True, check=True).stdout


@pytest.mark.slow
@pytest.mark.skipif(tesseract.program() is None, reason=tesseract.MISSING)
def test_of_a_scan_no_number_is_believed_that_is_wrong() -> None:
    original = (SAMPLES / "xuzhou-2022.pdf").read_bytes()
    data = printed_and_scanned(SAMPLES / "xuzhou-2022.pdf")
    assert [issue.code for issue in parse(data).issues] == ["scanned"]
    said = {(cell.section, cell.row_code, cell.column_code): cell.value for cell in parse(original).cells}
    scanned = parse(data, ocr=True)
    assert scanned.read_by_ocr
    assert scanned.parser_version == f"{PARSER_VERSION}.1"
    assert scanned.title == "徐州市2022年政府信息公开工作年度报告"
    assert len(scanned.cells) == len(said)
    for cell in scanned.cells:
        assert cell.value is None or cell.value == said[cell.section, cell.row_code, cell.column_code]
