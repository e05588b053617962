"""A report as a PDF with a text layer: ruled tables that pages cut, labels wrapped in their cells, page numbers."""

import io
from collections.abc import Sequence
from functools import cache
from random import Random
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, SimpleDocTemplate, Spacer
from reportlab.platypus import Paragraph as Lines
from reportlab.platypus import Table as Ruled

from benchmarks.generator.chance import pick
from benchmarks.generator.grids.grid import Grid
from benchmarks.generator.grids.place import Placed, cut, height
from benchmarks.generator.model import Paragraph, Table, TableBlock
from benchmarks.generator.plan import Plan
from benchmarks.generator.render.office import parts_of
from benchmarks.generator.wording import Say

_FONT = "STSong-Light"
_MARGIN = 56
_WIDTH = A4[0] - 2 * _MARGIN


@cache
def _font() -> str:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    return _FONT


def _style(size: int, **more: Any) -> ParagraphStyle:
    return ParagraphStyle("s", fontName=_font(), fontSize=size, leading=size * 1.4, wordWrap="CJK", **more)


class _Table(Flowable):  # type: ignore[misc, unused-ignore]
    """A ruled table that breaks between any two rows, also inside a merged cell."""

    def __init__(self, placed: Sequence[Placed], widths: Sequence[float], behind: bool) -> None:
        super().__init__()
        self.placed = placed
        self.widths = widths
        self.behind = behind
        # A white rectangle behind every line of print, as WPS draws it.
        style = _style(8, backColor="white" if behind else None)
        texts: list[list[Any]] = [[""] * len(widths) for _ in range(height(placed))]
        rules: list[tuple[Any, ...]] = [
            ("GRID", (0, 0), (-1, -1), 0.5, "black"),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            *((f"{side}PADDING", (0, 0), (-1, -1), 2) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
        ]
        for cell in placed:
            texts[cell.row][cell.column] = Lines(escape(cell.text), style)
            last = (cell.column + cell.colspan - 1, cell.row + cell.rowspan - 1)
            rules.append(("SPAN", (cell.column, cell.row), last))
        self.table = Ruled(texts, colWidths=list(widths), style=rules)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        size: tuple[float, float] = self.table.wrap(width, height)
        return size

    def split(self, width: float, height: float) -> list[Flowable]:
        fitting, used = 0, 0.0
        for row_height in self.table._rowHeights:
            used += row_height
            if used > height:
                break
            fitting += 1
        # A merged label that is cut may need higher rows than before.
        for rows in range(fitting, 0, -1):
            first, second = (_Table(part, self.widths, self.behind) for part in cut(self.placed, rows))
            if first.wrap(width, height)[1] <= height:
                return [first, second]
        return []

    def draw(self) -> None:
        self.table.drawOn(self.canv, 0, 0)


def _widths(placed: Sequence[Placed]) -> list[float]:
    """The columns of a table: those of labels are wider than those of numbers."""
    weights = [1.0] * max(cell.column + cell.colspan for cell in placed)
    for cell in placed:
        if cell.is_label and cell.colspan == 1 and len(cell.text) > 6:
            weights[cell.column] = 3.0
    return [_WIDTH * weight / sum(weights) for weight in weights]


def _page_number(canvas: Any, document: Any) -> None:
    canvas.setFont(_font(), 9)
    canvas.drawCentredString(A4[0] / 2, 30, f"- {document.page} -")


def render_pdf(
    rng: Random,
    plan: Plan,
    blocks: Sequence[Paragraph | TableBlock],
    tables: dict[str, Table],
    grids: dict[str, Grid],
    say: Say,
) -> bytes:
    """The bytes of the file."""
    size = pick(rng, (11, 12, 14))
    behind = rng.random() < 0.4
    numbered = rng.random() < 0.7
    styles = {
        "title": _style(18, alignment=1, spaceAfter=14),
        "heading": _style(size, spaceBefore=6),
        "text": _style(size, firstLineIndent=2 * size),
        "signature": _style(size, alignment=2),
        "date": _style(size, alignment=2),
    }
    story: list[Flowable] = []
    for part in parts_of(rng, plan, blocks, tables, grids, say):
        if isinstance(part, Paragraph):
            story.append(Lines(escape(part.text), styles[part.role]))
        else:
            story += [Spacer(1, 4), _Table(part, _widths(part), behind), Spacer(1, 8)]
    buffer = io.BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), _MARGIN)
    document = SimpleDocTemplate(buffer, pagesize=A4, invariant=1, **margins)
    after = {"onFirstPage": _page_number, "onLaterPages": _page_number} if numbered else {}
    document.build(story, **after)
    return buffer.getvalue()
