"""Parsing in worker processes: one bad file costs its own row and nothing else."""

import os
import re
import signal
import threading
import time
from contextlib import suppress
from itertools import count
from pathlib import Path

import psutil
import pytest

from ingest import workers
from ingest.landing import READ, UNREADABLE, LandedFile, landed_file
from ingest.parse import parse
from ingest.report import ReportStatus
from ingest.workers import parse_files
from tests.corpus.corpus import SAMPLES

TEXTS = sorted(SAMPLES.glob("0*.txt"))


@pytest.fixture
def slow(tmp_path: Path) -> LandedFile:
    """A file that takes some ten seconds to parse: a page of many tables, each with numbers of its own."""
    path = tmp_path / "slow.html"
    page = (SAMPLES / "hulunbuir-2020.html").read_text(encoding="utf-8")
    numbers = count(100_000)
    pages = [re.sub(r"(?<=>)\d+(?=<)", lambda found: str(next(numbers)), page) for _ in range(190)]
    path.write_text("".join(pages), encoding="utf-8")
    return landed_file(path)


def test_parses_come_in_the_order_of_the_files_and_are_what_parsing_gives() -> None:
    files = [landed_file(path) for path in (*TEXTS, *reversed(TEXTS))]
    told: list[LandedFile] = []
    outcomes = list(parse_files(files, workers=2, progress=told.append))
    assert told == files
    assert [outcome.file for outcome in outcomes] == files
    assert [outcome.report for outcome in outcomes] == [parse(Path(file.path).read_bytes()) for file in files]
    assert {outcome.status for outcome in outcomes} == {READ}


def test_no_files_give_no_parses() -> None:
    assert list(parse_files([])) == []


def test_a_file_over_the_time_limit_is_ended_and_the_others_are_read(
    slow: LandedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "PARSE_SECONDS", 2)
    files = [landed_file(TEXTS[0]), slow, landed_file(TEXTS[1])]
    first, ended, last = parse_files(files, workers=1)
    assert ended.report is not None
    assert ended.report.status is ReportStatus.UNREADABLE
    (issue,) = ended.report.issues
    assert (issue.code, str(issue.severity)) == ("parse_timeout", "error")
    assert "2 s" in issue.message
    assert [outcome.report and outcome.report.status for outcome in (first, last)] == [ReportStatus.PARSED] * 2


def test_a_file_whose_process_dies_is_told_and_the_others_are_read(slow: LandedFile) -> None:
    """As where the system ends the process that takes too much memory."""
    killer = threading.Thread(target=_kill_the_busy_worker)
    killer.start()
    ended, last = parse_files([slow, landed_file(TEXTS[1])], workers=1)
    killer.join()
    assert ended.report is not None
    assert ended.report.status is ReportStatus.UNREADABLE
    assert [issue.code for issue in ended.report.issues] == ["parse_out_of_memory"]
    assert last.report is not None
    assert last.report.status is ReportStatus.PARSED


def _kill_the_busy_worker() -> None:
    """Kill the child that has worked for some seconds: starting and importing take less than that."""
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        for child in psutil.Process().children():
            # Other children come and go meanwhile: the long runs of the other tests.
            with suppress(psutil.NoSuchProcess):
                if "ingest.bounded" in " ".join(child.cmdline()) and child.cpu_times().user > 2.5:
                    os.kill(child.pid, signal.SIGKILL)
                    return
        time.sleep(0.05)


def test_a_file_that_went_or_is_none_has_no_report(tmp_path: Path) -> None:
    gone = LandedFile(str(tmp_path / "gone"), "gone", READ, "0" * 64, 5)
    folder = LandedFile(str(tmp_path), "folder", READ, "0" * 64, 5)
    changed = LandedFile(str(TEXTS[0]), "changed", READ, "0" * 64, 5)
    outcomes = list(parse_files([gone, folder, changed], workers=1))
    assert [(outcome.report, outcome.status) for outcome in outcomes] == [
        (None, "vanished"),
        (None, UNREADABLE),
        (None, "vanished"),
    ]
    assert all(outcome.issue for outcome in outcomes)
