"""The known mistakes of who fills in a form, recognised in a change that the identities ask for.

A pattern is a hint, never a proof: it names what a change looks like. Two kinds of mistake move many numbers at once (a
row written one column too far, two columns exchanged); those that would make every identity hold are found by trying.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from checks.identities import Check, CheckStatus, Held, Number
from ingest import forms
from ingest.forms.model import CellKey

TOTAL_NOT_SUM = "total_not_sum"
DIGITS_TRANSPOSED = "digits_transposed"
DIGIT_DOUBLED = "digit_doubled"
DIGIT_MISSING = "digit_missing"
DIGIT_CHANGED = "digit_changed"
BLANK_NOT_ZERO = "blank_not_zero"
ROW_SHIFTED = "row_shifted"
ROW_SLIPPED = "row_slipped"
COLUMNS_SWAPPED = "columns_swapped"

PATTERNS = (
    COLUMNS_SWAPPED,
    ROW_SHIFTED,
    ROW_SLIPPED,
    BLANK_NOT_ZERO,
    DIGITS_TRANSPOSED,
    DIGIT_DOUBLED,
    DIGIT_MISSING,
    TOTAL_NOT_SUM,
    DIGIT_CHANGED,
)
_MOST_CELLS = 16
_MOST_MISTAKES = 16


@dataclass(frozen=True, slots=True)
class Known:
    """A mistake that moves several numbers, and the values that undo it, in the order of the cells."""

    pattern: str
    values: tuple[tuple[CellKey, int], ...]


def digit_pattern(reported: int, proposed: int) -> str | None:
    """How the digits of a reported count differ from those of the proposed one, where that is a known slip."""
    printed, meant = str(reported), str(proposed)
    if len(printed) == len(meant):
        differing = [index for index, (one, other) in enumerate(zip(printed, meant, strict=True)) if one != other]
        if len(differing) == 2 and differing[1] == differing[0] + 1:
            first, second = differing
            if printed[first] == meant[second] and printed[second] == meant[first]:
                return DIGITS_TRANSPOSED
        # Of a number of one digit any other is one digit away: that says nothing.
        return DIGIT_CHANGED if len(differing) == 1 and len(printed) > 1 else None
    if len(printed) == len(meant) + 1 and any(
        printed == meant[: index + 1] + meant[index:] for index in range(len(meant))
    ):
        return DIGIT_DOUBLED
    lost = reported > 0 and len(printed) + 1 == len(meant)
    return DIGIT_MISSING if lost and any(printed == _without(meant, index) for index in range(len(meant))) else None


def _without(text: str, index: int) -> str:
    return text[:index] + text[index + 1 :]


def name_patterns(
    proposed: Mapping[CellKey, int | None],
    cells: Mapping[CellKey, Held],
    checks: Sequence[Check],
    mistakes: Iterable[Known],
) -> dict[CellKey, str]:
    """The pattern of each changed cell that shows one; a mistake that moves several cells names all of them."""
    wanted = tuple(sorted(proposed.items()))
    for mistake in mistakes:
        if mistake.values == wanted:
            return dict.fromkeys(proposed, mistake.pattern)
    slipped = _is_whole_row(proposed, cells, checks)
    totals = _totals(checks)
    names = {}
    for key, value in proposed.items():
        name = ROW_SLIPPED if slipped else _cell_pattern(cells[key].value, value, key in totals)
        if name:
            names[key] = name
    return names


def _cell_pattern(reported: Number | None, proposed: int | None, is_total: bool) -> str | None:
    if proposed is None:
        return None
    if reported is None:
        return BLANK_NOT_ZERO
    digits = digit_pattern(reported, proposed) if isinstance(reported, int) and reported >= 0 else None
    if digits and digits != DIGIT_CHANGED:
        return digits
    return TOTAL_NOT_SUM if is_total else digits


def _totals(checks: Iterable[Check]) -> set[CellKey]:
    """The cells that stand alone on a side of a failing identity of more than two cells: they should be the sum."""
    totals: set[CellKey] = set()
    for check in checks:
        if check.status is CheckStatus.FAILS and len(check.equation.terms) > 2:
            for sign in (1, -1):
                side = [key for key, coefficient in check.equation.terms if coefficient * sign > 0]
                totals.update(side if len(side) == 1 else ())
    return totals


def _is_whole_row(
    proposed: Mapping[CellKey, int | None], cells: Mapping[CellKey, Held], checks: Iterable[Check]
) -> bool:
    """Whether several cells of one row of applications change and its kinds of applicant add up all the same: then
    the row as a whole is another's, or was left out."""
    rows = {(key.section, key.row_code) for key in proposed}
    total = {key for key in proposed if key.column_code == forms.applications.TOTAL}
    if len(proposed) < 2 or len(rows) != 1 or not total or next(iter(rows))[0] != forms.applications.SECTION:
        return False
    row = set(proposed)
    own = (check for check in checks if row <= {key for key, _ in check.equation.terms})
    return any(check.status is CheckStatus.HOLDS for check in own)


def known_mistakes(cells: Mapping[CellKey, Held], checks: Sequence[Check]) -> tuple[Known, ...]:
    """The shifted rows and exchanged columns that, undone, make every evaluable identity hold. At most a few."""
    trial = _Trial(cells, checks)
    failing = [{key for key, _ in check.equation.terms} for check in checks if check.status is CheckStatus.FAILS]
    found: dict[tuple[tuple[CellKey, int], ...], Known] = {}
    for pattern, values, lost in _hypotheses(cells, failing):
        undone = trial.undone(values, lost)
        if undone and undone not in found:
            found[undone] = Known(pattern, undone)
    ordered = sorted(found.values(), key=lambda known: (len(known.values), known.values))
    return tuple(ordered[:_MOST_MISTAKES])


_Hypothesis = tuple[str, Mapping[CellKey, Number], CellKey | None]
"""A pattern, the values that cells would have had, and a cell whose value the mistake has lost."""


def _hypotheses(cells: Mapping[CellKey, Held], failing: Sequence[Set[CellKey]]) -> Iterator[_Hypothesis]:
    """All that could explain the failing identities, each given by its cells."""
    for line in _lines(cells):
        if not any(identity.isdisjoint(line) for identity in failing):
            yield from _shifts([key for key in line if cells[key].is_known], cells)
    yield from _swaps(cells, failing)


def _lines(cells: Mapping[CellKey, Held]) -> Iterator[list[CellKey]]:
    """The rows as they are printed: each of applications, and the one of reviews with its 15 cells."""
    for section, of_one_row in ((forms.applications.SECTION, False), (forms.reviews.SECTION, True)):
        source = forms.reviews if of_one_row else forms.applications
        places = {row.code: number for number, row in enumerate(source.ROWS)}
        columns = {column.code: number for number, column in enumerate(source.COLUMNS)}
        own = [key for key in cells if key.section == section and key.row_code in places]
        lines: dict[int, list[CellKey]] = {}
        for key in sorted(own, key=lambda key: (places[key.row_code], columns[key.column_code])):
            lines.setdefault(0 if of_one_row else places[key.row_code], []).append(key)
        yield from lines.values()


def _shifts(line: Sequence[CellKey], cells: Mapping[CellKey, Held]) -> Iterator[_Hypothesis]:
    """Every stretch of a printed row moved back by one cell, either way; the number pushed out of it is lost."""
    held = [cells[key].counted for key in line]
    for start in range(len(line) - 1):
        for end in range(start + 1, len(line)):
            if held[start] == 0:
                yield ROW_SHIFTED, dict(zip(line[start:end], held[start + 1 : end + 1], strict=True)), line[end]
            if held[end] == 0:
                yield ROW_SHIFTED, dict(zip(line[start + 1 : end + 1], held[start:end], strict=True)), line[start]


def _swaps(cells: Mapping[CellKey, Held], failing: Sequence[Set[CellKey]]) -> Iterator[_Hypothesis]:
    """Two columns of applications exchanged: in one row, from one row on, or up to it."""
    lines = [line for line in _lines(cells) if line[0].section == forms.applications.SECTION]
    whole = [line for line in lines if all(cells[key].is_known for key in line)]
    if len({len(line) for line in whole}) != 1:
        return
    for first in range(len(whole[0]) - 1):
        for second in range(first + 1, len(whole[0])):
            pairs = [(line[first], line[second]) for line in whole]
            both = {key for pair in pairs for key in pair}
            if any(identity.isdisjoint(both) for identity in failing):
                continue
            stretches = [(at, at + 1) for at in range(len(pairs))]
            stretches += [(at, len(pairs)) for at in range(1, len(pairs) - 1)]
            stretches += [(0, at) for at in range(2, len(pairs))]
            for start, end in stretches:
                values: dict[CellKey, Number] = {}
                for one, other in pairs[start:end]:
                    if cells[one].counted != cells[other].counted:
                        values |= {one: cells[other].counted, other: cells[one].counted}
                yield COLUMNS_SWAPPED, values, None


class _Trial:
    """Tries values on a report: by how much each evaluable equation is off, and which cells stand in which."""

    def __init__(self, cells: Mapping[CellKey, Held], checks: Iterable[Check]) -> None:
        self._cells = cells
        self._off: dict[int, Number] = {}
        self._of: dict[CellKey, list[tuple[int, int]]] = {}
        for number, check in enumerate(checks):
            if check.difference is not None:
                if check.difference:
                    self._off[number] = check.difference
                for key, coefficient in check.equation.terms:
                    self._of.setdefault(key, []).append((number, coefficient))

    def undone(self, values: Mapping[CellKey, Number], lost: CellKey | None) -> tuple[tuple[CellKey, int], ...] | None:
        """The changed cells with their values, where with them every equation holds; None otherwise.

        The value of `lost` is what its equations ask for.
        """
        off = dict(self._off)
        changed: dict[CellKey, Number] = {}
        for key, value in values.items():
            self._change(off, changed, key, value)
        if lost is not None:
            asked = next(
                ((-coefficient * off[number]) for number, coefficient in self._of.get(lost, ()) if off.get(number)), 0
            )
            self._change(off, changed, lost, self._cells[lost].counted + asked)
        if not changed or len(changed) > _MOST_CELLS or any(off.values()):
            return None
        whole = [(key, value) for key, value in changed.items() if isinstance(value, int) and value >= 0]
        return tuple(sorted(whole)) if len(whole) == len(changed) else None

    def _change(self, off: dict[int, Number], changed: dict[CellKey, Number], key: CellKey, value: Number) -> None:
        more = value - self._cells[key].counted
        if more:
            changed[key] = value
            for number, coefficient in self._of.get(key, ()):
                off[number] = off.get(number, 0) + coefficient * more
