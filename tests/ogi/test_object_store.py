"""A lake on an object store: the same rows as one in a folder, whole parts or none, and a store that is down."""

import io
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.corpus.corpus import SAMPLES
from tests.ogi import builds
from tests.ogi.builds import Build, contents, differing_tables, ogi, stamps
from tests.servers import ObjectStore, object_store

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


def test_a_killed_writer_leaves_whole_parts_and_the_next_build_is_that_of_a_folder(
    store: ObjectStore, built: Build, tmp_path: Path
) -> None:
    client = _client(store)
    for awaited in ("cells/part-", "issues/part-", "reports/part-", "files/files"):
        process = builds.start_ogi(
            "build", SAMPLES, "--data", tmp_path / "data", "--lake", LAKE, "--rebuild", **store.environment
        )
        while process.poll() is None and not any(awaited in path for path in client.find("bucket")):
            time.sleep(0.01)
        builds.kill(process)
        for name, data in _objects(store).items():
            assert name == "owner.json" or pq.read_table(io.BytesIO(data)) is not None
    final = _build(store, SAMPLES, tmp_path / "data")
    assert final.done.returncode == 0, final.done.stderr
    assert differing_tables(final, built, "staging", "intermediate", "marts", "seeds") == []


def test_a_store_that_is_down_is_told_and_leaves_the_warehouse_as_it_was(store: ObjectStore, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "one.txt").write_bytes((SAMPLES / "001_7364606721a9d05b.txt").read_bytes())
    before = _build(store, raw, tmp_path / "data")
    assert before.done.returncode == 0, before.done.stderr
    (raw / "two.txt").write_bytes((SAMPLES / "003_f0de7e2adad4453a.txt").read_bytes())
    store.stop()
    published = stamps(before.warehouse)
    done = _build(store, raw, before.data).done
    assert done.returncode == 1
    assert f"the lake at {LAKE} does not answer" in done.stderr
    assert "Traceback" not in done.stderr
    assert stamps(before.warehouse) == published
    # Gone between the first look and the parsing: tried again, until the store is back.
    job = _build(store, raw, before.data, "--rebuild").done
    assert job.returncode == 1
    assert "tried 3 times" in job.stderr
    assert stamps(before.warehouse) == published


def test_wrong_locations_and_missing_buckets_are_told(store: ObjectStore, tmp_path: Path) -> None:
    for lake, code, told in (
        ("s3://", 2, "names no bucket"),
        ("nothing://bucket/x", 2, "nothing"),
        ("s3://absent/lake", 1, "absent"),
    ):
        done = ogi("build", SAMPLES, "--data", tmp_path / "data", "--lake", lake, **store.environment)
        assert (done.returncode, told in done.stderr) == (code, True), done.stderr
        assert "Traceback" not in done.stderr
