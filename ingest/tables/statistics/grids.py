"""The statistics table from grids."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.document import BROKEN, Grid, Placement
from ingest.report import CellStatus
from ingest.tables.reading import Absent, Printed, SectionReading
from ingest.tables.statistics.names import (
    OFFICIAL,
    Name,
    column_kind,
    ends_no_other,
    is_no_unit,
    is_total,
    name_of,
    unit_of,
)
from ingest.tables.statistics.rows import MINIMUM_ROWS, MISFIT, StatisticsRow, read_tables
from ingest.text.characters import label_keys
from ingest.text.numbers import looks_like_value, read_number

_ROWS_AT_TOP = 2
"""A row without a label so near the top of a table may be the rest of the last one of the table before."""


_Cell = tuple[int, str]
"""The column and the text of a cell."""


@dataclass(frozen=True, slots=True)
class _Block:
    """The columns below one heading 统计指标, up to the next; `kinds` is what stands behind its labels, in order."""

    labels: tuple[int, ...]
    unit: int | None
    counts: tuple[int, ...]
    numbers: tuple[int, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Layout:
    """What the headings of a table say of its columns."""

    kinds: tuple[str, ...]
    own: tuple[str, ...]
    official: bool
    blocks: tuple[_Block, ...] = ()


@dataclass(slots=True)
class _GridRows:
    """The rows of one grid, with what they show together: whether the headings are borne out, whether parts stand
    beside their whole, and how many cells stand behind labels where no heading says it."""

    rows: list[StatisticsRow] = field(default_factory=list)
    read: int = 0
    too_long: int = 0
    nested: bool = False
    unheaded: list[StatisticsRow] = field(default_factory=list)
    widths: Counter[tuple[str, ...]] = field(default_factory=Counter)


def read_grids(grids: Sequence[Grid]) -> SectionReading:
    """The statistics table, in one grid or several; `form` stays None where there is none."""
    rows: list[StatisticsRow] = []
    layout: _Layout | None = None
    official = False
    for grid in grids:
        gathered = _GridRows()
        headed = -2
        columns: dict[int, list[StatisticsRow]] = {}
        for number, cells in enumerate(grid.rows):
            above = layout if headed == number - 1 else None
            found = _header(cells, grid.placement, above)
            if found:
                layout, headed = found, number
                official = official or found.official
                continue
            latest = [column[-1] for column in columns.values()] or (rows[-1:] if number < _ROWS_AT_TOP else [])
            if _is_rest(cells):
                # A page may have cut the row before; then its number goes on here.
                for before in latest:
                    before.found = Absent("a row without a label follows, which may be the rest of this one")
                continue
            behind = {name.heading for text in cells if text and (name := name_of(text)).heading is not None}
            for before in latest:
                before.headings |= behind
            for block, row in _grid_rows(grid, number, layout, gathered):
                if row:
                    columns.setdefault(block, []).append(row)
        gathered.rows = [row for block in sorted(columns) for row in columns[block]]
        _weigh(gathered)
        rows += gathered.rows
    return read_tables(rows, official, in_order=False)


def _is_rest(cells: Sequence[str | None]) -> bool:
    """Whether a row holds numbers and nothing else, so no label."""
    filled = [text for text in cells if text]
    return bool(filled) and all(read_number(text).status is CellStatus.REPORTED for text in filled)


def _header(cells: Sequence[str | None], placement: Placement, above: _Layout | None) -> _Layout | None:
    """What a row of headings says, together with the one above it; None where the row is another."""
    # A heading of indicators that stands in the row was one of its own, whose tags are lost.
    merged = next(
        (at for at, text in enumerate(cells) if at and text and name_of(text).heading is not None), len(cells)
    )
    cells = cells[:merged]
    own = [column_kind(text) if text else "" for text in cells]
    filled = [(kind, text) for kind, text in zip(own, cells, strict=True) if text]
    known = [kind for kind, _ in filled if kind]
    titled = "indicator" in known and len(known) > 1
    if any(name_of(text).places for _, text in filled) or not (
        titled or (len(known) == len(filled) and len(known) > 1)
    ):
        return None
    official = any(key in OFFICIAL for _, text in filled for key in label_keys(text)) and "unit" in known
    own = [kind or ("unknown" if text else "") for kind, text in zip(own, cells, strict=True)]
    if placement is Placement.COUNTED:
        while own and not own[-1]:
            own.pop()
    spread: list[str] = []
    for column, kind in enumerate(own):
        covered = cells[column] is None or placement is Placement.COUNTED
        inherited = spread[-1] if spread and covered else "unknown"
        if above and column < len(above.kinds) and cells[column] is None:
            inherited = above.kinds[column]
        spread.append(kind or inherited)
    if above:
        official = official or above.official
    kinds = tuple(spread)
    return _Layout(kinds, tuple(own), official, _blocks(kinds, tuple(own) if not above else kinds))


def _blocks(kinds: tuple[str, ...], own: tuple[str, ...]) -> tuple[_Block, ...]:
    starts = [
        column for column, kind in enumerate(kinds) if kind == "indicator" and kinds[column - 1 : column] != (kind,)
    ]
    blocks = []
    for start, end in pairwise([*starts, len(kinds)]):
        here = range(start, end)
        labels = tuple(column for column in here if kinds[column] == "indicator")
        units = [column for column in here if kinds[column] == "unit"]
        blocks.append(
            _Block(
                labels,
                units[0] if len(units) == 1 else None,
                tuple(column for column in here if kinds[column] == "count"),
                tuple(column for column in here if kinds[column] in ("number", "unknown")),
                tuple(own[column] or "unknown" for column in here if column not in labels),
            )
        )
    return tuple(blocks)


def _grid_rows(
    grid: Grid, number: int, layout: _Layout | None, gathered: _GridRows
) -> Iterator[tuple[int, StatisticsRow | None]]:
    """The labelled rows that stand in a row of a grid, each with the number of its block of columns."""
    cells = list(grid.rows[number])
    width = len(layout.kinds) if layout else 0
    if grid.placement is Placement.COUNTED and layout:
        while len(cells) > width and not cells[-1]:
            cells.pop()
    whole = layout is not None and len(cells) == width
    if layout and whole and layout.blocks:
        rows = [_placed(grid, number, cells, block, gathered) for block in layout.blocks]
        if len(rows) > 1 or not (rows[0] and isinstance(rows[0].found, Absent)):
            yield from enumerate(rows)
            return
    if layout and len(layout.blocks) != 1:
        reason = MISFIT if layout.blocks else "the headings over the table are not whole"
        for text in cells:
            name = name_of(text) if text else None
            if name and name.places:
                yield 0, StatisticsRow(name, Absent(reason, grid.row_locators[number]), "", grid.row_locators[number])
        return
    present = [(column, text) for column, text in enumerate(cells) if text is not None]
    for part in _rows_in(present, layout):
        yield 0, _counted(grid, number, part, layout, gathered)


def _rows_in(present: Sequence[_Cell], layout: _Layout | None) -> list[Sequence[_Cell]]:
    """The rows that one row of a grid is: several, where their tags are lost and each is whole."""
    size = 1 + len(layout.blocks[0].kinds) if layout else 0
    if not size or len(present) <= size:
        return [present]
    starts = [at for at, (_, text) in enumerate(present) if text and name_of(text).known]
    parts = [present[start:end] for start, end in pairwise([*starts, len(present)])]
    whole = [part for part in parts if name_of(part[0][1]).places]
    if (
        starts[:1] != [0]
        or any(len(part) != size for part in whole)
        or any(len(p) > 1 for p in parts if p not in whole)
    ):
        return [present]
    return parts


def _placed(
    grid: Grid, number: int, cells: Sequence[str | None], block: _Block, gathered: _GridRows
) -> StatisticsRow | None:
    """A row as the columns of its headings show it."""
    texts = [(column, text) for column in block.labels if (text := cells[column])]
    if not texts:
        return None
    behind_blank = any(cells[column] == "" for column in block.labels if column > texts[-1][0])
    names = [name_of(text) for _, text in texts]
    gathered.nested = gathered.nested or any(name.known for name in names[:-1])
    name = names[-2] if len(names) > 1 and is_total(texts[-1][1]) else names[-1]
    if name.heading is not None:
        return None
    where = grid.row_locators[number]
    if block.unit is not None:
        unit_text = cells[block.unit] or ""
    else:
        # The heading over the units may be lost or damaged: one that stands in the row is its unit all the same.
        last = max(block.labels)
        beside = [text for column in block.numbers if column > last and (text := cells[column]) and unit_of(text)]
        unit_text = beside[0] if len(beside) == 1 else ""
    counts = [column for column in block.counts if cells[column] is not None]
    unit = unit_of(unit_text)
    reason = None
    if behind_blank or not (unit or is_no_unit(unit_text)):
        reason = MISFIT
    elif not block.counts:
        reason = "no column is headed as the year's number"
    elif len(counts) != 1:
        reason = "no cell, or more than one, stands under the heading of the year's number"
    if reason:
        return StatisticsRow(name, Absent(reason, where), unit, where)
    value = cells[counts[0]] or ""
    values = [cells[column] or "" for column in sorted((*block.counts, *block.numbers))]
    if not _is_cell(value) or (grid.placement is Placement.COUNTED and _may_be_padded(values)):
        return StatisticsRow(name, Absent(MISFIT, where), unit, where)
    gathered.read += 1
    counted = grid.placement is Placement.COUNTED
    found = Printed(value, grid.locator(number, counts[0]))
    holds = looks_like_value(value)
    one_line = _is_on_one_line(grid, number, name, cells[texts[-1][0] : counts[0] + 1])
    alone = counted and len(texts) == 1
    return StatisticsRow(name, found, unit, where, holds, alone=alone, counted=counted, one_line=one_line)


def _is_on_one_line(grid: Grid, number: int, name: Name, cells: Sequence[str | None]) -> bool:
    """Whether a row's label and number stand on one line of the source, with no cell of the number's lost in between.

    `cells` begin with the label and end with the number. Of a label broken over lines its last piece counts, where that
    ends no other label. A blank at a break ends a line of its own: the line would be longer with a number.
    """
    if number in grid.one_line:
        return True
    label, *behind = [text or "" for text in cells]
    rest = label.rpartition(BROKEN)[2]
    if BROKEN in "".join(behind) or not all(behind[:-1]):
        return False
    sure = all(ends_no_other(rest, place, with_unit=len(behind) > 1) for place in name.places)
    return sure and (BROKEN in label or not all(behind))


def _may_be_padded(numbers: Sequence[str]) -> bool:
    """Whether a row may have lost a number and been filled up with a blank at its end, as all behind it moved up."""
    return any(numbers) and not numbers[-1]


def _is_cell(text: str) -> bool:
    """Whether a text may be the content of a cell that belongs to an indicator: no unit, no label, no heading."""
    return not unit_of(text) and not name_of(text).known and not column_kind(text)


def _counted(
    grid: Grid, number: int, present: Sequence[_Cell], layout: _Layout | None, gathered: _GridRows
) -> StatisticsRow | None:
    """A row told by the number and the kinds of the cells behind its label, whatever columns they stand in."""
    names = [name_of(text) for _, text in present]
    labels = [at for at, name in enumerate(names) if name.places]
    if not labels:
        # A label that cannot be read may be the form's, damaged: it stands before all that could be a unit or a number.
        words = [at for at, (_, text) in enumerate(present) if text and not looks_like_value(text)]
        labels = words[:1]
        if not labels or names[labels[0]].known:
            return None
    at = labels[-1]
    name, where = names[at], grid.row_locators[number]
    tail = list(present[at + 1 :])
    gathered.nested = gathered.nested or any(other.known for other in names[:at])
    if tail and is_total(tail[0][1]):
        tail = tail[1:]
    kinds = layout.blocks[0].kinds if layout else ("unit", "count") if tail and unit_of(tail[0][1]) else ("count",)
    if grid.placement is Placement.COUNTED:
        while len(tail) > len(kinds) and not tail[-1][1]:
            tail.pop()
    row = StatisticsRow(
        name,
        Absent(MISFIT, where),
        "",
        where,
        alone=len(labels) == 1,
        counted=grid.placement is Placement.COUNTED,
        one_line=number in grid.one_line,
    )
    if not layout:
        gathered.unheaded.append(row)
        gathered.widths[(*kinds, *("number" for _ in tail[len(kinds) :]))] += 1
    if len(tail) != len(kinds):
        gathered.too_long += len([text for _, text in tail if text]) > len(kinds)
        return row
    split = layout is not None and len(layout.blocks[0].labels) > 1 and grid.placement is Placement.RULED
    values = [cell for cell, kind in zip(tail, kinds, strict=True) if kind == "count"]
    units = [text for (_, text), kind in zip(tail, kinds, strict=True) if kind == "unit"]
    numbers = [text for (_, text), kind in zip(tail, kinds, strict=True) if kind in ("count", "number", "unknown")]
    fits = len(values) == 1 and _is_cell(values[0][1]) and all(unit_of(text) or is_no_unit(text) for text in units)
    if split or not fits or _may_be_padded(numbers):
        return row
    gathered.read += 1
    row.unit = unit_of(units[0]) if len(units) == 1 else ""
    row.found = Printed(values[0][1], grid.locator(number, values[0][0]))
    before = tail[: kinds.index("count") + 1]
    row.one_line = _is_on_one_line(grid, number, name, [present[at][1], *(text for _, text in before)])
    row.holds = looks_like_value(values[0][1])
    return row


def _weigh(gathered: _GridRows) -> None:
    """Believe a grid's rows only where they bear out what its headings say, or agree where it has none."""
    if not gathered.nested:
        for row in gathered.rows:
            row.alone = False
    labelled = [row for row in gathered.unheaded if row.name.places]
    uneven = len(gathered.widths) > 1 or len(labelled) < MINIMUM_ROWS
    unheaded = set(map(id, gathered.unheaded))
    for row in gathered.rows:
        if gathered.too_long > gathered.read:
            row.found = Absent("the rows have more cells than the headings name", row.locator)
        elif uneven and id(row) in unheaded:
            row.found = Absent("no headings stand over the row, and the rows of the table do not agree", row.locator)
