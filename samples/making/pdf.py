"""The PDF of Xuzhou's report."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from samples.making.page import html_text
from samples.making.tables import (
    APPLICANTS,
    DISCLOSURE_2021,
    OUTCOMES_2021,
    REVIEW_CELLS,
    Cell,
    Rows,
    applications_table,
    disclosure_table,
    is_label,
    reviews_table,
)
from samples.making.texts import HEADING, PART_FOUR, PART_THREE, PART_TWO, xuzhou

FONT = "STSong-Light"
MARGIN = 26 * mm
FRAME_PADDING = 6
BODY_WIDTH = A4[0] - 2 * MARGIN - 2 * FRAME_PADDING
CELL_PADDING = 2.5
TITLE_STYLE = ParagraphStyle(
    "title", fontName=FONT, fontSize=18, leading=28, alignment=TA_CENTER, spaceAfter=16, wordWrap="CJK"
)
BODY_STYLE = ParagraphStyle("body", fontName=FONT, fontSize=12, leading=21, firstLineIndent=24, wordWrap="CJK")
HEADING_STYLE = ParagraphStyle("heading", parent=BODY_STYLE, fontSize=14, spaceBefore=8, spaceAfter=4, keepWithNext=1)
CELL_STYLE = ParagraphStyle("cell", fontName=FONT, fontSize=9, leading=12, alignment=TA_CENTER, wordWrap="CJK")
LABEL_STYLE = ParagraphStyle("label", parent=CELL_STYLE, alignment=TA_LEFT)

DISCLOSURE_WIDTHS = [39 * mm, 38 * mm, 38 * mm, 38 * mm]
APPLICATIONS_WIDTHS = [9 * mm, 17 * mm, 43 * mm, *[12 * mm] * APPLICANTS]
REVIEWS_WIDTHS = [10.2 * mm] * REVIEW_CELLS

# A line breaks between any two of these: a number or a character, with the marks that may not begin or end a line.
UNBREAKABLE = re.compile(r"[（《〔“]*(?:[\x21-\x7e]+|.)[，。；：、）》〕”]*")


@dataclass(frozen=True)
class Placed:
    """A cell with the row and the column in which it begins."""

    row: int
    column: int
    cell: Cell


def place(rows: Rows) -> list[Placed]:
    """Give each cell its row and column, as a browser does."""
    taken: set[tuple[int, int]] = set()
    placed = []
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            placed.append(Placed(row, column, cell))
            taken.update((row + down, column + right) for down in range(cell.rows) for right in range(cell.columns))
    return placed


def cut(placed: Iterable[Placed], at: int) -> tuple[list[Placed], list[Placed]]:
    """Cut a table above row `at`; a merged cell that the cut crosses goes on below it as an empty one."""
    above, below = [], []
    for item in placed:
        over = item.row + item.cell.rows - at
        if item.row >= at:
            below.append(replace(item, row=item.row - at))
            continue
        above.append(replace(item, cell=replace(item.cell, rows=min(item.cell.rows, at - item.row))))
        if over > 0:
            below.append(Placed(0, item.column, Cell("", rows=over, columns=item.cell.columns)))
    return above, below


def break_lines(text: str, style: ParagraphStyle, width: float) -> str:
    """Break a text into lines as Chinese type is set, which reportlab does not do for full-width punctuation."""
    lines = []
    for given in text.split("\n"):
        line, left = "", width - style.firstLineIndent
        for unit in UNBREAKABLE.findall(given):
            if line and pdfmetrics.stringWidth(line + unit, style.fontName, style.fontSize) > left:
                lines.append(line)
                line, left = "", width
            line += unit
        lines.append(line)
    return "\n".join(lines)


def pdf_text(text: str, style: ParagraphStyle, width: float) -> Paragraph:
    """A text set in lines of the width."""
    return Paragraph(html_text(break_lines(text, style, width)), style)


def pdf_paragraph(line: str) -> Paragraph:
    """A paragraph of the prose, or the heading of a part."""
    return pdf_text(line, HEADING_STYLE if HEADING.match(line) else BODY_STYLE, BODY_WIDTH)


class RuledTable(Flowable):  # type: ignore[misc]
    """A ruled table that breaks between any two rows, also inside a merged cell."""

    def __init__(self, placed: list[Placed], widths: list[float]) -> None:
        """Lay the table out."""
        super().__init__()
        self.placed = placed
        self.widths = widths
        self.table = Table(self._paragraphs(), colWidths=widths, style=self._style())

    def _paragraphs(self) -> list[list[Any]]:
        height = max(item.row + item.cell.rows for item in self.placed)
        grid: list[list[Any]] = [[""] * len(self.widths) for _ in range(height)]
        for item in self.placed:
            style = LABEL_STYLE if is_label(item.cell) else CELL_STYLE
            width = sum(self.widths[item.column : item.column + item.cell.columns]) - 2 * CELL_PADDING
            grid[item.row][item.column] = pdf_text(item.cell.text, style, width)
        return grid

    def _style(self) -> list[tuple[Any, ...]]:
        spans = [
            (
                "SPAN",
                (item.column, item.row),
                (item.column + item.cell.columns - 1, item.row + item.cell.rows - 1),
            )
            for item in self.placed
        ]
        padding = [(f"{side}PADDING", (0, 0), (-1, -1), CELL_PADDING) for side in ("LEFT", "RIGHT", "TOP")]
        return [
            *spans,
            *padding,
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            ("GRID", (0, 0), (-1, -1), 0.5, "black"),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The table's size."""
        size: tuple[float, float] = self.table.wrap(width, height)
        return size

    def split(self, width: float, height: float) -> list[Flowable]:
        """The part that fits in the height that is left on the page, and the rest."""
        self.table.wrap(width, height)
        fitting, used = 0, 0.0
        for row_height in self.table._rowHeights:
            used += row_height
            if used > height:
                break
            fitting += 1
        if fitting == 0:
            return []
        return [RuledTable(part, self.widths) for part in cut(self.placed, fitting)]

    def draw(self) -> None:
        """Draw the table at the origin."""
        self.table.drawOn(self.canv, 0, 0)


def pdf_table(rows: Rows, widths: list[float]) -> list[Flowable]:
    """A table with some space around it."""
    table = RuledTable(place(rows), widths)
    table.hAlign = "CENTER"
    return [Spacer(1, 4), table, Spacer(1, 8)]


def page_number(canvas: Any, document: Any) -> None:
    """Write the number of the page at its foot."""
    canvas.setFont(FONT, 10)
    canvas.drawCentredString(A4[0] / 2, 14 * mm, f"- {document.page} -")


def xuzhou_document() -> bytes:
    """The PDF of Xuzhou's report, as a government office publishes it."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    source = xuzhou()
    title, *prose = source.before
    story = [
        Paragraph(title, TITLE_STYLE),
        *map(pdf_paragraph, prose),
        pdf_paragraph(PART_TWO),
        *pdf_table(disclosure_table(DISCLOSURE_2021, source.tokens), DISCLOSURE_WIDTHS),
        pdf_paragraph(PART_THREE),
        *pdf_table(applications_table(OUTCOMES_2021, source.tokens), APPLICATIONS_WIDTHS),
        pdf_paragraph(PART_FOUR),
        *pdf_table(reviews_table(source.tokens), REVIEWS_WIDTHS),
        *map(pdf_paragraph, source.after),
    ]
    buffer = io.BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=title,
        author="",
        lang="zh-CN",
        invariant=1,
        pageCompression=0,
    )
    document.build(story, onFirstPage=page_number, onLaterPages=page_number)
    return buffer.getvalue()
