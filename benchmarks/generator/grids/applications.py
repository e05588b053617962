"""The applications table: official, with columns in another order, with subtotals, and transposed."""

from functools import cache

from benchmarks.generator.forms import (
    BALANCE_NOTE,
    GROUP_LABELS,
    KIND_LABELS,
    OUTSIDE_LABEL,
    Item,
    application_groups,
    application_items,
)
from benchmarks.generator.grids.grid import Grid, Slot

# Columns as printed; the five kinds of organisation stay side by side under their common heading.
ORDERS = (
    (0, 1, 2, 3, 4, 5, 6),
    (6, 0, 1, 2, 3, 4, 5),
    (1, 2, 3, 4, 5, 0, 6),
    (0, 5, 1, 2, 3, 4, 6),
    (6, 1, 2, 3, 4, 5, 0),
)


def _data(line: int, order: tuple[int, ...], subtotal_at: int) -> list[Slot]:
    """The numbers of the `line`-th row of the table; `subtotal_at` is the index of its text for 小计, or -1."""
    slots = []
    last_kind = max(order.index(kind) for kind in range(1, 6))
    for place, kind in enumerate(order):
        slots.append(Slot("", line * 7 + kind))
        if place == last_kind and subtotal_at >= 0:
            slots.append(Slot("", subtotal_at))
    return slots


def _header(order: tuple[int, ...], subtotal: bool) -> list[list[Slot]]:
    organisations = 5 + subtotal
    second: list[Slot] = []
    third: list[Slot] = []
    for kind in order:
        if kind in (0, 6):
            second.append(Slot(KIND_LABELS[kind], rowspan=2))
            continue
        if not third:
            second.append(Slot("法人或其他组织", colspan=organisations))
        third.append(Slot(KIND_LABELS[kind]))
    if subtotal:
        third.append(Slot("小计"))
    return [
        [Slot(BALANCE_NOTE, rowspan=3, colspan=3), Slot("申请人情况", colspan=7 + subtotal)],
        second,
        third,
    ]


@cache
def applications_grid(form: str, groups: str, order: int, subtotal_column: bool) -> Grid:
    """The table of `form`.

    `groups` says how the labels (三) to (六) stand: `merged` beside their rows, in `rows` of their own, or with
    `subtotals` on such rows; the texts of these follow those of the form's cells. With `subtotal_column` the texts of
    小计 follow all others, one a row.
    """
    columns = ORDERS[order]
    items = application_items(form)
    group_names = application_groups(form) if groups == "subtotals" else ()
    lines = len(items) + len(group_names)

    def data(line: int) -> list[Slot]:
        return _data(line, columns, lines * 7 + line if subtotal_column else -1)

    body: list[list[Slot]] = []
    inner: list[list[Slot]] = []
    previous = ""
    for line, item in enumerate(items):
        if item.code in ("new_requests", "carried_in", "carried_out"):
            if item.code == "carried_out":
                body += _outside(inner)
            body.append([Slot(item.label, colspan=3), *data(line)])
            continue
        if item.group and item.group != previous:
            size = sum(other.group == item.group for other in items)
            label = GROUP_LABELS[item.group]
            if groups == "merged":
                inner.append([Slot(label, rowspan=size), Slot(item.label), *data(line)])
            elif groups == "rows":
                inner.append([Slot(label, colspan=9 + subtotal_column)])
                inner.append([Slot(item.label, colspan=2), *data(line)])
            else:
                subtotal_line = len(items) + group_names.index(item.group)
                inner.append([Slot(label, colspan=2), *data(subtotal_line)])
                inner.append([Slot(item.label, colspan=2), *data(line)])
        elif item.group:
            inner.append([Slot(item.label, colspan=1 if groups == "merged" else 2), *data(line)])
        else:
            inner.append([Slot(item.label, colspan=2), *data(line)])
        previous = item.group
    rows = [*_header(columns, subtotal_column), *body]
    return Grid(tuple(tuple(row) for row in rows), 3, 10 + subtotal_column)


def _outside(inner: list[list[Slot]]) -> list[list[Slot]]:
    first = [Slot(OUTSIDE_LABEL, rowspan=len(inner)), *inner[0]]
    return [first, *inner[1:]]


def _column_heads(items: tuple[Item, ...]) -> list[list[Slot]]:
    outcomes = items[2:-1]
    second: list[Slot] = []
    third: list[Slot] = []
    previous = ""
    for item in outcomes:
        if not item.group:
            second.append(Slot(item.label, rowspan=2))
        else:
            if item.group != previous:
                second.append(
                    Slot(GROUP_LABELS[item.group], colspan=sum(other.group == item.group for other in outcomes))
                )
            third.append(Slot(item.label))
        previous = item.group
    first = [
        Slot("申请人情况", rowspan=3, colspan=2),
        Slot(items[0].label, rowspan=3),
        Slot(items[1].label, rowspan=3),
        Slot(OUTSIDE_LABEL, colspan=len(outcomes)),
        Slot(items[-1].label, rowspan=3),
    ]
    return [first, second, third]


@cache
def transposed_grid(form: str) -> Grid:
    """The table with a row for each kind of applicant and a column for each item."""
    items = application_items(form)
    rows = _column_heads(items)
    for kind, label in enumerate(KIND_LABELS):
        data = [Slot("", line * 7 + kind) for line in range(len(items))]
        if kind == 1:
            rows.append([Slot("法人或其他组织", rowspan=5), Slot(label), *data])
        elif 1 < kind < 6:
            rows.append([Slot(label), *data])
        else:
            rows.append([Slot(label, colspan=2), *data])
    return Grid(tuple(tuple(row) for row in rows), 3, len(items) + 2)
