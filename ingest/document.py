"""What every reader makes of a file: paragraphs and cell grids in reading order, each with its place in the source."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

BROKEN = "\ufffc"
"""Stands where a cell of a text is broken over lines, so that no two digits are joined there."""


class Placement(StrEnum):
    """How far the position of a cell in its row can be trusted."""

    RULED = "ruled"
    """Cells stand in true columns; a place that a neighbour's span covers holds None."""
    COUNTED = "counted"
    """Cells are only known in order: spans are lost, so a row may be padded at either end."""


class Paragraph(NamedTuple):
    """A line or paragraph of text and its place, such as `line 12` or `page 3, line 4`."""

    text: str
    locator: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cell texts, with the place of each row.

    None stands where a span covers the place, or a bar only fills the row up.
    """

    rows: tuple[tuple[str | None, ...], ...]
    row_locators: tuple[str, ...]
    placement: Placement
    one_line: frozenset[int] = frozenset()
    """The rows of a text that are one line each, not put together of several."""
    filled_up: bool = False
    """Whether a text writes every place of the table, so that its last row too is as wide as the others."""

    padding_told: bool = field(init=False, repr=False, compare=False)
    """Whether a counted table tells the places that merged cells left (None) from empty cells."""

    def __post_init__(self) -> None:
        told = self.placement is Placement.COUNTED and any(None in row for row in self.rows)
        object.__setattr__(self, "padding_told", told)

    def texts(self) -> set[str | None]:
        """The different texts of the cells: a quick way to see what a table is not."""
        return set(chain.from_iterable(self.rows))

    def locator(self, row: int, column: int) -> str:
        """The place of a cell in the source, counted from 1."""
        return f"{self.row_locators[row]}, column {column + 1}"


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the file itself, found while reading it. `code` becomes an issue's code."""

    code: str
    message: str
    locator: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file as text and tables. `metadata` holds what the file says of itself outside its text (HTML meta tags, the
    names of sheets, the titles of a message's other parts).

    A file that has to be repaired to be read, and can be in two ways, has the `other_reading` beside its own.
    """

    media_type: str
    encoding: str | None
    blocks: tuple[Block, ...]
    metadata: tuple[tuple[str, str], ...] = ()
    faults: tuple[Fault, ...] = ()
    junk: tuple[str, ...] = ()
    through: str | None = None
    """The outside program that had to be used to read the file, where one had."""
    other_reading: "Document | None" = None
    blank_lines: tuple[int, ...] = ()
    """The numbers of a text's empty lines: where each cell has a line, they may be empty cells."""

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The tables, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Grid))

    def lines(self) -> Iterator[Paragraph]:
        """The text outside tables, in reading order."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def text(self) -> str:
        """All text, tables included, a line a paragraph or row."""
        parts: list[str] = []
        for block in self.blocks:
            if isinstance(block, Paragraph):
                parts.append(block.text)
            else:
                parts.extend("\t".join(cell or "" for cell in row) for row in block.rows)
        return "\n".join(parts)
