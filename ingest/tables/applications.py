"""Reading part 三, the table of applications, from grids."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from ingest.document import Grid, Placement
from ingest.forms import FORM_2019, FORM_2021, CellKey, applications
from ingest.report import Issue, Severity
from ingest.tables.applicants import (
    STANDARD_ORDER,
    Evidence,
    Header,
    Order,
    evidence,
    foreign_headings,
    headers,
    lacks_its_total,
    names_columns,
    row_of_other_order,
    with_total_for_subtotal,
)
from ingest.tables.application_rows import (
    CUT_ROW,
    GROUP_CODES,
    ROWS,
    LabelledRow,
    RowsState,
    begins_without_label,
    labelled_rows,
)
from ingest.tables.labels import Label
from ingest.tables.other_row import withhold_unless_told
from ingest.tables.placing import Placed, doubt_of_width, place, whole
from ingest.tables.reading import Absent, Printed, RowsSeen, SectionReading
from ingest.tables.transposed import turned
from ingest.tables.unheaded import HEADINGS_LOST, without_headings

_PLACES = {row.code: place for place, row in enumerate(applications.ROWS)}
_MINIMUM_ROWS = 2
_HEADING_ROWS = 3
_ENOUGH_ITEMS = 12
"""So many items of the form in the first rows of a table are its headings: the table is printed transposed."""
_ROWS_BACK = 4
"""Rows that come so far before one already read begin another table."""
_NO_HEADINGS = "the headings are not those of the form, so which column is whose cannot be told"
_OTHER_ORDER = "headings are repeated above the row in another order than those at the head of the table"
_TOTAL_BLANK = "the row has numbers and no total: blank cells may have been moved to its end"
_FEW_FIT = "most rows of the table have another number of cells than the form, so that this one may have lost some too"
_ROWS_THAT_TELL = 4
_NOT_BORNE_OUT = "the headings name another order than the form's, and the rows below do not bear it out"


@dataclass(slots=True)
class _Part:
    """The labelled rows of one grid, with the headings above them."""

    grid: Grid
    rows: list[LabelledRow]
    headers: tuple[Header, ...]
    unordered: bool
    """Whether headings stand above that cannot be put in order."""
    foreign: bool
    """Whether headings stand above that are not the form's."""

    @property
    def first_row(self) -> int:
        """The first labelled row."""
        return self.rows[0].row


_Told = tuple[_Part, list[Placed], list[Order]]
"""The rows of a part, with where the values of each stand and in which order."""


def read_grids(grids: Sequence[Grid]) -> SectionReading:
    """The table of applications, wherever its rows stand; `form` stays None where fewer than two rows are found."""
    reading = SectionReading(applications.SECTION)
    another = SectionReading(applications.SECTION)
    labels: list[Label] = []
    seen = RowsSeen(_ROWS_BACK)
    state = RowsState()
    for run in _runs(_parts(grids, state)):
        for part, placed, orders in _without_few(_placed(run)):
            for row, places, order in zip(part.rows, placed, orders, strict=True):
                # A group has no place of its own in the form's order.
                code = row.label.row.code
                second = seen.another if row.label.is_group else seen.start_over(_PLACES[code])
                if not second:
                    labels.append(row.label)
                _record(another if second else reading, part.grid, row, places, order)
    settle(reading, labels, state.bare_groups)
    seen.tell(reading, another)
    return reading


def _parts(grids: Sequence[Grid], state: RowsState) -> list[_Part]:
    """The rows of the form in each grid, a page may cut the table anywhere."""
    parts: list[_Part] = []
    for grid in filter(None, map(_upright, grids)):
        if state.open_row is not None and begins_without_label(grid, state.group):
            parts[-1].rows[-1] = parts[-1].rows[-1]._replace(broken=CUT_ROW)
        rows = labelled_rows(grid, state)
        if not rows:
            continue
        first = rows[0].row
        found = headers(grid, first)
        other = row_of_other_order(grid, first, [header.order for header in found] or [STANDARD_ORDER])
        if other is not None:
            rows = [row._replace(broken=_OTHER_ORDER) if row.row > other else row for row in rows]
        with_values = [row for row in rows if row.tail]
        if with_values:
            unordered = not found and names_columns(grid, first)
            parts.append(_Part(grid, with_values, found, unordered, foreign_headings(grid, first)))
        state.open_row = rows[-1] if with_values and state.open_row is with_values[-1] else None
    return parts


def _upright(grid: Grid) -> Grid | None:
    """A grid with the items of the form below each other: a table printed transposed is turned round.

    None where a row of such a table lacks a cell, which would have moved all cells behind it to other items.
    """
    width = max(map(len, grid.rows), default=0)
    if grid.placement is not Placement.RULED or width < len(applications.rows(FORM_2019)):
        return grid
    beside = [
        (number, column)
        for number, row in enumerate(grid.rows[:_HEADING_ROWS])
        for column, text in enumerate(row)
        if text and (label := ROWS.match(text)) and not label.is_group
    ]
    columns = {column for _, column in beside}
    if len(columns) < _ENOUGH_ITEMS:
        return grid
    below = grid.rows[max(number for number, _ in beside) + 1 :]
    whole = all(len(row) == width and None not in row[min(columns) :] for row in below)
    return turned(grid) if whole else None


def _runs(parts: Sequence[_Part]) -> list[list[_Part]]:
    """The parts below the same headings: a part without any goes on where the one before it ends."""
    runs: list[list[_Part]] = []
    for part in parts:
        orders = {header.order for header in part.headers}
        head = next((before for before in runs[-1] if before.headers or before.unordered), None) if runs else None
        again = head is not None and orders == {header.order for header in head.headers}
        if runs and (again or not (part.headers or part.unordered)):
            runs[-1].append(part)
        else:
            runs.append([part])
    return runs


def _placed(run: Sequence[_Part]) -> list[_Told]:
    """Where the values of the rows stand below one kind of headings, every doubt about their order made a reason."""
    choices = next((part.headers for part in run if part.headers), ())
    if not choices:
        return _placed_without_headings(run)
    readings = [(header, [_place(part, header, run) for part in run]) for header in choices]
    by_turn = [reading for reading in readings if reading[0].columns is None or reading[0].agreed]
    if by_turn and not any(_stands_over(header, placed) for header, placed in readings if not header.agreed):
        # No value stands in the columns of the headings: their spans do not add up, so that only their turn counts.
        readings = by_turn
    believed = [reading for reading in readings if _is_borne_out(run, *reading, alone=len(readings) == 1)]
    if len(believed) == 1:
        header, placed = believed[0]
        return [(part, places, [header.order] * len(places)) for part, places in zip(run, placed, strict=True)]
    header, _ = readings[0]
    result = []
    for at, part in enumerate(run):
        ways = [(reading[0].order, reading[1][at]) for reading in readings]
        agreed = [_agreed(row, number, ways) for number, row in enumerate(part.rows)]
        result.append((part, agreed, [header.order] * len(agreed)))
    return result


def _placed_without_headings(run: Sequence[_Part]) -> list[_Told]:
    """The rows of a table that lost its headings, as far as they say the same in any order of the columns."""
    placed = [_place(part, Header(STANDARD_ORDER, None), run) for part in run]
    if any(part.unordered or part.foreign for part in run):
        return [
            (part, _without(places, _NO_HEADINGS), [STANDARD_ORDER] * len(places))
            for part, places in zip(run, placed, strict=True)
        ]
    tails = [row.tail for part in run for row in part.rows]
    told = iter(without_headings(tails, [places for part in placed for places in part]))
    result: list[_Told] = []
    for part in run:
        rows = [next(told) for _ in part.rows]
        result.append((part, [places for places, _ in rows], [order for _, order in rows]))
    return result


def _without_few(placed: list[_Told]) -> list[_Told]:
    """The rows of ruled tables below one kind of headings; none where most of them do not fit.

    Where a column is lost, a row that gained a cell has as many as the form, and is not whole.
    """
    rows = [
        places.columns is not None or len(row.tail) == len(order)
        for part, many, orders in placed
        if part.grid.placement is Placement.RULED
        for row, places, order in zip(part.rows, many, orders, strict=True)
    ]
    fitting = sum(rows)
    if len(rows) < _ROWS_THAT_TELL or fitting * 2 >= len(rows):
        return placed
    return [
        (part, _without(many, _FEW_FIT) if part.grid.placement is Placement.RULED else many, orders)
        for part, many, orders in placed
    ]


def _agreed(row: LabelledRow, number: int, ways: Sequence[tuple[Order, list[Placed]]]) -> Placed:
    """The first of several ways to place a row's values, where all of them give each column the same content."""
    texts = dict(row.tail)
    first = ways[0][1][number]
    contents = [
        {code: texts[column] for code, column in zip(order, placed[number].columns or (), strict=False)}
        for order, placed in ways
    ]
    # Where every cell of a row says the same, no order of the headings could make it say anything else.
    alike = len({text for _, text in row.tail}) == 1 and all(contents)
    if alike or (len(ways) > 1 and contents[0] and all(content == contents[0] for content in contents)):
        return first
    return first._replace(columns=None, reason=first.reason or _NOT_BORNE_OUT)


def _stands_over(header: Header, placed: list[list[Placed]]) -> bool:
    """Whether the headings stand over all values of some row."""
    return header.columns is not None and any(places.columns == header.columns for part in placed for places in part)


def _is_borne_out(run: Sequence[_Part], header: Header, placed: list[list[Placed]], alone: bool) -> bool:
    """Whether the numbers let an order of columns stand.

    The form's own order needs no proof where the headings name no other. Another one has to be borne out, or to agree
    with the numbers no worse than the form's and to stand over every value by column and by turn, or, where cells are
    only counted, by turn over rows of exactly as many cells.
    """
    if header.order == STANDARD_ORDER and alone:
        return True
    own = _speaks(run, placed, header.order)
    if not alone:
        return own.borne_out and own.rows_of_persons > 0
    over = all(
        _stands_under(row, places, header)
        for part, many in zip(run, placed, strict=True)
        for row, places in zip(part.rows, many, strict=True)
    )
    if header.columns and not over and not header.agreed:
        return False
    if own.borne_out:
        return True
    counted = header.columns is None and all(part.grid.placement is Placement.COUNTED for part in run)
    if not (header.agreed or counted) or not over:
        return False
    other = with_total_for_subtotal(header.order) if None in header.order else STANDARD_ORDER
    return own.sums >= _speaks(run, [_place(part, Header(other, None), run) for part in run], other).sums


def _stands_under(row: LabelledRow, places: Placed, header: Header) -> bool:
    """Whether the values of a row stand under the headings; those of a row of blanks stand anywhere."""
    if (header.agreed or header.columns is None) and len(row.tail) == len(header.order):
        return True
    return header.columns is not None and (
        places.columns in (None, header.columns) or not any(text for _, text in row.tail)
    )


def _speaks(run: Sequence[_Part], placed: Sequence[Sequence[Placed]], order: Order) -> Evidence:
    tails = [row.tail for part in run for row in part.rows]
    return evidence(tails, [places for part in placed for places in part], order)


def _without(placed: Sequence[Placed], reason: str) -> list[Placed]:
    return [places._replace(columns=None, reason=places.reason or reason) for places in placed]


def _place(part: _Part, header: Header, run: Sequence[_Part]) -> list[Placed]:
    """Where the values of a part's rows stand under headings; a row that may be shifted or cut has a reason."""
    grid, order = part.grid, header.order
    over = header.columns if part.headers else None
    widths = [len(grid.rows[row.row]) for row in part.rows]
    in_turn = whole((row.tail, len(order)) for part in run for row in part.rows)
    tails, told = [row.tail for row in part.rows], grid.padding_told
    placed = place(tails, widths, len(order), grid.placement, over, 0, in_turn, told, all_filled_up=grid.filled_up)
    all_widths = Counter(map(len, grid.rows))
    doubts = [
        doubt_of_width(all_widths, row_width, tail, places, len(order), grid.filled_up)
        for row_width, tail, places in zip(widths, tails, placed, strict=True)
    ]
    placed = [Placed(None, doubt) if doubt else places for places, doubt in zip(placed, doubts, strict=True)]
    return [
        places._replace(columns=None, reason=row.broken or _TOTAL_BLANK)
        if row.broken or (_may_be_shifted(grid, row, order) and _lacks_its_total(row, places, order))
        else places
        for row, places in zip(part.rows, placed, strict=True)
    ]


def _may_be_shifted(grid: Grid, row: LabelledRow, order: Order) -> bool:
    """Whether blanks at the ends of a row leave room for another reading of it."""
    return (grid.placement is Placement.COUNTED and not grid.padding_told) or len(row.tail) > len(order)


def _lacks_its_total(row: LabelledRow, places: Placed, order: Order) -> bool:
    return places.columns is not None and lacks_its_total(dict(row.tail), places.columns, order)


def settle(reading: SectionReading, labels: Sequence[Label], bare_groups: Mapping[str, bool]) -> None:
    """Decide the form by the rows that were found, and what a row 其他处理 with numbers is under it.

    `bare_groups` are the groups whose headings stand without numbers: whether no cell for any stands there either.
    """
    if len({label.row.code for label in labels if not label.is_group}) < _MINIMUM_ROWS:
        reading.found.clear()
        return
    reading.form = form_of(labels)
    reading.form_told = any(label.row.code == applications.OTHER or label.row.forms == (FORM_2021,) for label in labels)
    if reading.form == FORM_2021:
        keys = {
            column: CellKey(applications.SECTION, applications.OTHER, column.code) for column in applications.COLUMNS
        }
        found = {column.code: reading.found.pop(key) for column, key in keys.items() if key in reading.found}
        beside_others = any(key.row_code.startswith("subtotal_") for key in reading.found)
        if any(isinstance(cell, Printed) and (cell.text or beside_others) for cell in found.values()):
            for code, cell in found.items():
                reading.found[CellKey(applications.SECTION, "subtotal_other", code)] = cell
    withhold_unless_told(reading, bare_groups)
    _drop_doubtful_subtotals(reading, labels)
    for label in labels:
        if label.damage:
            reading.issues.append(Issue("label_damaged", Severity.INFO, f"{label.row.code}: {label.damage}"))


def _drop_doubtful_subtotals(reading: SectionReading, labels: Sequence[Label]) -> None:
    """Keep the numbers of a group's row as its subtotal only where the group's first row comes next.

    Otherwise they may be those of a row whose own label is lost.
    """
    following = {
        label.row.code: after.row if after else None
        for label, after in zip_longest(labels, labels[1:])
        if label.is_group or label.row.code in GROUP_CODES
    }
    for code, after in following.items():
        first = next((row for row in applications.ROWS if row.group == code and row.code != code), None)
        if after is not first or after is None:
            for column in applications.COLUMNS:
                reading.found.pop(CellKey(applications.SECTION, f"subtotal_{code}", column.code), None)


def form_of(labels: Sequence[Label]) -> str:
    """`form_2021` where any row that only it has was found, else `form_2019`."""
    only_2021 = {row.code for row in applications.ROWS if row.forms == (FORM_2021,)}
    return FORM_2021 if any(label.row.code in only_2021 and not label.is_group for label in labels) else FORM_2019


def _record(reading: SectionReading, grid: Grid, row: LabelledRow, places: Placed, order: Order) -> None:
    group_row = row.label.is_group
    code = f"subtotal_{row.label.row.code}" if group_row else row.label.row.code
    if group_row and places.columns is None:
        return
    note = "; ".join([note for note in (row.label.damage, places.reason) if note]) or None
    keys, texts = _keys_of(code), dict(row.tail)
    absent = Absent(places.reason or "", grid.row_locators[row.row])
    if places.columns is None:
        for named in filter(None, order):
            reading.put(keys[named], absent)
        return
    for column_code, column in zip(order, places.columns, strict=True):
        if column_code is not None:
            found = Printed(texts[column], grid.locator(row.row, column), note)
            reading.put(keys[column_code], found)
    for unknown in [code for code in keys if code not in order]:
        reading.put(keys[unknown], Absent(HEADINGS_LOST, grid.row_locators[row.row]))


@lru_cache(maxsize=64)
def _keys_of(code: str) -> dict[str, CellKey]:
    """The cells of a row by their columns."""
    return {column.code: CellKey(applications.SECTION, code, column.code) for column in applications.COLUMNS}
