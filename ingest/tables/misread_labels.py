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


def _places(form: str) -> tuple[_Place, ...]:
    groups = {group.code: group for group in applications.GROUPS if form in group.forms}
    places: list[_Place] = []
    for row in applications.rows(form):
        group = groups.pop(row.group, None)
        places += [_Place(group, True)] if group else []
        places.append(_Place(row, False))
    return tuple(places)


def _run_of(labels: tuple[str, ...]) -> _Run | None:
    """The run of the form's rows that labels are, one and no other."""
    runs = sorted(_runs(labels), key=lambda run: run.whole, reverse=True)
    if not runs:
        return None
    best = runs[0]
    other = next((run.whole for run in runs if run.places != best.places), 0.0)
    unlike = sum(likeness < _LIKE for likeness in best.likeness)
    plain = best.whole >= _MEAN * len(labels) and best.whole - other >= _MARGIN and unlike <= _MOST_UNLIKE * len(labels)
    return best if plain else None


def _runs(labels: tuple[str, ...]) -> Iterator[_Run]:
    """Every run of a form's rows as long as the labels: from each place on, with and without headings of groups."""
    for form in TABLE_FORMS:
        places = _places(form)
        for first in range(len(places)):
            taken: list[_Place] = []
            at = first
            for label in labels:
                rest = places[at : at + 2]
                if not rest:
                    break
                skips = len(rest) > 1 and rest[0].is_group and at > first
                if skips and _likeness(label, rest[1].row) > _likeness(label, rest[0].row):
                    at += 1
                taken.append(places[at])
                at += 1
            if len(taken) == len(labels):
                likeness = (_likeness(label, place.row) for label, place in zip(labels, taken, strict=True))
                yield _Run(tuple(taken), tuple(likeness))


def _name_groups(cells: list[str | None], column: int, row: Row) -> None:
    """Put right the headings that stand before the first row of a group: of the group, and of all results."""
    before = [place for place in range(column) if len(_characters(cells[place])) >= _WORD]
    group = next((group for group in applications.GROUPS if group.code == row.group), None)
    if group and before:
        cells[before.pop()] = _printed(group)
    if row.code == applications.OUTCOME_CODES[0] and before:
        cells[before.pop()] = _printed(_RESULTS)


def _name_columns(cells: _Cells, end: int) -> None:
    """Put right the headings over the numbers, where the seven stand in the form's order."""
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
    own = [likeness[place] for place, likeness in enumerate(told)]
    if sum(likeness >= _LIKE for likeness in own) < _FEWEST_HEADINGS:
        return
    if any(max(likeness) > likeness[place] + _LIKER for place, likeness in enumerate(told)):
        return
    for place, (row, column) in enumerate(headings):
        cells[row][column] = applications.COLUMNS[place].label
    groups = [_as_row((label,)) for label in applications.COLUMN_GROUP_LABELS]
    for line in cells[:end]:
        for column in range(width - _VALUES, width):
            text = _characters(line[column])
            if text and text not in _COLUMN_LABELS:
                likeness, label = max((_likeness(text, group), group.label) for group in groups)
                line[column] = label if likeness >= _LIKE else line[column]


_COLUMN_LABELS = frozenset(column.label for column in applications.COLUMNS)


@lru_cache(maxsize=64)
def _as_row(labels: tuple[str, ...]) -> Row:
    return Row(labels[0], labels[0], "", variants=labels[1:])
