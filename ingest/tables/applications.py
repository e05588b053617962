"""Reading part 三, the table of applications, from grids."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from ingest.document import Grid, Placement
from ingest.forms import FORM_2019, FORM_2021, CellKey, applications
from ingest.report import Issue, Severity
from ingest.tables.labels import ColumnBook, Label, LabelBook, is_label
from ingest.tables.placing import Placed, Tail, place
from ingest.tables.reading import Absent, Printed, RowsSeen, SectionReading
from ingest.text.numbers import looks_like_value, read_number

ROWS = LabelBook(applications.ROWS, applications.GROUPS)
COLUMNS = ColumnBook(applications.COLUMNS, applications.SUBTOTAL_COLUMN_LABELS)
STANDARD_ORDER: tuple[str | None, ...] = tuple(column.code for column in applications.COLUMNS)
GROUP_CODES = frozenset(group.code for group in applications.GROUPS)
_PLACES = {row.code: place for place, row in enumerate(applications.ROWS)}
_MINIMUM_ROWS = 2
_ROWS_BACK = 4
"""Rows that come so far before one already read begin another table."""
_ENOUGH_HEADINGS = 4
_LONG_HEADING = 12
_SHARE_BORNE_OUT = 0.8
_NO_HEADINGS = "the headings are not those of the form, so which column is whose cannot be told"
_CUT_ROW = "numbers without a label follow the row, which may be a part of it"
_TOTAL_BLANK = "the row has numbers and no total: blank cells may have been moved to its end"
_NOT_BORNE_OUT = "the headings name another order than the form's, and the rows below do not bear it out"


@dataclass(frozen=True, slots=True)
class Header:
    """The codes of the value columns from left to right (None: a column that the form has not), and their places."""

    order: tuple[str | None, ...]
    columns: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A row of a grid that a label of the form names."""

    label: Label
    row: int
    tail: Tail
    broken: str | None = None


def read_grids(grids: Sequence[Grid]) -> SectionReading:
    """The table of applications, wherever its rows stand; `form` stays None where fewer than two rows are found."""
    reading = SectionReading(applications.SECTION)
    another = SectionReading(applications.SECTION)
    labels: list[Label] = []
    state = _State()
    for grid in grids:
        if state.broken_at_end and _begins_without_label(grid):
            _forget(reading, state.broken_at_end)
        rows = _labelled_rows(grid, state)
        if not rows:
            continue
        header = _header(grid, rows[0].row)
        state.unordered = header is None and (state.unordered or _names_columns(grid, rows[0].row))
        if header:
            state.header = header
        elif state.header:
            state.header = replace(state.header, columns=None)
        with_values = [row for row in rows if row.tail]
        for row, places in zip(with_values, _placed(grid, rows[0].row, with_values, state), strict=True):
            second = state.is_of_another_table(row.label)
            if not second:
                labels.append(row.label)
            _record(another if second else reading, grid, row, places, state.order)
    settle(reading, labels)
    state.rows_seen.tell(reading, another)
    return reading


@dataclass(slots=True)
class _State:
    """What carries over from grid to grid, for a page may cut the table anywhere."""

    header: "Header | None" = None
    group: str = ""
    broken_at_end: Label | None = None
    unordered: bool = False
    rows_seen: RowsSeen = field(default_factory=lambda: RowsSeen(_ROWS_BACK))

    @property
    def order(self) -> tuple[str | None, ...]:
        """The codes of the value columns, as the last headings name them."""
        return self.header.order if self.header else STANDARD_ORDER

    def is_of_another_table(self, label: Label) -> bool:
        """Whether a row belongs to a second table of the same form: another year's, or another office's."""
        return self.rows_seen.another if label.is_group else self.rows_seen.start_over(_PLACES[label.row.code])


def _placed(grid: Grid, first_row: int, rows: Sequence[_Labelled], state: _State) -> list[Placed]:
    """Where the values of rows stand, with every doubt about the order of the columns turned into a reason."""
    order, over = state.order, state.header.columns if state.header else None
    widths = [len(grid.rows[row.row]) for row in rows]
    placed = place([row.tail for row in rows], widths, len(order), grid.placement, over)
    reason = None
    if order != STANDARD_ORDER and not _borne_out(rows, placed, order):
        reason = _NOT_BORNE_OUT
    if state.unordered or (
        state.header is None and (_foreign_headings(grid, first_row) or not _borne_out(rows, placed, order))
    ):
        reason = _NO_HEADINGS
    if reason:
        placed = [replace(places, columns=None, reason=places.reason or reason) for places in placed]
    if order != STANDARD_ORDER and over:
        placed = [
            places if places.columns in (None, over) else replace(places, columns=None, reason=_NOT_BORNE_OUT)
            for places in placed
        ]
    return [
        replace(places, columns=None, reason=row.broken or _TOTAL_BLANK)
        if row.broken or (_may_be_shifted(grid, row, order) and _lacks_its_total(row, places, order))
        else places
        for row, places in zip(rows, placed, strict=True)
    ]


def _may_be_shifted(grid: Grid, row: _Labelled, order: tuple[str | None, ...]) -> bool:
    """Whether blanks at the ends of a row leave room for another reading of it."""
    return grid.placement is Placement.COUNTED or len(row.tail) > len(order)


def _lacks_its_total(row: _Labelled, places: Placed, order: tuple[str | None, ...]) -> bool:
    """Whether a row has numbers and a blank total: where cells are only counted, blanks may be moved to its end."""
    if places.columns is None:
        return False
    texts = dict(row.tail)
    total = texts[places.columns[order.index(applications.TOTAL)]]
    return not total and any(texts[column] for column in places.columns)


def _foreign_headings(grid: Grid, first_row: int) -> bool:
    """Whether words stand above the values that are not the form's headings."""
    texts = [text for row in grid.rows[max(0, first_row - 2) : first_row] for text in row if text]
    known = sum(COLUMNS.match(text) is not None for text in texts)
    strange = [text for text in texts if not COLUMNS.match(text) and not looks_like_value(text)]
    return bool(strange) and known < _ENOUGH_HEADINGS and not any(_says_nothing(text) for text in texts)


def _names_columns(grid: Grid, first_row: int) -> bool:
    """Whether headings of the form stand above the rows; where they could not be ordered, nothing below is told."""
    above = (text for row in grid.rows[max(0, first_row - 6) : first_row] for text in row if text)
    return sum(COLUMNS.match(text) is not None for text in above) >= _ENOUGH_HEADINGS


def _says_nothing(text: str) -> bool:
    """Whether a heading is one that stands over the form's columns without naming one."""
    return is_label(text, applications.COLUMN_GROUP_LABELS) or len(text) > _LONG_HEADING


def _begins_without_label(grid: Grid) -> bool:
    """Whether the first row of a grid has numbers and no label of the form: the rest of a row that a page cut."""
    first = next((row for row in grid.rows if any(row)), ())
    filled = [text for text in first if text]
    values = sum(looks_like_value(text) for text in filled)
    return 0 < values <= len(STANDARD_ORDER) and not any(ROWS.match(text) for text in filled)


def _forget(reading: SectionReading, label: Label) -> None:
    """Withdraw a row of which a page may have cut off a part."""
    for key, found in list(reading.found.items()):
        if key.row_code == label.row.code:
            reading.found[key] = Absent(_CUT_ROW, found.locator)


def _borne_out(rows: Sequence[_Labelled], placed: Sequence[Placed], order: tuple[str | None, ...]) -> bool:
    """Whether the numbers bear out an order of columns that is not the form's: in nearly every row that is not all zero
    the kinds of applicant add up to what stands under 总计.

    One lost cell among the headings would otherwise move every number below it.
    """
    person = applications.COLUMNS[0].code
    told: list[tuple[bool, bool]] = []
    for row, places in zip(rows, placed, strict=True):
        if places.columns is None:
            continue
        texts = dict(row.tail)
        values = {
            code: read_number(texts[column]).value or 0 for code, column in zip(order, places.columns, strict=True)
        }
        if any(values.values()):
            adds_up = sum(values[code] for code in applications.APPLICANT_CODES) == values[applications.TOTAL]
            told.append((bool(values[person]), adds_up))
    # A row without natural persons adds up under 小计 as well as under 总计.
    if None in order and told and not any(persons for persons, _ in told):
        return False
    return all(
        sum(adds_up for _, adds_up in some) >= len(some) * _SHARE_BORNE_OUT
        for some in (told, [row for row in told if row[0]])
    )


def settle(reading: SectionReading, labels: Sequence[Label]) -> None:
    """Decide the form by the rows that were found, and what a row 其他处理 with numbers is under it."""
    if len({label.row.code for label in labels if not label.is_group}) < _MINIMUM_ROWS:
        reading.found.clear()
        return
    reading.form = form_of(labels)
    reading.form_told = any(label.row.code in GROUP_CODES or label.row.forms == (FORM_2021,) for label in labels)
    if reading.form == FORM_2021:
        for column in applications.COLUMNS:
            found = reading.found.pop(CellKey(applications.SECTION, "other", column.code), None)
            if isinstance(found, Printed) and found.text:
                reading.found[CellKey(applications.SECTION, "subtotal_other", column.code)] = found
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


def _record(reading: SectionReading, grid: Grid, row: _Labelled, places: Placed, order: tuple[str | None, ...]) -> None:
    group_row = row.label.is_group
    code = f"subtotal_{row.label.row.code}" if group_row else row.label.row.code
    if group_row and (places.columns is None or not any(text for _, text in row.tail)):
        return
    notes = [note for note in (row.label.damage, places.reason) if note]
    texts = dict(row.tail)
    for position, column_code in enumerate(order):
        if column_code is None:
            continue
        key = CellKey(applications.SECTION, code, column_code)
        if places.columns is None:
            reading.put(key, Absent(places.reason or "", grid.row_locators[row.row]))
        else:
            column = places.columns[position]
            reading.put(key, Printed(texts[column], grid.locator(row.row, column), "; ".join(notes) or None))


def _labelled_rows(grid: Grid, state: _State) -> list[_Labelled]:
    """The rows of a grid that begin with labels: the last label names the row, those before it its group.

    A row of numbers without a label, right behind a labelled one, breaks that: the numbers may be its own.
    """
    rows: list[_Labelled] = []
    last: int | None = None
    for number, cells in enumerate(grid.rows):
        label, label_column = _label_of(cells, state)
        tail = tuple((column, text) for column, text in enumerate(cells) if column > label_column and text is not None)
        if label is None:
            values = sum(bool(text) and looks_like_value(text or "") for text in cells)
            if values and last is not None and not _is_subtotal_row(cells):
                rows[last] = replace(rows[last], broken=_CUT_ROW)
            elif any(cells):
                last = None
            continue
        if grid.placement is Placement.COUNTED and label.is_group and not any(text for _, text in tail):
            continue
        rows.append(_Labelled(label, number, tail))
        last = len(rows) - 1
    state.broken_at_end = rows[last].label if last is not None and last == len(rows) - 1 and rows else None
    return rows


def _is_subtotal_row(cells: Sequence[str | None]) -> bool:
    return any(is_label(text, applications.SUBTOTAL_COLUMN_LABELS) for text in cells if text)


def _label_of(cells: Sequence[str | None], state: _State) -> tuple[Label | None, int]:
    """The label that names a row, and its column; the state's group moves on with each label."""
    label: Label | None = None
    label_column = -1
    for column, text in enumerate(cells):
        if not text or (label is None and text.isdigit()):
            continue
        if label and looks_like_value(text):
            break
        found = ROWS.match(text, state.group)
        if found is None and label and label.is_group and is_label(text, applications.SUBTOTAL_COLUMN_LABELS):
            label_column = column
            continue
        if found is None:
            # A strange text among numbers is an unreadable cell; before any label, or among words, it is a heading.
            numbers = any(other and looks_like_value(other) for other in cells[column:])
            return (label, label_column) if label and numbers else (None, -1)
        label, label_column = found, column
        state.group = group_after(found)
    return label, label_column


def group_after(label: Label) -> str:
    """The group whose rows follow a label."""
    if label.is_group or label.row.code in GROUP_CODES:
        return label.row.code
    return label.row.group


def _repeats(cells: Sequence[tuple[int, int, str | None]]) -> bool:
    """Whether a heading stands several times in one column, or the headings were already put into one row."""
    places = [(column, code) for _, column, code in cells]
    return len(set(places)) < len(places) or {number for number, _, _ in cells} == {0}


def _header(grid: Grid, first_row: int) -> Header | None:
    """The order of the value columns as the rows above the first labelled one print it; None where they do not."""
    cells: list[tuple[int, int, str | None]] = []
    group_at: tuple[int, int] | None = None
    for number in range(max(0, first_row - 6), first_row):
        for column, text in enumerate(grid.rows[number]):
            if not text:
                continue
            if is_label(text, applications.COLUMN_GROUP_LABELS[1:]):
                group_at = (number, column)
            elif COLUMNS.is_ignored(text):
                cells.append((number, column, None))
            elif match := COLUMNS.match(text):
                cells.append((number, column, match.code))
    # Headings over merged places are repeated in each of them when spans are spread.
    cells = list(dict.fromkeys((0, column, code) for _, column, code in cells)) if _repeats(cells) else cells
    codes = [code for _, _, code in cells if code]
    if sorted(codes) != sorted(code for code in STANDARD_ORDER if code):
        return None
    if grid.placement is Placement.RULED or _repeats(cells) or len({number for number, _, _ in cells}) == 1:
        ordered = sorted(cells, key=lambda cell: cell[1])
        columns = tuple(column for _, column, _ in ordered)
        # Two headings in one place: cells of theirs are lost, and what stands over what cannot be told.
        return Header(tuple(code for _, _, code in ordered), columns) if len(set(columns)) == len(columns) else None
    if group_at is None and len({number for number, _, _ in cells}) > 1:
        return None
    above = [cell for cell in cells if group_at and cell[0] == group_at[0]]
    below = [cell for cell in cells if not group_at or cell[0] != group_at[0]]
    before = [cell for cell in above if group_at and cell[1] < group_at[1]]
    after = [cell for cell in above if cell not in before]
    return Header(tuple(code for _, _, code in (*before, *below, *after)), None)
