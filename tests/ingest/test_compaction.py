"""Merging parts: fewer of them, the same rows, and nothing lost at whatever moment it is killed."""

import json
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from filelock import FileLock

from ingest import update
from ingest.lake import compaction, known_parses, parts, read_rows, remove_leftovers, write_built
from ingest.lake.compaction import SUPERSEDED, compact, many_small_parts, remove_superseded
from ingest.lake.schema import PARSED_TABLES
from ingest.landing import READ, LandedFile
from ingest.report import PARSER_VERSION
from ingest.workers import Outcome
from ogi.compact import CannotCompactError, run
from tests.ingest.test_lake import report, write
from tests.ogi.builds import contents
from warehouse.paths import DataPaths

MOST_SMALL_PARTS = 4
SMALL_PART = 20
Rows = dict[str, list[tuple[tuple[str, object], ...]]]


@pytest.fixture(autouse=True)
def low_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in life, with fewer reports."""
    monkeypatch.setattr(compaction, "MOST_SMALL_PARTS", MOST_SMALL_PARTS)
    monkeypatch.setattr(compaction, "SMALL_PART", SMALL_PART)


def rows(lake: Path) -> Rows:
    """What a reader of the lake finds in each table."""
    standing = known_parses(lake)
    return {
        table: sorted(
            tuple((name, str(value)) for name, value in row.items())
            for row in read_rows(lake, table, standing, [name for name in schema.names if name != "report_id"])
        )
        for table, schema in PARSED_TABLES.items()
    }


def part_names(lake: Path) -> set[str]:
    return {path.name for path in (lake / "reports").glob("part-*")}


def days(lake: Path, count: int, a_day: int = 1, first: int = 0) -> None:
    """What so many daily builds leave, each of new reports."""
    for day in range(first, first + count):
        write(lake, [report(day * a_day + number) for number in range(a_day)])


def test_few_small_parts_are_left_and_many_are_merged_into_what_one_parse_would_have_written(tmp_path: Path) -> None:
    days(tmp_path / "lake", MOST_SMALL_PARTS)
    assert compact(tmp_path / "lake").merged == 0
    assert not many_small_parts(tmp_path / "lake")
    days(tmp_path / "lake", 6, first=MOST_SMALL_PARTS)
    assert many_small_parts(tmp_path / "lake")
    before = rows(tmp_path / "lake")
    done = compact(tmp_path / "lake")
    assert (done.merged, done.written, done.left_out) == (MOST_SMALL_PARTS + 6, 1, 0)
    assert rows(tmp_path / "lake") == before
    remove_superseded(tmp_path / "lake")
    assert rows(tmp_path / "lake") == before
    write(tmp_path / "at once", [report(number) for number in range(MOST_SMALL_PARTS + 6)])
    assert contents(tmp_path / "lake") == contents(tmp_path / "at once")


def test_years_of_daily_builds_leave_a_bounded_number_of_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compaction, "REPORTS_A_PART", 20)
    monkeypatch.setattr(compaction, "SMALL_PART", 10)
    most = 0
    for day in range(30):
        remove_superseded(tmp_path)
        days(tmp_path, 1, 3, first=day)
        compact(tmp_path)
        most = max(most, len(part_names(tmp_path)))
    remove_superseded(tmp_path)
    assert len(known_parses(tmp_path)) == 90
    # Each full part holds twenty; beside them the small ones, and for a day those that were just replaced.
    assert len(part_names(tmp_path)) <= 90 // 10 + 4 + 1
    assert most <= 90 // 10 + 2 * (4 + 2)


def test_updates_merge_by_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def parsed(files: Sequence[LandedFile], *_: object, **__: object) -> Iterator[Outcome]:
        return (Outcome(file, replace(report(0, PARSER_VERSION), report_id=file.report_id or "")) for file in files)

    monkeypatch.setattr(update, "parse_files", parsed)
    files: list[LandedFile] = []
    counts = []
    for day in range(3 * MOST_SMALL_PARTS):
        files.append(LandedFile("", f"{day}.txt", READ, report(day).report_id, 1))
        update.update_lake(tmp_path, tuple(files), {})
        counts.append(len(part_names(tmp_path)))
    assert set(known_parses(tmp_path)) == {file.report_id for file in files}
    # What was just merged lies beside it until the next update.
    assert max(counts) == MOST_SMALL_PARTS + 2
    assert counts[-1] <= MOST_SMALL_PARTS


def test_who_reads_the_old_parts_can_end_until_the_next_update(tmp_path: Path) -> None:
    days(tmp_path, MOST_SMALL_PARTS + 1)
    old = part_names(tmp_path)
    compact(tmp_path)
    assert old < part_names(tmp_path)
    assert set(json.loads((tmp_path / SUPERSEDED).read_text())) == old
    assert remove_superseded(tmp_path) == len(old)
    assert part_names(tmp_path).isdisjoint(old)
    assert not (tmp_path / SUPERSEDED).exists()


def test_parts_that_a_newer_parser_superseded_go(tmp_path: Path) -> None:
    write(tmp_path, [report(number, "1.9") for number in range(6)])
    write(tmp_path, [report(number, "1.10") for number in range(4)])
    before = rows(tmp_path)
    done = compact(tmp_path)
    assert (done.merged, done.written, done.left_out) == (1, 1, 4)
    remove_superseded(tmp_path)
    assert rows(tmp_path) == before
    assert {row["report_id"] for row in pq.read_table(tmp_path / "cells").to_pylist()} == set(known_parses(tmp_path))
    assert pq.read_table(tmp_path / "reports").num_rows == 6
    assert compact(tmp_path).merged == 0


def test_contents_to_keep_are_kept_and_the_others_left_out(tmp_path: Path) -> None:
    write(tmp_path, [report(number) for number in range(10)])
    keep = {report(number).report_id for number in (1, 2, 3)}
    assert compact(tmp_path, keep=keep).left_out == 7
    remove_superseded(tmp_path)
    assert set(known_parses(tmp_path)) == keep
    assert compact(tmp_path, keep=keep).merged == 0


def test_a_full_compaction_is_done_once(tmp_path: Path) -> None:
    days(tmp_path, 3)
    assert compact(tmp_path, full=True).written == 1
    remove_superseded(tmp_path)
    assert compact(tmp_path, full=True).merged == 0


class Killed(BaseException):
    """The process is no more."""


def killed_at(moment: int, step: Callable[..., object]) -> Callable[..., object]:
    """A step at whose n-th call the process is killed."""
    calls = iter(range(moment + 1))

    def wrapped(*arguments: object) -> object:
        if next(calls) == moment:
            raise Killed
        return step(*arguments)

    return wrapped


def test_a_compaction_killed_at_any_moment_loses_nothing_and_is_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "at once", [report(number) for number in range(MOST_SMALL_PARTS + 1)])
    whole, expected = rows(tmp_path / "at once"), contents(tmp_path / "at once")
    days(tmp_path / "small", MOST_SMALL_PARTS + 1)
    for moment in (0, 2, 4, 5):
        lake = shutil.copytree(tmp_path / "small", tmp_path / f"written {moment}")
        with monkeypatch.context() as patch:
            step = "put_bytes" if moment == 5 else "put_in_place"
            patch.setattr(compaction, step, killed_at(moment % 5, getattr(compaction, step)))
            with pytest.raises(Killed):
                compact(lake)
        assert rows(lake) == whole
        _again(lake)
        assert contents(lake) == expected
    for moment in random.Random(5).sample(range(MOST_SMALL_PARTS + 1), 2):
        lake = shutil.copytree(tmp_path / "small", tmp_path / f"removed {moment}")
        compact(lake)
        with monkeypatch.context() as patch:
            patch.setattr(compaction, "remove_part", killed_at(moment, parts.remove_part))
            with pytest.raises(Killed):
                remove_superseded(lake)
        assert rows(lake) == whole
        _again(lake)
        assert contents(lake) == expected


def _again(lake: Path) -> None:
    """What the next two updates do."""
    for _ in range(2):
        remove_superseded(lake)
        remove_leftovers(lake)
        compact(lake)


def test_the_bound_is_on_small_parts(tmp_path: Path) -> None:
    write(tmp_path, [report(number, cells=1) for number in range(SMALL_PART)])
    days(tmp_path, MOST_SMALL_PARTS, first=SMALL_PART)
    assert compact(tmp_path).merged == 0


def test_the_command_merges_once_and_says_what_goes_when(tmp_path: Path) -> None:
    paths = DataPaths(tmp_path)
    days(tmp_path / "lake", 4)
    write_built(
        tmp_path / "lake", "files", [{"source_path": "0.txt", "report_id": report(0).report_id, "status": "read"}]
    )
    told, *_ = run(paths)
    assert told.startswith("merged 4 parts into 1")
    assert list(run(paths, verify=True)) == ["removed 4 parts that an earlier compaction replaced", "nothing to merge"]
    told, *_ = run(paths, forget_removed=True)
    assert "leaving out 3 parses" in told
    list(run(paths))
    assert set(known_parses(tmp_path / "lake")) == {report(0).report_id}
    with FileLock(paths.lock), pytest.raises(CannotCompactError, match="a build is writing"):
        list(run(paths))
