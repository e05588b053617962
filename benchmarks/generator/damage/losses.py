"""Losses of flattened tables, where position is all that names a number: what can still be known afterwards."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from random import Random

from benchmarks.generator.chance import below
from benchmarks.generator.model import EITHER, UNKNOWABLE, Marks, Table

# A line of a flattened table: its text, and the index of the cell that it is (-1 for a word of the form).
Line = tuple[str, int]


def lose_one(rows: list[list[Line]], marks: Marks, rng: Random) -> list[list[Line]]:
    """The rows without one number of one row that has several; which place it had is a matter of arithmetic."""
    candidates = [index for index, row in enumerate(rows) if sum(ref >= 0 for _, ref in row) > 4]
    if not candidates:
        return rows
    chosen = candidates[below(rng, len(candidates))]
    cells = [place for place, (_, ref) in enumerate(rows[chosen]) if ref >= 0]
    gone = cells[below(rng, len(cells))]
    for _, ref in rows[chosen]:
        if ref >= 0:
            marks.lower(ref, EITHER)
    marks.hide(rows[chosen][gone][1], EITHER)
    return [row[:gone] + row[gone + 1 :] if index == chosen else row for index, row in enumerate(rows)]


def drop_blanks(rows: list[list[Line]], table: Table, marks: Marks) -> list[list[Line]]:
    """The rows without their empty lines."""
    if "" not in table.raw:
        return rows
    used = _used_columns(table) if table.section == "applications" else set()
    for index in range(len(table.keys)):
        marks.lower(index, EITHER)
    for row in rows:
        cells = [(text, ref) for text, ref in row if ref >= 0]
        empty = [ref for text, ref in cells if not text]
        if not empty:
            continue
        for ref in empty:
            marks.hide(ref, EITHER)
        if len(empty) == len(cells):
            continue
        if table.section == "reviews" and len(cells) == 15:
            levels = _review_levels([text for text, _ in cells], table.values)
        elif table.section == "applications" and len(cells) == 7:
            # While some kind of applicant is never used, the used ones can be moved to it without breaking a sum.
            kinds = EITHER if len(used) == 6 else UNKNOWABLE
            levels = [EITHER if ref % 7 == 6 else kinds for _, ref in cells]
        else:
            levels = [UNKNOWABLE if len(cells) > 1 else EITHER] * len(cells)
        for (_, ref), level in zip(cells, levels, strict=True):
            marks.lower(ref, level)
    return [[line for line in row if line[0]] for row in rows]


def _used_columns(table: Table) -> set[int]:
    return {index % 7 for index, text in enumerate(table.raw) if text and index % 7 < 6}


def _consistent(values: Sequence[int]) -> Iterator[tuple[int, ...]]:
    for places in combinations(range(15), len(values)):
        line = [0] * 15
        for place, value in zip(places, values, strict=True):
            line[place] = value
        if all(sum(line[start : start + 4]) == line[start + 4] for start in (0, 5, 10)):
            yield tuple(line)


def _review_levels(texts: Sequence[str], values: Sequence[str]) -> list[int]:
    """For each of the fifteen cells whether every reading that keeps the sums gives it the same value."""
    numbers = [int(values[index] or 0) for index, text in enumerate(texts) if text]
    readings = list(_consistent(numbers))
    if not readings:
        return [UNKNOWABLE] * 15
    first = readings[0]
    same = [all(reading[place] == first[place] for reading in readings) for place in range(15)]
    return [EITHER if fixed else UNKNOWABLE for fixed in same]


def drop_repeated(rows: list[list[Line]], table: Table, marks: Marks, seen: set[str]) -> list[list[Line]]:
    """The rows without every line that the file has had before; `seen` is kept over the whole file."""
    left = []
    for row in rows:
        kept: list[Line] = []
        gone: list[int] = []
        for text, ref in row:
            if text and text in seen:
                gone.append(ref)
                continue
            seen.add(text)
            kept.append((text, ref))
        refs = [ref for _, ref in row if ref >= 0]
        if refs:
            # A row whose label is gone is as lost as one whose numbers are.
            whole = table.section == "applications" and len(refs) == 7 and refs[-1] not in gone
            lost = any(ref >= 0 for ref in gone) or kept[:1] != row[:1]
            for ref in refs:
                marks.lower(ref, EITHER if not lost or (whole and ref == refs[-1]) else UNKNOWABLE)
            for ref in gone:
                if ref >= 0:
                    marks.hide(ref, UNKNOWABLE)
        left.append(kept)
    return left
