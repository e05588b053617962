"""Clients that ask the dashboards' queries without pause while builds are published over the warehouse.

`python -m benchmarks.bi.beside_builds WAREHOUSE` publishes copies over a copy of it (`--times N` repeats its reports
as others). With `--landing RAW --pages DIR` it runs whole `ogi build`s on WAREHOUSE's own data folder, one page of DIR
more before each. Told are the times, every failure, and whether each client ended on the last build.
"""

import argparse
import multiprocessing
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from benchmarks.bi.queries import REFERENCE, Query, ask, percentile, queries
from benchmarks.bi.working_copy import told, working_copy
from benchmarks.processes import measure, ogi
from warehouse.publish import mark_whole, publish


def client(warehouse: Path, asked: list[Query], stop: Event, number: int, nice: int, results: Any) -> None:
    """Ask one query after another until told to stop; every failure is kept."""
    os.nice(nice)
    times: list[float] = []
    builds: set[str] = set()
    failures: list[str] = []
    for query in _around(asked, number * 7):
        if stop.is_set():
            break
        try:
            milliseconds, _, build = ask(warehouse, query.sql)
            times.append(milliseconds)
            builds.add(build)
        except Exception as error:
            failures.append(f"{query.chart}: {error}")
    results.put((times, builds, failures, ask(warehouse, "select 1")[2]))


def _around(asked: list[Query], first: int) -> Iterator[Query]:
    while True:
        yield asked[first % len(asked)]
        first += 1


def under_builds(
    warehouse: Path, asked: list[Query], clients: int, nice: int, builds: Iterator[float]
) -> tuple[list[float], list[str], bool, list[float]]:
    """Times and failures of clients that ask while builds are published, one each time that `builds` is advanced;
    whether all saw the last one, and the seconds of each."""
    context = multiprocessing.get_context("spawn")
    stop, results = context.Event(), context.Queue()
    given = [(warehouse, asked, stop, number, nice, results) for number in range(clients)]
    started = [context.Process(target=client, args=arguments) for arguments in given]
    for process in started:
        process.start()
    time.sleep(3)
    try:
        seconds = list(builds)
        published = ask(warehouse, "select 1")[2]
    finally:
        stop.set()
        answers = [results.get() for _ in started]
        for process in started:
            process.join()
    times = [one for times, *_ in answers for one in times]
    seen = all(last == published for *_, last in answers)
    return times, [one for _, _, failures, _ in answers for one in failures], seen, seconds


def copies(warehouse: Path, count: int) -> Iterator[float]:
    """Publish copies of a warehouse over it, and tell how long each took."""
    spare = warehouse.with_name("next.duckdb")
    for number in range(count):
        begun = time.monotonic()
        shutil.copyfile(warehouse, spare)
        mark_whole(spare, f"build {number}")
        publish(spare, warehouse)
        yield time.monotonic() - begun
        time.sleep(1)


def whole_builds(warehouse: Path, landing: Path, pages: Path, count: int) -> Iterator[float]:
    """Let one page more land each time, run `ogi build`, and tell how long it took."""
    new = [page for page in sorted(pages.iterdir()) if page.is_file() and not (landing / page.name).exists()]
    if len(new) < count:
        raise SystemExit(f"{pages} has {len(new)} pages that are not in {landing}, and {count} are needed")
    for page in new[:count]:
        shutil.copyfile(page, landing / page.name)
        row = measure(f"ogi build with {page.name}", ogi("build", landing, "--data", warehouse.parent))
        print(f"{row.stage}: {row.seconds:.1f} s, {row.cpu_seconds:.1f} processor s", file=sys.stderr)
        yield row.seconds


def measure_beside(warehouse: Path, clients: int, nice: int, builds: Iterator[float]) -> None:
    """Let clients ask beside builds, and print a table in Markdown."""
    reference = statistics.median(ask(warehouse, REFERENCE)[0] for _ in range(3))
    times, failures, seen, seconds = under_builds(warehouse, queries(warehouse), clients, nice, builds)
    p50, p95 = percentile(times, 0.5), percentile(times, 0.95)
    head = ("clients", "builds", "queries", "p50 ms", "p95 ms", "p95 x reference", "failures")
    figures = (f"{p50:.0f}", f"{p95:.0f}", f"{p95 / reference:.1f}", len(failures))
    for row in (head, ["--:"] * len(head), (clients, len(seconds), len(times), *figures)):
        print(f"| {' | '.join(map(str, row))} |")
    print(f"\none build: {statistics.median(seconds):.1f} s (median, {min(seconds):.1f} to {max(seconds):.1f})")
    print(f"reference (a sum over fct_outcomes, before the clients): {reference:.0f} ms")
    print(f"every client ended on the last build: {'yes' if seen else 'no'}")
    for failure in failures[:10]:
        print(failure)


def main() -> None:
    """Measure and print tables in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("warehouse", type=Path, help="a published warehouse.duckdb")
    parser.add_argument("--times", type=int, default=1, help="repeat the reports so often, as others")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--builds", type=int, default=10)
    parser.add_argument("--nice", type=int, default=0, help="let the clients give way to the builds (as nice -n)")
    parser.add_argument(
        "--landing", type=Path, help="build really: the folder that WAREHOUSE's data folder is built of"
    )
    parser.add_argument("--pages", type=Path, help="with --landing: where the page of each build is taken from")
    arguments = parser.parse_args()
    if (arguments.landing is None) != (arguments.pages is None) or (arguments.landing and arguments.times > 1):
        parser.error("--landing and --pages go together, and without --times")
    given: Path = arguments.warehouse
    if arguments.landing:
        print(f"{told(given)}\n")
        builds = whole_builds(given, arguments.landing, arguments.pages, arguments.builds)
        measure_beside(given, arguments.clients, arguments.nice, builds)
        return
    with tempfile.TemporaryDirectory(dir=given.parent) as folder:
        warehouse = Path(folder) / "warehouse.duckdb"
        working_copy(given, warehouse, arguments.times)
        print(f"{told(warehouse)}\n")
        measure_beside(warehouse, arguments.clients, arguments.nice, copies(warehouse, arguments.builds))


if __name__ == "__main__":
    main()
