"""What dbt builds of a lake: read from the finished file, after it was moved to another name."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from small_lakes import Build, cells, publisher, report, write_whole_lake

from ingest import forms


def test_a_build_ends_without_errors_and_deprecations(warehouse: Build) -> None:
    assert warehouse.returncode == 0, warehouse.output
    assert not {name for name, status in warehouse.statuses.items() if status not in ("pass", "success", "warn")}
    assert "deprecat" not in warehouse.output.lower()


def test_every_test_of_dbt_has_run(warehouse: Build) -> None:
    nodes = [*warehouse.manifest["nodes"].values(), *warehouse.manifest["unit_tests"].values()]
    tests = {node["name"] for node in nodes if node["resource_type"] in ("test", "unit_test")}
    assert len(warehouse.manifest["unit_tests"]) > 5
    assert tests <= set(warehouse.statuses)


def test_schemas_are_named_plainly_and_hold_tables_but_for_one_view(warehouse: Build) -> None:
    schemas = warehouse.rows("select distinct schema_name from duckdb_tables() order by all")
    assert [name for (name,) in schemas] == ["intermediate", "marts", "reading", "seeds", "staging", "test_failures"]
    ((view, sql),) = warehouse.rows("select view_name, sql from duckdb_views() where not internal")
    assert view == "int_cell_values"
    assert "FROM staging.stg_cells" in sql, (
        "of no database by name: the file is built under one and published under another"
    )


def test_only_the_newest_parse_of_a_report_counts(warehouse: Build) -> None:
    assert warehouse.rows("select parser_version from staging.stg_reports where report_id = 'twice'") == [("1.10",)]
    form = len(cells("twice", forms.FORM_2021))
    assert warehouse.rows("select count(*) from staging.stg_cells where report_id = 'twice'") == [(form + 1,)]
    assert warehouse.rows("select code from staging.stg_issues") == [("cell_missing",)]


def test_a_report_whose_file_is_gone_is_gone(warehouse: Build) -> None:
    for table in ("staging.stg_reports", "staging.stg_cells", "marts.dim_report", "marts.fct_outcomes"):
        assert warehouse.rows(f"select 1 from {table} where report_id = 'gone'") == []


def test_facts_hold_members_and_what_no_member_has(warehouse: Build) -> None:
    outcomes = warehouse.rows("""
        select applicant_type_code, requests, requests_reported from marts.fct_outcomes
        where report_id = 'twice' and outcome_code = 'denied_third_party' and requests is not null
    """)
    assert outcomes == [("unallocated", 4, 4)]
    assert warehouse.rows("select sum(requests) from marts.fct_outcomes where report_id = 'twice'") == [(4,)]
    assert warehouse.rows("select sum(new_requests) from marts.fct_applications where report_id = 'twice'") == [(4,)]
    results = warehouse.rows("""
        select result_code, cases from marts.fct_reviews
        where report_id = 'twice' and channel_code = 'reconsideration' order by all
    """)
    assert results == [("corrected", 0), ("other", 0), ("pending", 0), ("upheld", None)]


def test_statistics_of_the_old_form_are_there(warehouse: Build) -> None:
    statistics = warehouse.rows("""
        select indicator_code, value_reported, unit from marts.fct_statistics
        where report_id = 'old' and (value_reported > 0 or value_reported is null)
    """)
    assert sorted(statistics) == [("requests_received", Decimal(5), "request"), ("staff", None, "person")]


def test_a_broken_identity_warns_and_names_the_report(warehouse: Build) -> None:
    rows = warehouse.rows("""
        select agency_name, report_year, member_code, left_value, right_value, difference, source_path
        from test_failures.identity_holds__kinds_of_applicant_add_up_to_the_total
        where agency_name = '乙局'
    """)
    assert rows == [("乙局", 2019, "granted", Decimal(14), Decimal(4), Decimal(10), "fails.html")]
    assert warehouse.statuses["identity_holds__kinds_of_applicant_add_up_to_the_total"] == "warn"
    assert warehouse.statuses["identity_holds__results_of_a_channel_add_up_to_its_total"] == "pass"
    assert warehouse.statuses["identity_can_be_evaluated__no_reviews_check_lacks_a_number"] == "warn"


def test_an_acknowledged_failure_does_not_warn_and_a_stale_line_does(warehouse: Build) -> None:
    checks = warehouse.rows("""
        select status, difference, acknowledged from marts.fct_identity_checks
        where report_id = 'fails' and identity_code = 'outcomes' and status = 'fails'
    """)
    assert checks == [("fails", 10, True)]
    warned = warehouse.rows("select report_id from test_failures.identity_holds__outcomes_add_up_to_the_closed_total")
    # Those that nobody looked at.
    assert ("twice",) in warned
    assert ("fails",) not in warned
    stale = warehouse.rows("select line, problem from test_failures.assert_acknowledged_failures_are_still_there")
    assert stale == [(3, "the identity holds now")]


def test_a_correction_stands_beside_what_was_published(warehouse: Build) -> None:
    facts = warehouse.rows("""
        select value, value_reported from marts.fct_statistics
        where report_id = 'old' and indicator_code = 'requests_online'
    """)
    assert facts == [(5, 0)]
    checks = warehouse.rows("""
        select status, difference, status_corrected, difference_corrected from marts.fct_identity_checks
        where report_id = 'old' and member_code = 'requests_received'
    """)
    assert checks == [("fails", -5, "holds", 0)]
    assert warehouse.statuses["identity_holds__parts_of_an_indicator_add_up_to_it"] == "pass"


@pytest.mark.slow
def test_variables_leave_corrections_out_and_make_failures_errors(dbt_build: Callable[..., Build], lake: Path) -> None:
    published = dbt_build(
        "published",
        lake,
        "--vars",
        "{corrections: false, unacknowledged: error}",
        "--exclude-resource-type",
        "unit_test",
        "--select",
        "+fct_statistics",
        "+fct_identity_checks",
    )
    assert published.returncode == 1
    failed = {name for name, status in published.statuses.items() if status == "fail"}
    assert failed == {
        "identity_holds__outcomes_add_up_to_the_closed_total",
        "identity_holds__kinds_of_applicant_add_up_to_the_total",
        "identity_holds__parts_of_an_indicator_add_up_to_it",
        "identity_holds__prose_says_what_the_tables_say",
    }
    facts = published.rows("""
        select value, value_reported from marts.fct_statistics
        where report_id = 'old' and indicator_code = 'requests_online'
    """)
    assert facts == [(0, 0)]


def test_one_cell_explains_the_broken_identities(warehouse: Build) -> None:
    suspects = warehouse.rows("""
        select row_code, column_code, value_reported, value_proposed, is_unique from marts.fct_suspect_cells
        where report_id = 'fails'
    """)
    assert suspects == [("granted", "business", Decimal(14), Decimal(4), True)]


def test_two_wrong_cells_are_found_together(warehouse: Build) -> None:
    suspects = warehouse.rows("""
        select solution, row_code, column_code, value_reported, value_proposed, is_unique, is_certain, pattern
        from marts.fct_suspect_cells where report_id = 'fails_twice' order by all
    """)
    assert suspects == [
        (1, "denied_third_party", "research", Decimal(5), Decimal(0), True, True, None),
        (1, "granted", "total", Decimal(3), Decimal(0), True, True, "total_not_sum"),
    ]
    assert warehouse.statuses["assert_sql_and_programme_agree_on_single_cells"] == "pass"


def test_prose_is_compared_with_the_tables(warehouse: Build) -> None:
    claims = warehouse.rows("select report_id, value, table_value, agrees from marts.fct_claims order by all")
    assert claims == [("old", 6, 5, False), ("twice", 4, 4, True)]


def test_reports_know_whether_they_are_current(warehouse: Build) -> None:
    reports = warehouse.rows("""
        select report_id, is_current, superseded_by, superseded_why, publisher_resolved
        from marts.dim_report order by all
    """)
    assert reports == [
        ("fails", True, None, None, True),
        ("fails_twice", True, None, None, True),
        ("hijacked", False, "fails", "contaminated", True),
        ("login_page", False, None, None, False),
        ("old", True, None, None, True),
        ("prose", True, None, None, False),
        ("twice", True, None, None, True),
        ("v2021", True, None, None, True),
        ("v2022", True, None, None, True),
        ("v2023", False, "v2023_corrected", "corrected", True),
        ("v2023_copy", False, "v2023_corrected", "same_numbers", False),
        ("v2023_corrected", True, None, None, True),
    ]


def test_versions_that_disagree_are_shown_with_both_values(warehouse: Build) -> None:
    differences = warehouse.rows("""
        select report_id, superseded_by, value, current_value from marts.fct_version_differences
        where row_code = 'granted' and column_code = 'total' and starts_with(report_id, 'v') order by all
    """)
    total = sum(range(6))
    expected = Decimal(20 * 6 + total), Decimal(30 * 6 + total)
    assert differences == [("v2023", "v2023_corrected", *expected), ("v2023_copy", "v2023_corrected", *expected)]
    # Seven cells in each of three rows.
    assert warehouse.rows("select version_differences from marts.dim_report where report_id = 'v2023'") == [(21,)]
    ((message,),) = warehouse.rows("""
        select message from marts.fct_issues
        where report_id = 'v2023' and message like 'applications/granted/total:%' and code = 'version_differs'
    """)
    assert message == "applications/granted/total: 135 here, 195 in the report that stands for it, v2023_corrected"
    assert warehouse.statuses["assert_versions_of_a_report_agree"] == "warn"


def test_last_years_numbers_under_a_new_title_are_flagged(warehouse: Build) -> None:
    repeated = warehouse.rows("select report_id, repeated_report_id, relation from marts.fct_repeated_numbers")
    assert repeated == [("v2022", "v2021", "previous_year")]
    issues = "select report_id, severity from marts.fct_issues where code = 'repeats_another_year'"
    assert warehouse.rows(issues) == [("v2022", "warning")]


def test_a_report_of_2014_is_of_the_region_of_2014_and_rolls_up_to_that_of_today(warehouse: Build) -> None:
    rolled_up = warehouse.rows("""
        select reports.region_code, codes.name_zh, today.region_code, today.full_name_zh, provinces.name_zh
        from marts.dim_report as reports
        join marts.dim_region_code as codes
            on codes.region_code = reports.region_code
            and make_date(reports.report_year, 12, 31) between codes.valid_from and codes.valid_to
        join marts.dim_region as regions on regions.region_id = reports.region_id
        join marts.dim_region as today on today.region_id = regions.current_region_id
        join marts.dim_region as provinces on provinces.region_id = regions.current_province_region_id
        where report_id = 'old'
    """)
    assert rolled_up == [("320829", "洪泽县", "320813", "江苏省淮安市洪泽区", "江苏省")]


def test_a_code_that_is_no_regions_in_the_year_is_told(warehouse: Build) -> None:
    issues = warehouse.rows("select report_id, message from marts.fct_issues where code = 'region_code_not_valid'")
    assert issues == [("prose", "no region had the code 320829 today")]
    assert warehouse.statuses["assert_region_codes_are_valid_in_their_year"] == "warn"


def test_quality_figures_count_what_is_there(warehouse: Build) -> None:
    columns = "cells_missing, cells_blank, cells_dash, identities_failed, identities_not_evaluable, issues_warning"
    figures = warehouse.rows(f"select report_id, {columns} from marts.dim_report where report_id in ('twice', 'fails')")
    # Two cells are missing: their row, their column and their channel cannot be evaluated. A dash among the outcomes of
    # businesses counts as 0, and their sum is not the printed 4. For neither report is there one of the year before.
    absent = len(forms.applications.COLUMNS) + 2, len(forms.applications.COLUMNS) + 5
    assert {row[0]: row[1:] for row in figures} == {
        "twice": (2, 4, 1, 1, 3 + absent[0], 1),
        "fails": (0, 0, 0, 2, absent[1], 0),
    }


@pytest.mark.slow
def test_an_empty_lake_builds(dbt_build: Callable[..., Build], tmp_path: Path) -> None:
    write_whole_lake(tmp_path, files=[], publishers=[])
    empty = dbt_build("empty", tmp_path, "--exclude-resource-type", "unit_test")
    assert empty.returncode == 0, empty.output
    assert not {name for name, status in empty.statuses.items() if status == "warn"}
    assert empty.rows("select count(*) from marts.dim_report") == [(0,)]
    assert empty.rows("select count(*) from marts.dim_outcome") == [(len(forms.applications.OUTCOME_CODES),)]


@pytest.mark.slow
def test_a_cell_too_few_or_too_many_stops_the_publishing(dbt_build: Callable[..., Build], tmp_path: Path) -> None:
    short = [cell for cell in cells("r", forms.FORM_2019) if cell["row_code"] != "granted"]
    foreign = {**short[0], "section": "applications", "row_code": "other_misc", "column_code": "total"}
    write_whole_lake(
        tmp_path,
        files=[{"source_path": "r.html", "report_id": "r", "status": "read"}],
        publishers=[publisher("r", "甲局", 2019)],
        reports=[report("r", forms.FORM_2019)],
        cells=[*short, foreign],
    )
    rules = ("assert_every_cell_of_a_reports_forms_has_a_row", "assert_every_cell_is_one_of_its_reports_forms")
    build = dbt_build("faulty", tmp_path, "--select", *(f"+{rule}" for rule in rules))
    assert build.returncode == 1
    assert [build.statuses[rule] for rule in rules] == ["fail", "fail"]


def test_every_identity_has_its_tests(warehouse: Build) -> None:
    """A family added to the forms is silent until it is shown, so all three tests are demanded of each."""
    tests = [node.get("test_metadata") for node in warehouse.manifest["nodes"].values()]
    shown = {(test["name"], test["kwargs"]["identity_code"]) for test in tests if test and "identity_" in test["name"]}
    kinds = ("identity_holds", "identity_can_be_evaluated", "identity_is_checked_everywhere")
    assert shown == {(kind, identity.code) for kind in kinds for identity in forms.IDENTITIES}


def test_everything_is_described_and_what_others_read_is_under_contract(warehouse: Build) -> None:
    nodes: list[dict[str, Any]] = [*warehouse.manifest["nodes"].values(), *warehouse.manifest["sources"].values()]
    for node in nodes:
        if node["resource_type"] not in ("model", "seed", "source"):
            continue
        assert node["description"], node["name"]
        assert all(column["description"] for column in node["columns"].values()), node["name"]
        if node["resource_type"] == "model":
            built = warehouse.rows(f"from duckdb_columns() select column_name where table_name = '{node['name']}'")
            assert {name for (name,) in built} == set(node["columns"]), node["name"]
            assert node["config"]["contract"]["enforced"] == (node["schema"] in ("staging", "marts", "reading")), node[
                "name"
            ]


def test_agencies_have_their_field_aliases_and_successors(warehouse: Build) -> None:
    agencies = warehouse.rows("""
        select agency_name, level, kind, field_label_zh, aliases, successor_id from marts.dim_agency
        where agency_name in ('甲局', '乙局') order by all
    """)
    assert agencies == [
        ("乙局", "county", "department", "其他", "县乙局,洪泽乙局", None),
        ("甲局", "county", "department", "其他", "", "id of 乙局"),
    ]
    assert warehouse.rows("select successor_id, year from marts.dim_agency_successor") == [("id of 乙局", 2018)]
