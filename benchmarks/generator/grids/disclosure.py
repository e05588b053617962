"""The disclosure table: a heading, a row of column names and the rows of each paragraph of article 20."""

from functools import cache

from benchmarks.generator.forms import DISCLOSURE
from benchmarks.generator.grids.grid import Grid, Slot


@cache
def disclosure_grid(form: str, money_header: tuple[tuple[str, str], ...]) -> Grid:
    """The table of `form`; `money_header` replaces column labels by those that name the unit."""
    printed = dict(money_header)
    rows: list[tuple[Slot, ...]] = []
    ref = 0
    for block in DISCLOSURE[form]:
        rows.append((Slot(block.heading, colspan=4),))
        spans = {3: (1, 1, 1), 2: (1, 2), 1: (3,)}[len(block.columns)]
        heads = [
            Slot(printed.get(name, name), colspan=span) for (_, name, _), span in zip(block.columns, spans, strict=True)
        ]
        rows.append((Slot("信息内容"), *heads))
        for _, label in block.rows:
            data = [Slot("", ref + place, colspan=span) for place, span in enumerate(spans)]
            rows.append((Slot(label), *data))
            ref += len(spans)
    return Grid(tuple(rows), 2, 4)
