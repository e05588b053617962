"""Running the build job in this process: the same assets as in the UI, with a progress bar."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, redirect_stdout, suppress
from io import StringIO
from pathlib import Path

from filelock import FileLock, Timeout
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from ingest.csv_files import CsvFileError
from ingest.lake.location import fault_of
from ingest.reviewed import check_reviewed, reviewed_dir
from warehouse import publish
from warehouse.current import is_current
from warehouse.paths import DATA_VARIABLE, LAKE_VARIABLE, OCR_VARIABLE, RAW_VARIABLE, REVIEWED_VARIABLE, DataPaths

_DAGSTER_YAML = """# Run history of this data folder. Nothing is reported to anybody.
telemetry:
  enabled: false
nux:
  enabled: false
event_log_storage:
  module: dagster_project.event_log
  class: OpenSqliteEventLogStorage
"""


_ROOM_BYTES = 64 * 1024 * 1024
"""Beside the database: run history, compiled models, new parts of the lake."""
_FULL_BYTES = 16 * 1024 * 1024
_FULL = "the disk of {data} is full; make room and start again (the published warehouse is as it was)"


class BuildFailed(Exception):
    """A build that did not publish; the message says why and what to do."""


def prepare_home(raw_dir: Path, paths: DataPaths, reviewed: Path | None = None, ocr: bool = False) -> dict[str, str]:
    """Make Dagster's home in the data folder, and return the variables that lead every process of ours there."""
    paths.dagster_home.mkdir(parents=True, exist_ok=True)
    settings = paths.dagster_home / "dagster.yaml"
    if not settings.exists():
        settings.write_text(_DAGSTER_YAML, encoding="utf-8")
    return {
        RAW_VARIABLE: str(raw_dir),
        DATA_VARIABLE: str(paths.data),
        LAKE_VARIABLE: paths.lake_location,
        REVIEWED_VARIABLE: str(reviewed or ""),
        OCR_VARIABLE: "1" if ocr else "",
        "DAGSTER_HOME": str(paths.dagster_home),
        "DAGSTER_DISABLE_TELEMETRY": "1",
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }


def build(
    raw_dir: Path,
    paths: DataPaths,
    console: Console,
    rebuild: bool,
    verbose: bool,
    reviewed: Path | None = None,
    allow_empty: bool = False,
    ocr: bool = False,
) -> bool:
    """Bring the published warehouse up to landing folder and reviewed files; False where nothing had to be done.

    Raises BuildFailed where the build stopped before publishing; the published database is then as it was.
    """
    try:
        # Asked first: of a folder that is not there nothing changed, and its decisions would go unnoticed.
        check_reviewed(raw_dir, reviewed_dir(raw_dir, reviewed))
    except (CsvFileError, OSError) as error:
        raise BuildFailed(str(error)) from error
    try:
        paths.data.mkdir(parents=True, exist_ok=True)
        if not rebuild and is_current(raw_dir, paths, reviewed, ocr):
            _remove_leftovers(paths)
            return False
        require_room(paths)
        os.environ.update(prepare_home(raw_dir, paths, reviewed, ocr))
    except BuildFailed:
        raise
    except Exception as error:
        of_lake = fault_of(paths.lake_location, error)
        if of_lake:
            raise BuildFailed(f"{of_lake} (the published warehouse is as it was)") from error
        if isinstance(error, OSError):
            raise BuildFailed(f"cannot write to {paths.data}: {error.strerror}") from error
        raise
    try:
        with _progress(console) as progress:
            _run_job(progress, raw_dir, paths, rebuild, verbose, reviewed, allow_empty, ocr)
    except Exception:
        # Dagster's own database says of a full disk only that something is wrong with it.
        if shutil.disk_usage(paths.data).free < _FULL_BYTES:
            raise BuildFailed(_FULL.format(data=paths.data)) from None
        raise
    return True


def _remove_leftovers(paths: DataPaths) -> None:
    """Remove a half-built database of a build that was killed; that of one at work is let be."""
    if not paths.unpublished.parent.is_dir() or not any(paths.unpublished.parent.iterdir()):
        return
    with suppress(Timeout, OSError), FileLock(paths.lock, timeout=0):
        publish.start(paths.unpublished)


def require_room(paths: DataPaths) -> None:
    """Raise BuildFailed where a new database as large as the published one would not fit beside it."""
    published = paths.warehouse.stat().st_size if paths.warehouse.exists() else 0
    needed = published + _ROOM_BYTES
    free = shutil.disk_usage(paths.data).free
    if free < needed:
        raise BuildFailed(
            f"the disk of {paths.data} has {free // 2**20} MiB free, and a build needs some {needed // 2**20} MiB; "
            "make room and start again (the published warehouse is as it was)"
        )


@contextmanager
def _progress(console: Console) -> Iterator[Progress]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=30), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=not console.is_terminal) as progress:
        yield progress


def _run_job(
    progress: Progress,
    raw_dir: Path,
    paths: DataPaths,
    rebuild: bool,
    verbose: bool,
    reviewed: Path | None,
    allow_empty: bool,
    ocr: bool,
) -> None:
    task = progress.add_task("starting Dagster", total=None)
    # Imported here: Dagster takes seconds to load, which a build with nothing to do must not cost.
    import dagster as dg

    from dagster_project.definitions import defs
    from dagster_project.lake.assets import ALLOW_EMPTY_TAG
    from dagster_project.resources import BuildLock, Folders, ProgressReporter
    from dagster_project.warehouse.assets import REBUILD_TAG

    class Bar(ProgressReporter):
        """Shows what the assets report."""

        def parsing(self):  # type: ignore[no-untyped-def]
            begun = time.monotonic()

            def show(done: int, total: int) -> None:
                rate = done / max(time.monotonic() - begun, 0.001)
                told = f"parsing reports ({done:,} of {total:,}, {rate:,.1f} a second)"
                progress.update(task, description=told, completed=done, total=total)

            return show

        def step(self, message: str) -> None:
            progress.update(task, description=message, completed=0, total=None)

    folders = Folders(
        raw=str(raw_dir), reviewed=str(reviewed or ""), data=str(paths.data), lake=paths.lake_location, ocr=ocr
    )
    level = "INFO" if verbose else "CRITICAL"
    # What dbt prints is in its log file; here it would tear the progress bar apart.
    quiet = nullcontext() if verbose else redirect_stdout(StringIO())
    with dg.DagsterInstance.get() as instance, quiet:
        result = defs.resolve_job_def("build").execute_in_process(
            instance=instance,
            resources={"folders": folders, "build_lock": BuildLock(folders=folders), "progress": Bar()},
            run_config={"loggers": {"console": {"config": {"log_level": level}}}},
            tags={
                **({REBUILD_TAG: "true"} if rebuild else {}),
                **({ALLOW_EMPTY_TAG: "true"} if allow_empty else {}),
            },
            raise_on_error=False,
        )
    if not result.success:
        raise BuildFailed(_why(result))


def _why(result: object) -> str:
    """The message of the first step that failed, without the framework's stack."""
    for event in result.all_events:  # type: ignore[attr-defined]
        if event.is_failure and event.event_specific_data is not None:
            data = event.event_specific_data
            failure = getattr(data, "user_failure_data", None)
            if failure is not None and failure.description:
                return str(failure.description)
            error = getattr(data, "error", None)
            if error is not None:
                cause = error
                while cause.cause is not None:
                    cause = cause.cause
                return str(cause.message).strip().removeprefix("dagster._core.definitions.events.Failure: ")
    return "the build failed; `ogi ui` shows the run"


def timed(begun: float) -> str:
    """The seconds since a moment of `time.monotonic`, for people."""
    return f"{time.monotonic() - begun:.1f} s"
