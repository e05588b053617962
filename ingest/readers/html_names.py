"""What all readers of HTML know alike: which tags break a line, hide text or stand for it; how spans are spread."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ingest.document import Block, Fault, Grid, Paragraph, Placement
from ingest.readers.limits import MAX_BLOCKS, MAX_CELL_CHARACTERS, MAX_GRID_CELLS, MAX_GRID_COLUMNS, MAX_SPAN
from ingest.text.remember import Remembered


def names(words: str) -> frozenset[str]:
    """A set of names written as words."""
    return frozenset(words.split())


SKIPPED = names(
    "script style noscript template iframe object svg select textarea rt rp datalist dialog audio video meter progress"
)
"""Tags whose text is not shown as the page's; rt and rp are pinyin over characters."""
BREAKING = names(
    "address article aside blockquote br center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr "
    "li main nav ol p pre section table tbody td tfoot th thead tr ul body html"
)
STAND_INS = names("img input select del s strike object canvas button textarea")
"""What stands in a cell for text and is none: a picture, a field, struck-out words."""
OBJECT = "\ufffc"
LAYOUT_CELLS = 2
"""A table of no more cells is there for the layout."""
LONG_CELL = 400
"""A cell of more characters, with a full stop, holds prose: its table is there for the layout."""
INVISIBLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|(?<![-\w])font(?:-size)?\s*:\s*0*\.?0+(?![.\d])(?:[a-z]{1,4}|%)?(?=\s*(?:[;!/]|$|\s))",
    re.IGNORECASE,
)
CLEAR_COLOUR = r"(?:#[\da-f]{6}00\b|#[\da-f]{3}0\b|(?:rgba|hsla)\([^)]*,\s*0*\.?0+%?\s*\))"
"""A colour of which nothing is seen, as a pattern."""
UNSEEN = re.compile(
    r"(?<![-\w])(?:opacity\s*:\s*0*\.?0+(?![\d.])|(?:left|top|right|bottom|text-indent)\s*:\s*-\d\d(?:\d|r?em)"
    rf"|margin-left\s*:\s*-\d{{4}}|color\s*:\s*(?:transparent|{CLEAR_COLOUR})"
    r"|clip(?:-path)?\s*:\s*(?:rect\(\s*[01]|inset\()|scale\s*\(\s*0*\.?0+\s*[,)])",
    re.IGNORECASE,
)
"""What a browser lays out and nobody sees: without colour, or far beside the page."""
STRUCK = names("del s strike")
RAISED = names("sup sub")
_STRUCK_STYLE = re.compile(r"line-through", re.IGNORECASE)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*su(?:per|b)\b", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.S)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.S)
_SPAN = re.compile(r"\s*(\d{1,4})")


class _Style(NamedTuple):
    """What a style does to the text of a tag: not lay it out, lay it out unseen, strike it out, raise or lower it."""

    invisible: bool
    unseen: bool
    struck: bool
    raised: bool


def _style(style: str) -> _Style:
    style = _ESCAPE.sub(_unescaped, _COMMENT.sub("", style))
    signs = (INVISIBLE, UNSEEN, _STRUCK_STYLE, _RAISED_STYLE)
    return _Style(*(sign.search(style) is not None for sign in signs))


def _unescaped(escape: re.Match[str]) -> str:
    code = int(escape[1], 16) if escape[1] else ord(escape[2])
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


_STYLES = Remembered(_style)


Cell = tuple[str, int, int]
"""A cell of a table: what it shows, and how many columns and rows it covers."""


def normal_space(text: str) -> str:
    """Text with every run of white space as one space, and no space at its ends; characters stay as they are."""
    if "\u200b" in text or "\ufeff" in text:
        text = text.replace("\u200b", "").replace("\ufeff", "")
    return " ".join(text.split())


def is_hidden(name: str, given: Mapping[str, str]) -> bool:
    """Whether a browser does not show a tag; of those with a line or a cell of their own, also what nobody can see."""
    told = _STYLES[given.get("style", "")]
    return told.invisible or "hidden" in given or (told.unseen and name in BREAKING)


def is_struck(name: str, style: str) -> bool:
    """Whether what a tag holds is struck out, by its name or its style, or cannot be seen within its line.

    The page shows that it does not count, or does not say whether it does.
    """
    told = _STYLES[style]
    return name in STRUCK or told.struck or (told.unseen and name not in BREAKING)


def is_raised(name: str, style: str) -> bool:
    """Whether what a tag holds stands above or below the line, as the number of a footnote does."""
    return name in RAISED or _STYLES[style].raised


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
