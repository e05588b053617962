"""Running single assets, as from the UI: they are tried beside the published warehouse, which stays as it is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pytest
from filelock import FileLock

from tests.corpus.corpus import SAMPLES
from tests.ogi.builds import FAULTY_MANIFEST, Build, stamps

MART = dg.AssetKey(["marts", "fct_outcomes"])
PUBLISHERS = [dg.AssetKey(["lake", table]) for table in ("publishers", "agencies", "publisher_statements")]
PUBLISHED = dg.AssetKey("published_warehouse")


@pytest.fixture
def run(definitions: dg.Definitions, kept_environment: None) -> Iterator[Any]:
    """Materialises chosen assets in this process; a failed run is a result, too."""
    from dagster_project.cluster import ParseCluster
    from dagster_project.resources import BuildLock, Folders, ProgressReporter

    with dg.DagsterInstance.ephemeral() as instance:

        def materialise(raw: Path, data: Path, *keys: dg.AssetKey) -> dg.ExecuteInProcessResult:
            folders = Folders(raw=str(raw), data=str(data))
            return dg.materialize(
                list(definitions.assets or ()),  # type: ignore[arg-type]
                selection=list(keys) or None,
                instance=instance,
                raise_on_error=False,
                resources={
                    "folders": folders,
                    "build_lock": BuildLock(folders=folders),
                    "progress": ProgressReporter(),
                    "cluster": ParseCluster(),
                },
            )

        yield materialise


def reasons(result: dg.ExecuteInProcessResult) -> str:
    """What a failed run says of itself, in the words meant for people."""
    said = []
    for event in result.all_events:
        data = event.event_specific_data
        if event.is_failure and data is not None:
            said += [
                str(part)
                for part in (getattr(data, "user_failure_data", None), getattr(data, "error", None))
                if part is not None
            ]
    return "\n".join(said)


def test_a_single_mart_is_tried_beside_the_published_warehouse(own: Build, run: Any) -> None:
    before = stamps(own.warehouse, own.data / "lake")
    result = run(own.raw, own.data, MART)
    assert result.success, reasons(result)
    assert [event.asset_key for event in result.get_asset_materialization_events()] == [MART]
    assert stamps(own.warehouse, own.data / "lake") == before
    with duckdb.connect(str(own.data / "build" / "warehouse.duckdb"), read_only=True) as tried:
        counted = tried.sql("select count(*) from marts.fct_outcomes").fetchall()
    assert counted == own.rows("select count(*) from marts.fct_outcomes")
    # What was tried alone is never published.
    alone = run(own.raw, own.data, PUBLISHED)
    assert not alone.success
    assert "run the job `build`" in reasons(alone)
    assert stamps(own.warehouse, own.data / "lake") == before


def test_a_single_mart_needs_a_published_warehouse(tmp_path: Path, run: Any) -> None:
    result = run(SAMPLES, tmp_path, MART)
    assert not result.success
    assert "nothing was published yet" in reasons(result)
    assert "run the job `build`" in reasons(result)


def test_nothing_built_is_nothing_to_publish(tmp_path: Path, run: Any) -> None:
    result = run(SAMPLES, tmp_path, PUBLISHED)
    assert not result.success
    assert "run the job `build`" in reasons(result)
    assert not (tmp_path / "warehouse.duckdb").exists()


def test_a_run_beside_a_build_fails_at_once_and_says_why(own: Build, run: Any) -> None:
    before = stamps(own.warehouse, own.data / "lake")
    with FileLock(own.data / "state" / "build.lock"):
        result = run(own.raw, own.data, *PUBLISHERS)
    assert not result.success
    assert "another build is writing" in reasons(result)
    assert stamps(own.warehouse, own.data / "lake") == before


def test_a_faulty_manifest_stops_a_run_before_anything_is_written(own: Build, run: Any) -> None:
    (own.raw / "manifest.csv").write_text(FAULTY_MANIFEST, encoding="utf-8")
    before = stamps(own.warehouse, own.data / "lake")
    result = run(own.raw, own.data)
    assert not result.success
    assert "manifest.csv: the first line names the columns" in reasons(result)
    assert stamps(own.warehouse, own.data / "lake") == before


def test_the_publishers_alone_are_decided_anew_and_nothing_is_parsed(own: Build, run: Any) -> None:
    before = stamps(own.warehouse, own.data / "lake" / "reports", own.data / "lake" / "cells")
    result = run(own.raw, own.data, *PUBLISHERS)
    assert result.success, reasons(result)
    events = {event.asset_key: event for event in result.get_asset_materialization_events()}
    assert events.keys() == set(PUBLISHERS)
    assert events[PUBLISHERS[0]].materialization.metadata["dagster/row_count"].value == len(list(own.raw.iterdir()))
    assert stamps(own.warehouse, own.data / "lake" / "reports", own.data / "lake" / "cells") == before


@pytest.mark.slow
def test_the_whole_job_where_nothing_changed_leaves_the_warehouse_alone(own: Build, run: Any) -> None:
    """The UI's button, pressed once too often."""
    before = stamps(own.warehouse)
    result = run(own.raw, own.data)
    assert stamps(own.warehouse) == before
    assert result.success, reasons(result)
