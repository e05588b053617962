"""Lines of flattened text: which labels, headings and values begin at a line, and the rows that they make."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from ingest.document import Paragraph
from ingest.forms import CellKey, Column, applications
from ingest.tables.labels import ColumnBook, Label, LabelBook, is_label, may_begin_label
from ingest.text.numbers import looks_like_value, read_number
from ingest.text.remember import Remembered

_MAXIMUM_PIECES = 4
"""A label is broken over at most this many lines."""
_MAXIMUM_VALUE = 24
_STANDS_FOR_A_NUMBER = re.compile(
    r"#[A-Z/]+[!?]?\d?|[?？*＊#]{1,3}|[(（]略[)）]|[详詳]?[见見]附[件表]|[未无無][统統][计計]|不[详詳]"
)
"""Cells that are no numbers and nothing else either: errors of a spreadsheet, omissions, pointers to an annex."""


@dataclass(frozen=True, slots=True)
class FlatRow:
    """A label, the keys of its cells, and the values that follow it; `end` is the index of the line behind them."""

    code: str
    keys: tuple[CellKey, ...]
    values: tuple[Paragraph, ...]
    at: Paragraph
    end: int
    note: str | None = None
    ends_text: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether the row has exactly the form's number of values."""
        return len(self.values) == len(self.keys)

    @property
    def is_cut(self) -> bool:
        """Whether the text ends inside the row: it has fewer values than the form, and the groups of those that end in
        a total add up."""
        columns = [key.column_code for key in self.keys]
        return self.ends_text and len(self.values) < len(columns) and sums_hold(self.numbers(), columns)

    def numbers(self) -> list[Decimal]:
        """The values as numbers, 0 for what is none."""
        return [read_number(cell_text(line)).value or Decimal(0) for line in self.values]


def sums_hold(values: Sequence[Decimal], columns: Sequence[str]) -> bool:
    """Whether the values of each run of columns add up to the `total` that ends it, as far as there are values."""
    parts = Decimal(0)
    for column, value in zip(columns, values, strict=False):
        if column != applications.TOTAL:
            parts += value
        elif parts != value:
            return False
        else:
            parts = Decimal(0)
    return True


@dataclass(frozen=True, slots=True)
class FlatTable:
    """The rows of one table in reading order, before it is decided which can be believed.

    `bare_groups` are the groups whose headings stand without numbers.
    """

    rows: tuple[FlatRow, ...] = ()
    labels: tuple[Label, ...] = ()
    headings: tuple[tuple[CellKey, str], ...] = ()
    forms: tuple[str, ...] = ()
    bare_groups: frozenset[str] = frozenset()

    @property
    def uneven(self) -> bool:
        """Whether any row has more or fewer values than the form has columns, and the end of the text is not why."""
        return any(not row.is_whole and not row.is_cut for row in self.rows)

    @property
    def whole_rows(self) -> int:
        """How many rows have exactly the form's number of values."""
        return sum(row.is_whole for row in self.rows)

    @property
    def lacks_values(self) -> bool:
        """Whether any row has fewer values than the form has columns: empty cells vanish in this text."""
        return any(len(row.values) < len(row.keys) and not row.is_cut for row in self.rows)


def joined(lines: Sequence[Paragraph], start: int, pieces: int) -> str:
    """The text of some lines as that of one cell."""
    return "".join([_CELL_TEXTS[line.text] for line in lines[start : start + pieces]])


def cell_text(line: Paragraph) -> str:
    """The text of a line without the bar that ends its cell."""
    return _CELL_TEXTS[line.text]


_CELL_TEXTS = Remembered(lambda text: text.strip().rstrip("|").strip())


def match_row(book: LabelBook, lines: Sequence[Paragraph], start: int, group: str) -> tuple[Label, int] | None:
    """The label that begins at a line, with the number of lines that it takes; the longest whole match wins."""
    damaged = None
    if not book.may_begin(lines[start].text):
        return None
    for pieces in range(_reach(lines, start), 0, -1):
        label = book.match(joined(lines, start, pieces), group)
        if label and not label.damage:
            return label, pieces
        if label and damaged is None:
            damaged = (label, pieces)
    return damaged


def _reach(lines: Sequence[Paragraph], start: int) -> int:
    """How many lines a label that begins at a line may take: no cell is a part of one that is broken."""
    end = min(start + _MAXIMUM_PIECES, len(lines))
    at = start
    while at < end and not _ARE_CELLS[lines[at].text]:
        at += 1
    return max(at - start, 1)


def _can_be_cell(line: str, signed: bool) -> bool:
    text = _CELL_TEXTS[line]
    return not text or looks_like_value(text, signed) or stands_for_number(text)


def stands_for_number(text: str) -> bool:
    """Whether a text is what stands in a cell in the place of a number."""
    return bool(_STANDS_FOR_A_NUMBER.fullmatch(text))


# Whether a line can be the content of a number cell: a number, a dash, nothing, or what stands for a number.
_ARE_CELLS = Remembered(lambda line: _can_be_cell(line, signed=False))
_ARE_SIGNED_CELLS = Remembered(lambda line: _can_be_cell(line, signed=True))


def match_column(book: ColumnBook, lines: Sequence[Paragraph], start: int) -> tuple[Column, int, str] | None:
    if not book.may_begin(lines[start].text):
        return None
    # A dash behind a heading is a cell of the row below, and no part of a label.
    for pieces in range(_reach(lines, start), 0, -1):
        text = joined(lines, start, pieces)
        column = book.match(text)
        if column:
            return column, pieces, text
    return None


def values_from(lines: Sequence[Paragraph], start: int, signed: bool = False) -> list[Paragraph]:
    """The run of lines from `start` that could each be the content of a number cell."""
    are_cells = _ARE_SIGNED_CELLS if signed else _ARE_CELLS
    end = start
    while end < len(lines) and len(lines[end].text) <= _MAXIMUM_VALUE and are_cells[lines[end].text]:
        end += 1
    return list(lines[start:end])


def match_words(words: tuple[str, ...], lines: Sequence[Paragraph], start: int) -> int:
    """The number of lines that one of these words takes from a line on, 0 where none begins there."""
    if not may_begin_label(lines[start].text, words):
        return 0
    for pieces in range(_reach(lines, start), 0, -1):
        if is_label(joined(lines, start, pieces), words):
            return pieces
    return 0


def trimmed(values: list[Paragraph], wanted: int, lines: Sequence[Paragraph]) -> list[Paragraph]:
    """The values of a table's last row without the empty lines that part it from what follows.

    Where no empty line of the text parts its paragraphs, none parts its tables: then it is a cell too many.
    """
    while len(values) > wanted and not values[-1].text.strip() and _are_parted(tuple(lines)):
        values = values[:-1]
    return values


@lru_cache(maxsize=2)
def _are_parted(lines: tuple[Paragraph, ...]) -> bool:
    """Whether an empty line stands before or behind a sentence."""
    return any(
        not one.text.strip() and "。" in other.text for pair in pairwise(lines) for one, other in (pair, pair[::-1])
    )
