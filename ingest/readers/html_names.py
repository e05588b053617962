"""What all readers of HTML know alike: which tags break a line, hide text or stand for it; how spans are spread."""

import re
from collections.abc import Iterable, Mapping, Sequence

from ingest.document import Block, Fault, Grid, Paragraph, Placement
from ingest.readers.html_hiding import STYLES
from ingest.readers.limits import MAX_BLOCKS, MAX_CELL_CHARACTERS, MAX_GRID_CELLS, MAX_GRID_COLUMNS, MAX_SPAN


def names(words: str) -> frozenset[str]:
    """A set of names written as words."""
    return frozenset(words.split())


SKIPPED = names(
    "script style noscript template iframe object svg select textarea rt rp datalist dialog audio video meter progress "
    "title noframes noembed"
)
"""Tags whose text is not shown as the page's; rt and rp are pinyin over characters."""
BREAKING = names(
    "address article aside blockquote br center dd details dir div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 "
    "header hgroup hr li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul body html"
)
STAND_INS = names(
    "img input select option optgroup del s strike bdo object canvas button textarea svg audio video meter progress "
    "details marquee legend"
)
"""What stands in a cell for text and is none, or is shown beside it: a picture, a field, struck-out words."""
_CELLS = names("td th")
_ROWS = names("tr tbody thead tfoot")
OBJECT = "\ufffc"
LAYOUT_CELLS = 2
"""A table of no more cells is there for the layout."""
LONG_CELL = 400
"""A cell of more characters, with a full stop, holds prose: its table is there for the layout."""
STRUCK = names("del s strike bdo")
"""Tags whose text does not count, or whose digits are turned round."""
RAISED = names("sup sub")
_WITHOUT_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
"""Signs that nobody sees between letters: where a line may break, where letters may join."""
_SPAN = re.compile(r"\s*(\d{1,4})")


Cell = tuple[str, int, int]
"""A cell of a table: what it shows, and how many columns and rows it covers."""


def normal_space(text: str) -> str:
    """Text with every run of white space as one space, none at its ends, and without signs that have no width."""
    if not text.isascii():
        for sign in _WITHOUT_WIDTH:
            if sign in text:
                text = text.replace(sign, "")
    return " ".join(text.split())


def is_absent(name: str, given: Mapping[str, str]) -> bool:
    """Whether a browser does not lay out a tag, so that what stands beside it grows together."""
    told = STYLES[given.get("style", "")]
    return told.absent or (not told.shown and ("hidden" in given or "popover" in given))


def is_unseen(name: str, style: str) -> bool:
    """Whether a browser keeps the room of a tag, and nobody can see what it holds."""
    told = STYLES[style]
    if told.unseen or not told.shut_block:
        return told.unseen
    return told.shut_cell if name in _CELLS else name not in _ROWS and (name in BREAKING or told.shut_word)


def is_hidden(name: str, given: Mapping[str, str]) -> bool:
    """Whether a browser does not show a tag; of those with a line of their own, also what nobody can see.

    A cell that nobody can see is still there: the others of its row stay in their columns.
    """
    return is_absent(name, given) or (
        name in BREAKING and name not in _CELLS and is_unseen(name, given.get("style", ""))
    )


def is_struck(name: str, style: str) -> bool:
    """Whether what a tag holds is struck out, by its name or its style, turned round, or cannot be seen in its place.

    The page shows that it does not count, or does not say whether it does.
    """
    return name in STRUCK or STYLES[style].struck or is_unseen(name, style)


def is_raised(name: str, style: str) -> bool:
    """Whether what a tag holds stands above or below the line, as the number of a footnote does."""
    return name in RAISED or STYLES[style].raised


def span(value: object) -> int:
    """A colspan or rowspan, 1 where it is missing or no sensible number."""
    digits = _SPAN.match(value) if isinstance(value, str) else None
    return min(max(int(digits[1]), 1), MAX_SPAN) if digits else 1


class Blocks:
    """The paragraphs and grids of a page as they are found, with their places and the bounds on their number."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.faults: list[Fault] = []
        self._paragraphs = 0
        self._tables = 0

    @property
    def full(self) -> bool:
        """Whether no more blocks may be added; then a fault says so."""
        return len(self.blocks) >= MAX_BLOCKS

    def add_paragraph(self, text: str) -> None:
        """A paragraph of normal space, which may be empty: then it is none."""
        if text and not self.full:
            self._paragraphs += 1
            self.blocks.append(Paragraph(text, f"paragraph {self._paragraphs}"))
            self._tell_full()

    def add_table(self, rows: Iterable[Sequence[Cell]]) -> None:
        """A table, with its cells spread to true columns."""
        if self.full:
            return
        self._tables += 1
        grid = self._spread(rows)
        if grid:
            self.blocks.append(grid)
            self._tell_full()

    def _tell_full(self) -> None:
        if self.full:
            self.faults.append(Fault("text_too_long", f"only the first {MAX_BLOCKS} paragraphs were read"))

    def _spread(self, rows: Iterable[Sequence[Cell]]) -> Grid | None:
        """A table's cells in true columns: a place that a span covers holds None. None for a table of empty cells."""
        name = f"table {self._tables}"
        spread: list[tuple[str | None, ...]] = []
        covered: dict[int, int] = {}
        total = 0
        shown = False
        for number, cells in enumerate(rows, start=1):
            row = self._spread_row(cells, covered, number, name)
            total += len(row)
            if total > MAX_GRID_CELLS:
                self.faults.append(Fault("table_too_large", "the rest of a very large table was not read", name))
                break
            shown = shown or any(row)
            spread.append(row)
        if not shown:
            return None
        locators = tuple([f"{name}, row {number}" for number in range(1, len(spread) + 1)])
        return Grid(tuple(spread), locators, Placement.RULED)

    def _spread_row(
        self, cells: Sequence[Cell], covered: dict[int, int], number: int, table: str
    ) -> tuple[str | None, ...]:
        """One row; `covered` has the columns that spans of rows above cover, and the last row that they do."""
        taken = {column for column, last in covered.items() if last >= number} if covered else ()
        if not taken and cells:
            texts, widths, heights = zip(*cells, strict=True)
            fits = len(texts) <= MAX_GRID_COLUMNS and max(map(len, texts)) <= MAX_CELL_CHARACTERS
            if max(widths) == max(heights) == 1 and fits:
                return texts
        row: list[str | None] = []
        for text, width, height in cells:
            while len(row) in taken:
                row.append(None)
            column = len(row)
            if column >= MAX_GRID_COLUMNS:
                fault = Fault("table_too_large", "the rest of a very wide row was not read", f"{table}, row {number}")
                self.faults.append(fault)
                break
            row.append(text[:MAX_CELL_CHARACTERS])
            if width > 1:
                row += [None] * (width - 1)
            if height > 1:
                for under in range(column, min(column + width, MAX_GRID_COLUMNS)):
                    covered[under] = max(covered.get(under, 0), number + height - 1)
        if taken and len(row) <= (right := max(taken)):
            row += [None] * (right + 1 - len(row))
        return tuple(row[:MAX_GRID_COLUMNS])
