"""Rows of applications above which no headings name the columns.

Sums do not tell the kinds of applicant apart: in any order of the columns they add up alike. So without headings the
kinds are not known; at most arithmetic tells which column is the total, and a row whose cells all say the same says it
in any order.
"""

from collections.abc import Sequence
from decimal import Decimal

from ingest.forms import applications
from ingest.report import CellStatus
from ingest.tables.applicants import STANDARD_ORDER, Order
from ingest.tables.placing import Placed, Tail
from ingest.text.numbers import read_number

HEADINGS_LOST = "no headings stand over the row, and sums do not tell the kinds of applicant apart"
_ROWS_THAT_TELL = 3
_SHARE_THAT_ADDS_UP = 0.8
_NUMBERS = (CellStatus.REPORTED, CellStatus.BLANK, CellStatus.DASH)


def without_headings(tails: Sequence[Tail], placed: Sequence[Placed]) -> list[tuple[Placed, Order]]:
    """What can be read of each row whose values are placed, and the order in which they are read.

    In that order None stands for a column whose kind of applicant is not known.
    """
    rows = [_texts(tail, places) for tail, places in zip(tails, placed, strict=True)]
    numbers = [_numbers(texts) for texts in rows]
    total = _total_column([row for row in numbers if row])
    result: list[tuple[Placed, Order]] = []
    for texts, values, places in zip(rows, numbers, placed, strict=True):
        if texts and len(set(texts)) == 1:
            result.append((places, STANDARD_ORDER))
        elif total is not None and values and _is_sum(values, total):
            order = tuple(applications.TOTAL if at == total else None for at in range(len(STANDARD_ORDER)))
            result.append((places, order))
        else:
            result.append((Placed(None, places.reason if places.columns is None else HEADINGS_LOST), STANDARD_ORDER))
    return result


def _texts(tail: Tail, places: Placed) -> list[str]:
    """The placed cells of a row, none where they are not placed."""
    texts = dict(tail)
    return [texts[column] for column in places.columns or ()]


def _numbers(texts: Sequence[str]) -> list[Decimal]:
    """The values of cells, none where one of them says no number or none says any but 0."""
    read = [read_number(text) for text in texts]
    values = [one.value or Decimal(0) for one in read]
    plain = all(one.status in _NUMBERS for one in read) and all(value >= 0 for value in values)
    return values if plain and any(values) else []


def _is_sum(values: Sequence[Decimal], place: int) -> bool:
    return sum(values) == 2 * values[place]


def _total_column(rows: Sequence[Sequence[Decimal]]) -> int | None:
    """The one column that can be the total: several rows leave no other, with numbers of their own, and none another.

    A row with a single kind of applicant has two columns that could be it, and tells nothing.
    """
    sums = [[place for place in range(len(values)) if _is_sum(values, place)] for values in rows]
    told = {(fit[0], values[fit[0]]) for fit, values in zip(sums, rows, strict=True) if len(fit) == 1}
    places = {place for place, _ in told}
    if len(places) != 1 or len(told) < _ROWS_THAT_TELL:
        return None
    place = places.pop()
    adding_up = sum(place in fit for fit in sums)
    return place if adding_up >= len(rows) * _SHARE_THAT_ADDS_UP else None
