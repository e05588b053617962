"""Parsing on a Dask cluster of two worker processes, of which one is killed in the middle."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from distributed import Client, KilledWorker, LocalCluster

from ingest import workers
from ingest.bounded import ParserNotStartedError
from ingest.landing import LandedFile, landed_file
from ingest.parse import parse
from ingest.workers import parse_files
from tests.corpus.corpus import SAMPLES

TEXT = next(iter(sorted(SAMPLES.glob("0*.txt"))))


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """A cluster as `dask worker` makes it: each worker a daemonic process under a nanny that starts it anew."""
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield client


def _files(folder: Path, count: int) -> list[LandedFile]:
    """Copies of a report, each with bytes of its own."""
    text = TEXT.read_bytes()
    for number in range(count):
        (folder / f"{number:04}.txt").write_bytes(text + b"\n" * (number + 1))
    return [landed_file(path) for path in sorted(folder.iterdir())]


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_no_file(client: Client, tmp_path: Path) -> None:
    files = _files(tmp_path, 300)
    pids = [worker["pid"] for worker in client.run(lambda: {"pid": os.getpid()}).values()]
    told: list[LandedFile] = []

    def kill() -> None:
        while len(told) < 64:
            time.sleep(0.01)
        os.kill(pids[0], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    outcomes = list(parse_files(files, 2, told.append, client.get_executor(pure=False, retries=2)))
    killer.join()
    assert [outcome.file for outcome in outcomes] == files
    assert [outcome.report for outcome in outcomes] == [parse(Path(file.path).read_bytes()) for file in files]


@pytest.mark.slow
def test_the_time_limit_ends_a_file_on_a_daemonic_worker_too(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "PARSE_SECONDS", 1)
    slow = tmp_path / "slow.html"
    slow.write_bytes((SAMPLES / "hulunbuir-2020.html").read_bytes() * 200)
    files = [landed_file(TEXT), landed_file(slow), landed_file(TEXT)]
    first, ended, last = parse_files(files, 2, executor=client.get_executor(pure=False, retries=2))
    assert ended.report is not None
    assert [issue.code for issue in ended.report.issues] == ["parse_timeout"]
    assert first.report == last.report == parse(TEXT.read_bytes())


def test_any_executor_will_do(tmp_path: Path) -> None:
    files = _files(tmp_path, 3)
    with ThreadPoolExecutor(1) as executor:
        outcomes = list(parse_files(files, 1, executor=executor))
    assert [outcome.report for outcome in outcomes] == [parse(Path(file.path).read_bytes()) for file in files]


def test_a_worker_with_another_parser_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "PARSER_VERSION", "0")
    with ThreadPoolExecutor(1) as executor, pytest.raises(RuntimeError, match="install the same"):
        list(parse_files(_files(tmp_path, 1), 1, executor=executor))


class FailingExecutor(Executor):
    """Loses what it is given, in a way of its own; a piece of work of one file is done."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def submit(self, work: Any, /, *arguments: Any, **_: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        if len(arguments[1]) == 1:
            future.set_result(work(*arguments))
        else:
            future.set_exception(self.error)
        return future


@pytest.mark.parametrize("error", [BrokenExecutor("a process ended"), KilledWorker("task", None, 3)])
def test_files_whose_worker_was_lost_are_tried_one_by_one(tmp_path: Path, error: Exception) -> None:
    files = _files(tmp_path, 3)
    outcomes = list(parse_files(files, 1, executor=FailingExecutor(error)))
    assert [outcome.report for outcome in outcomes] == [parse(Path(file.path).read_bytes()) for file in files]


@pytest.mark.parametrize(
    ("error", "raised"), [(TypeError("a fault of ours"), TypeError), (CancelledError(), ConnectionError)]
)
def test_a_fault_that_is_no_lost_worker_is_heard_and_booked_on_no_document(
    tmp_path: Path, error: Exception, raised: type[Exception]
) -> None:
    with pytest.raises(raised):
        list(parse_files(_files(tmp_path, 3), 1, executor=FailingExecutor(error)))


def test_a_parser_that_cannot_be_started_is_heard_and_booked_on_no_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(ParserNotStartedError, match="no parsing process could be started"):
        list(parse_files(_files(tmp_path, 1), 1))
