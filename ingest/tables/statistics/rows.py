"""The statistics table as a sequence of labelled rows: which indicator each is, and which can be believed.

A row's label is told by itself or, where two indicators share a label, by the rows around it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.forms import FORM_2014, CellKey, statistics
from ingest.report import Issue, Severity
from ingest.tables.reading import MONEY, Absent, Found, Printed, SectionReading
from ingest.tables.statistics.names import (
    CODES,
    MAXIMUM_LABEL,
    NOTE,
    PLACES,
    Name,
    is_no_unit,
    ordinal_number,
    shows,
    stems,
    unit_of,
    without_notes,
)
from ingest.text.characters import bare, squeeze
from ingest.text.scripts import simplified

MISFIT = "the row has not exactly the cells that the headings name; which is which cannot be told"
MINIMUM_ROWS = 3
"""So many indicators make a table of this form, where no heading says that it is one."""
_LAST = len(CODES) - 1
_AFTER_HEADING = frozenset(PLACES[code] for code in statistics.HEADINGS.values())
_PARENTS = frozenset(PLACES[row.group] for row in statistics.ROWS if row.group in PLACES and row.group != row.code)
_ROWS_BACK = 3
"""An indicator shown again, so far behind the furthest one, begins a second table."""
_MAXIMUM_RUN = 12


@dataclass(slots=True)
class StatisticsRow:
    """A labelled row: its cell, and the indicator that it is once that is settled.

    `holds` says whether a row of unknown label has a number, so that its label may be one of the form's, damaged.
    `follows` is for text: whether nothing but headings stands between this row and the next. `counted` is for grids
    without true columns; `alone` there: whether no label of a whole stands before the row's own.
    """

    name: Name
    found: Found
    unit: str
    locator: str
    holds: bool = False
    follows: bool = True
    alone: bool = False
    counted: bool = False
    one_line: bool = False
    headings: frozenset[int] = frozenset()
    place: int | None = None
    note: str | None = None

    @property
    def fixed(self) -> bool:
        """Whether the label alone says which indicator it is."""
        return len(self.name.places) == 1 and not self.name.adjacent


def _tables(rows: Sequence[StatisticsRow]) -> list[list[StatisticsRow]]:
    """The rows of one table after the other: a second one begins where indicators come again."""
    tables: list[list[StatisticsRow]] = [[]]
    seen: set[int] = set()
    for row in rows:
        if row.fixed:
            place = next(iter(row.name.places))
            if place in seen and place <= max(seen) - _ROWS_BACK:
                tables.append([])
                seen = set()
            seen.add(place)
        tables[-1].append(row)
    return tables


def _settle(rows: Sequence[StatisticsRow]) -> None:
    """Tell which indicator each row of one table is."""
    for row in rows:
        if row.fixed:
            row.place = next(iter(row.name.places))
    _settle_damaged(rows)
    start = 0
    anchors = [(-1, -1), *((at, row.place) for at, row in enumerate(rows) if row.place is not None)]
    for (start, before), (end, after) in pairwise([*anchors, (len(rows), len(CODES))]):
        _settle_between(rows, start + 1, end, before, after)


def _settle_damaged(rows: Sequence[StatisticsRow]) -> None:
    """A label of lost characters is told by its neighbours, which are those of the form, and what is left of it."""
    for before, row, after in zip([None, *rows], rows, [*rows[1:], None], strict=False):
        if row.name.known or not row.holds:
            continue
        first = _candidates(before) if before else frozenset((-1,))
        last = _candidates(after) if after else frozenset((len(CODES),))
        sure = any(other and other.fixed for other in (before, after))
        for place in {place + 1 for place in first} & {place - 1 for place in last}:
            own, (ordinal, rest) = statistics.ROWS[place].ordinal, _remains(row.name.text)
            if sure and ordinal_number(ordinal) in ("", ordinal_number(own)) and shows(rest, place):
                row.place, row.note = place, f"label damaged: {row.name.text}"


def _remains(label: str) -> tuple[str, str]:
    """The number of a label that is none of the form's, and its letters."""
    ordinal, rest = list(stems(simplified(without_notes(label[:MAXIMUM_LABEL]))))[-1]
    return ordinal, bare(rest)


def _candidates(row: StatisticsRow) -> frozenset[int]:
    return row.name.places if row.place is None else frozenset((row.place,))


def _settle_between(rows: Sequence[StatisticsRow], start: int, end: int, before: int, after: int) -> None:
    """Tell the rows between two whose indicators are known, where the order of the form leaves one way.

    Two indicators share 被依法纠错数: behind a lost row it could be either's.
    """
    run = [row for row in rows[start:end] if row.name.places]
    if not run or len(run) > _MAXIMUM_RUN:
        return
    ways = list(_ways([sorted(row.name.places) for row in run], before, after))
    if len(ways) != 1:
        return
    for row, place in zip(run, ways[0], strict=True):
        at = next(at for at in range(start, end) if rows[at] is row)
        strange = any(not other.name.known and other.holds for other in rows[start:at])
        preceded = at > 0 and rows[at - 1].place == place - 1
        if not strange and (preceded or not row.name.adjacent):
            row.place = place


def _ways(choices: Sequence[Sequence[int]], before: int, after: int) -> Iterator[tuple[int, ...]]:
    """The rising sequences between two places, with one of the choices for each row; two are enough to know."""
    if not choices:
        yield ()
        return
    told = 0
    for place in choices[0]:
        if before < place < after:
            for rest in _ways(choices[1:], place, after):
                yield (place, *rest)
                told += 1
                if told > 1:
                    return


def read_tables(rows: Sequence[StatisticsRow], official: bool, in_order: bool) -> SectionReading:
    """The table's cells; where a document shows two tables that differ, none of them.

    `official` says that the headings are the form's own, `in_order` that a row counts only before the form's next.
    """
    reading = SectionReading(statistics.SECTION)
    tables = _tables(rows)
    for table in tables:
        _settle(table)
    # In text, a label may be a heading or a line of prose: what stands behind it tells.
    shown = {row.place for row in rows if row.place is not None and (row.holds or not in_order or _is_read(row))}
    own = any(CODES[place] not in statistics.OLDER for place in shown)
    if not shown or not (official or (own and len(shown) >= MINIMUM_ROWS)):
        return reading
    reading.form = FORM_2014
    others = []
    for table in tables:
        target = reading if table is tables[0] else SectionReading(statistics.SECTION)
        others += [target] if target is not reading else []
        for row, following in zip(table, [*table[1:], None], strict=True):
            if row.place is not None:
                _put(target, row, _doubt(table, row, following, in_order))
    _withdraw(reading, others)
    return reading


def _is_read(row: StatisticsRow) -> bool:
    return isinstance(row.found, Printed)


def _put(reading: SectionReading, row: StatisticsRow, doubt: str | None) -> None:
    assert row.place is not None
    code = CODES[row.place]
    key = CellKey(statistics.SECTION, code, statistics.COLUMN)
    stated = row.unit or _stated_unit(row.name.text)
    if stated and (stated in statistics.MONEY_UNITS) != (statistics.UNITS[code] == MONEY):
        doubt = doubt or f"the unit beside the label, {stated}, is not the indicator's"
    reading.headings.setdefault(key, f"{squeeze(row.name.text)} {row.unit}")
    found = row.found
    if doubt:
        found = Absent(doubt, row.locator)
    elif isinstance(found, Printed) and row.note:
        found = found._replace(note=row.note)
        reading.issues.append(Issue("label_damaged", Severity.INFO, f"{code}: {row.note}", row.locator))
    reading.put(key, found)


def _stated_unit(label: str) -> str:
    """The unit that a label states in brackets."""
    notes = (unit_of(note[1].removeprefix("单位").lstrip(":")) for note in NOTE.finditer(simplified(squeeze(label))))
    return next((unit for unit in notes if unit), "")


def _doubt(
    table: Sequence[StatisticsRow], row: StatisticsRow, following: StatisticsRow | None, in_order: bool
) -> str | None:
    """Why a row whose indicator is known is not believed; None where it is."""
    if isinstance(row.found, Absent):
        return row.found.reason
    place = row.place
    assert place is not None
    next_place = following.place if following else None
    if row.name.rivals and not _shows_all(table, row.name.rivals):
        at = next(at for at, other in enumerate(table) if other is row)
        if next_place != place + 1 or not at or table[at - 1].place != place - 1:
            return "the label may be what is left of another's, and the rows around it are not those of the form"
    if row.counted and not row.one_line and (next_place or 0 if following else _LAST + 1) > place + _step(table):
        # A line that lost its number would have been put together with the rest of the next one.
        return "the next row of the form is lost, and what is left of it may have come to this one"
    empty = is_no_unit(row.found.text) and (in_order or row.counted)
    if empty and place + 1 in _AFTER_HEADING and place + 1 not in row.headings:
        return "the heading behind the row is lost, and the empty cell or dash may be its own"
    if in_order:
        if place != _LAST and not (row.follows and next_place == place + 1):
            return "the label of the next row is lost, so the value behind this one may be of either"
    elif row.alone and place in _PARENTS and next_place != place + 1:
        parts = {at for at, other in enumerate(statistics.ROWS) if other.group == CODES[place] and at != place}
        if any(other.place in parts for other in table):
            return "the row may be that of a part whose own label is lost"
    return None


def _shows_all(table: Sequence[StatisticsRow], places: frozenset[int]) -> bool:
    """Whether each of these indicators has a row of its own, under a label that can be no other's."""
    return places <= {place for other in table if not other.name.rivals and other.fixed for place in other.name.places}


def _step(table: Sequence[StatisticsRow]) -> int:
    """How far the form goes on from row to row: 1, or 2 where two rows side by side are read one below the other."""
    places = [row.place for row in table if row.place is not None]
    steps = Counter(after - before for before, after in pairwise(places))
    return max(1, min(2, steps.most_common(1)[0][0])) if steps else 1


def _withdraw(reading: SectionReading, others: Sequence[SectionReading]) -> None:
    """Where a second table differs from the first, believe neither: which is the report's is not said."""
    for other in others:
        for key, found in other.found.items():
            before = len(reading.found)
            earlier = reading.found.get(key)
            reading.put(key, found)
            if isinstance(found, Printed) and (len(reading.found) > before or reading.found[key] is not earlier):
                message = "the document shows two tables of statistics that differ"
                reading.issues.append(Issue("second_table", Severity.WARNING, message))
                reason = f"{message}; which is the report's is not said"
                reading.found = {known: Absent(reason) for known in reading.found}
                return
