"""What it costs to evaluate every identity of many reports: `python -m benchmarks.identities --reports 100000`.

A synthetic lake is written straight as Parquet: each publisher has a report for each of ten years, 2016 to 2025, with
the form of its year, its numbers drawn by the generator (a part of them with a publisher's error) and its prose's
claims. dbt then builds the models up to `fct_identity_checks` of it and runs the tests of the identities. Each time is
also given as a ratio to a plain scan of the same Parquet file in the same run (one group by over all cells), so that
runs on different machines can be compared.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pyarrow as pa

from benchmarks.generator.draw.report import Drawn, draw_report
from benchmarks.generator.forms import KEYS, UNITS
from benchmarks.generator.model import STATUSES
from benchmarks.generator.plan import Options, draw_plan
from benchmarks.generator.wording import speakers
from ingest.forms import CLAIMS, FORM_2014, FORM_2019, FORM_2021
from ingest.lake import ensure_tables
from ingest.lake.schema import TABLES
from ingest.report import PARSER_VERSION

DBT = Path(__file__).resolve().parent.parent / "dbt"
TEMPLATES = 200
FIRST_YEAR, YEARS = 2016, 10
_FORMS = {FORM_2014: (2016, 2018), FORM_2019: (2019, 2020), FORM_2021: (2021, 2025)}
_SCAN = """
    select section, row_code, column_code, status, count(*), sum(value)
    from read_parquet('{cells}') group by all
"""


def _templates() -> dict[str, list[Drawn]]:
    """Drawn reports by form, none of a mixture of forms."""
    drawn: dict[str, list[Drawn]] = {form: [] for form in _FORMS}
    options = Options(seed="identities", mistakes=0.05)
    index = 0
    while any(len(reports) < TEMPLATES for reports in drawn.values()):
        rng = Random(f"{options.seed}/{index}")
        index += 1
        plan = draw_plan(rng, options)
        form = plan.applications_form
        if plan.disclosure_form == form in drawn and len(drawn[form]) < TEMPLATES:
            drawn[form].append(draw_report(rng, plan, speakers("hans", "full")[0]))
    return drawn


def _template_rows(drawn: dict[str, list[Drawn]]) -> tuple[pa.Table, pa.Table]:
    """The cells and the claims of all templates, numbered within their form."""
    cells: list[dict[str, Any]] = []
    claims: list[dict[str, Any]] = []
    units = {claim.code: claim.unit for claim in CLAIMS}
    for form, reports in drawn.items():
        for number, report in enumerate(reports):
            named = {"form": form, "template": number}
            for table in report.tables.values():
                for place, key in enumerate(table.keys):
                    if KEYS[key].row_code.startswith("subtotal_"):
                        continue
                    status = STATUSES[table.statuses[place]]
                    cells.append(
                        named
                        | {
                            "section": KEYS[key].section,
                            "row_code": KEYS[key].row_code,
                            "column_code": KEYS[key].column_code,
                            "status": status,
                            "value": table.values[place] if status == "reported" else None,
                            "raw_text": table.raw[place],
                            "unit": UNITS[table.units[place]],
                        }
                    )
            for code, subject, value in report.prose.claims:
                if code in units:
                    claims.append(
                        named
                        | {"claim_code": code, "subject": subject or "report", "value": value, "unit": units[code]}
                    )
    return pa.Table.from_pylist(cells), pa.Table.from_pylist(claims)


def write_lake(lake: Path, reports: int) -> int:
    """Write the lake of that many reports; returns its number of cells."""
    cells, claims = _template_rows(_templates())
    ensure_tables(lake)
    forms = " ".join(f"when year between {first} and {last} then '{form}'" for form, (first, last) in _FORMS.items())
    with duckdb.connect() as connection:
        connection.register("cell_templates", cells)
        connection.register("claim_templates", claims)
        connection.execute(f"""
            create table drawn as
            select sha256(number::varchar) as report_id, number // {YEARS} as publisher,
                {FIRST_YEAR} + number % {YEARS} as year,
                case {forms} end as form, hash(number) % {TEMPLATES} as template
            from range({reports}) as numbers (number)
        """)
        queries = {
            "files": "select *, report_id || '.html' as source_path, 'read' as status from drawn",
            "publishers": """
                select *, report_id || '.html' as source_path, '第' || publisher || '市司法局' as agency_name,
                    'title' as agency_name_source, '320813' as region_code, year as report_year, 'agency' as scope
                from drawn
            """,
            "reports": f"""
                select *, 'text/html' as media_type, sha256(report_id) as text_sha256, form as disclosure_form,
                    form as applications_form, form as reviews_form, false as contaminated, false as read_by_ocr,
                    'parsed' as status, '{PARSER_VERSION}' as parser_version
                from drawn
            """,
            "cells": """
                select drawn.report_id, cell_templates.*, 'table 1, row 1, column 1' as locator
                from drawn join cell_templates using (form, template)
            """,
            "claims": """
                select drawn.report_id, claim_templates.*, '收到申请。' as sentence, 'line 1' as locator
                from drawn join claim_templates using (form, template)
            """,
        }
        for table, query in queries.items():
            _copy(connection, lake, table, query)
        count = connection.execute(f"select count(*) from read_parquet('{lake}/cells/*.parquet')").fetchone()
    return int(count[0]) if count else 0


def _copy(connection: duckdb.DuckDBPyConnection, lake: Path, table: str, query: str) -> None:
    """Write a part of a lake table, its columns as the lake has them, null where the query has none."""
    given = {name for name, *_ in connection.execute(f"describe {query}").fetchall()}
    types = {"decimal128(24, 6)": "decimal(24, 6)", "int64": "bigint", "int32": "integer", "bool": "boolean"}
    columns = ", ".join(
        f"{field.name if field.name in given else 'null'}::{types.get(str(field.type), 'varchar')} as {field.name}"
        for field in TABLES[table]
        if table != "files" or field.name != "fetched_at"
    )
    part = lake / table / "part-benchmark.parquet"
    connection.execute(f"copy (select {columns} from ({query})) to '{part}' (format parquet, compression zstd)")


def dbt(lake: Path, folder: Path, *arguments: str) -> list[dict[str, Any]]:
    """Run dbt on the lake; returns its results. Raises RuntimeError with its output where a model or test errs."""
    command = [str(Path(sys.executable).with_name("dbt")), "--no-use-colors", *arguments]
    folders = {"--project-dir": DBT, "--profiles-dir": DBT, "--target-path": folder, "--log-path": folder}
    command += [str(part) for option in folders.items() for part in option]
    environment = {**os.environ, "OGI_LAKE": str(lake), "OGI_DATABASE": str(folder / "benchmark.duckdb")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stdout)
    results: list[dict[str, Any]] = json.loads((folder / "run_results.json").read_text())["results"]
    return results


def _times(results: list[dict[str, Any]]) -> Iterator[tuple[str, float]]:
    """The seconds of each model, and of all tests of identities together."""
    models = {r["unique_id"].split(".")[2]: r["execution_time"] for r in results if r["unique_id"].startswith("model.")}
    yield from models.items()
    tests = [r["execution_time"] for r in results if r["unique_id"].startswith("test.")]
    if tests:
        yield f"{len(tests)} tests of identities", sum(tests)


def measure(lake: Path, folder: Path) -> dict[str, float]:
    """Seconds of the plain scan and of each step of dbt."""
    scan = _SCAN.format(cells=f"{lake}/cells/*.parquet")
    seconds = []
    for _ in range(3):
        begun = time.monotonic()
        duckdb.sql(scan).fetchall()
        seconds.append(time.monotonic() - begun)
    measured = {"plain scan of the cells": min(seconds)}
    common = ("--exclude-resource-type", "test", "unit_test")
    measured.update(
        _times(dbt(lake, folder, "build", "--select", "+fct_identity_checks", "+int_report_forms", *common))
    )
    measured.update(_times(dbt(lake, folder, "test", "--select", "fct_identity_checks,test_type:generic", *_TESTS)))
    return measured


_TESTS = ("--exclude", "test_name:references_exist", "test_name:codes_are_known", "test_type:unit")


def main() -> None:
    """Write the lake, measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000)
    reports: int = parser.parse_args().reports
    with tempfile.TemporaryDirectory() as folder:
        lake = Path(folder) / "lake"
        cells = write_lake(lake, reports)
        measured = measure(lake, Path(folder) / "dbt")
        with duckdb.connect(str(Path(folder) / "dbt" / "benchmark.duckdb"), read_only=True) as connection:
            counts = connection.execute(
                "select status, count(*) from marts.fct_identity_checks group by 1 order by 1"
            ).fetchall()
    print(f"{reports:,} reports, {cells:,} cells; checks: " + ", ".join(f"{count:,} {name}" for name, count in counts))
    scan = measured["plain scan of the cells"]
    print(f"\n| {'step':<32} | seconds | × plain scan |\n|{'-' * 34}|--------:|-------------:|")
    for step, seconds in measured.items():
        print(f"| {step:<32} | {seconds:7.2f} | {seconds / scan:12.1f} |")


if __name__ == "__main__":
    main()
