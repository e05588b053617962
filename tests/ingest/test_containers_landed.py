"""Containers in the landing folder: their members are listed once, told apart, parsed and found again."""

import hashlib
import io
import os
import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from ingest.containers import walk
from ingest.containers.process import ContainerReader
from ingest.lake import known_parses
from ingest.landing import CONTAINER, READ, UNREADABLE, LandedFile, scan
from ingest.parse import report_id_of
from ingest.update import update_lake
from tests.corpus.corpus import SAMPLES
from tests.ingest.containers import TIME, URL, write_json_lines, write_warc, write_zip


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    return folder


def look(raw: Path) -> dict[str, LandedFile]:
    return {file.source_path: file for file in scan(raw, raw.parent / "state" / "hashes.parquet")}


def test_a_container_lands_with_its_members_and_is_not_opened_again(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_zip(raw / "a.zip", {"x.txt": b"one", "x2.txt": b"two"})
    (raw / "plain.txt").write_bytes(b"one")
    (raw / "broken.zip").write_bytes(b"PK\x03\x04 nothing")
    found = look(raw)
    assert list(found) == ["a.zip", "a.zip!x.txt", "a.zip!x2.txt", "broken.zip", "plain.txt"]
    assert (found["a.zip"].status, found["a.zip"].report_id) == (CONTAINER, None)
    assert found["a.zip!x.txt"].report_id == found["plain.txt"].report_id == hashlib.sha256(b"one").hexdigest()
    assert found["broken.zip"].status == UNREADABLE

    monkeypatch.setattr(ContainerReader, "members", _must_not_be_called)
    assert look(raw) == found
    monkeypatch.undo()

    write_zip(raw / "a.zip", {"x.txt": b"three"})
    assert list(look(raw)) == ["a.zip", "a.zip!x.txt", "broken.zip", "plain.txt"]
    (raw / "a.zip").unlink()
    look(raw)
    assert len(list((raw.parent / "state" / "containers").iterdir())) == 1


def _must_not_be_called(*_: object) -> Iterator[object]:
    raise AssertionError("an unchanged container was opened")


def test_members_of_one_name_and_files_named_like_members_are_told_apart(raw: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile does not like it either
        for number in range(3):
            archive.writestr("x.txt", f"text {number}")
    (raw / "a.zip").write_bytes(buffer.getvalue())
    (raw / "a.zip!x.txt").write_bytes(b"a file")
    assert list(look(raw)) == ["a.zip", "a.zip!x.txt", "a.zip!x.txt#2", "a.zip!x.txt#3", "a.zip!x.txt#4"]


def test_members_are_parsed_and_their_rows_tell_where_they_came_from(raw: Path) -> None:
    text = (SAMPLES / "003_f0de7e2adad4453a.txt").read_bytes()
    page = (SAMPLES / "hulunbuir-2020.html").read_bytes()
    write_zip(raw / "a.zip", {"r.txt": text, "sub/r.html": page, "junk.bin": bytes(range(256)) * 9})
    write_warc(raw / "b.warc.gz", [page + b"<!-- other -->", b"<html>nothing</html>"])
    write_json_lines(raw / "c.jsonl.gz", [text.decode(), text.decode() + "\n"])
    lake = raw.parent / "lake"
    files = tuple(look(raw).values())
    update = update_lake(lake, files, {}, workers=1)
    assert update.contents == update.parsed == 6
    assert not update.parser_faults
    rows = {row["source_path"]: row for row in pq.read_table(lake / "files").to_pylist()}
    assert {row["status"] for row in rows.values()} == {READ, CONTAINER}
    assert rows["a.zip"]["report_id"] is None
    assert rows["a.zip!r.txt"]["report_id"] == rows["c.jsonl.gz!1"]["report_id"] == report_id_of(text)
    assert rows["c.jsonl.gz!2"]["source_url"] == URL.format(2)
    assert rows["c.jsonl.gz!2"]["fetched_at"] == datetime.fromisoformat(TIME)
    assert set(known_parses(lake)) == {row["report_id"] for row in rows.values() if row["report_id"]}
    assert update_lake(lake, files, {}).parsed == 0


def test_a_container_that_changes_before_it_is_parsed_is_left_for_the_next_build(raw: Path) -> None:
    write_zip(raw / "a.zip", {"a.txt": b"one", "b.txt": b"two"})
    files = tuple(look(raw).values())
    write_zip(raw / "a.zip", {"a.txt": b"one"})
    os.utime(raw / "a.zip", (1, 1))
    update_lake(raw.parent / "lake", files, {}, workers=1)
    rows = {row["source_path"]: row for row in pq.read_table(raw.parent / "lake" / "files").to_pylist()}
    assert rows["a.zip!a.txt"]["status"] == READ
    assert (rows["a.zip!b.txt"]["status"], rows["a.zip!b.txt"]["report_id"]) == ("vanished", None)


def test_a_member_is_found_again_where_its_number_is_explained(raw: Path) -> None:
    from ogi.explain import _source_bytes

    write_zip(raw / "a.zip", {"../x.txt": b"one", "y.txt": b"two"})
    pages = [b"<html>first</html>", b"<html>second</html>"]
    crawl = write_warc(raw / "w.warc.gz", pages)
    assert _source_bytes(raw, "a.zip!../x.txt") == b"one"
    assert (
        _source_bytes(raw, f"w.warc.gz!{[member for member in walk(crawl) if not member.is_container][1].label}")
        == pages[1]
    )
    assert _source_bytes(raw, "a.zip!z.txt") is None
    (raw.parent / "outside.txt").write_bytes(b"secret")
    assert _source_bytes(raw, "../outside.txt") is None
