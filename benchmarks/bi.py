"""What the dashboards' queries cost: `python -m benchmarks.bi WAREHOUSE` (a published warehouse.duckdb; it is copied).

`--times N` repeats its reports N times, each time as other reports of other agencies and sites.

Each chart of `bi/assets` is turned into the query that Superset asks for it: with its dashboard's default filters, and
narrowed as a user would (one year and one province; one agency; one report). Every query opens the warehouse read-only
and closes it, as Superset does. First each alone, then eight clients that ask without pause while builds are published
over the file: copies of it, or, with `--landing RAW --pages DIR`, whole runs of `ogi build` on the warehouse's own data
folder, one page of DIR more before each. Times are also given as ratios to a count over `fct_outcomes` in the same run.
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
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import duckdb
import yaml

from benchmarks.processes import measure, ogi
from warehouse.publish import mark_whole, publish

ASSETS = Path(__file__).resolve().parent.parent / "bi" / "assets"
CONFIG = {"enable_external_access": "false", "lock_configuration": "true", "memory_limit": "2GB"}
REFERENCE = "select outcome_code, sum(requests) from marts.fct_outcomes group by all"


REPEATED = {
    "staging": ("stg_cells",),
    "marts": (
        "dim_report", "agg_report_year", "agg_quality", "fct_outcomes", "fct_identity_checks", "fct_suspect_cells",
        "fct_claims", "fct_issues",
    ),
}  # fmt: skip
ONCE = (
    "agg_outcomes", "agg_reviews", "agg_identities", "dim_outcome", "dim_applicant_type", "dim_review_channel",
    "dim_review_result", "dim_disclosure_item", "dim_statistic",
)  # fmt: skip
RENAMED = {
    "report_id": "sha256(report_id || number)",
    "agency_id": "agency_id || number",
    "agency_name": "agency_name || number",
    "source_domain": "number || source_domain",
}


def multiply(source: Path, target: Path, times: int) -> None:
    """Write the tables that dashboards read, of `times` as many reports; sums over agencies keep their rows."""
    with duckdb.connect(str(target)) as connection:
        connection.execute(f"attach '{source}' as given (read_only)")
        for schema, tables in REPEATED.items():
            connection.execute(f"create schema {schema}")
            for table in tables:
                columns = {name for name, *_ in connection.execute(f"describe given.{schema}.{table}").fetchall()}
                new = ", ".join(f"{expression} as {name}" for name, expression in RENAMED.items() if name in columns)
                connection.execute(
                    f"create table {schema}.{table} as select given.* replace ({new}) "
                    f"from range({times}) as times (number) cross join given.{schema}.{table} as given"
                )
        for table in ONCE:
            connection.execute(f"create table marts.{table} as from given.marts.{table}")


@dataclass(frozen=True)
class Query:
    """One chart as one query; `variant` says how it is filtered."""

    dashboard: str
    chart: str
    variant: str
    sql: str


def _objects(kind: str) -> dict[str, dict[str, Any]]:
    texts = [path.read_text(encoding="utf-8") for path in sorted((ASSETS / kind).rglob("*.yaml"))]
    return {content["uuid"]: content for content in (yaml.load(text, yaml.CSafeLoader) for text in texts)}


def _literal(value: object) -> str:
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def _condition(column: str, operator: str, value: object) -> str:
    if operator == "IS NOT NULL":
        return f"{column} is not null"
    if operator == "IN":
        return f"{column} in ({', '.join(map(_literal, value if isinstance(value, list) else [value]))})"
    return f"{column} = {_literal(value)}"


def chart_sql(chart: dict[str, Any], dataset: dict[str, Any], filters: dict[str, list[object]]) -> str:
    """The query of a chart: its dimensions and metrics by the dataset's expressions; filters on columns it has."""
    params = chart["params"]
    expressions = {one["column_name"]: one["expression"] or f'"{one["column_name"]}"' for one in dataset["columns"]}
    metrics = {one["metric_name"]: one["expression"] for one in dataset["metrics"]}
    groups = params.get("groupby", [])
    named = [params.get("x_axis"), params.get("entity"), *([groups] if isinstance(groups, str) else groups)]
    dimensions = [expressions[name] for name in named if name]
    wanted = [*params.get("metrics", []), params.get("metric"), params.get("timeseries_limit_metric")]
    values = [metrics[name] for name in dict.fromkeys(wanted) if name]
    raw = [expressions[name] for name in params.get("all_columns", [])]
    conditions = [
        _condition(expressions[one["subject"]], one["operator"], one["comparator"]) for one in params["adhoc_filters"]
    ]
    conditions += [_condition(expressions[name], "IN", kept) for name, kept in filters.items() if name in expressions]
    source = f"({dataset['sql']}) as source" if dataset["sql"] else f"{dataset['schema']}.{dataset['table_name']}"
    sql = f"select {', '.join([*dimensions, *values, *raw])} from {source}"
    sql += f" where {' and '.join(conditions)}" if conditions else ""
    if dimensions and values:
        sql += f" group by {', '.join(dimensions)} order by {values[-1]} desc"
    return f"{sql} limit {params.get('row_limit') or 1000}"


def _defaults(dashboard: dict[str, Any]) -> dict[str, list[object]]:
    masks = [one["defaultDataMask"] for one in dashboard["metadata"]["native_filter_configuration"]]
    found = [one for mask in masks for one in mask["extraFormData"].get("filters", [])]
    return {one["col"]: one["val"] for one in found}


def _narrowed(slug: str, warehouse: Path) -> dict[str, list[object]]:
    """What a user of that dashboard narrows it to: what the warehouse has most of."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:

        def most(column: str, where: str = "true") -> object:
            query = (
                f"select {column} from marts.agg_report_year where {where} group by 1 order by count(*) desc, 1 limit 1"
            )
            row = connection.execute(query).fetchone()
            return row[0] if row else None

        if slug == "ogi-publisher":
            return {"agency_name": [most("agency_name")]}
        if slug == "ogi-source":
            return {"report_id": [most("report_id", "identities_failed > 0")]}
        return {"report_year": [most("report_year")], "province": [most("province_name", "province_name is not null")]}


def queries(warehouse: Path) -> list[Query]:
    """Every chart of every dashboard, by default and narrowed. An agency is always chosen: its filter asks for one."""
    datasets, charts = _objects("datasets"), _objects("charts")
    found = []
    for dashboard in _objects("dashboards").values():
        default, narrowed = _defaults(dashboard), _narrowed(dashboard["slug"], warehouse)
        variants = {"default": default, "narrowed": default | narrowed}
        if dashboard["slug"] == "ogi-publisher":
            variants.pop("default")
        shown = [one["meta"]["uuid"] for one in dashboard["position"].values() if "uuid" in (_meta(one))]
        for uuid in shown:
            chart = charts[uuid]
            for variant, filters in variants.items():
                sql = chart_sql(chart, datasets[chart["dataset_uuid"]], filters)
                found.append(Query(dashboard["slug"], chart["slice_name"], variant, sql))
    return found


def _meta(component: object) -> dict[str, Any]:
    return component.get("meta", {}) if isinstance(component, dict) else {}


def ask(warehouse: Path, sql: str) -> tuple[float, float, str]:
    """Milliseconds from opening the warehouse to the last row, those of the processor, and the build that answered."""
    begun, used = time.perf_counter(), time.process_time()
    with duckdb.connect(str(warehouse), read_only=True, config=dict(CONFIG)) as connection:
        connection.execute(sql).fetchall()
        milliseconds, processor = (time.perf_counter() - begun) * 1000, (time.process_time() - used) * 1000
        row = connection.execute("select inputs_digest from audit.build_inputs").fetchone()
    return milliseconds, processor, str(row[0]) if row else ""


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


def percentile(times: list[float], share: float) -> float:
    """The time that this share of queries does not pass."""
    return statistics.quantiles(times, n=100, method="inclusive")[round(share * 100) - 1]


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
        told = [results.get() for _ in started]
        for process in started:
            process.join()
    times = [one for times, *_ in told for one in times]
    seen = all(last == published for *_, last in told)
    return times, [one for _, _, failures, _ in told for one in failures], seen, seconds


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


def main() -> None:
    """Measure and print tables in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("warehouse", type=Path)
    parser.add_argument("--times", type=int, default=1, help="repeat the reports so often, as others")
    parser.add_argument("--repeats", type=int, default=7, help="how often each query is asked alone")
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
    with tempfile.TemporaryDirectory(dir=arguments.warehouse.parent) as folder:
        warehouse = arguments.warehouse if arguments.landing else Path(folder) / "warehouse.duckdb"
        if arguments.times > 1:
            multiply(arguments.warehouse, warehouse, arguments.times)
        elif not arguments.landing:
            shutil.copyfile(arguments.warehouse, warehouse)
        if not arguments.landing:
            with duckdb.connect(str(warehouse)) as connection:
                connection.execute("create schema if not exists audit")
                connection.execute("create or replace table audit.build_inputs as select 'first' as inputs_digest")
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            (reports,) = connection.execute("select count(*) from marts.dim_report").fetchone() or (0,)
            (cells,) = connection.execute("select count(*) from staging.stg_cells").fetchone() or (0,)
        print(f"{reports:,} reports, {cells:,} cells, {warehouse.stat().st_size / 1e6:,.0f} MB\n")
        asked = queries(warehouse)
        repeats = range(arguments.repeats)
        opening = statistics.median(ask(warehouse, "select 1")[1] for _ in repeats)
        reference = statistics.median(ask(warehouse, REFERENCE)[0] for _ in repeats)
        alone: list[float] = []
        head = ("dashboard", "queries", "p50 ms", "p95 ms", "CPU p50 ms", "CPU p95 ms", "slowest chart", "its CPU ms")
        print(f"| {' | '.join(head)} |\n|---|{'--:|' * 5}---|--:|")
        for slug in dict.fromkeys(query.dashboard for query in asked):
            times = {q: [ask(warehouse, q.sql)[:2] for _ in repeats] for q in asked if q.dashboard == slug}
            walls = [wall for each in times.values() for wall, _ in each]
            busy = {query: statistics.median(cpu for _, cpu in each) for query, each in times.items()}
            cpus = [cpu for each in times.values() for _, cpu in each]
            alone += walls
            slowest = max(busy, key=lambda query: busy[query])
            figures = [percentile(one, share) for one in (walls, cpus) for share in (0.5, 0.95)]
            print(
                f"| {slug} | {len(times)} | {' | '.join(f'{figure:.0f}' for figure in figures)} "
                f"| {slowest.chart} ({slowest.variant}) | {busy[slowest]:.0f} |"
            )
        print(f"\nopening alone: {opening:.0f} ms CPU; reference (a sum over fct_outcomes): {reference:.0f} ms")
        builds = (
            whole_builds(warehouse, arguments.landing, arguments.pages, arguments.builds)
            if arguments.landing
            else copies(warehouse, arguments.builds)
        )
        together, failures, seen, seconds = under_builds(warehouse, asked, arguments.clients, arguments.nice, builds)
        print("\n| | queries | p50 ms | p95 ms | p95 × reference | failures |\n|---|--:|--:|--:|--:|--:|")
        loads = (
            ("alone", alone, 0),
            (f"{arguments.clients} clients, {arguments.builds} builds", together, len(failures)),
        )
        for name, times_of, failed in loads:
            p50, p95 = percentile(times_of, 0.5), percentile(times_of, 0.95)
            print(f"| {name} | {len(times_of)} | {p50:.0f} | {p95:.0f} | {p95 / reference:.1f} | {failed} |")
        print(f"\none {'build' if arguments.landing else 'publishing'}: {statistics.median(seconds):.1f} s (median)")
        print(f"\nevery client ended on the last build: {'yes' if seen else 'no'}; duckdb {duckdb.__version__}")
        for failure in failures[:10]:
            print(failure)


if __name__ == "__main__":
    main()
