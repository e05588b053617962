"""A table of which characters are lost all over is a report's, with missing cells; other torn pages are none."""

import re

import pytest

from benchmarks.generator.make import make_report
from benchmarks.generator.plan import Options
from ingest.parse import parse
from ingest.report import CellStatus, ReportStatus
from tests.ingest.attacks import drawn_cells
from tests.ingest.test_triage import NEWS, page

_IDEOGRAPH = re.compile("[一-鿿]")


def torn(text: str, every: int, first: int = 0) -> str:
    """A text without one ideograph in so many."""
    seen = iter(range(first, first + len(text)))
    return _IDEOGRAPH.sub(lambda found: "" if next(seen) % every == 0 else found[0], text)


@pytest.mark.parametrize("every", [3, 4, 5])
@pytest.mark.parametrize("form", ["html", "text"])
def test_a_report_whose_every_label_is_torn_is_one_with_missing_cells(form: str, every: int) -> None:
    options = Options("torn", (form,), damage="none", mistakes=0)
    told: list[ReportStatus] = []
    for number in range(40):
        printed = make_report(number, options)
        drawn = drawn_cells(printed)
        if len(drawn) < 40:  # prose only, or a province's own table of a few rows
            continue
        data = torn(printed.data.decode(printed.report["encoding"]), every, number % every).encode()
        report = parse(data)
        told.append(report.status)
        for cell in report.cells:
            if cell.status not in (CellStatus.MISSING, CellStatus.UNREADABLE):
                true = next(v for k, v in drawn.items() if tuple(k) == (cell.section, cell.row_code, cell.column_code))
                assert (cell.status, cell.value) == (true.status, true.value)
        if report.status is ReportStatus.PARTIAL:
            assert sum(cell.status is CellStatus.MISSING for cell in report.cells) > 40
    assert len(told) > 25
    assert told.count(ReportStatus.PARTIAL) >= len(told) * 0.9
    # A titled text, of which less is left, counts as a report whose tables are lost.
    assert set(told) <= {ReportStatus.PARTIAL, ReportStatus.NO_TABLES, ReportStatus.NOT_A_REPORT}


TEN_NUMBERS = "".join(f"<td>{number}</td>" for number in range(10))
ITEMS = ("行政许可", "行政处罚", "规范性文件", "信访举报", "政府信息公开", "依申请公开", "重复申请", "行政复议")


@pytest.mark.parametrize("every", [3, 4])
@pytest.mark.parametrize(
    "body",
    [
        f"<p>{NEWS}</p>" * 20,
        "<table>" + "".join(f"<tr><td>{name}</td>{TEN_NUMBERS}</tr>" for name in ITEMS * 3) + "</table>",
        "<table>" + "".join(f"<tr><td>{NEWS[at:]}</td>{TEN_NUMBERS}</tr>" for at in range(30)) + "</table>",
    ],
)
def test_a_torn_page_of_another_matter_is_no_report(body: str, every: int) -> None:
    assert parse(torn(page(body).decode(), every).encode()).status is ReportStatus.NOT_A_REPORT


def test_a_few_torn_labels_are_no_table() -> None:
    """Five of them stand in a table of numbers; a sixth makes it the form's."""
    labels = ["1.本机不掌相关政府信", "2.没有现信息要另行作", "3.补正申请容仍明确"]
    labels += ["1.信举报诉类申", "4.无正理由量反复请"]
    lines = [cell for name in labels for cell in (name, *"0000000")]
    assert parse("\n".join(lines).encode()).status is ReportStatus.NOT_A_REPORT
    report = parse("\n".join([*lines, "四、结下年继续理", *"0000000"]).encode())
    assert report.status is ReportStatus.PARTIAL
    assert {cell.status for cell in report.cells} == {CellStatus.MISSING}
    assert "form_not_told" in {issue.code for issue in report.issues}
