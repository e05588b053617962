"""`ogi build`: from a folder of files to a published warehouse, and nothing again where nothing changed."""

import shutil
import time
from pathlib import Path

import pytest
from filelock import FileLock

from ingest.lake.schema import TABLES
from tests.corpus.corpus import SAMPLES, documents, true_cells
from tests.ogi import builds
from tests.ogi.builds import Build, Changed, Killed, contents, differing_tables, ogi, parts, stamps


def test_a_build_tells_what_it_made_and_what_to_do_next(built: Build) -> None:
    shown = built.done.stdout
    assert built.done.returncode == 0
    assert "7 read" in shown
    assert "6 parsed, 1 no_tables" in shown
    assert "1,190 read, 2 blank, 0 dash, 0 missing, 0 unreadable" in shown
    for identity in ("balance", "outcomes", "applicants", "reviews"):
        assert f"identity {identity}" in shown
    assert str(built.warehouse) in shown
    advice = shown.split("Next:")[1].strip().splitlines()
    assert len(advice) == 3
    assert all(str(built.data) in line for line in advice)


def test_a_build_leaves_warehouse_and_lake_and_no_temporary_file(built: Build) -> None:
    assert built.warehouse.is_file()
    assert set(TABLES) == {path.name for path in (built.data / "lake").iterdir()}
    assert _leftovers(built.data) == []


def test_the_advice_of_a_build_works(built: Build) -> None:
    query = next(line for line in built.done.stdout.splitlines() if " ogi query" in line or "/ogi query" in line)
    sql = query.split('"')[1]
    assert ogi("query", "--data", built.data, sql).returncode == 0


def test_the_lake_and_warehouse_hold_every_cell_that_the_texts_print_and_no_other(built: Build) -> None:
    for name in (name for name in documents() if name.endswith(".txt")):
        _assert_cells_are_true(built, name, name)


@pytest.mark.parametrize("name", sorted(documents()))
def test_bad_files_around_a_document_cost_none_of_its_cells(all_kinds: Build, name: str) -> None:
    _assert_cells_are_true(all_kinds, dict([builds.RENAMED]).get(name, name), name)


def test_the_corpus_has_980_cells(all_kinds: Build) -> None:
    if not any(name.endswith(".pdf") for name in documents()):
        pytest.skip("the PDF of the shared corpus is not here")
    paths = [dict([builds.RENAMED]).get(name, name) for name in documents()]
    of_corpus = [all_kinds.report_id(path) for path in paths]
    assert all_kinds.rows("select count(*) from staging.stg_cells where list_contains(?, report_id)", of_corpus) == [
        (980,)
    ]


def _assert_cells_are_true(build: Build, source_path: str, name: str) -> None:
    found = {
        (section, row, column): (value, raw_text or "", unit, status)
        for section, row, column, value, raw_text, unit, status in build.rows(
            "select section, row_code, column_code, value, raw_text, unit, status from staging.stg_cells "
            "where report_id = ?",
            build.report_id(source_path),
        )
    }
    truth = {
        key: (cell.value, cell.raw_text, cell.unit, "blank" if cell.value is None else "reported")
        for key, cell in true_cells(name).items()
    }
    assert found == truth


def test_a_second_build_does_nothing_and_does_not_even_start_dagster(built: Build, tmp_path: Path) -> None:
    for module in ("dagster", "dagster_dbt", "dbt"):
        (tmp_path / f"{module}.py").write_text("raise SystemExit('the slow path was taken')\n")
    before = stamps(built.warehouse, built.data / "lake")
    again = ogi("build", built.raw, "--data", built.data, PYTHONPATH=str(tmp_path))
    assert again.returncode == 0, again.stderr
    assert "nothing to do" in again.stdout
    assert stamps(built.warehouse, built.data / "lake") == before


def test_a_build_with_nothing_to_do_removes_what_a_killed_one_left(own: Build) -> None:
    left = own.data / "build" / "warehouse.duckdb"
    left.write_bytes(b"half a database")
    with FileLock(own.data / "state" / "build.lock"):
        assert "nothing to do" in builds.build(own.raw, own.data).done.stdout
        assert left.exists(), "it may be of the build that holds the lock"
    assert "nothing to do" in builds.build(own.raw, own.data).done.stdout
    assert _leftovers(own.data) == []


def test_a_folder_that_was_moved_as_it_is_has_nothing_to_build(own: Build) -> None:
    before = stamps(own.warehouse, own.data / "lake")
    assert "nothing to do" in builds.build(own.raw, own.data).done.stdout
    assert stamps(own.warehouse, own.data / "lake") == before


def test_what_went_from_the_folder_goes_from_the_warehouse(changed: Changed) -> None:
    assert changed.after.done.returncode == 0, changed.after.done.stderr
    gone = changed.before.report_id(builds.REMOVED)
    with_reports = changed.after.rows(
        "select schema_name || '.' || table_name from duckdb_columns() where column_name = 'report_id' "
        "and schema_name in ('staging', 'marts')"
    )
    assert len(with_reports) > 10
    for (table,) in with_reports:
        assert changed.after.rows(f"select count(*) from {table} where report_id = ?", gone) == [(0,)], table


def test_only_what_is_new_is_parsed_whatever_was_renamed_or_said_by_people(changed: Changed) -> None:
    known = set().union(*changed.parts_before.values())
    assert len(known) == len(list(SAMPLES.iterdir()))
    assert changed.parts_before.items() <= changed.parts_after.items()
    (parsed,) = [ids for name, ids in changed.parts_after.items() if name not in changed.parts_before]
    here = {row[0] for row in changed.after.rows("select report_id from marts.dim_report")}
    assert changed.after.report_id(builds.RENAMED[1]) in known
    assert parsed == here - known


def test_a_manifest_says_what_the_bytes_do_not(changed: Changed) -> None:
    asked = "select agency_name, agency_name_source, source_url from marts.dim_report where report_id = ?"
    report_id = changed.before.report_id(builds.RENAMED[0])
    assert changed.before.rows(asked, report_id) == [(None, None, None)]
    assert changed.after.rows(asked, report_id) == [("达州市商务局", "manifest", "https://example.org/1")]


def test_an_override_wins_and_says_so(changed: Changed) -> None:
    asked = "select agency_name, agency_name_source, report_year, publisher_reason from marts.dim_report"
    ((name, source, year, reason),) = changed.after.rows(f"{asked} where source_path = ?", builds.OVERRIDDEN)
    assert (name, source, year) == ("呼伦贝尔市档案馆", "override", 2018)
    assert "by reviewer, 2026-03-01: to try it" in reason
    # One line is of no file here; a reviewed file is none of the files handed in.
    told = changed.after.rows("select origin, line, problem from test_failures.assert_what_people_say_counts")
    assert told == [("override", 3, "no file in the landing folder has this path")]
    assert changed.after.rows("select 1 from staging.stg_files where starts_with(source_path, 'reviewed')") == []


@pytest.mark.slow
def test_a_faulty_manifest_is_told_and_leaves_the_warehouse_as_it_was(own: Build) -> None:
    (own.raw / "manifest.csv").write_text(builds.FAULTY_MANIFEST, encoding="utf-8")
    before = stamps(own.warehouse, own.data / "lake")
    done = builds.build(own.raw, own.data).done
    assert done.returncode == 1
    assert "manifest.csv" in done.stderr
    assert "unknown: colour" in done.stderr
    assert "Traceback" not in done.stderr
    assert stamps(own.warehouse, own.data / "lake") == before


@pytest.mark.slow
def test_a_second_build_beside_a_running_one_leaves_at_once_and_changes_nothing(own: Build) -> None:
    (own.raw / builds.REMOVED).unlink()
    before = stamps(own.warehouse, own.data / "lake")
    with FileLock(own.data / "state" / "build.lock"):
        done = builds.build(own.raw, own.data).done
    assert done.returncode == 1
    assert "another build is writing" in done.stderr
    assert str(own.data) in done.stderr
    assert stamps(own.warehouse, own.data / "lake") == before


@pytest.mark.slow
def test_of_two_builds_started_at_once_one_builds_and_the_other_leaves(built: Build, tmp_path: Path) -> None:
    data = tmp_path / "data"
    both = [builds.start_ogi("build", SAMPLES, "--data", data) for _ in range(2)]
    done = [builds.ended(process, *process.communicate(timeout=600)) for process in both]
    builder, other = sorted(done, key=lambda one: one.returncode)
    assert (builder.returncode, other.returncode) == (0, 1), (builder.stderr, other.stderr)
    assert "published in" in builder.stdout
    assert "another build is writing" in other.stderr
    made = Build(SAMPLES, data, builder)
    assert differing_tables(made, built, "staging", "intermediate", "marts", "seeds") == []
    assert contents(data / "lake") == contents(built.data / "lake")
    assert _leftovers(data) == []


def test_the_lock_keeps_dbt_out_too(built: Build) -> None:
    with FileLock(built.data / "state" / "build.lock"):
        done = ogi("dbt", "--data", built.data, "--", "test")
    assert done.returncode == 1
    assert "a build is writing" in done.stderr


def test_after_killed_builds_a_build_makes_what_an_undisturbed_one_makes(killed: Killed, built: Build) -> None:
    """Two data folders and two times, too: neither clock nor path gets into the warehouse."""
    assert killed.kills == 5
    assert killed.faults == []
    assert killed.final.done.returncode == 0, killed.final.done.stderr
    assert differing_tables(killed.final, built, "staging", "intermediate", "marts", "seeds") == []
    assert contents(killed.final.data / "lake") == contents(built.data / "lake")
    assert _leftovers(killed.final.data) == []


@pytest.fixture(scope="session")
def build_seconds(tmp_path_factory: pytest.TempPathFactory) -> float:
    """How long an undisturbed build takes on this machine, so that kills are spread over the whole of it."""
    begun = time.monotonic()
    assert builds.build(SAMPLES, tmp_path_factory.mktemp("timed") / "data").done.returncode == 0
    return time.monotonic() - begun


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_builds_may_be_killed_at_any_moment(built: Build, build_seconds: float, tmp_path: Path, seed: int) -> None:
    """A hundred kills in all. Every other build has the whole lake to make, too."""
    killed = builds.kill_at_random(SAMPLES, tmp_path / "data", seed, kills=10, longest=build_seconds)
    assert killed.faults == []
    assert killed.final.done.returncode == 0, killed.final.done.stderr
    assert differing_tables(killed.final, built, "staging", "intermediate", "marts", "seeds") == []
    assert contents(killed.final.data / "lake") == contents(built.data / "lake")
    assert _leftovers(killed.final.data) == []


@pytest.mark.slow
def test_a_build_killed_between_audit_and_publishing_is_made_anew(built: Build, tmp_path: Path) -> None:
    killed = builds.kill_and_build(SAMPLES, tmp_path / "data", [builds.when_there("build/*.inputs")])
    assert killed.faults == []
    assert killed.final.done.returncode == 0, killed.final.done.stderr
    assert differing_tables(killed.final, built, "staging", "marts") == []
    assert _leftovers(killed.final.data) == []


@pytest.mark.slow
def test_step_by_step_a_folder_and_its_warehouse_stay_the_same(own: Build, built: Build) -> None:
    """A manifest comes, a file goes and comes back, the manifest goes: the warehouse ends as it began."""
    before = parts(own.data)
    (own.raw / "manifest.csv").write_text(
        f"source_path,agency_name\n{builds.RENAMED[0]},达州市商务局\n", encoding="utf-8"
    )
    assert builds.build(own.raw, own.data).done.returncode == 0
    assert parts(own.data) == before
    assert differing_tables(own, built, "staging", "marts") == [
        "marts.dim_agency",
        "marts.dim_report",
        "staging.stg_agencies",
        "staging.stg_publisher_statements",
        "staging.stg_reports",
    ]

    shutil.move(own.raw / builds.REMOVED, own.raw.parent / "aside")
    assert builds.build(own.raw, own.data).done.returncode == 0
    assert parts(own.data) == before
    assert own.rows("select count(*) from marts.dim_report") == [(6,)]

    shutil.move(own.raw.parent / "aside", own.raw / builds.REMOVED)
    (own.raw / "manifest.csv").unlink()
    assert builds.build(own.raw, own.data).done.returncode == 0
    assert parts(own.data) == before
    assert differing_tables(own, built, "staging", "marts") == []


@pytest.mark.slow
def test_rebuild_makes_the_same_again(own: Build, built: Build) -> None:
    done = ogi("build", own.raw, "--data", own.data, "--rebuild")
    assert done.returncode == 0, done.stderr
    assert "published in" in done.stdout
    assert own.warehouse.stat().st_mtime_ns != built.warehouse.stat().st_mtime_ns
    assert differing_tables(own, built, "staging", "intermediate", "marts", "seeds") == []


def _leftovers(data: Path) -> list[str]:
    """Files that a build should not leave behind: temporary ones, and the unpublished database with its fellows."""
    hidden = [path for path in data.rglob(".*") if "dbt" not in path.parts and "dagster" not in path.parts]
    return [str(path) for path in (*hidden, *data.rglob("*.tmp"), *(data / "build").glob("*"), *data.glob("*.wal"))]
