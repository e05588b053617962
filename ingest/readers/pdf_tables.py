"""Ruled tables that a page break cuts in two, put together again where their rules show that they are one."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import Block, Grid, Paragraph, Placement
from ingest.text.numbers import looks_like_value

_TOLERANCE = 1.5
"""Points by which the same rule may differ from page to page."""


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table of one page: its grid, the left edge of each of its columns and its right edge, in points."""

    grid: Grid
    edges: tuple[float, ...]
    right: float


PageBlock = Paragraph | RuledTable


def without_page_breaks(pages: Sequence[Sequence[PageBlock]], wide_labels: bool = False) -> tuple[Block, ...]:
    """The blocks of all pages in order; a table that ends a page and goes on at the top of the next is one grid.

    It goes on where the next page begins with a table of the same columns. A piece that ends in headings shows only
    the columns that its own rows divide: it goes on in a table that has its rules among others between the same sides.
    With `wide_labels`, so does a piece whose first column is divided in the next one.
    """
    blocks: list[PageBlock] = []
    for page in pages:
        rest = list(page)
        if blocks and rest:
            joined = _joined(blocks[-1], rest[0], wide_labels)
            if joined:
                blocks[-1] = joined
                del rest[0]
        blocks += rest
    told = (block.grid if isinstance(block, RuledTable) else block for block in blocks)
    return tuple(block for block in told if isinstance(block, Grid) or block.text)


def _joined(upper: PageBlock, lower: PageBlock, wide_labels: bool) -> RuledTable | None:
    """Two pieces as one table; None where they are not plainly one."""
    if not (isinstance(upper, RuledTable) and isinstance(lower, RuledTable)):
        return None
    if abs(upper.right - lower.right) > _TOLERANCE or len(upper.grid.rows[-1]) != len(upper.edges):
        return None
    if abs(upper.edges[0] - lower.edges[0]) > _TOLERANCE or len(lower.grid.rows[0]) != len(lower.edges):
        return None
    columns = [_column(edge, lower.edges) for edge in upper.edges]
    known = [column for column in columns if column is not None]
    width = len(lower.edges)
    wide = wide_labels and known == [0, *range(width - len(known) + 1, width)]
    if len(set(known)) < len(columns) or (len(known) < width and not wide and not _is_heading(upper.grid.rows[-1])):
        return None
    rows = [_spread(row, known, width) for row in upper.grid.rows]
    grid = Grid((*rows, *lower.grid.rows), upper.grid.row_locators + lower.grid.row_locators, Placement.RULED)
    return RuledTable(grid, lower.edges, lower.right)


def _column(edge: float, edges: Sequence[float]) -> int | None:
    """The column that begins at an edge; None where none or several do."""
    found = [column for column, other in enumerate(edges) if abs(other - edge) <= _TOLERANCE]
    return found[0] if len(found) == 1 else None


def _is_heading(row: Sequence[str | None]) -> bool:
    """Whether a row holds words alone, two at least."""
    texts = [text for text in row if text]
    return len(texts) > 1 and not any(looks_like_value(text) for text in texts)


def _spread(row: Sequence[str | None], columns: Sequence[int], width: int) -> tuple[str | None, ...]:
    """A row in a grid of more columns, its cells where they begin."""
    cells: list[str | None] = [None] * width
    for column, text in zip(columns, row, strict=True):
        cells[column] = text
    return tuple(cells)
