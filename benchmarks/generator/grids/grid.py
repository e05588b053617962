"""A table as rows of slots; a slot holds a word of the form or names a printed text by its index."""

from dataclasses import dataclass
from typing import NamedTuple

LABEL = -1


class Slot(NamedTuple):
    """`ref` is the index of the printed text, or `LABEL` for a word of the form in `text`."""

    text: str
    ref: int = LABEL
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of slots as HTML counts them (spanned places are left out); the first `header` rows are headings."""

    rows: tuple[tuple[Slot, ...], ...]
    header: int
    width: int
