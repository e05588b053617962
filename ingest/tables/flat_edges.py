"""What stands behind a row of flattened text whose last cell is an empty line.

Where empty lines part the others, two lost lines leave the same gap as one empty cell. Lost inside a row, or with the
label of the next, they are noticed by their number; a lost last value together with the heading behind it is not. So
an empty line is taken for the last cell of a row only where the form's next label or heading stands right behind it.
Behind the last row of a table, where remarks stand that no form has, it is one only where nothing but cells makes empty
lines: lines stand close, so that a lost one leaves no gap, and every other empty line is a cell of a whole row.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ingest.document import Paragraph
from ingest.forms import applications, disclosure
from ingest.tables import application_rows
from ingest.tables import disclosure as disclosure_tables
from ingest.tables.flat_lines import FlatRow, cell_text, joined, match_row
from ingest.tables.labels import DAMAGED, LabelBook
from ingest.text.characters import bare, label_keys, without_pinyin
from ingest.text.scripts import simplified

_CLOSE = 5
"""So many cells stand behind a label in any table of reviews."""
_LINE = re.compile(r"line (\d+)")
_BLOCK = {row: number for number, (_, rows) in enumerate(disclosure.BLOCKS) for row in rows}
_CAPTIONS = tuple(re.compile(".{0,2}".join(re.sub("[()]", "", caption))) for caption, _ in disclosure.BLOCKS)
_LABELS = {row.code: row.labels for row in (*disclosure.ROWS, *applications.ROWS)}
_END = 2
"""So many characters tell the end of a label."""
_GROUP = {outcome.code: outcome.group for outcome in applications.ROWS}
_HEADED_FIRST = {"granted": "results"}
"""Rows that stand first below a heading without belonging to its group."""


def empty_line_is_a_cell(row: FlatRow, lines: Sequence[Paragraph], order: Sequence[str], only_cells: bool) -> bool:
    """Whether no lost line explains the empty lines at a row's ends; `order` has the codes of the form's rows.

    `only_cells` says that every empty line of the text is a cell, and that the row has lost none.
    """
    if row.values and _is_empty_line(row.values[0]) and row.note and not _shows_its_end(row):
        return False
    if not row.values or not _is_empty_line(row.values[-1]):
        return True
    place = order.index(row.code) + 1 if row.code in order else len(order)
    if row.end >= len(lines):
        return False
    if place >= len(order):
        # Behind the last row any remark may have stood.
        before = row.values[-_CLOSE:] if len(row.values) > 1 else (row.at, *row.values)
        return only_cells and _stand_close((*before, lines[row.end]), usual_distance(lines))
    return next_follows(row, lines, order)


def _shows_its_end(row: FlatRow) -> bool:
    """Whether a damaged label has lost characters before its end only, so that no line of it is lost behind."""
    left = bare(simplified(without_pinyin((row.note or "").removeprefix(DAMAGED))))
    keys = [key for text in _LABELS.get(row.code, ()) for key in label_keys(text)]
    return any(left[-_END:] == key[-_END:] for key in keys) and not any(key.startswith(left) for key in keys)


def next_follows(row: FlatRow, lines: Sequence[Paragraph], order: Sequence[str]) -> bool:
    """Whether the label or heading that the form has behind a row stands right behind it; `order` as above."""
    place = order.index(row.code) + 1 if row.code in order else len(order)
    if row.end >= len(lines) or place >= len(order):
        return False
    if row.keys[0].section == disclosure.SECTION:
        return _next_item_follows(row, lines, order[place])
    return _next_outcome_follows(row, lines, order[place])


def may_be_doubled(row: FlatRow, usual: int) -> bool:
    """Whether two values of a row stand closer than lines do in the text: one may be there twice, and a blank gone."""
    numbers = _numbers(row.values)
    gaps = [after - before for before, after in pairwise(numbers)]
    return len(set(gaps)) > 1 and min(gaps) < usual


def stands_among(empty: frozenset[int], row: FlatRow) -> bool:
    """Whether any of these lines of the source stands among the values of a row."""
    if len(row.values) < 2:
        return False
    first, last = _numbers((row.values[0], row.values[-1]))
    return last - first >= len(row.values) and not empty.isdisjoint(range(first, last))


def usual_distance(lines: Sequence[Paragraph]) -> int:
    """How many lines of the source most lines of a text stand behind the one before."""
    gaps = Counter(after - before for before, after in pairwise(_numbers(lines)))
    return gaps.most_common(1)[0][0] if gaps else 0


def _numbers(lines: Sequence[Paragraph]) -> list[int]:
    return [int(found[1]) if (found := _LINE.fullmatch(line.locator)) else 0 for line in lines]


def _stand_close(lines: Sequence[Paragraph], usual: int) -> bool:
    """Whether lines follow one another in the source; where most lines of the text do (`usual`), one that was left out
    may stand between, a page number."""
    gaps = [after - before for before, after in pairwise(_numbers(lines))]
    return gaps.count(1) + (usual == 1) >= len(gaps) and set(gaps) <= {1, 2}


def _is_empty_line(line: Paragraph) -> bool:
    return not line.text.strip()


def _next_item_follows(row: FlatRow, lines: Sequence[Paragraph], code: str) -> bool:
    if _BLOCK[code] != _BLOCK[row.code]:
        caption = simplified(without_pinyin(cell_text(lines[row.end])))
        return bool(_CAPTIONS[_BLOCK[code]].fullmatch(caption))
    return _begins(disclosure_tables.ROWS, lines, row.end, "", code)


def _next_outcome_follows(row: FlatRow, lines: Sequence[Paragraph], code: str) -> bool:
    here = row.code if row.code in application_rows.GROUP_CODES else _GROUP[row.code]
    group = _GROUP[code]
    if code in _HEADED_FIRST:
        code = _HEADED_FIRST[code]
    elif group in application_rows.GROUP_CODES and group != here:
        code = group
    return _begins(application_rows.ROWS, lines, row.end, here, code)


def _begins(book: LabelBook, lines: Sequence[Paragraph], index: int, group: str, code: str) -> bool:
    """Whether the label of a row or a group begins at a line; the longest may go on with that of its first row."""
    found = match_row(book, lines, index, group)
    shorter = (book.match(joined(lines, index, pieces), group) for pieces in range(1, found[1] if found else 1))
    return found is not None and any(label is not None and label.row.code == code for label in (found[0], *shorter))
