"""Reading part 二, the table of article 20, from grids."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.document import BROKEN, Grid, Placement
from ingest.forms import TABLE_FORMS, CellKey, Column, disclosure
from ingest.tables.labels import ColumnBook, Label, LabelBook, is_label
from ingest.tables.placing import LACKS_A_PLACE, Placed, Tail, doubt_of_width, place, whole
from ingest.tables.reading import Absent, Printed, RowsSeen, SectionReading
from ingest.text.characters import without_pinyin
from ingest.text.numbers import looks_like_value
from ingest.text.scripts import simplified

ROWS = LabelBook(disclosure.ROWS)
COLUMNS = ColumnBook(disclosure.COLUMNS)
_PLACES = {row.code: place for place, row in enumerate(disclosure.ROWS)}
_ROWS_BACK = 2
"""Items that come so far before one already read begin another table."""
_HEADING_LOST = "fewer headings stand over the row than the form has"
_LABEL_INSIDE = "the label of an item or a block stands among the values: two rows have come together"
_BAR_BEHIND = "a bar stands alone behind the row, which may be a blank cell of it, and another be there twice"
_MOSTLY = 2 / 3
_PIECES = 2
_CAPTIONS = tuple(re.compile(".{0,2}".join(re.sub("[()]", "", caption))) for caption, _ in disclosure.BLOCKS)
Heading = tuple[int, Column, str]
"""A column heading: its place, what it names, and its text (which may state a unit)."""


@dataclass(slots=True)
class _Block:
    """The items below one row of headings: of each its label, its row, and the cells behind the label."""

    grid: Grid
    headings: list[Heading]
    header_width: int
    filled: int
    """How many headings the row shows behind the first, those of another wording among them."""
    filled_up: bool
    """Whether blanks follow the headings, and only there."""
    items: list[tuple[Label, int, Tail]] = field(default_factory=list)
    broken: set[int] = field(default_factory=set)
    """The rows of items behind which a bar stands alone: a cell of theirs, as it seems, and one too many."""


def read_grids(grids: Sequence[Grid]) -> SectionReading:
    """The table of article 20: blocks of headings and items, in one grid or several."""
    reading = SectionReading(disclosure.SECTION)
    another = SectionReading(disclosure.SECTION)
    votes = Counter[str]()
    rows_seen = RowsSeen(_ROWS_BACK)
    blocks = _blocks(grids)
    in_turn = whole((tail, len(block.headings)) for block in blocks for _, _, tail in block.items)
    for block in blocks:
        _read_block(reading, another, block, votes, rows_seen, in_turn)
    rows_seen.tell(reading, another)
    settle(reading, votes)
    return reading


def _blocks(grids: Sequence[Grid]) -> list[_Block]:
    """The rows of headings that have items below them; a page may cut a table between the two."""
    blocks: list[_Block] = []
    for grid in grids:
        if blocks:
            last = blocks[-1]
            blocks.append(_Block(grid, last.headings, last.header_width, last.filled, last.filled_up))
        if not any(text and (COLUMNS.named[text] or ROWS.match(text)) for text in grid.texts()):
            continue
        for number, cells in enumerate(grid.rows):
            headings = _headings(cells)
            if grid.placement is Placement.COUNTED:
                headings = _once(headings)
            if headings:
                filled = sum(bool(cell) for cell in cells[headings[0][0] :])
                filled_up = headings[-1][0] < len(cells) - 1 and filled == len(headings) and headings[0][0] == 1
                blocks.append(_Block(grid, headings, len(cells), filled, filled_up))
            elif blocks and (labelled := _item(cells)):
                blocks[-1].items.append((labelled[0], number, labelled[1]))
            elif blocks and blocks[-1].items and blocks[-1].grid is grid and _is_lone_bar(grid, number):
                blocks[-1].broken.add(blocks[-1].items[-1][1])
    return [block for block in blocks if block.items]


def settle(reading: SectionReading, votes: Counter[str]) -> None:
    """Decide the form by the headings over the items that were read; cells of another form are dropped."""
    if not reading.found:
        return
    reading.form = max(TABLE_FORMS, key=lambda form: votes[form])
    known = {cell.key for cell in disclosure.cells(reading.form)}
    reading.found = {key: found for key, found in reading.found.items() if key in known}


def heads_all(row_code: str, codes: Sequence[str]) -> bool:
    """Whether headings are all those that a form has over an item. Where cells are only counted, one lost heading would
    give each value another's name."""
    return any(sorted(codes) == sorted(disclosure.columns(form, row_code)) for form in TABLE_FORMS)


@lru_cache(maxsize=1024)
def _heads_enough(row_code: str, codes: frozenset[str], filled: int) -> bool:
    """Whether a ruled table shows as many headings over an item as the form has, in whatever wording.

    With one lost, a row that lost a cell too would stand under the wrong ones.
    """
    for form in TABLE_FORMS:
        known = {column for row in disclosure.ROWS for column in disclosure.columns(form, row.code)}
        wanted = disclosure.columns(form, row_code)
        if wanted and codes <= known and (codes.issuperset(wanted) or filled >= len(wanted)):
            return True
    return False


def _headings(cells: Sequence[str | None]) -> list[Heading]:
    """The headings of a row that heads items, empty where it is another row."""
    named = COLUMNS.named
    found = [(column, match, text) for column, text in enumerate(cells) if text and (match := named[text])]
    if not found or len(found) == sum(map(bool, cells)):
        return found
    return found if any(is_label(text, disclosure.ITEM_HEADING_LABELS) for text in cells if text) else []


def _once(headings: list[Heading]) -> list[Heading]:
    """Headings without those that repeat the one before them, as merged headings are printed in Markdown."""
    return [
        heading
        for at, heading in enumerate(headings)
        if at == 0 or (headings[at - 1][0], headings[at - 1][2]) != (heading[0] - 1, heading[2])
    ]


def _is_caption(text: str) -> bool:
    """Whether a text is what stands over a block of items: 第二十条第(五)项."""
    return not looks_like_value(text) and any(
        caption.fullmatch(simplified(without_pinyin(text))) for caption in _CAPTIONS
    )


def _has_label(text: str) -> bool:
    """Whether what stands in a cell, or in a line of it that was put together with others, is a label or a caption."""
    return any(ROWS.match(piece) or _is_caption(piece) for piece in map(str.strip, text.split(BROKEN)))


def _item(cells: Sequence[str | None]) -> tuple[Label, Tail] | None:
    """The item that a row's first filled cell names, with the cells behind it."""
    for column, text in enumerate(cells):
        if not text:
            continue
        label = ROWS.match(text)
        if label is None:
            return None
        return label, tuple((place, cell) for place, cell in enumerate(cells) if place > column and cell is not None)
    return None


def _is_lone_bar(grid: Grid, number: int) -> bool:
    """Whether a row right behind an item is nothing but the end of one cell."""
    cells = grid.rows[number]
    return (
        grid.placement is Placement.COUNTED
        and len(cells) <= _PIECES
        and not any(cells)
        and bool(_item(grid.rows[number - 1]))
    )


def _lacks_a_place(grid: Grid, widths: Counter[int], row: int, tail: Tail) -> bool:
    """Whether a row of nothing but blanks is narrower than a table of which two rows in three are equally wide: its
    only value may be lost among bars that fill it up. The last row often has none."""
    if grid.placement is not Placement.COUNTED or row == len(grid.rows) - 1 or any(text for _, text in tail):
        return False
    usual, many = widths.most_common(1)[0]
    return len(grid.rows[row]) < usual and many >= len(grid.rows) * _MOSTLY


def _read_block(
    reading: SectionReading,
    another: SectionReading,
    block: _Block,
    votes: Counter[str],
    rows_seen: RowsSeen,
    in_turn: bool,
) -> None:
    """Place the items below one row of headings."""
    grid, headings = block.grid, block.headings
    items = block.items
    codes = [heading.code for _, heading, _ in headings]
    if grid.placement is Placement.COUNTED:
        items = [row for row in items if heads_all(row[0].row.code, codes)]
    placed = place(
        [tail for _, _, tail in items],
        [len(grid.rows[row]) for _, row, _ in items],
        len(headings),
        grid.placement,
        tuple(place for place, _, _ in headings),
        block.header_width,
        in_turn,
        grid.padding_told,
        block.filled_up and bool(items) and items[-1][1] == len(grid.rows) - 1,
        grid.filled_up,
    )
    widths = Counter(map(len, grid.rows))
    for (label, row, tail), places in zip(items, placed, strict=True):
        if grid.placement is Placement.RULED and not _heads_enough(label.row.code, frozenset(codes), block.filled):
            places = Placed(None, _HEADING_LOST)
        elif doubt := doubt_of_width(widths, len(grid.rows[row]), tail, places, len(headings), grid.filled_up):
            places = Placed(None, doubt)
        elif row in block.broken:
            places = Placed(None, _BAR_BEHIND)
        elif _lacks_a_place(grid, widths, row, tail):
            places = Placed(None, LACKS_A_PLACE)
        elif any(text and _has_label(text) for _, text in tail):
            places = Placed(None, _LABEL_INSIDE)
        into = another if rows_seen.start_over(_PLACES[label.row.code]) else reading
        texts = dict(tail)
        for position, (_, heading, heading_text) in enumerate(headings):
            votes.update(heading.forms)
            key = CellKey(disclosure.SECTION, label.row.code, heading.code)
            into.headings.setdefault(key, heading_text)
            if places.columns is None:
                into.put(key, Absent(places.reason or "", grid.row_locators[row]))
            else:
                column = places.columns[position]
                into.put(key, Printed(texts[column], grid.locator(row, column), label.damage or places.reason))
