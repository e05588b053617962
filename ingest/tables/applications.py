"""Reading part 三, the table of applications, from grids."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from ingest.document import Grid, Placement
from ingest.forms import FORM_2019, FORM_2021, CellKey, applications
from ingest.report import Issue, Severity
from ingest.tables.labels import ColumnBook, Label, LabelBook, is_label
from ingest.tables.placing import Placed, Tail, place
from ingest.tables.reading import Absent, Printed, SectionReading
from ingest.text.numbers import looks_like_value, read_number

ROWS = LabelBook(applications.ROWS, applications.GROUPS)
COLUMNS = ColumnBook(applications.COLUMNS, applications.SUBTOTAL_COLUMN_LABELS)
STANDARD_ORDER: tuple[str | None, ...] = tuple(column.code for column in applications.COLUMNS)
GROUP_CODES = frozenset(group.code for group in applications.GROUPS)
_MINIMUM_ROWS = 2
_SHARE_BORNE_OUT = 0.8
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


def read_grids(grids: Sequence[Grid]) -> SectionReading:
    """The table of applications, wherever its rows stand; `form` stays None where fewer than two rows are found."""
    reading = SectionReading(applications.SECTION)
    labels: list[Label] = []
    header: Header | None = None
    group = ""
    for grid in grids:
        rows, group = _labelled_rows(grid, group)
        if not rows:
            continue
        header = _header(grid, rows[0].row) or (Header(header.order, None) if header else None)
        order = header.order if header else STANDARD_ORDER
        with_values = [row for row in rows if row.tail]
        placed = place(
            [row.tail for row in with_values],
            [len(grid.rows[row.row]) for row in with_values],
            len(order),
            grid.placement,
            header.columns if header else None,
        )
        if order != STANDARD_ORDER:
            over = header.columns if header else None
            borne_out = _borne_out(with_values, placed, order)
            placed = [
                places
                if borne_out and (over is None or places.columns == over)
                else replace(places, columns=None, reason=places.reason or _NOT_BORNE_OUT)
                for places in placed
            ]
        for row, places in zip(with_values, placed, strict=True):
            labels.append(row.label)
            _record(reading, grid, row, places, order)
    settle(reading, labels)
    return reading


def _borne_out(rows: Sequence[_Labelled], placed: Sequence[Placed], order: tuple[str | None, ...]) -> bool:
    """Whether the numbers bear out an order of columns that is not the form's: in nearly every row that is not all zero
    the kinds of applicant add up to what stands under 总计.

    One lost cell among the headings would otherwise move every number below it.
    """
    held = told = 0
    for row, places in zip(rows, placed, strict=True):
        if places.columns is None:
            continue
        texts = dict(row.tail)
        values = {
            code: read_number(texts[column]).value or 0 for code, column in zip(order, places.columns, strict=True)
        }
        if any(values.values()):
            told += 1
            held += sum(values[code] for code in applications.APPLICANT_CODES) == values[applications.TOTAL]
    return held >= told * _SHARE_BORNE_OUT


def settle(reading: SectionReading, labels: Sequence[Label]) -> None:
    """Decide the form by the rows that were found, and what a row 其他处理 with numbers is under it."""
    if len({label.row.code for label in labels if not label.is_group}) < _MINIMUM_ROWS:
        reading.found.clear()
        return
    reading.form = form_of(labels)
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


def _labelled_rows(grid: Grid, group: str) -> tuple[list[_Labelled], str]:
    """The rows of a grid that begin with labels: the last label names the row, those before it its group."""
    rows: list[_Labelled] = []
    for number, cells in enumerate(grid.rows):
        label: Label | None = None
        label_column = -1
        for column, text in enumerate(cells):
            if not text:
                continue
            if label and looks_like_value(text):
                break
            found = ROWS.match(text, group)
            if found is None and label and label.is_group and is_label(text, applications.SUBTOTAL_COLUMN_LABELS):
                label_column = column
                continue
            if found is None:
                if label is None or not _is_filler(text):
                    label = label if label and looks_like_any(cells[column:]) else None
                break
            label, label_column = found, column
            group = _group_after(found, group)
        if label is None:
            continue
        tail = tuple((column, text) for column, text in enumerate(cells) if column > label_column and text is not None)
        if grid.placement is Placement.COUNTED and label.is_group and not any(text for _, text in tail):
            continue
        rows.append(_Labelled(label, number, tail))
    return rows, group


def _group_after(label: Label, group: str) -> str:
    """The group whose rows follow a label."""
    if label.is_group or label.row.code in GROUP_CODES:
        return label.row.code
    return label.row.group or group


def _is_filler(text: str) -> bool:
    return looks_like_value(text)


def looks_like_any(cells: Sequence[str | None]) -> bool:
    """Whether any of these cells is a number: a strange text among numbers is an unreadable cell, not a heading."""
    return any(text and looks_like_value(text) for text in cells)


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
    codes = [code for _, _, code in cells if code]
    if sorted(codes) != sorted(code for code in STANDARD_ORDER if code):
        return None
    if grid.placement is Placement.RULED:
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
