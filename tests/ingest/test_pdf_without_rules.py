"""A report in a PDF whose tables have no rules that could be followed is a report whose tables are lost, not none."""

import io
from collections.abc import Callable
from itertools import pairwise

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.parse import parse
from ingest.report import CellStatus, ReportStatus
from tests.ingest import pages

SIDES = (40, 340, 400, 460, 520, 580, 640, 700, 760)
TITLE = "洪泽区人民政府2023年政府信息公开工作年度报告"
NOTICE = "关于做好年度报告工作的通知"
Rule = Callable[[Canvas, list[float]], None]


def nothing(canvas: Canvas, heights: list[float]) -> None:
    pass


def level_rules(canvas: Canvas, heights: list[float]) -> None:
    canvas.lines([(SIDES[0], height, SIDES[-1], height) for height in heights])


def upright_rules(canvas: Canvas, heights: list[float]) -> None:
    canvas.lines([(side, heights[0], side, heights[-1]) for side in SIDES])


def boxes_apart(canvas: Canvas, heights: list[float]) -> None:
    for left, right in pairwise(SIDES):
        for top, bottom in pairwise(heights):
            canvas.rect(left + 2, bottom + 2, right - left - 4, top - bottom - 4)


def rules_through_the_text(canvas: Canvas, heights: list[float]) -> None:
    canvas.grid(SIDES, [height + 8 for height in heights])


def report(rules: Rule, title: str = TITLE, filled: bool = True) -> bytes:
    """The table of applications under a title, a row on each line."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(842, 800), invariant=1)
    canvas.setFont("STSong-Light", 9)
    canvas.drawString(40, 770, title)
    rows = [("项目", *pages.HEADINGS)]
    rows += [(pages.label(code), *(row if filled else [""] * 7)) for code, row in pages.numbers().items()]
    heights = [740.0 - 20 * place for place in range(len(rows) + 1)]
    for height, row in zip(heights, rows, strict=False):
        for side, text in zip(SIDES, row, strict=False):
            canvas.drawString(side + 4, height - 14, text)
    canvas.setLineWidth(0.5)
    rules(canvas, heights)
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize(
    "rules",
    [nothing, level_rules, upright_rules, boxes_apart, rules_through_the_text],
    ids=lambda rules: rules.__name__,
)
def test_a_titled_report_whose_table_has_no_rules_is_one_with_all_cells_missing(rules: Rule) -> None:
    parsed = parse(report(rules))
    assert parsed.status is ReportStatus.NO_TABLES
    assert parsed.title == TITLE
    assert parsed.cells
    assert {(cell.status, cell.reason) for cell in parsed.cells} == {
        (CellStatus.MISSING, "the document shows no such table")
    }
    assert {issue.code for issue in parsed.issues} == {"table_missing"}


@pytest.mark.parametrize(("title", "filled"), [(TITLE, False), (NOTICE, True)], ids=["a blank form", "no title"])
def test_what_hands_the_form_out_is_none(title: str, filled: bool) -> None:
    assert parse(report(nothing, title, filled)).status is ReportStatus.NOT_A_REPORT
