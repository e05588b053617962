"""The long runs of the real command line that many tests read: each done once a session, two at a time."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tests.corpus.corpus import SAMPLES
from tests.ogi import builds
from tests.ogi.builds import Build, Changed, Killed

if TYPE_CHECKING:
    import dagster as dg

# The same examples in every run, so that a run says something of the change and not of the day; `make test-all` draws
# others each time, and what it finds becomes a test of its own.
settings.register_profile("fixed", derandomize=True)
settings.register_profile("drawn", print_blob=True)
settings.load_profile("fixed")

_AT_A_TIME = min(2, os.cpu_count() or 1)


@pytest.fixture(scope="session", autouse=True)
def long_runs(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Mapping[str, Future[Any]]]:
    """Starts the long runs that the chosen tests ask for, in the background from the beginning of the session."""
    wanted = {name for item in request.session.items for name in getattr(item, "fixturenames", ())}
    if wanted & {"changed", "definitions", "own"}:
        wanted |= {"built"}
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        runs: dict[str, Future[Any]] = {}

        def run(name: str, work: Callable[[Path], object]) -> None:
            if name in wanted:
                runs[name] = pool.submit(work, tmp_path_factory.mktemp(name))

        run("built", lambda folder: builds.build(SAMPLES, folder / "data"))
        run("killed", _kill_five_times)
        run("changed", lambda folder: builds.change_and_build(runs["built"].result(), folder))
        yield runs
        for future in runs.values():
            future.cancel()
        builds.end_all()


def _kill_five_times(folder: Path) -> Killed:
    moments = [
        builds.when_there("lake/cells/part-*"),
        *map(builds.after, (0.9, 2.8, 4.4)),
        builds.when_there("build/warehouse.duckdb"),
    ]
    return builds.kill_and_build(SAMPLES, folder / "data", moments)


@pytest.fixture(scope="session")
def built(long_runs: Mapping[str, Future[Any]]) -> Build:
    """The samples, built by `ogi build` into an empty data folder. For reading only."""
    result: Build = long_runs["built"].result()
    assert result.done.returncode == 0, result.done.stderr
    return result


@pytest.fixture(scope="session")
def changed(long_runs: Mapping[str, Future[Any]]) -> Changed:
    """A copy of `built` whose landing folder was changed and got all kinds of bad files, built again."""
    result: Changed = long_runs["changed"].result()
    return result


@pytest.fixture(scope="session")
def all_kinds(changed: Changed) -> Build:
    """The corpus among all kinds of bad files, built. For reading only."""
    return changed.after


@pytest.fixture(scope="session")
def killed(long_runs: Mapping[str, Future[Any]]) -> Killed:
    """The samples, built after five builds of them were killed."""
    result: Killed = long_runs["killed"].result()
    return result


@pytest.fixture
def own(built: Build, tmp_path: Path) -> Build:
    """A copy of `built` that a test may change."""
    return builds.copied(built, tmp_path)


@pytest.fixture(scope="session")
def definitions(built: Build, tmp_path_factory: pytest.TempPathFactory) -> Iterator["dg.Definitions"]:
    """Dagster's definitions, loaded in this process. Their dbt manifest is that of `built`, which spares a parse."""
    target = tmp_path_factory.mktemp("dagster") / "data" / "dbt" / "target"
    target.mkdir(parents=True)
    for name in ("manifest.json", "manifest.digest"):
        shutil.copy(built.data / "dbt" / "target" / name, target / name)
    before = dict(os.environ)
    os.environ.update(OGI_DATA=str(target.parents[1]), DAGSTER_DISABLE_TELEMETRY="1")
    # Imported here: it takes seconds, and looks for its data folder.
    from dagster_project.definitions import defs

    yield defs
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def kept_environment() -> Iterator[None]:
    """Puts the environment back as it was: a build in this process tells its children by it where to work."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)
