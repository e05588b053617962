"""The metrics: defined once in a seed, computed from it, and named for MetricFlow in the same words."""

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from small_lakes import Build

DBT = Path(__file__).parents[2] / "dbt"
OF_COUNTS = {"new_requests", "closed_requests", "numerators", "denominators"}
"""Metrics of the semantic layer that are sums and no quotients."""


def definitions() -> dict[str, dict[str, str]]:
    with (DBT / "seeds" / "metrics.csv").open(encoding="utf-8", newline="") as file:
        return {row["metric_code"]: row for row in csv.DictReader(file)}


def test_metricflow_and_the_seed_name_the_same_metrics(warehouse: Build) -> None:
    metrics = {node["name"]: node for node in warehouse.manifest["metrics"].values()}
    assert set(metrics) - OF_COUNTS == set(definitions())
    for code, row in definitions().items():
        metric = metrics[code]
        assert metric["label"] == row["label_zh"], code
        assert metric["description"] == f"{row['label_en']}. {row['form_rows']}; {row['legal_basis']}.", code
        for part in ("numerator", "denominator"):
            term = metric["type_params"][part]
            assert term["name"] == f"{part}s", code
            (filtered,) = term["filter"]["where_filters"]
            assert re.findall(r"'(\w+)'$", filtered["where_sql_template"]) == [code]
        (default,) = metric["filter"]["where_filters"]
        assert "is_counted_once" in default["where_sql_template"], code


def test_every_metric_is_computed_as_the_seed_says(warehouse: Build) -> None:
    """In plain Python from agg_report_year, for each report of the small lake."""
    assert warehouse.rows("select 1 from marts.fct_metrics where metric_code = 'share_corrected' and value > 0")
    for code, row in definitions().items():
        columns = ", ".join(("report_id", row["numerator"], row["denominator"], row["needed"]))
        expected = sorted(
            (report, above or 0, below)
            for report, above, below, needed in warehouse.rows(f"select {columns} from marts.agg_report_year")
            if below is not None and needed is not None
        )
        found = warehouse.rows(
            f"select report_id, numerator, denominator from marts.fct_metrics where metric_code = '{code}' order by all"
        )
        assert found == expected != [], code


def test_the_metric_of_a_region_is_that_of_the_sums_over_its_reports(warehouse: Build) -> None:
    ((numerator, denominator, reports),) = warehouse.rows("""
        select sum(granted), sum(closed), count(*) from marts.agg_report_year
        where is_counted_once_in_county and county_region_id = 'region_320829' and report_year = 2021
            and closed is not null and outcomes_total is not null
    """)
    assert warehouse.rows("""
        select numerator, denominator, value, reports from marts.metrics_by_region_year
        where region_id = 'region_320829' and report_year = 2021 and metric_code = 'share_granted'
    """) == [(numerator, denominator, numerator / denominator, reports)]


def metricflow(warehouse: Build, folder: Path, *arguments: str) -> None:
    """Run `mf` in a folder with the project and what dbt parsed of it."""
    project = folder / "dbt"
    shutil.copytree(DBT, project, ignore=shutil.ignore_patterns("target", "logs"))
    (project / "target").mkdir()
    for name in ("semantic_manifest.json", "manifest.json"):
        shutil.copy(warehouse.database.parent / "target" / name, project / "target")
    # MetricFlow asks dbt for the name of the database, and finds the tables by that.
    database = folder / "building.duckdb"
    shutil.copy(warehouse.database, database)
    done = subprocess.run(
        [str(Path(sys.executable).with_name("mf")), *arguments],
        cwd=project,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("DBT_")},
            "DBT_PROFILES_DIR": str(project),
            "OGI_DATABASE": str(database),
            "OGI_LAKE": str(folder),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_metricflow_finds_no_fault_in_the_semantic_models_and_metrics(warehouse: Build, tmp_path: Path) -> None:
    """In their words and, by queries, in the warehouse."""
    metricflow(warehouse, tmp_path, "validate-configs")


@pytest.mark.slow
def test_metricflow_gives_the_numbers_of_the_table(warehouse: Build, tmp_path: Path) -> None:
    """Asks `mf query` for every metric by year."""
    answers = tmp_path / "answers.csv"
    asked = ("--metrics", ",".join(definitions()), "--group-by", "metric_time__year", "--csv", str(answers))
    metricflow(warehouse, tmp_path, "query", *asked)
    with answers.open(encoding="utf-8", newline="") as file:
        given = {
            (int(row["metric_time__year"][:4]), code): float(row[code])
            for row in csv.DictReader(file)
            for code in definitions()
            if row[code]
        }
    table = warehouse.rows("""
        select report_year, metric_code, value from marts.metrics_by_region_year
        where region_level = 'country' and value is not null
    """)
    assert given == {(year, code): pytest.approx(value) for year, code, value in table}
    assert given
