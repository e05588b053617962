"""A lake on an object store: the same rows as one in a folder, whole parts or none, and a store that is down."""

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.corpus.corpus import SAMPLES
from tests.ogi import builds
from tests.ogi.builds import Build, contents, differing_tables, ogi, stamps
from tests.servers import ObjectStore, object_store
from warehouse.paths import PROJECT_ROOT

pytestmark = pytest.mark.slow
LAKE = "s3://bucket/some/lake"


@pytest.fixture
def store() -> Iterator[ObjectStore]:
    with object_store() as started:
        _client(started).mkdir("bucket")
        yield started


def _client(store: ObjectStore):  # type: ignore[no-untyped-def]
    import s3fs

    key, secret = store.environment["AWS_ACCESS_KEY_ID"], store.environment["AWS_SECRET_ACCESS_KEY"]
    address = store.environment["AWS_ENDPOINT_URL"]
    return s3fs.S3FileSystem(
        key=key, secret=secret, endpoint_url=address, use_listings_cache=False, skip_instance_cache=True
    )


def _objects(store: ObjectStore) -> dict[str, bytes]:
    client = _client(store)
    return {path.removeprefix("bucket/some/lake/"): client.cat_file(path) for path in client.find("bucket")}


def _build(store: ObjectStore, raw: Path, data: Path, *more: str) -> Build:
    return Build(raw, data, ogi("build", raw, "--data", data, "--lake", LAKE, *more, **store.environment))


def test_a_lake_on_an_object_store_gives_the_same_warehouse(store: ObjectStore, built: Build, tmp_path: Path) -> None:
    remote = _build(store, SAMPLES, tmp_path / "data")
    assert remote.done.returncode == 0, remote.done.stderr
    assert differing_tables(remote, built, "staging", "intermediate", "marts", "seeds") == []
    assert not (tmp_path / "data" / "lake").exists()
    objects = _objects(store)
    owner = objects.pop("owner.json")
    local = {name: (built.data / "lake" / name).read_bytes() for name in contents(built.data / "lake")}
    assert objects == local

    again = _build(store, SAMPLES, tmp_path / "data")
    assert "nothing to do" in again.done.stdout
    tried = ogi(
        "dbt", "--data", remote.data, "--lake", LAKE, "--", "show", "--select", "stg_files", **store.environment
    )
    assert tried.returncode == 0, tried.stdout

    other = _build(store, SAMPLES, tmp_path / "other")
    assert other.done.returncode == 1
    assert "belongs to the data folder" in other.done.stderr
    assert _objects(store) == objects | {"owner.json": owner}


WRITER = """
import sys
from pathlib import Path
from ingest.lake import lake_at
from ingest.landing import scan
from ingest.update import update_lake
raw, hashes, lake = sys.argv[1:]
update_lake(lake_at(lake), scan(Path(raw), Path(hashes)), {}, 2)
"""


def _write(store: ObjectStore, folder: Path, lake: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", WRITER, str(SAMPLES), str(folder / "hashes.parquet"), lake]
    path = {"PYTHONPATH": str(PROJECT_ROOT)}
    return subprocess.Popen(command, env={**builds.environment(), **store.environment, **path}, start_new_session=True)


def test_a_killed_writer_leaves_whole_parts_and_the_next_one_writes_the_lake_of_a_folder(
    store: ObjectStore, tmp_path: Path
) -> None:
    client = _client(store)
    for awaited in ("cells/part-", "claims/part-", "issues/part-", "reports/part-", "files/files"):
        writer = _write(store, tmp_path, LAKE)
        while writer.poll() is None and not any(awaited in path for path in client.find("bucket")):
            time.sleep(0.002)
        os.killpg(writer.pid, signal.SIGKILL)
        writer.wait()
        objects = _objects(store)
        assert any(awaited in name for name in objects)
        for data in objects.values():
            pq.read_table(io.BytesIO(data))
        _forget(client, store)
    assert _write(store, tmp_path, LAKE).wait(600) == 0
    assert _write(store, tmp_path, str(tmp_path / "lake")).wait(600) == 0
    local = {name: (tmp_path / "lake" / name).read_bytes() for name in contents(tmp_path / "lake")}
    assert _objects(store) == local


def _forget(client: Any, store: ObjectStore) -> None:
    """Take away what makes a part count, so that the next writer has to write it again among what was left."""
    for path in client.find("bucket"):
        if "reports/part-" in path or "files/files" in path:
            client.rm(path)


def test_a_store_that_is_down_is_tried_again_and_told_and_leaves_the_warehouse_as_it_was(
    store: ObjectStore, own: Build
) -> None:
    store.stop()
    published = stamps(own.warehouse)
    done = _build(store, own.raw, own.data).done
    assert done.returncode == 1
    assert f"the lake at {LAKE} does not answer" in done.stderr
    assert "Traceback" not in done.stderr
    # Where a build is asked for in any case, the run itself meets it: after 10 and 20 seconds it has tried three times.
    again = _build(store, own.raw, own.data, "--rebuild").done
    assert again.returncode == 1
    assert f"the lake at {LAKE} does not answer" in again.stderr
    assert "tried 3 times" in again.stderr
    assert stamps(own.warehouse) == published
    assert "nothing to do" in builds.build(own.raw, own.data).done.stdout


def test_wrong_locations_and_missing_buckets_are_told(store: ObjectStore, tmp_path: Path) -> None:
    for lake, code, told in (
        ("s3://", 2, "names no bucket"),
        ("nothing://bucket/x", 2, "nothing"),
        ("s3://absent/lake", 1, "absent"),
    ):
        done = ogi("build", SAMPLES, "--data", tmp_path / "data", "--lake", lake, **store.environment)
        assert (done.returncode, told in done.stderr) == (code, True), done.stderr
        assert "Traceback" not in done.stderr
