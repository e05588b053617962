"""What crosses the boundaries between drawing, printing and writing."""

from dataclasses import dataclass, field
from typing import NamedTuple

REPORTED, BLANK, DASH, UNREADABLE, MISSING = range(5)
STATUSES = ("reported", "blank", "dash", "unreadable", "missing")

KNOWN, EITHER, UNKNOWABLE = range(3)
KNOWABLE = ("known", "either", "unknowable")


@dataclass(frozen=True, slots=True)
class Table:
    """One table as published: the cells in the form's order, then what is printed but belongs to no cell."""

    section: str
    form: str
    keys: tuple[int, ...]
    raw: list[str]
    values: list[str]
    statuses: list[int]
    units: list[int]
    extra: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def texts(self) -> list[str]:
        """All printed texts: the cells', then the extra ones that a grid names by an index past them."""
        return self.raw + self.extra if self.extra else self.raw


class Claim(NamedTuple):
    """A count that the prose states; `subject` is empty where it speaks of the publisher itself."""

    code: str
    subject: str
    value: str


class Mistake(NamedTuple):
    """A publisher's error and one identity that it breaks (empty where it breaks none)."""

    kind: str
    section: str
    row_code: str
    column_code: str
    printed: str
    intended: str
    identity: str


class Paragraph(NamedTuple):
    """A block of prose; `role` is title, heading, text, signature or date."""

    role: str
    text: str


class TableBlock(NamedTuple):
    """The place of a table in the document."""

    section: str


@dataclass(slots=True)
class Marks:
    """What printing did to the cells of one table: which can still be known, and which are no longer shown."""

    knowable: bytearray
    missing: bytearray

    @classmethod
    def of(cls, size: int) -> "Marks":
        """All cells shown and known."""
        return cls(bytearray(size), bytearray(size))

    def lower(self, index: int, level: int) -> None:
        """Cell `index` is known at most as `level` says; indices past the cells are no cells."""
        if index < len(self.knowable) and self.knowable[index] < level:
            self.knowable[index] = level

    def hide(self, index: int, level: int) -> None:
        """Cell `index` is no longer shown."""
        if index < len(self.missing):
            self.missing[index] = 1
            self.lower(index, level)


@dataclass(frozen=True, slots=True)
class Printed:
    """A file: its name, its bytes, and the truth about it."""

    name: str
    data: bytes
    tables: tuple[Table, ...]
    marks: dict[str, Marks]
    report: dict[str, str]
    claims: tuple[Claim, ...]
    mistakes: tuple[Mistake, ...]
