"""Builds on disks that fail: what is told, that the published warehouse stays, and that the next build heals."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.corpus.corpus import SAMPLES
from tests.disks import Disk, disk
from tests.ogi import builds
from tests.ogi.builds import Build, contents

pytestmark = pytest.mark.slow
NEW = "hulunbuir-2020.html"


@pytest.fixture
def small(tmp_path: Path, built: Build) -> Iterator[tuple[Disk, Build]]:
    """A build whose data folder has a disk of its own, and a new file to be read."""
    raw = shutil.copytree(SAMPLES, tmp_path / "raw")
    with disk(tmp_path / "disk", 400) as mounted:
        data = shutil.copytree(built.data, mounted.path / "data")
        (raw / "new.html").write_bytes((raw / NEW).read_bytes() + b"\n<!-- another -->\n")
        yield mounted, Build(raw, data, built.done)


def assert_told(failed: Build, published: bytes, *told: str) -> None:
    assert failed.done.returncode == 1, failed.done.stdout
    assert "not published" in failed.done.stderr
    assert all(words in failed.done.stderr for words in told), failed.done.stderr
    assert "Traceback" not in failed.done.stderr
    assert failed.warehouse.read_bytes() == published


def assert_healed(own: Build) -> None:
    again = builds.build(own.raw, own.data)
    assert again.done.returncode == 0, again.done.stderr
    assert again.rows("select count(*), count(*) filter (status = 'parsed') from marts.dim_report") == [(8, 7)]
    ((before,), (after,)) = (
        again.rows("select count(*) from staging.stg_cells where report_id = ?", again.report_id(name))
        for name in (NEW, "new.html")
    )
    assert before == after


@pytest.mark.parametrize("when", ["before", "dagster/*", "lake/cells/part-*", "build/warehouse.duckdb"])
def test_a_disk_that_is_full_or_fills(small: tuple[Disk, Build], when: str) -> None:
    mounted, own = small
    published = own.warehouse.read_bytes()
    known = set(own.data.glob(when))
    if when == "before":
        mounted.fill(leave_bytes=8 * 1024 * 1024)
        failed = builds.build(own.raw, own.data)
        told = "a build needs some"
    else:
        process = builds.start_ogi("build", own.raw, "--data", own.data)
        while process.poll() is None and set(own.data.glob(when)) == known:
            time.sleep(0.01)
        mounted.fill()
        out, err = process.communicate(timeout=600)
        failed = Build(own.raw, own.data, builds.ended(process, out, err))
        told = "is full; make room"
    assert_told(failed, published, told)
    mounted.empty()
    assert_healed(own)


def test_a_folder_that_may_not_be_written(small: tuple[Disk, Build]) -> None:
    mounted, own = small
    published, lake = own.warehouse.read_bytes(), contents(own.data / "lake")
    mounted.make_read_only()
    assert_told(builds.build(own.raw, own.data), published, "Read-only file system", str(own.data))
    mounted.make_read_only(False)
    assert contents(own.data / "lake") == lake
    assert_healed(own)


def test_a_damaged_part_of_the_lake(own: Build) -> None:
    """Its footer is whole, so dbt is the first to meet it."""
    (own.raw / "new.html").write_bytes((own.raw / NEW).read_bytes() + b"\n<!-- another -->\n")
    (part,) = (own.data / "lake" / "cells").glob("part-*")
    data = bytearray(part.read_bytes())
    data[16 : len(data) // 2] = bytes(len(data) // 2 - 16)
    part.write_bytes(data)
    published = own.warehouse.read_bytes()
    assert_told(builds.build(own.raw, own.data), published, part.name, "start again")
    assert_healed(own)


def test_a_landing_folder_that_vanished(own: Build) -> None:
    published = own.warehouse.read_bytes()
    (own.raw / "new.html").write_bytes((own.raw / NEW).read_bytes() + b"\n<!-- another -->\n")
    shutil.move(own.raw, own.raw.parent / "aside")
    own.raw.mkdir()
    assert_told(builds.build(own.raw, own.data), published, "is a mount gone?", "--allow-empty")
    own.raw.rmdir()
    assert builds.build(own.raw, own.data).done.returncode == 2
    shutil.move(own.raw.parent / "aside", own.raw)
    assert_healed(own)
