"""The reviews table: one row of fifteen, or three rows of five."""

from functools import cache

from benchmarks.generator.forms import RESULT_LABELS
from benchmarks.generator.grids.grid import Grid, Slot


@cache
def reviews_grid(three_rows: bool) -> Grid:
    """The official table, or the one that some sites print with a row for each channel."""
    if three_rows:
        heads = (
            [Slot("行政复议", colspan=2)],
            [Slot("行政诉讼", rowspan=2), Slot("未经复议直接起诉")],
            [Slot("复议后起诉")],
        )
        rows = [[Slot("类别", colspan=2), *(Slot(label) for label in RESULT_LABELS)]]
        for channel, head in enumerate(heads):
            rows.append([*head, *(Slot("", channel * 5 + result) for result in range(5))])
        return Grid(tuple(tuple(row) for row in rows), 1, 7)
    rows = [
        [Slot("行政复议", colspan=5), Slot("行政诉讼", colspan=10)],
        [
            *(Slot(label, rowspan=2) for label in RESULT_LABELS),
            Slot("未经复议直接起诉", colspan=5),
            Slot("复议后起诉", colspan=5),
        ],
        [Slot(label) for label in RESULT_LABELS * 2],
        [Slot("", index) for index in range(15)],
    ]
    return Grid(tuple(tuple(row) for row in rows), 3, 15)
