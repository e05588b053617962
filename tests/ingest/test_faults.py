"""Disks and mounts that fail while the lake is written or the landing folder read: told, and booked on no file."""

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from ingest import workers
from ingest.bounded import Answer
from ingest.lake import known_parses, write_parses
from ingest.landing import mount_of, require_mount, scan
from ingest.update import update_lake
from tests.disks import disk
from tests.ingest.test_lake import TEXTS, copy_samples, report, titles, write
from tests.ogi.builds import contents


def test_a_disk_that_fills_leaves_whole_parts_and_what_stood(tmp_path: Path) -> None:
    with disk(tmp_path / "disk", 1) as small:
        lake = small.path / "lake"
        write(lake, [report(1)])
        before = contents(lake)
        small.fill(leave_bytes=16 * 1024)
        with pytest.raises(OSError, match="No space left") as raised:
            list(write_parses(lake, [report(number, cells=100) for number in range(2, 102)]))
        assert raised.value.errno == errno.ENOSPC
        small.empty()
        assert titles(lake) == ["report 1 of parser 1"]
        assert not list(lake.rglob(".*"))
        assert before.items() <= contents(lake).items()
        list(write_parses(lake, [report(2)]))
        assert len(known_parses(lake)) == 2


def test_a_landing_folder_that_goes_before_it_is_parsed_costs_no_file(tmp_path: Path) -> None:
    raw = copy_samples(tmp_path / "raw", TEXTS[2])
    lake = tmp_path / "lake"
    mounted = mount_of(raw)
    landed = scan(raw, tmp_path / "hashes.parquet")
    raw.rename(tmp_path / "elsewhere")
    raw.mkdir()
    with pytest.raises(OSError, match="unmounted or replaced") as raised:
        update_lake(lake, landed, {}, before_files=lambda: require_mount(raw, mounted))
    assert raised.value.errno == errno.ESTALE
    assert pq.read_table(lake / "files").num_rows == 0


@pytest.mark.parametrize(("number", "is_heard"), [(errno.ESTALE, True), (errno.EIO, False)])
def test_a_mount_that_fails_under_the_parser_is_heard_and_a_bad_sector_is_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, is_heard: bool
) -> None:
    failure = OSError(number, os.strerror(number))
    monkeypatch.setattr(workers, "parse_orders", lambda *_: [Answer(failure=failure)])
    files = scan(copy_samples(tmp_path / "raw", TEXTS[2]), tmp_path / "hashes.parquet")
    with ThreadPoolExecutor(1) as executor:
        if is_heard:
            with pytest.raises(OSError, match="file handle"):
                list(workers.parse_files(files, 1, executor=executor))
        else:
            assert [outcome.status for outcome in workers.parse_files(files, 1, executor=executor)] == ["unreadable"]
