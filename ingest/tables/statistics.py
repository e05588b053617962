"""Reading the statistics table of 2014 to 2018: one number an indicator, from grids and from flattened text.

Every layout is first turned into one sequence of labelled rows. Then each row's label is told by itself or, where two
indicators share a label, by the rows around it; only then is it decided which rows can be believed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from ingest.document import Grid, Paragraph, Placement
from ingest.forms import FORM_2014, CellKey, statistics
from ingest.report import CellStatus, Issue, Severity
from ingest.tables.reading import MONEY, Absent, Found, Printed, SectionReading
from ingest.text.characters import bare, label_keys, split_ordinal, squeeze, without_pinyin
from ingest.text.numbers import looks_like_value, read_number
from ingest.text.scripts import simplified, simplified_readings

CODES = tuple(row.code for row in statistics.ROWS)
_PLACE = {code: place for place, code in enumerate(CODES)}
_LAST = len(CODES) - 1
_AFTER_HEADING = frozenset(_PLACE[code] for code in statistics.HEADINGS.values())
_PARENTS = frozenset(_PLACE[row.group] for row in statistics.ROWS if row.group in _PLACE and row.group != row.code)

_MINIMUM_ROWS = 3
"""So many indicators make a table of this form, where no heading says that it is one."""
_ROWS_BACK = 3
"""An indicator shown again, so far behind the furthest one, begins a second table."""
_ROWS_AT_TOP = 2
"""A row without a label so near the top of a table may be the rest of the last one of the table before."""
_MINIMUM_SHARE = 0.6
_MINIMUM_CHARACTERS = 4
_MAXIMUM_LABEL = 120
_MAXIMUM_LINE = 70
_MAXIMUM_VALUE = 24
_MAXIMUM_UNIT = 12
_MAXIMUM_PIECES = 3
_MAXIMUM_RUN = 12
_NOTE = re.compile(r"\(([^()]*)(?:\)|$)")
_SUM = re.compile(r"(?=.*[+=])[\d一二三四五六七八九十+\-=.、]{1,60}")
_NUMERALS = {numeral: str(number) for number, numeral in enumerate("一二三四五六七八九十", start=1)}
_STRAY = re.compile(r"\d{1,4}")
_MISFIT = "the row has not exactly the cells that the headings name; which is which cannot be told"


# What a text names


@dataclass(frozen=True, slots=True)
class _Name:
    """The indicators that a label can stand for, as places in the form; `heading` is the place that a heading precedes.

    `adjacent` labels are too short to count but behind the row that the form has before them. `doubtful` ones would be
    left of another's label (同意公开 of 不同意公开) and count only between the rows that the form has around them.
    """

    text: str
    key: str = ""
    ordinal: str = ""
    places: frozenset[int] = frozenset()
    adjacent: bool = False
    doubtful: bool = False
    heading: int | None = None

    @property
    def known(self) -> bool:
        """Whether the form has such a label or heading at all."""
        return bool(self.places) or self.heading is not None


def _stem(key: str) -> str:
    """A label without the word for number at its end."""
    for suffix in statistics.LABEL_SUFFIXES:
        if key.endswith(suffix) and len(key) > len(suffix):
            return key[: -len(suffix)]
    return key


def _index(labels: Iterable[tuple[str, Iterable[str]]]) -> dict[str, frozenset[int]]:
    places: dict[str, set[int]] = {}
    for code, texts in labels:
        for text in texts:
            for key in label_keys(text):
                places.setdefault(_stem(key), set()).add(_PLACE[code])
    return {key: frozenset(found) for key, found in places.items()}


_LABELS = _index((row.code, row.labels) for row in statistics.ROWS)
_SHORT = _index(statistics.SHORT_LABELS.items())
_HEADINGS = {key: _PLACE[code] for text, code in statistics.HEADINGS.items() for key in label_keys(text)}
_WHOLE = tuple(tuple(key for text in row.labels for key in label_keys(text)) for row in statistics.ROWS)
_COLUMNS = {
    key: kind
    for kind, texts in (
        ("indicator", statistics.INDICATOR_HEADINGS),
        ("unit", statistics.UNIT_HEADINGS),
        ("count", statistics.COUNT_HEADINGS),
        ("number", statistics.NUMBER_HEADINGS),
        ("other", statistics.OTHER_HEADINGS),
    )
    for text in texts
    for key in label_keys(text)
}
_OFFICIAL = frozenset(label_keys(statistics.INDICATOR_HEADINGS[0]))
_UNITS = frozenset(statistics.UNIT_WORDS)
_TOTALS = frozenset(statistics.TOTAL_LABELS)


@lru_cache(maxsize=8192)
def _simplified_character(character: str) -> str:
    return simplified(character)


_FIRST_CHARACTERS = frozenset(key[0] for keys in (_LABELS, _SHORT, _HEADINGS, _COLUMNS) for key in keys) | frozenset(
    word[0] for word in statistics.LABEL_PREFIXES
)


def _may_begin(text: str) -> bool:
    """Whether a label or a heading could begin with this text: a cheap look, for there is much prose."""
    for character in text[:12]:
        if character.isalpha() and character not in _NUMERALS:
            return _simplified_character(character) in _FIRST_CHARACTERS
    return False


@lru_cache(maxsize=16384)
def _name(text: str) -> _Name:
    """What a label names, whatever number, 其中, unit or note is printed with it."""
    if not text or len(text) > _MAXIMUM_LABEL or not _may_begin(text):
        return _Name(text)
    last = _Name(text)
    for reading in simplified_readings(_without_notes(text)):
        for ordinal, stem in _stems(reading):
            key = bare(stem)
            if not key:
                continue
            last = _Name(text, key, ordinal)
            if key in _HEADINGS:
                return replace(last, heading=_HEADINGS[key])
            short = _stem(key)
            if short in _LABELS:
                return _unless_another(last, _LABELS[short])
            if short in _SHORT or key in _SHORT:
                return replace(last, places=_SHORT.get(short) or _SHORT[key], adjacent=True)
    return last


def _without_notes(text: str) -> str:
    """A label in NFKC without space, pinyin, and the brackets that hold a unit, a sum or what is not counted."""
    squeezed = without_pinyin(squeeze(text))
    plain = simplified(squeezed)
    if len(plain) != len(squeezed):
        return squeezed
    kept, at = [], 0
    for note in _NOTE.finditer(plain):
        if _is_note(note[1]):
            kept.append(squeezed[at : note.start()])
            at = note.end()
    kept.append(squeezed[at:])
    return "".join(kept)


def _is_note(note: str) -> bool:
    unit = note.removeprefix("单位").lstrip(":")
    return unit in _UNITS or note.startswith(statistics.NOTE_STARTS) or bool(_SUM.fullmatch(note))


def _stems(text: str) -> Iterator[tuple[str, str]]:
    """A label with ever less of what may be printed before it: `其中:1.当面申请数`, `1.当面申请数`, `当面申请数`."""
    ordinal, rest = "", text
    yield ordinal, rest
    for _ in range(_MAXIMUM_PIECES * 2):
        rest = re.sub(r"^[^\w(]+", "", rest)
        number, after = split_ordinal(rest)
        if number:
            ordinal, rest = number, after
        else:
            prefix = next((word for word in statistics.LABEL_PREFIXES if rest.startswith(word)), None)
            if not prefix:
                return
            rest = re.sub(r"^[^\w(]+", "", rest.removeprefix(prefix))
        yield ordinal, rest


def _unless_another(name: _Name, places: frozenset[int]) -> _Name:
    """The name with its places, where its printed number does not say that it is what is left of another label."""
    number = _number(name.ordinal)
    if number and any(_number(statistics.ROWS[place].ordinal) == number for place in places):
        return replace(name, places=places)
    others = [place for place in range(len(CODES)) if place not in places and _shows(name.key, place)]
    if number and any(_number(statistics.ROWS[place].ordinal) == number for place in others):
        return name
    return replace(name, places=places, doubtful=bool(others))


def _number(ordinal: str) -> str:
    plain = ordinal.strip("()")
    return _NUMERALS.get(plain, plain)


def _shows(key: str, place: int) -> bool:
    """Whether a label is that of an indicator with characters lost: at least 60 % of them, in the same order."""
    for label in _WHOLE[place]:
        if len(key) >= max(_MINIMUM_CHARACTERS, _MINIMUM_SHARE * len(label)) and len(key) < len(label):
            characters = iter(label)
            if all(character in characters for character in key):
                return True
    return False


@lru_cache(maxsize=4096)
def _column_kind(text: str) -> str:
    """What a heading of a column stands over, empty where that is not known."""
    if not text or len(text) > _MAXIMUM_VALUE or not _may_begin(text):
        return ""
    return next((_COLUMNS[key] for key in label_keys(_without_notes(text)) if key in _COLUMNS), "")


@lru_cache(maxsize=4096)
def _unit_of(text: str) -> str:
    """The unit that a whole text is, empty where it is none."""
    if not text or len(text) > _MAXIMUM_UNIT or not any("一" <= character <= "龥" for character in text):
        return ""
    return next((key for key in label_keys(text) if key in _UNITS), "")


def _is_no_unit(text: str) -> bool:
    """Whether a cell of the column of units states none: it is empty or a dash."""
    return read_number(text).status in (CellStatus.BLANK, CellStatus.DASH)


def _is_total(text: str) -> bool:
    return bare(simplified(text)) in _TOTALS


# A table as a sequence of rows


@dataclass(slots=True)
class _Row:
    """A labelled row: its cell, and the indicator that it is once that is settled.

    `holds` says whether a row of unknown label has a number, so that its label may be one of the form's, damaged.
    `follows` is for text: whether nothing but headings stands between this row and the next. `counted` is for grids
    without true columns; `alone` there: whether no label of a whole stands before the row's own.
    """

    name: _Name
    found: Found
    unit: str
    locator: str
    holds: bool = False
    follows: bool = True
    alone: bool = False
    counted: bool = False
    headings: frozenset[int] = frozenset()
    place: int | None = None
    note: str | None = None

    @property
    def fixed(self) -> bool:
        """Whether the label alone says which indicator it is."""
        return len(self.name.places) == 1 and not self.name.adjacent

    def can_be(self, place: int) -> bool:
        """Whether the row may be the indicator at a place of the form."""
        return place == self.place if self.place is not None else place in self.name.places


def _tables(rows: Sequence[_Row]) -> list[list[_Row]]:
    """The rows of one table after the other: a second one begins where indicators come again."""
    tables: list[list[_Row]] = [[]]
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


def _settle(rows: Sequence[_Row]) -> None:
    """Tell which indicator each row of one table is."""
    for row in rows:
        if row.fixed:
            row.place = next(iter(row.name.places))
    _settle_damaged(rows)
    start = 0
    anchors = [(-1, -1), *((at, row.place) for at, row in enumerate(rows) if row.place is not None)]
    for (start, before), (end, after) in pairwise([*anchors, (len(rows), len(CODES))]):
        _settle_between(rows, start + 1, end, before, after)


def _settle_damaged(rows: Sequence[_Row]) -> None:
    """A label of lost characters is told by its neighbours, which are those of the form, and what is left of it."""
    for before, row, after in zip([None, *rows], rows, [*rows[1:], None], strict=False):
        if row.name.known or not row.holds:
            continue
        first = _candidates(before) if before else frozenset((-1,))
        last = _candidates(after) if after else frozenset((len(CODES),))
        sure = any(other and other.fixed for other in (before, after))
        for place in {place + 1 for place in first} & {place - 1 for place in last}:
            own, (ordinal, rest) = statistics.ROWS[place].ordinal, _remains(row.name.text)
            if sure and _number(ordinal) in ("", _number(own)) and _shows(rest, place):
                row.place, row.note = place, f"label damaged: {row.name.text}"


def _remains(label: str) -> tuple[str, str]:
    """The number of a label that is none of the form's, and its letters."""
    ordinal, rest = list(_stems(simplified(_without_notes(label[:_MAXIMUM_LABEL]))))[-1]
    return ordinal, bare(rest)


def _candidates(row: _Row) -> frozenset[int]:
    return row.name.places if row.place is None else frozenset((row.place,))


def _settle_between(rows: Sequence[_Row], start: int, end: int, before: int, after: int) -> None:
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


def _read_tables(rows: Sequence[_Row], official: bool, in_order: bool) -> SectionReading:
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
    if not shown or not (official or (own and len(shown) >= _MINIMUM_ROWS)):
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


def _is_read(row: _Row) -> bool:
    return isinstance(row.found, Printed)


def _put(reading: SectionReading, row: _Row, doubt: str | None) -> None:
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
        found = replace(found, note=row.note)
        reading.issues.append(Issue("label_damaged", Severity.INFO, f"{code}: {row.note}", row.locator))
    reading.put(key, found)


def _stated_unit(label: str) -> str:
    """The unit that a label states in brackets."""
    notes = (_unit_of(note[1].removeprefix("单位").lstrip(":")) for note in _NOTE.finditer(simplified(squeeze(label))))
    return next((unit for unit in notes if unit), "")


def _doubt(table: Sequence[_Row], row: _Row, following: _Row | None, in_order: bool) -> str | None:
    """Why a row whose indicator is known is not believed; None where it is."""
    if isinstance(row.found, Absent):
        return row.found.reason
    place = row.place
    assert place is not None
    next_place = following.place if following else None
    if row.name.doubtful:
        at = next(at for at, other in enumerate(table) if other is row)
        if next_place != place + 1 or not at or table[at - 1].place != place - 1:
            return "the label may be what is left of another's, and the rows around it are not those of the form"
    if row.counted and not following and not row.found.text:
        return "the table ends in this row, and its cell is empty"
    if row.counted and (next_place or 0 if following else _LAST + 1) > place + _step(table):
        # A line that lost its number would have been put together with the rest of the next one.
        return "the next row of the form is lost, and what is left of it may have come to this one"
    empty = _is_no_unit(row.found.text) and (in_order or row.counted)
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


def _step(table: Sequence[_Row]) -> int:
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


# Grids


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

    rows: list[_Row] = field(default_factory=list)
    read: int = 0
    too_long: int = 0
    nested: bool = False
    unheaded: list[_Row] = field(default_factory=list)
    widths: Counter[tuple[str, ...]] = field(default_factory=Counter)


def read_grids(grids: Sequence[Grid]) -> SectionReading:
    """The statistics table, in one grid or several; `form` stays None where there is none."""
    rows: list[_Row] = []
    layout: _Layout | None = None
    official = False
    for grid in grids:
        gathered = _GridRows()
        headed = -2
        columns: dict[int, list[_Row]] = {}
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
            behind = {name.heading for text in cells if text and (name := _name(text)).heading is not None}
            for before in latest:
                before.headings |= behind
            for block, row in _grid_rows(grid, number, layout, gathered):
                if row:
                    columns.setdefault(block, []).append(row)
        gathered.rows = [row for block in sorted(columns) for row in columns[block]]
        _weigh(gathered)
        rows += gathered.rows
    return _read_tables(rows, official, in_order=False)


def _is_rest(cells: Sequence[str | None]) -> bool:
    """Whether a row holds numbers and nothing else, so no label."""
    filled = [text for text in cells if text]
    return bool(filled) and all(read_number(text).status is CellStatus.REPORTED for text in filled)


def _header(cells: Sequence[str | None], placement: Placement, above: _Layout | None) -> _Layout | None:
    """What a row of headings says, together with the one above it; None where the row is another."""
    # A heading of indicators that stands in the row was one of its own, whose tags are lost.
    merged = next((at for at, text in enumerate(cells) if at and text and _name(text).heading is not None), len(cells))
    cells = cells[:merged]
    own = [_column_kind(text) if text else "" for text in cells]
    filled = [(kind, text) for kind, text in zip(own, cells, strict=True) if text]
    known = [kind for kind, _ in filled if kind]
    titled = "indicator" in known and len(known) > 1
    if any(_name(text).places for _, text in filled) or not (titled or (len(known) == len(filled) and len(known) > 1)):
        return None
    official = any(key in _OFFICIAL for _, text in filled for key in label_keys(text)) and "unit" in known
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
) -> Iterator[tuple[int, _Row | None]]:
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
        reason = _MISFIT if layout.blocks else "the headings over the table are not whole"
        for text in cells:
            name = _name(text) if text else None
            if name and name.places:
                yield 0, _Row(name, Absent(reason, grid.row_locators[number]), "", grid.row_locators[number])
        return
    present = [(column, text) for column, text in enumerate(cells) if text is not None]
    for part in _rows_in(present, layout):
        yield 0, _counted(grid, number, part, layout, gathered)


def _rows_in(present: Sequence[_Cell], layout: _Layout | None) -> list[Sequence[_Cell]]:
    """The rows that one row of a grid is: several, where their tags are lost and each is whole."""
    size = 1 + len(layout.blocks[0].kinds) if layout else 0
    if not size or len(present) <= size:
        return [present]
    starts = [at for at, (_, text) in enumerate(present) if text and _name(text).known]
    parts = [present[start:end] for start, end in pairwise([*starts, len(present)])]
    whole = [part for part in parts if _name(part[0][1]).places]
    if (
        starts[:1] != [0]
        or any(len(part) != size for part in whole)
        or any(len(p) > 1 for p in parts if p not in whole)
    ):
        return [present]
    return parts


def _placed(grid: Grid, number: int, cells: Sequence[str | None], block: _Block, gathered: _GridRows) -> _Row | None:
    """A row as the columns of its headings show it."""
    texts = [(column, text) for column in block.labels if (text := cells[column])]
    if not texts:
        return None
    behind_blank = any(cells[column] == "" for column in block.labels if column > texts[-1][0])
    names = [_name(text) for _, text in texts]
    gathered.nested = gathered.nested or any(name.known for name in names[:-1])
    name = names[-2] if len(names) > 1 and _is_total(texts[-1][1]) else names[-1]
    if name.heading is not None:
        return None
    where = grid.row_locators[number]
    unit_text = (cells[block.unit] or "") if block.unit is not None else ""
    counts = [column for column in block.counts if cells[column] is not None]
    unit = _unit_of(unit_text)
    reason = None
    if behind_blank or not (unit or _is_no_unit(unit_text)):
        reason = _MISFIT
    elif not block.counts:
        reason = "no column is headed as the year's number"
    elif len(counts) != 1:
        reason = "no cell, or more than one, stands under the heading of the year's number"
    if reason:
        return _Row(name, Absent(reason, where), unit, where)
    value = cells[counts[0]] or ""
    values = [cells[column] or "" for column in sorted((*block.counts, *block.numbers))]
    if not _is_cell(value) or (grid.placement is Placement.COUNTED and _may_be_padded(values)):
        return _Row(name, Absent(_MISFIT, where), unit, where)
    gathered.read += 1
    counted = grid.placement is Placement.COUNTED
    found = Printed(value, grid.locator(number, counts[0]))
    holds = looks_like_value(value)
    return _Row(name, found, unit, where, holds, alone=counted and len(texts) == 1, counted=counted)


def _may_be_padded(numbers: Sequence[str]) -> bool:
    """Whether a row may have lost a number and been filled up with a blank at its end, as all behind it moved up."""
    return any(numbers) and not numbers[-1]


def _is_cell(text: str) -> bool:
    """Whether a text may be the content of a cell that belongs to an indicator: no unit, no label, no heading."""
    return not _unit_of(text) and not _name(text).known and not _column_kind(text)


def _counted(
    grid: Grid, number: int, present: Sequence[_Cell], layout: _Layout | None, gathered: _GridRows
) -> _Row | None:
    """A row told by the number and the kinds of the cells behind its label, whatever columns they stand in."""
    names = [_name(text) for _, text in present]
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
    if tail and _is_total(tail[0][1]):
        tail = tail[1:]
    kinds = layout.blocks[0].kinds if layout else ("unit", "count") if tail and _unit_of(tail[0][1]) else ("count",)
    if grid.placement is Placement.COUNTED:
        while len(tail) > len(kinds) and not tail[-1][1]:
            tail.pop()
    row = _Row(
        name, Absent(_MISFIT, where), "", where, alone=len(labels) == 1, counted=grid.placement is Placement.COUNTED
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
    fits = len(values) == 1 and _is_cell(values[0][1]) and all(_unit_of(text) or _is_no_unit(text) for text in units)
    if split or not fits or _may_be_padded(numbers):
        return row
    gathered.read += 1
    row.unit = _unit_of(units[0]) if len(units) == 1 else ""
    row.found = Printed(values[0][1], grid.locator(number, values[0][0]))
    row.holds = looks_like_value(values[0][1])
    return row


def _weigh(gathered: _GridRows) -> None:
    """Believe a grid's rows only where they bear out what its headings say, or agree where it has none."""
    if not gathered.nested:
        for row in gathered.rows:
            row.alone = False
    labelled = [row for row in gathered.unheaded if row.name.places]
    uneven = len(gathered.widths) > 1 or len(labelled) < _MINIMUM_ROWS
    for row in gathered.rows:
        if gathered.too_long > gathered.read:
            row.found = Absent("the rows have more cells than the headings name", row.locator)
        elif uneven and row in gathered.unheaded:
            row.found = Absent("no headings stand over the row, and the rows of the table do not agree", row.locator)


# Flattened text


@dataclass(frozen=True, slots=True)
class _Token:
    """A line of flattened text, or several that are one label, and what it is."""

    kind: str
    line: Paragraph
    text: str
    name: _Name | None = None


def _text(line: Paragraph) -> str:
    return line.text.strip().rstrip("|").strip()


def _plain_kind(text: str) -> str:
    """What a line is that names nothing."""
    if not text:
        return "blank"
    if len(text) <= _MAXIMUM_VALUE and looks_like_value(text):
        return "value"
    return "unit" if _unit_of(text) else "foreign"


def _tokens(lines: Sequence[Paragraph]) -> Iterator[_Token]:
    """The lines as labels, headings, units, values and others; the longest whole label wins."""
    texts = [_text(line) for line in lines]
    kinds = [_plain_kind(text) for text in texts]
    at = 0
    while at < len(lines):
        short = kinds[at] == "foreign" and len(texts[at]) <= _MAXIMUM_LINE
        found = _label_at(lines, texts, kinds, at) if short and _may_begin(texts[at]) else None
        if found:
            token, pieces = found
            yield token
            at += pieces
            continue
        yield _Token(kinds[at], lines[at], texts[at])
        at += 1


def _label_at(
    lines: Sequence[Paragraph], texts: Sequence[str], kinds: Sequence[str], at: int
) -> tuple[_Token, int] | None:
    # A whole heading of a column is no part of what follows: 本年度 and 一、主动公开情况.
    for pieces in (1,) if _column_kind(texts[at]) else range(_MAXIMUM_PIECES, 0, -1):
        if any(kind != "foreign" for kind in kinds[at : at + pieces]) or at + pieces > len(lines):
            continue
        text = "".join(texts[at : at + pieces])
        if len(text) > _MAXIMUM_LABEL:
            continue
        name = _name(text)
        kind = _column_kind(text) if pieces < _MAXIMUM_PIECES else ""
        if kind:
            return _Token("column", lines[at], kind, name), pieces
        if name.known:
            return _Token("heading" if name.heading is not None else "label", lines[at], text, name), pieces
    return None


def read_lines(lines: Sequence[Paragraph]) -> SectionReading:
    """The statistics table from text with one cell a line: label, unit, value.

    A row is read where exactly the cells that the headings name follow its label, and then the next label of the form.
    """
    tokens = list(_tokens(lines))
    labels = [at for at, token in enumerate(tokens) if token.kind == "label"]
    if not labels:
        return SectionReading(statistics.SECTION)
    start, kinds, official = _flat_kinds(tokens, labels[0])
    rows: list[_Row] = []
    tails: list[list[_Token]] = []
    strays = [token for token in tokens[:start] if token.kind == "value"]
    at = start
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if token.kind in ("label", "foreign"):
            tail, at = _run(tokens, at, ("unit", "value", "blank"))
            if token.kind == "label" or any(part.kind == "value" for part in tail):
                name = token.name or _name(token.text)
                rows.append(_Row(name, Absent(_MISFIT, token.line.locator), "", token.line.locator))
                tails.append(tail)
            elif rows:
                rows[-1].follows = False
        elif token.kind == "heading":
            dashes, at = _run(tokens, at, ("value", "blank"))
            strays += [part for part in dashes if not _is_no_unit(part.text)]
            if rows and token.name and token.name.heading is not None:
                rows[-1].headings |= {token.name.heading}
                rows[-1].follows = rows[-1].follows and all(_is_no_unit(part.text) for part in dashes)
        elif token.kind != "column" and rows:
            rows[-1].follows = False
            strays += [token] if token.kind == "value" else []
    if kinds is None:
        units = sum(bool(tail) and tail[0].kind == "unit" for tail in tails)
        kinds = ("unit", "count") if units * 2 > len(tails) else ("count",)
    _read_tails(rows, tails, kinds, strays)
    return _read_tables(rows, official, in_order=True)


def _run(tokens: Sequence[_Token], at: int, kinds: Sequence[str]) -> tuple[list[_Token], int]:
    end = at
    while end < len(tokens) and tokens[end].kind in kinds:
        end += 1
    return list(tokens[at:end]), end


def _flat_kinds(tokens: Sequence[_Token], first: int) -> tuple[int, tuple[str, ...] | None, bool]:
    """Where the table begins, at the first label or a damaged one before it; what the headings before it name, in order
    (None where there are none, empty where they make no sense); and whether they are the form's own."""
    at = first
    while at > 0 and (
        tokens[at - 1].kind in ("heading", "value", "unit", "blank")
        or (tokens[at - 1].kind == "foreign" and tokens[at].kind in ("unit", "value"))
    ):
        at -= 1
    end = at
    while at > 0 and tokens[at - 1].kind in ("column", "blank"):
        at -= 1
    columns = [token for token in tokens[at:end] if token.kind == "column"]
    kinds = [token.text for token in columns]
    if not kinds:
        near = any(token.kind == "column" for token in tokens[max(0, end - 8) : end])
        return first, (() if near else None), False
    official = any(token.name and token.name.key in _OFFICIAL for token in columns) and "unit" in kinds
    if "indicator" in kinds:
        kinds = kinds[kinds.index("indicator") + 1 :]
    sensible = set(kinds) <= {"unit", "count", "number"} and kinds.count("count") == 1
    return end, (tuple(kinds) if sensible else ()), official


def _read_tails(
    rows: Sequence[_Row], tails: Sequence[list[_Token]], kinds: tuple[str, ...], strays: Sequence[_Token]
) -> None:
    """Give the rows their values, where what follows their labels is what the headings name."""
    wanted = ["unit" if kind == "unit" else "value" for kind in kinds]
    exact = long = short = 0
    stray = any(_STRAY.fullmatch(squeeze(token.text)) for token in strays)
    for row, tail in zip(rows, tails, strict=True):
        shown = ["value" if part.kind == "blank" else part.kind for part in tail]
        if not kinds or shown != wanted:
            values = shown.count("value")
            long += values > wanted.count("value")
            short += values < wanted.count("value")
            stray = stray or values > wanted.count("value")
            row.holds = values > 0
            continue
        exact += 1
        value = tail[kinds.index("count")]
        row.found = Printed(value.text, value.line.locator)
        row.unit = next((_unit_of(part.text) for part in tail if part.kind == "unit"), "")
        row.holds = value.kind == "value"
    reason = None
    if not kinds:
        reason = "the headings before the table do not say which number is the year's"
    elif long > exact:
        reason = "more numbers follow the labels than the headings name"
    elif short and stray:
        # Empty cells have vanished, and other numbers stand among the cells: a page number may stand for a lost one.
        reason = "empty cells are lost in this text, and numbers that belong to no row stand in it"
    if reason:
        for row in rows:
            row.found = Absent(reason, row.locator)
