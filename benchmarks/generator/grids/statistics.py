"""The statistics table of 2014: indicator, unit, count, and sometimes the count of all years."""

from functools import cache

from benchmarks.generator.forms import STATISTICS
from benchmarks.generator.grids.grid import Grid, Slot


@cache
def statistics_grid(cumulative: bool) -> Grid:
    """With `cumulative` a column 历年累计 follows the year's; its texts follow those of the form's cells."""
    width = 3 + cumulative
    size = sum(bool(row.code) for row in STATISTICS)
    head = [Slot("统计指标"), Slot("单位"), Slot("本年度" if cumulative else "统计数")]
    rows = [(*head, Slot("历年累计")) if cumulative else tuple(head)]
    ref = 0
    for row in STATISTICS:
        if not row.code:
            rows.append((Slot(row.label, colspan=width),))
            continue
        slots = [Slot(row.label), Slot(row.printed_unit), Slot("", ref)]
        rows.append((*slots, Slot("", size + ref)) if cumulative else tuple(slots))
        ref += 1
    return Grid(tuple(rows), 1, width)
