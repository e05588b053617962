"""Reading part 四, the table of reconsiderations and lawsuits, from grids."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import Grid, Placement
from ingest.forms import TABLE_FORMS, CellKey, reviews
from ingest.tables.labels import ColumnBook, LabelBook
from ingest.tables.placing import LACKS_A_PLACE, STANDS_OUT, Tail, place
from ingest.tables.reading import Absent, Printed, SectionReading
from ingest.text.numbers import looks_like_value, read_number

ROWS = LabelBook(reviews.ROWS, reviews.GROUPS)
COLUMNS = ColumnBook(reviews.COLUMNS)
RESULTS = tuple(column.code for column in reviews.COLUMNS)
KEYS = tuple(cell.key for cell in reviews.cells(TABLE_FORMS[0]))
"""The 15 cells of the printed row, from left to right."""
CHANNELS = tuple(row.code for row in reviews.ROWS)
_TELLING_RESULTS = 2
"""One of them alone, 总计, heads columns of other tables too."""
_HEADING_ROWS = 3
"""So many rows above the results may name the channels."""


def read_grids(grids: Sequence[Grid]) -> SectionReading:
    """The table of reviews: one row of 15 numbers under its headings, or a row of five a channel."""
    reading = SectionReading(reviews.SECTION)
    for grid in grids:
        if len({match.code for text in grid.texts() if text and (match := COLUMNS.named[text])}) < _TELLING_RESULTS:
            continue
        number = 0
        while number < len(grid.rows):
            head = _head(grid, number)
            if head is None:
                number += 1
                continue
            number = head.last_row + 1
            while number < len(grid.rows) and _read_channel_row(reading, grid, number, head):
                number += 1
            number = _read_data(reading, grid, number, head)
    return reading


@dataclass(frozen=True, slots=True)
class _Head:
    """The headings of one table: the results with their columns and by their turn, the channels in reading order."""

    results: tuple[tuple[int, str], ...]
    in_turn: tuple[str, ...]
    channels: tuple[str, ...]
    strange: bool
    last_row: int


def _head(grid: Grid, start: int) -> _Head | None:
    """The headings that begin at a row with a row of five results or more; None where they do not."""
    results = _headings(grid.rows[start])
    if len(results) < len(RESULTS):
        return None
    last = start
    while last + 1 < len(grid.rows) and len(more := _headings(grid.rows[last + 1])) >= len(RESULTS):
        # Headings over merged places are repeated in each of them when spans are spread.
        whole = len(more) == len(KEYS) and set(results) < set(more)
        results = more if whole else [*results, *more]
        last += 1
    channels: list[tuple[int, int, str]] = []
    groups: list[tuple[int, int]] = []
    strange = False
    for number in range(max(0, start - _HEADING_ROWS), last + 1):
        for column, text in enumerate(grid.rows[number]):
            label = ROWS.match(text) if text else None
            if label and not label.is_group:
                channels.append((number, column, label.row.code))
            elif label:
                groups.append((number, column))
            elif text and number >= start and not label and not COLUMNS.match(text):
                strange = True
    in_order = dict.fromkeys(code for _, _, code in sorted(channels, key=lambda item: (item[0], item[1])))
    top = [code for code in in_order if code == CHANNELS[0]]
    below = [code for code in in_order if code != CHANNELS[0]]
    left = min((column for _, column, code in channels if code == CHANNELS[0]), default=0)
    right = min((column for _, column, code in channels if code != CHANNELS[0]), default=left)
    first = min(((number, column) for number, column, code in channels if code == CHANNELS[0]), default=(0, 0))
    beside = any(number == first[0] and column > first[1] for number, column in groups)
    ordered = grid.placement is Placement.COUNTED or left < right or beside
    return _Head(
        tuple(sorted(results)), headings_order(results), (*top, *below) if ordered else (*below, *top), strange, last
    )


def _headings(cells: Sequence[str | None]) -> list[tuple[int, str]]:
    """The results that a row of headings names, with their columns."""
    named = COLUMNS.named
    return [(column, match.code) for column, text in enumerate(cells) if text and (match := named[text])]


def headings_order(results: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    """The codes of headings from left to right."""
    return tuple(code for _, code in results)


def _read_data(reading: SectionReading, grid: Grid, number: int, head: _Head) -> int:
    """The one data row under the headings; with two that could be it, neither is read. Returns the row after them."""
    candidates: list[tuple[int, Tail]] = []
    while number < len(grid.rows):
        tail = tuple((column, text) for column, text in enumerate(grid.rows[number]) if text is not None)
        if not _is_of_numbers(tail):
            break
        if any(text for _, text in tail) or (len(tail) >= len(KEYS) and not candidates):
            candidates.append((number, tail))
        number += 1
    if not candidates:
        return number
    reading.form = TABLE_FORMS[0]
    at, tail = candidates[0]
    # Where the headings stand in the form's order by their turn, a row of exactly their number is read by its turn.
    in_turn = head.in_turn == RESULTS * len(CHANNELS) and len(tail) == len(KEYS)
    reason = _doubt(grid, head, candidates, in_turn)
    columns = tuple(column for column, _ in head.results) if grid.placement is Placement.RULED else None
    if columns and len(set(columns)) != len(KEYS):
        columns = None
    told = grid.padding_told
    placed = place([tail], [len(grid.rows[at])], len(KEYS), grid.placement, columns, 0, in_turn, told)[0]
    if not reason and len(tail) > len(KEYS) and len(grid.rows[at]) > len(grid.rows[head.last_row]):
        reason = STANDS_OUT
    if not reason and grid.filled_up and len(grid.rows[at]) < len(grid.rows[head.last_row]):
        reason = LACKS_A_PLACE
    counted = grid.placement is Placement.COUNTED and not told
    if not reason and placed.columns and counted and _lacks_a_total(tail, placed.columns):
        reason = "a channel has numbers and no total: blank cells may have been moved to the row's end"
    if reason or placed.columns is None:
        for key in KEYS:
            reading.put(key, Absent(reason or placed.reason or "", grid.row_locators[at]))
        return number
    texts = dict(tail)
    for key, column in zip(KEYS, placed.columns, strict=True):
        reading.put(key, Printed(texts[column], grid.locator(at, column), placed.reason))
    return number


def _is_of_numbers(tail: Tail) -> bool:
    """Whether a row may be one of numbers: all are, or nearly all of a whole row, and no word of the form is among
    them."""
    words = [text for _, text in tail if text and not looks_like_value(text)]
    if len(tail) < len(KEYS):
        return not words
    return len(words) * 2 <= len(tail) and not any(ROWS.match(text) or COLUMNS.match(text) for text in words)


def _doubt(grid: Grid, head: _Head, candidates: Sequence[tuple[int, Tail]], in_turn: bool) -> str | None:
    """Why the row under the headings is not plainly the form's; None where it is."""
    order = headings_order(head.results)
    if sorted(order) != sorted(RESULTS * len(CHANNELS)) or head.strange:
        return "the headings are not those of the form"
    if grid.placement is Placement.RULED and order != RESULTS * len(CHANNELS) and not in_turn:
        return "the headings are in another order than the form's"
    if head.channels != CHANNELS:
        return "the channels over the headings are not those of the form in its order"
    if len(candidates) > 1:
        return f"{len(candidates)} rows of numbers stand under the headings where the form has one"
    if [text for _, text in candidates[0][1] if text] == [str(number) for number in range(1, len(KEYS) + 1)]:
        return "the row counts the columns from 1 to 15"
    return None


def _lacks_a_total(tail: Tail, columns: tuple[int, ...]) -> bool:
    texts = dict(tail)
    for start in range(0, len(KEYS), len(RESULTS)):
        *parts, total = (texts[column] for column in columns[start : start + len(RESULTS)])
        if any(parts) and not total:
            return True
    return False


def _read_channel_row(reading: SectionReading, grid: Grid, number: int, head: _Head) -> bool:
    """A row of five numbers that a channel's name heads, as some sites print the table."""
    order = headings_order(head.results)
    if sorted(order) != sorted(RESULTS):
        return False
    cells = grid.rows[number]
    label = None
    label_column = -1
    channels: set[str] = set()
    for column, text in enumerate(cells):
        if text and (found := ROWS.match(text)):
            label, label_column = found, column
            channels |= set() if found.is_group else {found.row.code}
    # Two channels in a row are headings, whatever stands behind them.
    if label is None or label.is_group or len(channels) != 1:
        return False
    tail = tuple((column, text) for column, text in enumerate(cells) if column > label_column and text is not None)
    if _goes_on(grid, number):
        return False
    if grid.filled_up and len(cells) != len(grid.rows[head.last_row]):
        # A cell is lost, or one too many: a blank beside the label may stand in its place.
        return False
    counted = grid.placement is Placement.COUNTED
    if counted and len(tail) > len(RESULTS) and not any(text for _, text in tail):
        # Whichever five of the blank cells are its own, they are blank.
        tail = tail[: len(RESULTS)]
    elif len(tail) != len(RESULTS):
        under = _under(tail, [column for column, _ in head.results])
        written = grid.filled_up and bool(under)
        ways = _ways(tail) if counted and not written else under
        if len(ways) > 1 and len(cells) == len(grid.rows[head.last_row]) and under and under[0][-1][1]:
            # Filled up as the headings are; a row that lost a cell would have none under the last of them.
            ways = under
        if len(ways) != 1 or not (written or _adds_up(ways[0], order)):
            return False
        if len(tail) > len(RESULTS) and len(cells) > len(grid.rows[head.last_row]):
            return False
        tail = ways[0]
    said = {code: text for code, (_, text) in zip(order, tail, strict=True)}
    if counted and not grid.padding_told and any(said.values()) and not said[reviews.TOTAL]:
        # A cell may be lost, and the blank be one that fills the row up.
        return False
    reading.form = TABLE_FORMS[0]
    for (column, text), code in zip(tail, order, strict=True):
        reading.put(CellKey(reviews.SECTION, label.row.code, code), Printed(text, grid.locator(number, column)))
    return True


def _goes_on(grid: Grid, number: int) -> bool:
    """Whether numbers without a label follow a row: they may be the rest of it, or its own."""
    after = [text for text in grid.rows[number + 1] if text] if number + 1 < len(grid.rows) else []
    return bool(after) and looks_like_value(after[0])


def _under(tail: Tail, columns: Sequence[int]) -> list[Tail]:
    """The values under the headings of a ruled table, where only blank cells stand elsewhere in the row."""
    texts = dict(tail)
    if len(set(columns)) < len(RESULTS) or any(column not in texts for column in columns):
        return []
    rest = [text for column, text in tail if column not in columns]
    return [] if any(rest) else [tuple((column, texts[column]) for column in columns)]


def _ways(tail: Tail) -> list[Tail]:
    """The ways to take five values from a longer row that is not all blank: those that leave only blank cells."""
    ends = range(len(tail) - len(RESULTS) + 1)
    ways = [(tail[at : at + len(RESULTS)], (*tail[:at], *tail[at + len(RESULTS) :])) for at in ends]
    fitting = [way for way, rest in ways if not any(text for _, text in rest)]
    return fitting if any(text for _, text in tail) else []


def _adds_up(tail: Tail, order: tuple[str, ...]) -> bool:
    """Whether five values are all there or add up to the one under 总计."""
    if all(text for _, text in tail):
        return True
    values = {code: read_number(text).value or 0 for code, (_, text) in zip(order, tail, strict=True)}
    return sum(values.values()) == 2 * values[reviews.TOTAL]
