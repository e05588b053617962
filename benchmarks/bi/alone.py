"""What each chart's query costs by itself: `python -m benchmarks.bi.alone WAREHOUSE` (it is copied, not written to).

`--times N` repeats its reports N times, each time as other reports of other agencies and sites. Times are also given as
ratios to a sum over `fct_outcomes` in the same run.
"""

import argparse
import statistics
import tempfile
from pathlib import Path

from benchmarks.bi.queries import REFERENCE, Query, ask, percentile, queries
from benchmarks.bi.working_copy import told, working_copy

_HEAD = ("dashboard", "queries", "p50 ms", "p95 ms", "CPU p50 ms", "CPU p95 ms", "slowest chart", "its CPU ms")


def _row(slug: str, times: dict[Query, list[tuple[float, float]]]) -> str:
    """A dashboard's line of the table, of the milliseconds by the clock and of the processor that each query took."""
    walls = [wall for each in times.values() for wall, _ in each]
    cpus = [cpu for each in times.values() for _, cpu in each]
    busy = {query: statistics.median(cpu for _, cpu in each) for query, each in times.items()}
    slowest = max(busy, key=lambda query: busy[query])
    figures = [f"{percentile(one, share):.0f}" for one in (walls, cpus) for share in (0.5, 0.95)]
    named = f"{slowest.chart} ({slowest.variant})"
    return f"| {slug} | {len(times)} | {' | '.join(figures)} | {named} | {busy[slowest]:.0f} |"


def measure_alone(warehouse: Path, repeats: int) -> None:
    """Ask every query alone, and print a table in Markdown."""
    asked = queries(warehouse)
    opening = statistics.median(ask(warehouse, "select 1")[1] for _ in range(repeats))
    reference = statistics.median(ask(warehouse, REFERENCE)[0] for _ in range(repeats))
    every: list[float] = []
    print(f"| {' | '.join(_HEAD)} |\n|---|{'--:|' * 5}---|--:|")
    for slug in dict.fromkeys(query.dashboard for query in asked):
        of_dashboard = [query for query in asked if query.dashboard == slug]
        times = {query: [ask(warehouse, query.sql)[:2] for _ in range(repeats)] for query in of_dashboard}
        every += [wall for each in times.values() for wall, _ in each]
        print(_row(slug, times))
    p50, p95 = percentile(every, 0.5), percentile(every, 0.95)
    print(f"\nall: p50 {p50:.0f} ms, p95 {p95:.0f} ms, {p95 / reference:.1f} x the reference")
    print(f"opening alone: {opening:.0f} ms CPU; reference (a sum over fct_outcomes): {reference:.0f} ms")


def main() -> None:
    """Measure and print tables in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("warehouse", type=Path, help="a published warehouse.duckdb")
    parser.add_argument("--times", type=int, default=1, help="repeat the reports so often, as others")
    parser.add_argument("--repeats", type=int, default=7, help="how often each query is asked")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.warehouse.parent) as folder:
        warehouse = Path(folder) / "warehouse.duckdb"
        working_copy(arguments.warehouse, warehouse, arguments.times)
        print(f"{told(warehouse)}\n")
        measure_alone(warehouse, arguments.repeats)


if __name__ == "__main__":
    main()
