"""Planting errors and counting what becomes of them."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple, dataclass, fields
from multiprocessing import get_context
from random import Random

from benchmarks.planted.brute import explanations
from benchmarks.planted.draw import Cells, draw_cells, plant
from checks.identities import CheckStatus, Held, equations, evaluate
from checks.localise import Outcome, localise


@dataclass(slots=True)
class Tally:
    """Counts over reports with planted errors. `identifiable` counts reports in which the wrong cells are the only
    smallest explanation, as brute force over one and two cells finds it; it is not counted where more are wrong."""

    reports: int = 0
    detectable: int = 0
    detected: int = 0
    judged: int = 0
    identifiable: int = 0
    identifiable_found: int = 0
    unique: int = 0
    right: int = 0
    among: int = 0
    truncated: int = 0
    wrong_cells: int = 0
    located_cells: int = 0
    right_cells: int = 0
    proposals: int = 0
    broken: int = 0

    def add(self, other: "Tally") -> None:
        """Add another's counts to these."""
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))


def _is_detectable(truth: Cells, printed: Cells) -> bool:
    """Whether the change takes some equation out of balance, by its own sum over the changed cells."""
    change = {key: printed[key].counted - truth[key].counted for key in truth}
    return any(sum(coefficient * change.get(key, 0) for key, coefficient in equation.terms) for equation in equations())


def judge(seed: str, number: int, kinds: tuple[str, ...]) -> Tally:
    """One report of a seed with an error of each kind."""
    rng = Random(f"{seed}/{number}/{kinds}")
    truth = draw_cells(rng)
    printed = plant(rng, truth, kinds)
    wrong = {key: int(truth[key].counted) for key in truth if printed[key].counted != truth[key].counted}
    tally = Tally()
    if not wrong:
        return tally
    found = localise(printed)
    tally.reports, tally.wrong_cells = 1, len(wrong)
    tally.detectable = _is_detectable(truth, printed)
    tally.detected = found.outcome is not Outcome.HOLDS
    answers = [{change.key: change.proposed for change in solution.changes} for solution in found.smallest]
    tally.unique = found.is_unique
    tally.right = found.is_unique and answers[0] == wrong
    tally.among = wrong in answers
    tally.truncated = found.outcome in (Outcome.TRUNCATED, Outcome.GAVE_UP, Outcome.TOO_MANY_ERRORS)
    certain = {change.key: change.proposed for way in found.smallest for change in way.changes if change.is_certain}
    tally.located_cells = len(certain.keys() & wrong.keys())
    tally.right_cells = sum(wrong.get(key) == value for key, value in certain.items())
    if len(wrong) <= 2:
        tally.judged = 1
        brute = explanations(printed)
        tally.identifiable = len(brute) == 1 and frozenset(wrong) in brute
        tally.identifiable_found = tally.identifiable and tally.right
    for solution in found.solutions:
        if all(change.proposed is not None for change in solution.changes):
            tally.proposals += 1
            mended = {**printed, **{change.key: Held(change.proposed) for change in solution.changes}}
            tally.broken += any(check.status is CheckStatus.FAILS for check in evaluate(mended))
    return tally


def _chunk(task: tuple[str, range, tuple[str, ...]]) -> tuple[int, ...]:
    seed, numbers, kinds = task
    total = Tally()
    for number in numbers:
        total.add(judge(seed, number, kinds))
    return astuple(total)


def measure(
    seed: str, reports: int, wanted: Iterable[tuple[str, tuple[str, ...]]], workers: int
) -> Iterator[tuple[str, Tally]]:
    """For each name and kinds the counts over `reports` reports."""
    named = list(wanted)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for name, kinds in named:
            chunks = [range(at, min(at + 25, reports)) for at in range(0, reports, 25)]
            total = Tally()
            for counts in pool.map(_chunk, [(seed, chunk, kinds) for chunk in chunks]):
                total.add(Tally(*counts))
            yield name, total
