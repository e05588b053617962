"""A small lake that is written for the purpose, and the warehouse that dbt builds of it, once a session."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from small_lakes import Build, Row, Values, agency, cells, decision, publisher, report, write_part

from checks.suspects import update_suspects
from ingest import forms
from ingest.lake.schema import TABLES

DBT = Path(__file__).parents[2] / "dbt"


@pytest.fixture(scope="session")
def dbt_build(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Build]:
    """Runs dbt on a lake from a foreign working directory, and moves the database away as the publisher does.

    All runs share their target folder and the path that they build at, so that dbt parses the project once.
    """
    workspace = tmp_path_factory.mktemp("dbt")
    target = workspace / "target"

    def build(name: str, lake: Path, *arguments: str) -> Build:
        building = workspace / "building.duckdb"
        finished = subprocess.run(
            [
                str(Path(sys.executable).with_name("dbt")),
                "--no-use-colors",
                "build",
                "--project-dir",
                str(DBT),
                "--profiles-dir",
                str(DBT),
                "--target-path",
                str(target),
                "--log-path",
                str(workspace / "logs"),
                *arguments,
            ],
            cwd=workspace,
            env={**os.environ, "OGI_DATABASE": str(building), "OGI_LAKE": str(lake)},
            capture_output=True,
            text=True,
            check=False,
        )
        database = building.rename(workspace / f"{name}.duckdb")
        manifest = json.loads((target / "manifest.json").read_text())
        results = json.loads((target / "run_results.json").read_text())["results"]
        names = {**manifest["nodes"], **manifest["unit_tests"]}
        statuses = {
            names[result["unique_id"]]["name"]: result["status"] for result in results if result["unique_id"] in names
        }
        return Build(finished.returncode, finished.stdout, database, manifest, statuses)

    return build


@pytest.fixture(scope="session")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of every form, good and bad, in several parts."""
    lake = tmp_path_factory.mktemp("lake")
    write_part(lake, "empty", **{name: [] for name in TABLES})
    write_part(
        lake,
        "all",
        files=[
            {"source_path": f"{report_id}.html", "report_id": report_id, "status": "read"}
            for report_id in ("twice", "fails", "fails_twice", "hijacked", "old", "prose", "login_page")
        ]
        + [{"source_path": "archive.zip", "status": "container"}],
        publishers=[
            publisher("twice", "甲局", 2021),
            publisher("fails", "乙局", 2019),
            publisher("fails_twice", "丁局", 2019),
            publisher("hijacked", "乙局", 2019),
            # Then its region was 洪泽县 of this code, which means nothing today.
            publisher("old", "丙局", 2014, region_code="320829", scope="jurisdiction"),
            publisher("prose", None, None, region_code="320829", scope=None),
            publisher("login_page", None, None, region_code=None, scope=None),
            publisher("gone", "甲局", 2021),
        ],
        corrections=[
            {
                **decision(2, "old"),
                "section": "statistics",
                "row_code": "requests_online",
                "column_code": "value",
                "status_from": "reported",
                "value_from": Decimal(0),
                "value_to": Decimal(5),
            }
        ],
        acknowledged=[
            {**decision(2, "fails"), "identity_code": "outcomes", "member_code": "business", "difference": Decimal(10)},
            {**decision(3, "fails"), "identity_code": "outcomes", "member_code": "research", "difference": Decimal(1)},
        ],
        agencies=[
            agency("甲局", agency_family="国土资源"),
            agency("乙局", agency_family="自然资源", aliases=["县乙局", "洪泽乙局"]),
            agency("丙局"),
            agency("丁局"),
        ],
    )
    member_and_totals = {
        ("new_requests", "business"): 4,
        ("new_requests", "total"): 4,
        ("closed_total", "business"): 4,
        ("closed_total", "total"): 4,
    }
    # The outcome's total is printed, and none of its members: two are not even shown.
    unallocated: Values = {
        **{("denied_third_party", code): "blank" for code in forms.applications.APPLICANT_CODES},
        ("denied_third_party", "research"): "missing",
        ("denied_third_party", "business"): "dash",
        ("denied_third_party", "total"): 4,
    }
    older = cells("twice", forms.FORM_2021, applications={("new_requests", "business"): 99})
    newest = cells(
        "twice",
        forms.FORM_2021,
        applications={**member_and_totals, **unallocated},
        reviews={("reconsideration", "upheld"): "missing"},
    )
    newest.append(
        {
            **newest[0],
            "section": "applications",
            "row_code": "subtotal_denied",
            "column_code": "total",
            "unit": "request",
            "value": Decimal(4),
        }
    )
    # Granted to a business: 14 for 4. Two identities fail and one cell explains both.
    fails = cells(
        "fails",
        forms.FORM_2019,
        applications={**member_and_totals, ("granted", "business"): 14, ("granted", "total"): 4},
    )
    # A row's total and a member of another row: two cells that have no identity in common.
    fails_twice = cells(
        "fails_twice", forms.FORM_2019, applications={("granted", "total"): 3, ("denied_third_party", "research"): 5}
    )
    statistics = cells(
        "old", forms.FORM_2014, statistics={("requests_received", "value"): 5, ("staff", "value"): "blank"}
    )

    empty: dict[str, list[Row]] = {"claims": [], "evidence": [], "issues": []}
    write_part(lake, "1-older", reports=[report("twice", forms.FORM_2021, parser_version="1.9")], cells=older, **empty)
    write_part(
        lake,
        "2-newest",
        reports=[
            report("twice", forms.FORM_2021, parser_version="1.10"),
            report("fails", forms.FORM_2019),
            report("fails_twice", forms.FORM_2019),
            report("hijacked", forms.FORM_2019, contaminated=True, contamination="188比分直播"),
            report("old", forms.FORM_2014, script="hant"),
            report("prose", forms.NARRATIVE, status="no_tables"),
            report("login_page", None, status="not_a_report"),
            report("gone", forms.FORM_2021),
        ],
        cells=newest
        + fails
        + fails_twice
        + cells("hijacked", forms.FORM_2019)
        + statistics
        + cells("gone", forms.FORM_2021),
        claims=[
            {
                "report_id": "twice",
                "claim_code": "new_requests",
                "subject": "report",
                "value": Decimal(4),
                "unit": "request",
                "sentence": "新收4件",
                "locator": "line 3",
            },
            {
                "report_id": "old",
                "claim_code": "applications_received",
                "subject": "report",
                "value": Decimal(6),
                "unit": "request",
                "sentence": "收到6件",
                "locator": "line 3",
            },
        ],
        evidence=[{"report_id": "twice", "kind": "title", "value": "甲局", "locator": "line 1"}],
        issues=[{"report_id": "twice", "code": "cell_missing", "severity": "warning", "message": "one cell"}],
    )
    _write_versions(lake)
    # A run that was killed before it wrote its `reports`: the part is none.
    write_part(
        lake,
        "3-killed",
        cells=cells("twice", forms.FORM_2021),
        claims=[],
        evidence=[],
        issues=[{"report_id": "twice", "code": "of_a_killed_run", "severity": "error", "message": "must not be seen"}],
    )
    update_suspects(lake)
    return lake


def _write_versions(lake: Path) -> None:
    """Three years of one publisher: the second repeats the first, the third has a copy and a correction."""
    reports = {
        "v2021": ("丁局", 2021, 10, "年度报告"),
        "v2022": ("丁局", 2022, 10, "年度报告"),
        "v2023": ("丁局", 2023, 20, "年度报告"),
        "v2023_copy": (None, 2023, 20, None),
        "v2023_corrected": ("丁局", 2023, 30, "年度报告(更正)"),
    }
    write_part(
        lake,
        "versions",
        files=[{"source_path": f"{name}.html", "report_id": name, "status": "read"} for name in reports],
        publishers=[publisher(name, name_of, year) for name, (name_of, year, _, _) in reports.items()],
        reports=[report(name, forms.FORM_2021, title=title) for name, (_, _, _, title) in reports.items()],
        cells=[row for name, (_, _, first, _) in reports.items() for row in _many_numbers(name, first)],
    )


def _many_numbers(report_id: str, first: int) -> list[Row]:
    """A report that holds all identities: each kind of applicant has a number of its own, from `first` on."""
    members = {code: first + number for number, code in enumerate(forms.applications.APPLICANT_CODES)}
    held = {**members, "total": sum(members.values())}
    applications = {(row, column): value for row in _FLOW for column, value in held.items()}
    reviews = {
        ("reconsideration", "upheld"): 3,
        ("reconsideration", "other"): 4,
        ("reconsideration", "total"): 7,
        ("litigation_direct", "corrected"): 5,
        ("litigation_direct", "total"): 5,
    }
    return cells(report_id, forms.FORM_2021, applications=applications, reviews=reviews)


_FLOW = ("new_requests", "granted", "closed_total")


@pytest.fixture(scope="session")
def warehouse(dbt_build: Callable[..., Build], lake: Path) -> Build:
    """The warehouse of that lake, with all tests of dbt run on it."""
    return dbt_build("warehouse", lake)
