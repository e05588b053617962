"""The event log that stays open: what it writes is a Dagster home like any other."""

from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.event_log import SqliteEventLogStorage

from dagster_project import event_log
from ogi.run import prepare_home
from warehouse.paths import DataPaths

RUNS = event_log._OPEN + 2


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder's Dagster home as `ogi build` prepares it."""
    paths = DataPaths(tmp_path / "data")
    for name, value in prepare_home(tmp_path, paths).items():
        monkeypatch.setenv(name, value)
    return paths.dagster_home


@dg.asset(check_specs=[dg.AssetCheckSpec("has_rows", asset="made")])
def made() -> dg.MaterializeResult:  # type: ignore[type-arg]
    return dg.MaterializeResult(check_results=[dg.AssetCheckResult(passed=True)])


def test_other_processes_read_what_more_runs_than_stay_open_wrote(home: Path) -> None:
    with dg.DagsterInstance.get() as instance:
        assert isinstance(instance.event_log_storage, event_log.OpenSqliteEventLogStorage)
        runs = [dg.materialize([made], instance=instance).run_id for _ in range(RUNS)]
        written = {run: [entry.message for entry in instance.all_logs(run)] for run in runs}
        # Beside the one that is still open, as the UI is beside a build.
        read = SqliteEventLogStorage(str(home / "history" / "runs"))
        assert {run: [entry.message for entry in read.get_logs_for_run(run)] for run in runs} == written
        assert read.get_latest_materialization_events([dg.AssetKey("made")])[dg.AssetKey("made")].run_id == runs[-1]
        assert len(instance.event_log_storage._engines) <= event_log._OPEN
    assert not list(home.rglob("*.db-wal"))


def test_a_data_folder_may_be_moved(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with dg.DagsterInstance.get() as instance:
        run = dg.materialize([made], instance=instance).run_id
    moved = home.rename(home.parent / "elsewhere")
    monkeypatch.setenv("DAGSTER_HOME", str(moved))
    with dg.DagsterInstance.get() as instance:
        assert instance.get_run_by_id(run) is not None
        assert instance.all_logs(run)
    assert not home.exists()
