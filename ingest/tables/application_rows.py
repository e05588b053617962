"""Which rows of a grid are those of part 三: by the labels that they begin with, and the groups these stand in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ingest.document import BROKEN, Grid, Placement
from ingest.forms import applications
from ingest.tables.labels import Label, LabelBook, is_label
from ingest.tables.placing import Tail
from ingest.text.numbers import looks_like_value

ROWS = LabelBook(applications.ROWS, applications.GROUPS)
GROUP_CODES = frozenset(group.code for group in applications.GROUPS)
_TWO_ROWS = "the label of a row stands among the values: two rows have come together"
CUT_ROW = "numbers without a label follow the row, which may be a part of it"


class LabelledRow(NamedTuple):
    """A row of a grid that a label of the form names."""

    label: Label
    row: int
    tail: Tail
    broken: str | None = None


@dataclass(slots=True)
class RowsState:
    """What carries over from grid to grid: the group whose rows are read, and the row that may go on."""

    group: str = ""
    open_row: "LabelledRow | None" = None
    bare_groups: dict[str, bool] = field(default_factory=dict)
    """The groups whose headings stand without numbers: whether no cell for any stands there either."""


def labelled_rows(grid: Grid, state: RowsState) -> list[LabelledRow]:
    """The rows of a grid that begin with labels: the last label names the row, those before it its group.

    A row of numbers without a label, right behind a labelled one, breaks that: the numbers may be its own.
    """
    rows: list[LabelledRow] = []
    last: int | None = None
    prints_subtotals: bool | None = None
    for number, cells in enumerate(grid.rows):
        label, label_column = _label_of(cells, state)
        if label is None:
            if (
                last is not None
                and any(text and looks_like_value(text) for text in cells)
                and not _is_subtotal_row(cells)
            ):
                rows[last] = rows[last]._replace(broken=CUT_ROW)
            elif any(cells):
                last = None
            continue
        behind = enumerate(cells[label_column + 1 :], label_column + 1)
        tail = tuple([(column, text) for column, text in behind if text is not None])
        merged_told = grid.placement is Placement.RULED or grid.padding_told
        state.bare_groups |= _bare_groups(cells[:label_column], label, tail, merged_told)
        if not merged_told and label.is_group and not any(text for _, text in tail):
            if prints_subtotals is None:
                prints_subtotals = any(map(_is_row_of_subtotals, grid.rows))
            if not prints_subtotals:
                continue
        rows.append(LabelledRow(label, number, tail, _TWO_ROWS if _holds_another(tail, state.group) else None))
        last = len(rows) - 1
    state.open_row = rows[last] if last is not None and last == len(rows) - 1 and rows else None
    return rows


def _holds_another(tail: Tail, group: str) -> bool:
    """Whether a label stands in a value that was put together of several lines: two rows have come together."""
    broken = (text for _, text in tail if text and BROKEN in text)
    return any(ROWS.match(piece.strip(), group) for text in broken for piece in text.split(BROKEN)[1:])


def _bare_groups(before: Sequence[str | None], label: Label, tail: Tail, merged_told: bool) -> dict[str, bool]:
    """The group whose heading stands in a row without numbers: alone, or for sure beside the group's first row or
    without any cell behind it. `merged_told` says that the table tells empty cells from places of merged ones."""
    if label.is_group or label.row.code in GROUP_CODES:
        empty = not any(text for _, text in tail)
        return {label.row.code: merged_told and not tail} if empty else {}
    if label.row.group not in GROUP_CODES:
        return {}
    found = (ROWS.match(text) for text in before if text)
    return {one.row.code: True for one in found if one and one.row.code == label.row.group}


def _is_row_of_subtotals(cells: Sequence[str | None]) -> bool:
    """Whether a row has a group's heading and numbers, and no label of a row of the group.

    (六)其他处理 tells nothing: form_2019 has numbers in it.
    """
    label, column = _label_of(cells, RowsState())
    if label is None or not label.is_group or label.row.code == applications.OTHER:
        return False
    return any(looks_like_value(text) for text in cells[column + 1 :] if text)


def _is_subtotal_row(cells: Sequence[str | None]) -> bool:
    return any(is_label(text, applications.SUBTOTAL_COLUMN_LABELS) for text in cells if text)


def _label_of(cells: Sequence[str | None], state: RowsState) -> tuple[Label | None, int]:
    """The label that names a row, and its column; the state's group moves on with each label."""
    label: Label | None = None
    label_column = -1
    before = state.group
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
            if label and any(other and looks_like_value(other) for other in cells[column:]):
                break
            if label and not label.is_group:
                # 总计 among other headings is no row, and leads out of no group.
                state.group = before
            return None, -1
        label, label_column = found, column
        if found.row.code != applications.RESULTS or state.group not in GROUP_CODES:
            # The heading over all groups, printed in each of their rows, begins none.
            state.group = group_after(found)
    return label, label_column


def group_after(label: Label) -> str:
    """The group whose rows follow a label."""
    if label.is_group or label.row.code in GROUP_CODES:
        return label.row.code
    return label.row.group


def begins_without_label(grid: Grid, group: str) -> bool:
    """Whether the first row of a grid has numbers and no label of the form: the rest of a row that a page cut."""
    first = next((row for row in grid.rows if any(row)), ())
    filled = [text for text in first if text]
    values = sum(looks_like_value(text) for text in filled)
    return 0 < values <= len(applications.COLUMNS) and not any(ROWS.match(text, group) for text in filled)
