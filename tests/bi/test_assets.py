"""The dashboards kept as YAML stand on what the warehouse promises: no Superset and no build is needed to know it."""

import csv
import re
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from bi.export import FOLDERS, tidied

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "bi" / "assets"
MODELS = ROOT / "dbt" / "models"
DASHBOARDS = {"ogi-overview", "ogi-publisher", "ogi-quality", "ogi-source"}
DOCUMENT_TEXT = {"title", "raw_text", "sentence", "message", "reason", "source_path", "source_url"}


@cache
def assets(kind: str) -> dict[str, dict[str, Any]]:
    """The objects of one kind by their identity."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ASSETS / kind).rglob("*.yaml"))]
    return {content["uuid"]: content for content in (yaml.load(text, yaml.CSafeLoader) for text in texts)}


def promised(folder: Path) -> list[tuple[str, list[tuple[str, str]]]]:
    """The models of a folder with the columns and types that their contracts promise."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        for model in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader).get("models", []):
            columns = [(column["name"], column["data_type"]) for column in model["columns"] if "data_type" in column]
            found.append((model["name"], columns))
    return [model for model in found if model[1]]


@pytest.fixture(scope="module")
def empty() -> duckdb.DuckDBPyConnection:
    """A warehouse without rows, of the tables and columns that dbt's contracts promise."""
    connection = duckdb.connect()
    for schema, folders in {"marts": ("marts", "aggregates"), "staging": ("staging",)}.items():
        connection.execute(f"create schema {schema}")
        for folder in folders:
            for name, columns in promised(MODELS / folder):
                listed = ", ".join(f'"{column}" {data_type}' for column, data_type in columns)
                connection.execute(f"create table {schema}.{name} ({listed})")
    return connection


def source(dataset: dict[str, Any]) -> str:
    """What a dataset is read from."""
    return f"({dataset['sql']})" if dataset["sql"] else f"{dataset['schema']}.{dataset['table_name']}"


def named_columns(chart: dict[str, Any]) -> set[str]:
    """The columns that a chart shows, groups or filters by."""
    params = chart["params"]
    groups = params.get("groupby", [])
    names = {*([groups] if isinstance(groups, str) else groups), *params.get("all_columns", [])}
    names |= {params[key] for key in ("x_axis", "entity") if key in params}
    return names | {one["subject"] for one in params["adhoc_filters"]}


def named_metrics(chart: dict[str, Any]) -> set[str]:
    params = chart["params"]
    single = {params[key] for key in ("metric", "timeseries_limit_metric") if params.get(key)}
    return {*params.get("metrics", []), *single}


def test_the_four_dashboards_show_every_chart_and_only_charts_that_are_there() -> None:
    dashboards = assets("dashboards").values()
    assert {dashboard["slug"] for dashboard in dashboards} == DASHBOARDS
    shown = [
        component["meta"]["uuid"]
        for dashboard in dashboards
        for component in dashboard["position"].values()
        if isinstance(component, dict) and component["type"] == "CHART"
    ]
    assert sorted(shown) == sorted(assets("charts"))


def test_a_dataset_has_the_columns_that_the_contracts_promise(empty: duckdb.DuckDBPyConnection) -> None:
    for dataset in assets("datasets").values():
        real = {name for name, *_ in empty.execute(f"describe select * from {source(dataset)}").fetchall()}
        stored = {column["column_name"] for column in dataset["columns"] if not column["expression"]}
        assert stored <= real, dataset["table_name"]
        for column in dataset["columns"]:
            if column["expression"]:
                empty.execute(f"select {column['expression']} from {source(dataset)}")


def test_every_metric_can_be_computed(empty: duckdb.DuckDBPyConnection) -> None:
    for dataset in assets("datasets").values():
        expressions = [metric["expression"] for metric in dataset["metrics"]]
        assert expressions, dataset["table_name"]
        empty.execute(f"select {', '.join(expressions)} from {source(dataset)}")


def test_a_report_of_which_there_is_nothing_to_show_says_so(empty: duckdb.DuckDBPyConnection) -> None:
    """On the Source dashboard, where a table without a row would look like an error."""
    (dashboard,) = [one for one in assets("dashboards").values() if one["slug"] == "ogi-source"]
    charts = [chart for uuid, chart in assets("charts").items() if uuid in str(dashboard["position"])]
    counts = ", ".join(f"0 as {name}" for name in NO_CELLS)
    empty.execute(f"insert into marts.dim_report by name select 'one' as report_id, 0 as identities_failed, {counts}")
    for chart in charts:
        dataset = assets("datasets")[chart["dataset_uuid"]]
        columns = ", ".join(f'"{name}"' for name in chart["params"]["all_columns"] if name != "report_id")
        if dataset["sql"]:
            assert not chart["params"]["adhoc_filters"], "a filter would take the line away"
            (row,) = empty.execute(f"select {columns} from ({dataset['sql']}) where report_id = 'one'").fetchall()
            assert [said for said in row if said and re.search(r"^没有.* N", said)], chart["slice_name"]
    empty.execute("delete from marts.dim_report")


NO_CELLS = ("cells_reported", "cells_blank", "cells_dash", "cells_missing", "cells_unreadable")
NUMBERS = (
    "granted", "partly_granted", "denied_total", "unavailable_total", "outcomes_total", "new_requests",
    "to_handle_total", "closed", "carried_out", "handled_total", "reviews_corrected", "reviews_concluded",
)  # fmt: skip


@pytest.fixture
def patchy() -> duckdb.DuckDBPyConnection:
    """Reports of which each gives some of its numbers, and totals that are not the sums of their parts."""
    connection = duckdb.connect()
    numbers = ", ".join(
        f"case when hash(report, '{name}') % 4 > 0 then (hash('{name}', report) % 50)::bigint end as {name}"
        for name in NUMBERS
    )
    connection.execute("create schema marts")
    connection.execute(f"create table marts.agg_report_year as select {numbers} from range(500) as t (report)")
    return connection


def test_a_share_on_a_dashboard_is_the_metric_of_that_name(patchy: duckdb.DuckDBPyConnection) -> None:
    """`marts.fct_metrics` takes numerator, denominator and what has to be known from the seed; so must Superset."""
    (dataset,) = [one for one in assets("datasets").values() if one["table_name"] == "agg_report_year"]
    shown = {metric["metric_name"]: metric["expression"] for metric in dataset["metrics"]}
    with (ROOT / "dbt" / "seeds" / "metrics.csv").open(encoding="utf-8", newline="") as file:
        metrics = {row["metric_code"]: row for row in csv.DictReader(file)}
    same = {name: metrics[name] for name in shown if name in metrics}
    assert len(same) >= 6
    for name, metric in same.items():
        known = f"{metric['denominator']} is not null and {metric['needed']} is not null"
        summed = f"sum(coalesce({metric['numerator']}, 0)) / sum({metric['denominator']})"
        query = f"select {metric['scale']} * {summed} from marts.agg_report_year where {known}"
        expected = patchy.execute(query).fetchone()
        found = patchy.execute(f"select {shown[name]} from marts.agg_report_year").fetchone()
        assert found == pytest.approx(expected), name


def test_a_chart_names_columns_and_metrics_of_its_dataset() -> None:
    for chart in assets("charts").values():
        dataset = assets("datasets")[chart["dataset_uuid"]]
        assert named_columns(chart) <= {column["column_name"] for column in dataset["columns"]}, chart["slice_name"]
        assert named_metrics(chart) <= {metric["metric_name"] for metric in dataset["metrics"]}, chart["slice_name"]


def filters(dashboard: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The filters of a dashboard by the column that they filter."""
    return {one["targets"][0]["column"]["name"]: one for one in dashboard["metadata"]["native_filter_configuration"]}


def test_filters_stand_on_datasets_and_the_overview_counts_once_unless_told_otherwise() -> None:
    for dashboard in assets("dashboards").values():
        for column, one in filters(dashboard).items():
            dataset = assets("datasets")[one["targets"][0]["datasetUuid"]]
            assert column in {column["column_name"] for column in dataset["columns"]}, one["name"]
    (overview,) = [one for one in assets("dashboards").values() if one["slug"] == "ogi-overview"]
    assert set(filters(overview)) == {"counting", "report_year", "level_label", "province", "scope_label"}
    default = filters(overview)["counting"]["defaultDataMask"]["extraFormData"]["filters"]
    assert default == [{"col": "counting", "op": "IN", "val": ["计入 Counted"]}]
    shown = {chart["uuid"] for chart in assets("charts").values() if chart["uuid"] in str(overview["position"])}
    for uuid in shown:
        dataset = assets("datasets")[assets("charts")[uuid]["dataset_uuid"]]
        assert {"counting", "report_year", "level_label", "province", "scope_label"} <= {
            column["column_name"] for column in dataset["columns"]
        }, "a filter passes over a chart whose dataset lacks its column"


def test_labels_are_chinese_and_english() -> None:
    titles = [chart["slice_name"] for chart in assets("charts").values()]
    titles += [dashboard["dashboard_title"] for dashboard in assets("dashboards").values()]
    titles += [one["name"] for dashboard in assets("dashboards").values() for one in filters(dashboard).values()]
    titles += [metric["verbose_name"] for data in assets("datasets").values() for metric in data["metrics"]]
    for title in titles:
        assert re.search(r"[一-鿿].* [A-Z]", title), title


def test_text_of_documents_is_never_rendered_as_html() -> None:
    for chart in assets("charts").values():
        if chart["params"].get("allow_render_html"):
            assert not named_columns(chart) & DOCUMENT_TEXT, chart["slice_name"]
        assert chart["viz_type"] not in ("handlebars", "markup", "iframe"), chart["slice_name"]


def test_the_connection_only_reads() -> None:
    (database,) = assets("databases").values()
    assert database["sqlalchemy_uri"].endswith("?access_mode=read_only")
    assert not any(database[right] for right in ("allow_dml", "allow_ctas", "allow_cvas", "allow_file_upload"))


def test_what_was_not_changed_is_exported_with_the_same_bytes() -> None:
    for kind in FOLDERS:
        for path in sorted((ASSETS / kind).rglob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            assert tidied(kind, yaml.load(text, yaml.CSafeLoader), "/other/warehouse.duckdb") == text, path.name


def test_the_exposures_name_the_tables_that_the_dashboards_read() -> None:
    exposures = yaml.load((MODELS / "exposures.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)["exposures"]
    named = {
        one["url"].split("/dashboard/")[1].strip("/"): set(re.findall(r"ref\('(\w+)'\)", str(one["depends_on"])))
        for one in exposures
    }
    for dashboard in assets("dashboards").values():
        charts = [chart for uuid, chart in assets("charts").items() if uuid in str(dashboard["position"])]
        datasets = [assets("datasets")[chart["dataset_uuid"]] for chart in charts]
        read = set()
        for dataset in datasets:
            sql = dataset["sql"] or f"from {source(dataset)}"
            read |= set(re.findall(r"(?:from|join) (?:marts|staging)\.(\w+)", sql))
        assert named[dashboard["slug"]] == read
