"""The six real documents are read cell for cell, and what is to be known of each report is known."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from ingest.forms import CLAIMS
from ingest.parse import parse
from ingest.report import CellStatus, ParsedReport
from tests.corpus.corpus import SAMPLES, documents, true_cells, true_reports

MADE = {"hulunbuir-2020.html": "002_44d6bdc10f146279.txt", "xuzhou-2022.pdf": "003_f0de7e2adad4453a.txt"}
"""The samples of our own making, with the text that has their content."""


@dataclass(frozen=True)
class Read:
    """A document's name and what the parser made of it."""

    name: str
    report: ParsedReport


@pytest.fixture(scope="module", params=sorted(documents()))
def read(request: pytest.FixtureRequest) -> Read:
    return Read(request.param, parse(documents()[request.param].read_bytes()))


def test_every_cell_is_what_the_document_says_and_there_is_no_other(read: Read) -> None:
    truth = true_cells(read.name)
    cells = {(cell.section, cell.row_code, cell.column_code): cell for cell in read.report.cells}
    assert len(cells) == len(read.report.cells)
    assert cells.keys() == truth.keys()
    for key, true in truth.items():
        cell = cells[key]
        assert (cell.raw_text, cell.value, cell.unit) == (true.raw_text, true.value, true.unit), key
        assert cell.status is (CellStatus.BLANK if true.value is None else CellStatus.REPORTED), key
        assert cell.locator, key


def test_the_corpus_has_980_cells() -> None:
    expected = 980 if any(name.endswith(".pdf") for name in documents()) else 980 - 186
    assert sum(len(true_cells(name)) for name in documents()) == expected


def test_forms_and_script_are_those_of_the_document(read: Read) -> None:
    truth = true_reports()[read.name]
    for field in ("disclosure_form", "applications_form", "reviews_form", "script"):
        assert getattr(read.report, field) == truth[field], field


def test_year_and_dates_are_those_of_the_document(read: Read) -> None:
    truth = true_reports()[read.name]
    published = read.report.published_on.isoformat() if read.report.published_on else ""
    assert published == truth["published_on"]
    if read.report.period_start:
        assert str(read.report.period_start.year) == truth["report_year"]
    else:
        assert truth["report_year"] in (read.report.title or "")


def test_contamination_is_told(read: Read) -> None:
    assert read.report.contaminated is (true_reports()[read.name]["contaminated"] == "true")
    assert bool(read.report.contamination) is read.report.contaminated


def test_titles_are_read_as_printed() -> None:
    titles = {name: parse(path.read_bytes()).title for name, path in documents().items()}
    assert titles["000_68d8aa62729ba635.txt"] == "吉林市人民政府2020年政府信息公开工作年度报告"
    assert titles["003_f0de7e2adad4453a.txt"] == "徐州市2022年政府信息公開工作年度報告"
    assert titles["001_7364606721a9d05b.txt"] is None
    assert titles["002_44d6bdc10f146279.txt"] is None
    if "hongze-district-2024.pdf" in titles:
        assert titles["hongze-district-2024.pdf"] == "淮安市洪泽区人民政府2024年政府信息公开工作年度报告"


def test_prose_claims_are_those_of_the_document(read: Read) -> None:
    said = true_reports()[read.name]["prose_claims"]
    truth = {code: Decimal(value) for code, value in (claim.split("=") for claim in said.split(";") if claim)}
    parts = {part for claim in CLAIMS for part in claim.parts}
    assert {c.claim_code: c.value for c in read.report.claims if c.claim_code not in parts} == truth


def test_the_parts_of_the_responses_are_those_of_the_document(read: Read) -> None:
    """The truth names the parts of 004 in its note: 37 responses against parts 10 + 17 + 8."""
    parts = {claim.claim_code: claim.value for claim in read.report.claims if claim.claim_code.startswith("responses_")}
    stated = {"responses_by_interpretation": 10, "responses_by_weibo_wechat": 17, "responses_otherwise": 8}
    assert parts == (stated if read.name.startswith("004_") else {})


def test_a_claim_of_one_office_is_not_the_whole_reports() -> None:
    if "hongze-district-2024.pdf" not in documents():
        pytest.skip("the PDF of the corpus is not shipped; it is read where ../shared/corpus exists")
    report = parse(documents()["hongze-district-2024.pdf"].read_bytes())
    subjects = {claim.claim_code: claim.subject for claim in report.claims}
    assert subjects["applications_received"] == subjects["closed_total"] == "区政府办"


@pytest.mark.parametrize("name", sorted(MADE))
def test_the_html_page_and_the_pdf_say_what_their_texts_say(name: str) -> None:
    report = parse((SAMPLES / name).read_bytes())
    cells = {(cell.section, cell.row_code, cell.column_code): (cell.value, cell.unit) for cell in report.cells}
    assert cells == {key: (true.value, true.unit) for key, true in true_cells(MADE[name]).items()}


def test_a_damaged_label_is_told() -> None:
    if "hongze-district-2024.pdf" not in documents():
        pytest.skip("the PDF of the corpus is not shipped; it is read where ../shared/corpus exists")
    report = parse(documents()["hongze-district-2024.pdf"].read_bytes())
    assert any(issue.code == "label_damaged" and "denied_other_law" in issue.message for issue in report.issues)
    damaged = [cell for cell in report.cells if cell.row_code == "denied_other_law"]
    assert all(cell.reason and "damaged" in cell.reason for cell in damaged)
