"""`python -m benchmarks.planted --reports 400 --seed planted --out docs/localisation.md`"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from random import Random

from benchmarks.planted.draw import KINDS, ONE_CELL, Cells, draw_cells, plant
from benchmarks.planted.measure import Tally, measure
from benchmarks.planted.sql import single_cells
from checks.localise import localise

_BEGIN, _END = "<!-- figures: python -m benchmarks.planted -->", "<!-- end of figures -->"
_HEADER = (
    "| errors | reports | detectable | detected | identifiable | of these located with the right values | one answer"
    " | which is right | truth among the answers | search ended early | wrong cells located | with the right value |"
)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def _row(name: str, tally: Tally) -> str:
    cells = (
        name,
        str(tally.reports),
        _share(tally.detectable, tally.reports),
        _share(tally.detected, tally.reports),
        _share(tally.identifiable, tally.judged) + (f" of {tally.judged}" if tally.judged < tally.reports else ""),
        _share(tally.identifiable_found, tally.identifiable),
        _share(tally.unique, tally.reports),
        _share(tally.right, tally.reports),
        _share(tally.among, tally.reports),
        _share(tally.truncated, tally.reports),
        _share(tally.located_cells, tally.wrong_cells),
        _share(tally.right_cells, tally.wrong_cells),
    )
    return f"| {' | '.join(cells)} |"


def _failing(seed: str, count: int, errors: int) -> list[Cells]:
    rng = Random(f"{seed}/{errors}/speed")
    kinds = sorted(ONE_CELL)
    reports: list[Cells] = []
    while len(reports) < count:
        truth = draw_cells(rng)
        printed = plant(rng, truth, tuple(rng.choice(kinds) for _ in range(errors)))
        if sum(printed[key].counted != truth[key].counted for key in truth) == errors:
            reports.append(printed)
    return reports


def _speed(seed: str, workers: int) -> Iterator[str]:
    singles = _failing(seed, 1000, 1)
    _, seconds = single_cells(singles)
    yield "| what | figure |"
    yield "|---|---|"
    yield f"| single cells in SQL, 1,000 failing reports | {len(singles) / seconds:,.0f} reports a second |"
    for errors in (1, 2, 3):
        reports = singles[:200] if errors == 1 else _failing(seed, 200, errors)
        begun = time.perf_counter()
        for report in reports:
            localise(report)
        alone = time.perf_counter() - begun
        name = f"solver, {errors} wrong cell{'s' * (errors > 1)}, one process"
        yield f"| {name} | {1000 * alone / len(reports):.1f} ms a report |"
        if errors > 1:
            with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
                list(pool.map(localise, reports[: 2 * workers]))
                begun = time.perf_counter()
                list(pool.map(localise, reports, chunksize=10))
                many = time.perf_counter() - begun
            yield (
                f"| the same, {workers} processes | {1000 * many / len(reports):.1f} ms a report, "
                f"{alone / many:.1f} times as fast |"
            )


def _report(seed: str, reports: int, workers: int) -> Iterator[str]:
    load = f"load of the machine {os.getloadavg()[0]:.0f}"
    yield f"{reports} draws a row, seed `{seed}`; highspy {version('highspy')}, {workers} processes, {load}."
    yield ""
    yield _HEADER
    yield "|---|" + "--:|" * 11
    wanted = [(f"1 × {kind}", (kind,)) for kind in KINDS]
    wanted += [(f"{count} × {kind}", (kind,) * count) for count in (2, 3) for kind in ONE_CELL]
    everything = Tally()
    for name, tally in measure(seed, reports, wanted, workers):
        everything.add(tally)
        yield _row(name, tally)
        print(_row(name, tally), file=sys.stderr)
    yield ""
    yield f"Of {everything.proposals:,} proposals {everything.broken} break an identity."
    yield ""
    yield from _speed(seed, workers)


def main() -> None:
    """Measure, and print the figures or put them between their marks in a file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planted", description=__doc__)
    parser.add_argument("--reports", type=int, default=100, help="reports for each kind of error (default: 100)")
    parser.add_argument("--seed", default="planted")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, help="a Markdown file with the marks of the figures")
    arguments = parser.parse_args()
    text = "\n".join(_report(arguments.seed, arguments.reports, arguments.workers))
    if not arguments.out:
        print(text)
        return
    page = arguments.out.read_text(encoding="utf-8")
    before, rest = page.split(_BEGIN)
    arguments.out.write_text(f"{before}{_BEGIN}\n{text}\n{_END}{rest.split(_END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
