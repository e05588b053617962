"""The columns of the table of applications: in which order its headings name them, and whether the numbers agree.

Headings are read twice: by the columns in which they stand, and by their turn in the source (the kinds of organisation
stand where the word over them does). Where the spans of a page do not add up, the two differ.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ingest.document import Grid, Placement
from ingest.forms import applications
from ingest.tables.labels import ColumnBook, is_label
from ingest.tables.placing import Placed, Tail
from ingest.text.numbers import looks_like_value, read_number

COLUMNS = ColumnBook(applications.COLUMNS, applications.SUBTOTAL_COLUMN_LABELS)
Order = tuple[str | None, ...]
"""The codes of the value columns from left to right; None for a column that the form has not."""
STANDARD_ORDER: Order = tuple(column.code for column in applications.COLUMNS)
_PERSON = applications.COLUMNS[0].code
_OUTSIDE = (_PERSON, applications.TOTAL)
_ORGANISATIONS = tuple(code for code in applications.APPLICANT_CODES if code != _PERSON)
_HEADING_ROWS = 6
_ENOUGH_HEADINGS = 4
_TWO_HEADINGS = 2
_LONG_HEADING = 12
_SHARE_BORNE_OUT = 0.8
_Heading = tuple[int, int, str | None]


@dataclass(frozen=True, slots=True)
class Header:
    """An order of the value columns, and their places where the headings show them.

    `agreed` says that the headings give this order both by their columns and by their turn.
    """

    order: Order
    columns: tuple[int, ...] | None
    agreed: bool = False


def headers(grid: Grid, first_row: int) -> tuple[Header, ...]:
    """The orders that the headings above the first labelled row may mean, none where they are not all there."""
    cells: list[_Heading] = []
    group_at: tuple[int, int] | None = None
    for number in range(max(0, first_row - _HEADING_ROWS), first_row):
        if number and grid.rows[number] == grid.rows[number - 1]:
            # A row doubled is none that spreads merged places.
            continue
        for column, text in enumerate(grid.rows[number]):
            if not text:
                continue
            if is_label(text, applications.COLUMN_GROUP_LABELS[1:]):
                group_at = (number, column)
            elif COLUMNS.is_ignored(text):
                cells.append((number, column, None))
            elif match := COLUMNS.match(text):
                cells.append((number, column, match.code))
    repeats = _repeats(cells)
    # Headings over merged places are repeated in each of them when spans are spread.
    cells = list(dict.fromkeys((0, column, code) for _, column, code in cells)) if repeats else cells
    if sorted(code for _, _, code in cells if code) != sorted(code for code in STANDARD_ORDER if code):
        return ()
    one_row = len({number for number, _, _ in cells}) == 1
    in_turn = None if one_row else _in_turn(cells, group_at)
    ordered = sorted(cells, key=lambda cell: cell[1])
    columns = tuple(column for _, column, _ in ordered)
    order = tuple(code for _, _, code in ordered)
    # Two headings in one place: spans do not add up, or cells are lost.
    distinct = len(set(columns)) == len(columns)
    if not (one_row or group_at or grid.placement is Placement.COUNTED or _are_under_one(grid, cells)):
        # Without the word over the kinds of organisation, what stands beside it may have moved into its place.
        return ()
    if distinct and (one_row or in_turn == order):
        return (Header(order, columns, agreed=True),)
    if grid.placement is Placement.COUNTED and not repeats and not one_row:
        return (Header(in_turn, None),) if in_turn else ()
    below = {code for number, _, code in cells if group_at and number != group_at[0]}
    by_column = (Header(order, columns),) if distinct and not (in_turn and _parts(order, below)) else ()
    return (*by_column, Header(in_turn, None)) if in_turn else by_column


def _are_under_one(grid: Grid, cells: Sequence[_Heading]) -> bool:
    """Whether a cell of the headings above, of whatever wording, spans all headings of the lowest row."""
    low = max(number for number, _, _ in cells)
    below = sorted(column for number, column, _ in cells if number == low)
    above = [
        grid.rows[low - 1][column] if column < len(grid.rows[low - 1]) else ""
        for column in range(below[0], below[-1] + 1)
    ]
    return low > 0 and bool(above[0]) and not any(text is not None for text in above[1:])


def _in_turn(cells: Sequence[_Heading], group_at: tuple[int, int] | None) -> Order | None:
    """The order in which headings of two rows stand in the source: those of the second where the first has the word
    over them. None where that word is lost, or the rows hold other headings than the form's."""
    if group_at is None:
        return None
    above = [cell for cell in cells if cell[0] == group_at[0]]
    below = tuple(code for number, _, code in cells if number != group_at[0])
    second = {number for number, _, _ in cells} - {group_at[0]}
    if len(second) != 1 or min(second) < group_at[0] or any(code in _OUTSIDE for code in below):
        return None
    if any(code not in (None, *_OUTSIDE) for _, _, code in above):
        return None
    before = tuple(code for _, column, code in above if column < group_at[1])
    after = tuple(code for _, column, code in above if column > group_at[1])
    return (*before, *below, *after)


def _parts(order: Order, below: Collection[str | None]) -> bool:
    """Whether another column stands between those `below` one heading, as it cannot where that heading spans these."""
    under = [at for at, code in enumerate(order) if code in below]
    return any(order[at] not in below for at in range(under[0], under[-1]))


def _repeats(cells: Sequence[_Heading]) -> bool:
    """Whether a heading stands several times in one column, or the headings were already put into one row."""
    places = [(column, code) for _, column, code in cells]
    return len(set(places)) < len(places) or {number for number, _, _ in cells} == {0}


def names_columns(grid: Grid, first_row: int) -> bool:
    """Whether headings of the form stand above the rows; where they could not be ordered, nothing below is told."""
    above = (text for row in grid.rows[max(0, first_row - _HEADING_ROWS) : first_row] for text in row if text)
    return sum(COLUMNS.match(text) is not None for text in above) >= _ENOUGH_HEADINGS


def row_of_other_order(grid: Grid, first_row: int, orders: Sequence[Order]) -> int | None:
    """The first row below the first labelled one that repeats headings in none of these orders; None without any."""
    for number in range(first_row + 1, len(grid.rows)):
        texts = [text for text in grid.rows[number] if text]
        if any(map(looks_like_value, texts)):
            continue
        codes = list(dict.fromkeys(match.code for text in texts if (match := COLUMNS.match(text))))
        if len(codes) < _TWO_HEADINGS:
            continue
        if not any([code for code in order if code in codes] == codes for order in orders):
            return number
    return None


def foreign_headings(grid: Grid, first_row: int) -> bool:
    """Whether words stand above the values that are not the form's headings."""
    texts = [text for row in grid.rows[max(0, first_row - 2) : first_row] for text in row if text]
    known = sum(COLUMNS.match(text) is not None for text in texts)
    strange = [text for text in texts if not COLUMNS.match(text) and not looks_like_value(text)]
    return bool(strange) and known < _ENOUGH_HEADINGS and not any(_says_nothing(text) for text in texts)


def _says_nothing(text: str) -> bool:
    """Whether a heading is one that stands over the form's columns without naming one."""
    return is_label(text, applications.COLUMN_GROUP_LABELS) or len(text) > _LONG_HEADING


@dataclass(frozen=True, slots=True)
class Evidence:
    """How the numbers of a table speak to an order of its columns: of the rows that are not all zero, and of those with
    natural persons, how many have kinds of applicant that add up to what stands under 总计. `sums` also counts the rows
    whose organisations add up to what stands under 小计."""

    rows: int
    add_up: int
    rows_of_persons: int
    add_up_of_persons: int
    subtotal: bool
    sums: int = 0

    @property
    def borne_out(self) -> bool:
        """Whether nearly every row adds up. One without natural persons does so under 小计 as well as under 总计."""
        if self.subtotal and self.rows and not self.rows_of_persons:
            return False
        return (
            self.add_up >= self.rows * _SHARE_BORNE_OUT
            and self.add_up_of_persons >= self.rows_of_persons * _SHARE_BORNE_OUT
        )


def evidence(tails: Sequence[Tail], placed: Sequence[Placed], order: Order) -> Evidence:
    """What the rows whose values are placed say of an order."""
    told: list[tuple[bool, bool]] = []
    subtotals = 0
    for tail, places in zip(tails, placed, strict=True):
        if places.columns is None:
            continue
        texts = dict(tail)
        values = {
            code: read_number(texts[column]).value or 0 for code, column in zip(order, places.columns, strict=True)
        }
        if any(values.values()):
            adds_up = sum(values[code] for code in applications.APPLICANT_CODES) == values[applications.TOTAL]
            told.append((bool(values[_PERSON]), adds_up))
            subtotals += None in order and sum(values[code] for code in _ORGANISATIONS) == values[None]
    add_up = sum(adds_up for _, adds_up in told)
    return Evidence(
        len(told),
        add_up,
        sum(persons for persons, _ in told),
        sum(adds_up for persons, adds_up in told if persons),
        None in order,
        add_up + subtotals,
    )


def with_total_for_subtotal(order: Order) -> Order:
    """An order with the total and the subtotal of the organisations changed round."""
    total = applications.TOTAL
    return tuple(total if code is None else None if code == total else code for code in order)


def lacks_its_total(texts: Mapping[int, str], columns: tuple[int, ...], order: Order) -> bool:
    """Whether a row has numbers and a blank total: where cells are only counted, blanks may be moved to its end."""
    total = texts[columns[order.index(applications.TOTAL)]]
    return not total and any(texts[column] for column in columns)
