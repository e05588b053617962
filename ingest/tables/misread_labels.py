"""Labels that OCR misread, put right where the frame of the table leaves one form that it can be.

A label of few strokes or of traditional characters is misread more often than a number, and one misread label costs a
row of seven. But a form is printed whole: where the rows of a grid have, in their order and without a gap, labels that
mostly resemble those of a form, each row is the one that stands at its place. No number is touched.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from ingest.document import Block, Document, Fault, Grid
from ingest.forms import TABLE_FORMS, applications
from ingest.forms.model import Row

_NO_CHARACTER = re.compile(r"[^\u4e00-\u9fff]")
_NO_LETTER = re.compile(r"[\d\W_]")
_WORD = 2
_VALUES = len(applications.COLUMNS)
_FEWEST_ROWS = 8
_LIKE = 0.5
"""How much a misread label has in common with the printed one, of 1."""
_MEAN = 0.7
_MARGIN = 0.8
"""By how much all rows together must resemble one run of one form more than any other: two forms part in three rows."""
_LIKER = 0.15
"""How much more a heading may resemble another column's than its own."""
_MOST_UNLIKE = 0.15
_FEWEST_HEADINGS = 5
_RESULTS = next(group for group in applications.GROUPS if group.code == applications.RESULTS)

_Cells = list[list[str | None]]


class _Place(NamedTuple):
    """A line of the printed form: a row, or the heading of a group, which many tables print beside its first row."""

    row: Row
    is_group: bool


class _Run(NamedTuple):
    """Rows of a grid as a run of the form's, and how much they resemble it."""

    places: tuple[_Place, ...]
    likeness: tuple[float, ...]

    @property
    def whole(self) -> float:
        return sum(self.likeness)


def with_labels_of_the_form(document: Document) -> Document:
    """A document read by OCR with the labels and headings of its table of applications as the form prints them."""
    changed = 0
    blocks: list[Block] = []
    for block in document.blocks:
        mended = _mended(block) if isinstance(block, Grid) else None
        if isinstance(block, Grid) and mended is not None and mended.rows != block.rows:
            pairs = zip(block.rows, mended.rows, strict=True)
            changed += sum(old != new for before, after in pairs for old, new in zip(before, after, strict=True))
            blocks.append(mended)
        else:
            blocks.append(block)
    if not changed:
        return document
    message = f"{changed} labels are not as OCR read them but as the form has them at their places"
    return replace(document, blocks=tuple(blocks), faults=(*document.faults, Fault("labels_misread", message)))


def _mended(grid: Grid) -> Grid | None:
    """A grid with the labels of the form; None for one that is not plainly the table of applications."""
    if len(grid.rows[0]) <= _VALUES:
        return None
    labelled = [(place, column) for place, row in enumerate(grid.rows) if (column := _label_column(row)) is not None]
    if len(labelled) < _FEWEST_ROWS or labelled[-1][0] - labelled[0][0] != len(labelled) - 1:
        return None
    run = _run_of(tuple(_characters(grid.rows[place][column]) for place, column in labelled))
    if run is None:
        return None
    cells: _Cells = [list(row) for row in grid.rows]
    before = ""
    for (place, column), (row, is_group) in zip(labelled, run.places, strict=True):
        cells[place][column] = _printed(row)
        if not is_group and row.group != before:
            _name_groups(cells[place], column, row)
        before = row.code if is_group else row.group
    _name_columns(cells, labelled[0][0])
    return replace(grid, rows=tuple(tuple(row) for row in cells))


def _characters(text: str | None) -> str:
    return _NO_CHARACTER.sub("", text or "")


def _label_column(row: Sequence[str | None]) -> int | None:
    """The column of a row's label, the last words before its numbers; None for a row of headings or without words."""
    if any(len(_characters(text)) >= _WORD for text in row[-_VALUES:]):
        return None
    words = [column for column, text in enumerate(row[:-_VALUES]) if len(_NO_LETTER.sub("", text or "")) >= _WORD]
    return words[-1] if words else None


def _printed(row: Row) -> str:
    return f"{row.ordinal}{'' if row.ordinal.startswith('(') else '.' if row.ordinal.isdigit() else '、'}{row.label}"


@lru_cache(maxsize=4096)
def _likeness(read: str, row: Row) -> float:
    """How much of a label, as OCR read it, and a printed one of the form is the same."""
    printed = [_characters(row.ordinal) + _characters(label) for label in row.labels]
    return max(SequenceMatcher(None, read, label, autojunk=False).ratio() for label in printed)


@lru_cache(maxsize=4)
def _printings(form: str) -> tuple[tuple[_Place, ...], ...]:
    """The lines of a form in order, with each choice of the groups that have a line of their own."""
    own = [group.code for group in applications.GROUPS if form in group.forms]
    chosen = [set(codes) for number in range(len(own) + 1) for codes in combinations(own, number)]
    return tuple(_places(form, codes) for codes in chosen)


def _places(form: str, with_own_line: set[str]) -> tuple[_Place, ...]:
    groups = {group.code: group for group in applications.GROUPS if group.code in with_own_line}
    places: list[_Place] = []
    for row in applications.rows(form):
        if row.code == applications.OUTCOME_CODES[0] and applications.RESULTS in groups:
            places.append(_Place(groups[applications.RESULTS], True))
        if group := groups.pop(row.group, None):
            places.append(_Place(group, True))
        places.append(_Place(row, False))
    return tuple(places)


def _run_of(labels: tuple[str, ...]) -> _Run | None:
    """The run of the form's rows that labels are, one and no other."""
    runs = sorted(_runs(labels), key=lambda run: run.whole, reverse=True)
    if not runs:
        return None
    best = runs[0]
    other = next((run.whole for run in runs if run.places != best.places), 0.0)
    read = tuple(zip(labels, best.places, best.likeness, strict=True))
    unlike = [(label, place) for label, place, likeness in read if likeness < _LIKE]
    # A label that nothing is left of may be any row's; one that is plainly another row's, or no group's, is not.
    stray = any(place.is_group or _is_of_another(label, place.row) for label, place in unlike)
    plain = best.whole >= _MEAN * len(labels) and best.whole - other >= _MARGIN
    return best if plain and not stray and len(unlike) <= _MOST_UNLIKE * len(labels) else None


def _is_of_another(label: str, row: Row) -> bool:
    return any(_likeness(label, other) >= _LIKE for other in (*applications.ROWS, *applications.GROUPS) if other != row)


def _runs(labels: tuple[str, ...]) -> Iterator[_Run]:
    """Every run of a form's lines as long as the labels: from each place on, with and without lines for groups."""
    for form in TABLE_FORMS:
        for places in _printings(form):
            for first in range(len(places) - len(labels) + 1):
                taken = places[first : first + len(labels)]
                likeness = (_likeness(label, place.row) for label, place in zip(labels, taken, strict=True))
                yield _Run(taken, tuple(likeness))


def _name_groups(cells: list[str | None], column: int, row: Row) -> None:
    """Put right the headings that stand before the first row of a group: of the group, and of all results."""
    before = [place for place in range(column) if len(_characters(cells[place])) >= _WORD]
    group = next((group for group in applications.GROUPS if group.code == row.group), None)
    if group and before:
        cells[before.pop()] = _printed(group)
    if row.code == applications.OUTCOME_CODES[0] and before:
        cells[before.pop()] = _printed(_RESULTS)


def _name_columns(cells: _Cells, end: int) -> None:
    """Put right the headings over the numbers, where it is plain which of the seven each is."""
    width = len(cells[0])
    headings: list[tuple[int, int]] = []
    for column in range(width - _VALUES, width):
        above = [place for place in range(end) if len(_characters(cells[place][column])) >= _WORD]
        if not above:
            return
        headings.append((above[-1], column))
    told = [
        [_likeness(_characters(cells[row][column]), _as_row(other.labels)) for other in applications.COLUMNS]
        for row, column in headings
    ]
    order = _order_of(told)
    if order is None:
        return
    for other, (row, column) in zip(order, headings, strict=True):
        cells[row][column] = applications.COLUMNS[other].label
    groups = [_as_row((label,)) for label in applications.COLUMN_GROUP_LABELS]
    for line in cells[:end]:
        for column in range(width - _VALUES, width):
            text = _characters(line[column])
            if text and text not in _COLUMN_LABELS:
                likeness, label = max((_likeness(text, group), group.label) for group in groups)
                line[column] = label if likeness >= _LIKE else line[column]


def _order_of(told: list[list[float]]) -> list[int] | None:
    """Which column of the form each heading is, by its likeness to all of them; None where that is not plain.

    Most are enough where they stand in the form's order; in another order, each has to be plain by itself.
    """
    columns = list(range(len(told)))
    own = [likeness[place] for place, likeness in enumerate(told)]
    liker = any(max(likeness) > likeness[place] + _LIKER for place, likeness in enumerate(told))
    if sum(likeness >= _LIKE for likeness in own) >= _FEWEST_HEADINGS and not liker:
        return columns
    order = [likeness.index(max(likeness)) for likeness in told]
    plain = all(sorted(likeness)[-1] >= max(_LIKE, sorted(likeness)[-2] + _LIKER) for likeness in told)
    return order if plain and sorted(order) == columns else None


_COLUMN_LABELS = frozenset(column.label for column in applications.COLUMNS)


@lru_cache(maxsize=64)
def _as_row(labels: tuple[str, ...]) -> Row:
    return Row(labels[0], labels[0], "", variants=labels[1:])
