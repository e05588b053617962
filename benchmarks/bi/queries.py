"""The dashboards' charts as the queries that Superset asks for them.

Each chart of `bi/assets` with its dashboard's default filters, and narrowed as a user would: one year and one province;
one agency; one report. Every query opens the warehouse read-only and closes it, as Superset does.
"""

import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import yaml

ASSETS = Path(__file__).resolve().parents[2] / "bi" / "assets"
CONFIG = {"enable_external_access": "false", "lock_configuration": "true", "memory_limit": "2GB"}
REFERENCE = "select outcome_code, sum(requests) from marts.fct_outcomes group by all"
"""What figures are compared with: a sum over a fact, which dashboards do without."""


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


def percentile(times: list[float], share: float) -> float:
    """The time that this share of queries does not pass."""
    return statistics.quantiles(times, n=100, method="inclusive")[round(share * 100) - 1]
