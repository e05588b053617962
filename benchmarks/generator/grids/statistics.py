"""The statistics table of 2014: indicator, unit, count, and sometimes the count of all years."""

from functools import cache

from benchmarks.generator.forms import PROVINCIAL, STATISTICS
from benchmarks.generator.grids.grid import Grid, Slot


@cache
def statistics_grid(cumulative: bool, provincial: bool) -> Grid:
    """With `cumulative` a column 历年累计 follows the year's; its texts follow those of the form's cells.

    `provincial` is the table that some provinces had before 2014.
    """
    indicators = PROVINCIAL if provincial else STATISTICS
    width = 3 + cumulative
    size = sum(bool(row.code) for row in indicators)
    names = ("指标名称", "计量单位") if provincial else ("统计指标", "单位")
    head = [*map(Slot, names), Slot("本年度" if cumulative else "统计数")]
    rows = [(*head, Slot("历年累计")) if cumulative else tuple(head)]
    ref = 0
    for row in indicators:
        if not row.code:
            rows.append((Slot(row.label, colspan=width),))
            continue
        slots = [Slot(row.label), Slot(row.printed_unit), Slot("", ref)]
        rows.append((*slots, Slot("", size + ref)) if cumulative else tuple(slots))
        ref += 1
    return Grid(tuple(rows), 1, width)
