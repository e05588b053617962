"""What a run tells while it works, and what it makes of faults: tried again, or one sentence that says what to do."""

import errno
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import dagster as dg
import pytest

from dagster_project.lake import assets
from dagster_project.resources import Folders
from dagster_project.retries import telling_faults
from ingest.landing import READ, UNREADABLE, LandedFile
from ingest.update import Update
from tests.ingest.test_damage import cut_off, part
from tests.ingest.test_lake import report, write
from warehouse.paths import DataPaths


class Run:
    """A run's context, as far as faults and logs go."""

    def __init__(self, retry_number: int = 0) -> None:
        self.retry_number = retry_number
        self.told: list[str] = []
        self.log = SimpleNamespace(info=self.told.append, warning=self.told.append, error=self.told.append)


def raised_of(run: Any, error: Exception, paths: DataPaths) -> BaseException:
    with pytest.raises((dg.RetryRequested, dg.Failure)) as raised, telling_faults(run, paths):
        raise error
    return raised.value


@pytest.mark.parametrize(
    "error", [OSError(errno.ESTALE, "Stale file handle"), ConnectionRefusedError("refused"), TimeoutError("too long")]
)
def test_what_can_pass_is_tried_again_after_ten_and_twenty_seconds_and_then_told(
    tmp_path: Path, error: Exception
) -> None:
    first, second, last = (raised_of(Run(number), error, DataPaths(tmp_path)) for number in range(3))
    assert isinstance(first, dg.RetryRequested)
    assert isinstance(second, dg.RetryRequested)
    assert (first.seconds_to_wait, second.seconds_to_wait) == (10, 20)
    assert isinstance(last, dg.Failure)
    assert "tried 3 times" in str(last.description)


@pytest.mark.parametrize(
    ("number", "told"), [(errno.ENOSPC, "make room"), (errno.EROFS, "Read-only"), (errno.EACCES, "Permission denied")]
)
def test_what_somebody_has_to_mend_is_told_at_once(tmp_path: Path, number: int, told: str) -> None:
    failure = raised_of(Run(), OSError(number, os.strerror(number), "the/file"), DataPaths(tmp_path))
    assert isinstance(failure, dg.Failure)
    assert not failure.allow_retries
    assert told in str(failure.description)
    assert "the/file" in str(failure.description)
    assert "the published warehouse is as it was" in str(failure.description)


def test_a_damaged_part_is_named_and_taken_out(tmp_path: Path) -> None:
    paths = DataPaths(tmp_path)
    write(tmp_path / "lake", [report(1)])
    damaged = part(tmp_path / "lake", "cells")
    cut_off(damaged)
    failure = raised_of(Run(), OSError("Couldn't deserialize thrift"), paths)
    assert isinstance(failure, dg.Failure)
    assert damaged.name in str(failure.description)
    assert "start again" in str(failure.description)
    assert not damaged.exists()


def test_a_damaged_page_that_a_preview_meets_is_named_too(tmp_path: Path) -> None:
    write(tmp_path / "lake", [report(number) for number in range(50)])
    damaged = part(tmp_path / "lake", "cells")
    data = bytearray(damaged.read_bytes())
    data[16 : len(data) // 2] = bytes(len(data) // 2 - 16)
    damaged.write_bytes(data)
    with pytest.raises(dg.Failure, match=damaged.name):
        assets._materialised(Run(), Folders(data=str(tmp_path)), "cells", {})  # type: ignore[arg-type]
    assert not damaged.exists()


def test_a_run_names_the_files_that_could_not_be_read_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "_MOST_NAMED", 2)
    files = [LandedFile("", f"bad{number}.txt", UNREADABLE, issue="a bad sector") for number in range(5)]
    run = Run()
    update = Update((LandedFile("", "good.txt", READ, "0"), *files), 1, 1, {}, ("hard.txt: the parser failed",))
    assets._name_the_unread(run, update)  # type: ignore[arg-type]
    assert run.told[:3] == ["hard.txt: the parser failed", "bad0.txt: a bad sector", "bad1.txt: a bad sector"]
    assert len(run.told) == 4
    assert run.told[3].startswith("and 3 more")


def test_a_run_tells_its_throughput_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 59.0, 60.0, 61.0, 121.0])
    monkeypatch.setattr(assets.time, "monotonic", lambda: next(clock))
    run, shown = Run(), []
    tell = assets._telling(run, lambda done, total: shown.append((done, total)))  # type: ignore[arg-type]
    for done in (100, 120, 122, 242):
        tell(done, 1000)
    assert run.told == ["parsed 120 of 1000, 2.0 a second", "parsed 242 of 1000, 2.0 a second"]
    assert len(shown) == 4
