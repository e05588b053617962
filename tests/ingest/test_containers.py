"""Every container gives its members with their places, addresses and times; damage costs what it damages."""

import gzip
import json
import random
import struct
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from ingest.containers import Member, is_container, limits, model, walk
from ingest.containers.process import ContainerReader
from ingest.parse import report_id_of
from ingest.readers.limits import MAX_BYTES
from tests.ingest.containers import URL, write_json_lines, write_parquet, write_warc, write_zip, zip_bytes

PAGES = ["<html><body>第一页</body></html>", "<html><body>第二页</body></html>", "<html><body>第三页</body></html>"]
BYTES = [page.encode() for page in PAGES]
FETCHED = datetime(2021, 3, 10, 8, tzinfo=UTC)


def members(path: Path) -> list[Member]:
    return [member for member in walk(path) if not member.is_container]


def whole(path: Path) -> Member:
    """The container itself, which comes last."""
    *_, last = walk(path)
    assert last.is_container
    assert last.label == ""
    return last


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("a.jsonl", ["1", "2", "3"]),
        ("a.jsonl.gz", ["1", "2", "3"]),
        ("a.parquet", ["1", "2", "3"]),
        ("a.warc", None),
        ("a.warc.gz", None),
    ],
)
def test_a_crawl_gives_its_pages_with_address_and_time(tmp_path: Path, name: str, labels: list[str] | None) -> None:
    path = tmp_path / name
    if "warc" in name:
        write_warc(path, BYTES, packed=name.endswith("gz"))
    else:
        (write_parquet if name.endswith("parquet") else write_json_lines)(path, PAGES)
    found = members(path)
    assert [member.data for member in found] == BYTES
    assert [member.source_url for member in found] == [URL.format(number) for number in (1, 2, 3)]
    assert {member.fetched_at for member in found} == {FETCHED}
    assert labels is None or [member.label for member in found] == labels


@pytest.mark.parametrize("name", ["html", "text", "content", "Body"])
def test_the_page_may_stand_under_any_usual_name(tmp_path: Path, name: str) -> None:
    assert [member.data for member in members(write_json_lines(tmp_path / "a.jsonl", PAGES, name))] == BYTES
    assert [member.data for member in members(write_parquet(tmp_path / "a.parquet", PAGES, name))] == BYTES


def test_the_offset_of_a_record_is_where_it_begins_in_the_file(tmp_path: Path) -> None:
    packed = write_warc(tmp_path / "a.warc.gz", BYTES)
    for member in members(packed):
        record = gzip.decompress(packed.read_bytes()[int(member.label) :])
        assert record.startswith(b"WARC/1.0\r\n")
        assert member.source_url is not None
        assert member.source_url.encode() in record[:500]
    plain = write_warc(tmp_path / "a.warc", BYTES, packed=False)
    assert all(plain.read_bytes()[int(member.label) :].startswith(b"WARC/1.0") for member in members(plain))


def test_a_warc_packed_as_one_stream_is_read_too(tmp_path: Path) -> None:
    plain = write_warc(tmp_path / "a.warc", BYTES, packed=False)
    path = tmp_path / "one.warc.gz"
    path.write_bytes(gzip.compress(plain.read_bytes()))
    assert [member.data for member in members(path)] == BYTES
    assert [member.label for member in members(path)] == [f"0+{member.label}" for member in members(plain)]


def test_a_wet_file_gives_its_texts(tmp_path: Path) -> None:
    assert [member.data for member in members(write_warc(tmp_path / "a.wet.gz", BYTES, kind="conversion"))] == BYTES


def test_a_body_packed_and_cut_in_chunks_for_its_way_is_read_as_it_was(tmp_path: Path) -> None:
    body = gzip.compress(BYTES[0])
    chunked = b"5\r\n" + body[:5] + b"\r\n" + f"{len(body) - 5:x}".encode() + b"\r\n" + body[5:] + b"\r\n0\r\n\r\n"
    headers = {"Content-Encoding": "gzip", "Transfer-Encoding": "chunked"}
    (page,) = members(write_warc(tmp_path / "a.warc.gz", [chunked], **headers))
    assert page.data == BYTES[0]
    (cut,) = members(write_warc(tmp_path / "b.warc.gz", [chunked[:-20]], **headers))
    assert cut.data is None
    assert "HTTP body" in (cut.issue or "")


def test_what_is_no_document_is_passed_over_and_told(tmp_path: Path) -> None:
    assert whole(write_warc(tmp_path / "a.warc.gz", BYTES)).issue == "2 records that are no documents were passed over"


def test_names_are_labels_and_never_paths(tmp_path: Path) -> None:
    names = ["../../outside.txt", "/etc/outside.txt", "a\\b.txt", "C:/windows.txt"]
    path = write_zip(tmp_path / "a.zip", dict.fromkeys(names, b"text") | {"dir/": b"", "__MACOSX/a": b"", ".x": b""})
    before = sorted(tmp_path.rglob("*"))
    assert [member.label for member in members(path)] == names
    assert sorted(tmp_path.rglob("*")) == before


def test_names_in_gbk_are_read(tmp_path: Path) -> None:
    data = zip_bytes({"XXXXXXXX.txt": b"text"}).replace(b"XXXXXXXX", "年报二〇".encode("gbk"))
    (tmp_path / "a.zip").write_bytes(data)
    assert [member.label for member in members(tmp_path / "a.zip")] == ["年报二〇.txt"]


def test_containers_in_containers_are_opened_to_a_bound(tmp_path: Path) -> None:
    crawl = write_warc(tmp_path / "c.warc.gz", BYTES[:1]).read_bytes()
    write_zip(tmp_path / "a.zip", {"b.zip": zip_bytes({"c.warc.gz": crawl, "page.html": BYTES[1]})})
    (page, other) = members(tmp_path / "a.zip")
    assert page.label.startswith("b.zip!c.warc.gz!")
    assert (page.data, page.source_url, other.label) == (BYTES[0], URL.format(1), "b.zip!page.html")
    inner = zip_bytes({"page.html": BYTES[0]})
    for _ in range(limits.MAX_DEPTH):
        inner = zip_bytes({"x.zip": inner})
    (tmp_path / "deep.zip").write_bytes(inner)
    (deepest,) = members(tmp_path / "deep.zip")
    assert deepest.data is None
    assert "nested" in (deepest.issue or "")


def test_a_packed_page_is_one_member(tmp_path: Path) -> None:
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(BYTES[0]))
    assert [(member.label, member.data) for member in members(tmp_path / "page.html.gz")] == [("page.html", BYTES[0])]


# Damage


def test_an_encrypted_member_says_so_and_the_others_are_read(tmp_path: Path) -> None:
    data = bytearray(zip_bytes({"a.txt": b"one", "b.txt": b"two"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    first, second = members(tmp_path / "a.zip")
    assert (first.data, second.data) == (None, b"two")
    assert "encrypted" in (first.issue or "")


def test_a_damaged_member_says_so_and_the_others_are_read(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"a.txt": b"first text", "b.txt": b"second text"}, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"first text", b"other text"))
    first, second = members(path)
    assert (first.data, second.data) == (None, b"second text")
    assert "damaged" in (first.issue or "")


def test_of_a_zip_that_broke_off_the_whole_members_are_read(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(5000)
    data = zip_bytes({"a.txt": b"first", "b.txt": b"second", "c.bin": noise})
    (tmp_path / "a.zip").write_bytes(data[:3000])
    assert [(member.label, member.data) for member in members(tmp_path / "a.zip")] == [
        ("a.txt", b"first"),
        ("b.txt", b"second"),
    ]
    assert "2 members" in (whole(tmp_path / "a.zip").issue or "")


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc", "a.jsonl.gz", "a.jsonl"])
def test_of_a_crawl_that_broke_off_the_whole_pages_are_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    noise = [f"<html>{random.Random(number).randbytes(3000).hex()}</html>" for number in range(3)]
    if "warc" in name:
        write_warc(path, [page.encode() for page in noise], packed=name.endswith("gz"))
        last = [int(member.label) for member in members(path)][2]
        path.write_bytes(path.read_bytes()[: last + 1500])
    else:
        write_json_lines(path, noise)
        path.write_bytes(path.read_bytes()[: -len(path.read_bytes()) // 10])
    read = [member.data for member in members(path) if member.data]
    assert read == [page.encode() for page in noise[:2]]
    assert whole(path).issue or members(path)[-1].issue


def test_lines_that_are_no_pages_say_what_they_are(tmp_path: Path) -> None:
    lines = [
        b'{"url": "u", "html": "<html>1</html>"}',
        b"",
        b"no json",
        b"[1, 2]",
        b'{"url": "https://example.org/none"}',
        b'{"html": ' + b"[" * 50_000,
        b'{"html": "\\ud800 lone"}',
        b'{"html": "<html>8</html>"}',
    ]
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join(lines))
    found = {member.label: member for member in members(path)}
    assert sorted(found) == ["1", "3", "4", "5", "6", "7", "8"]
    assert [label for label, member in found.items() if member.data] == ["1", "7", "8"]
    assert all(found[label].issue for label in "3456")
    assert found["5"].source_url == "https://example.org/none"


def test_a_parquet_file_that_is_cut_or_of_something_else_says_so(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "a.parquet", PAGES)
    path.write_bytes(path.read_bytes()[:-10])
    assert "damaged" in (whole(path).issue or "")
    pq.write_table(pq.read_table(write_parquet(path, PAGES)).select(["url"]), path)
    assert "no column of pages" in (whole(path).issue or "")


# Hostile containers


def _overlapping_bomb(count: int, size: int) -> bytes:
    """A ZIP of many members that are all the same packed bytes."""
    inner = zip_bytes({"a": bytes(size)})
    at = inner.index(b"PK\x01\x02")
    entry = inner[at : inner.index(b"PK\x05\x06")]
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(entry) * count, at, 0)
    return inner[:at] + entry * count + end


def test_a_bomb_of_terabytes_is_ended_and_what_came_before_it_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "FREE_BYTES", 64 << 20)
    path = tmp_path / "bomb.zip"
    path.write_bytes(_overlapping_bomb(20_000, MAX_BYTES - 1))
    assert path.stat().st_size < 5_000_000
    *some, last = walk(path)
    assert "bomb" in (last.issue or "")
    assert len(some) <= 3
    (tmp_path / "nested.zip").write_bytes(zip_bytes({"x.zip": path.read_bytes(), "after.txt": b"text"}))
    assert "bomb" in (whole(tmp_path / "nested.zip").issue or "")


def test_a_member_that_claims_a_small_size_is_not_believed(tmp_path: Path) -> None:
    data = bytearray(zip_bytes({"a": bytes(MAX_BYTES + 5)}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 100)
    (tmp_path / "a.zip").write_bytes(data)
    (member,) = members(tmp_path / "a.zip")
    assert member.data is None or len(member.data) <= MAX_BYTES


@pytest.mark.parametrize("name", ["bomb.warc.gz", "bomb.jsonl.gz", "bomb.html.gz"])
def test_a_gzip_bomb_is_ended(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "FREE_BYTES", 32 << 20)
    start = (
        b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\n"
        if "warc" in name
        else b'{"html": "'
        if "json" in name
        else b""
    )
    path = tmp_path / name
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(start)
        for _ in range(100):
            file.write(bytes(1 << 20))
    *some, last = walk(path)
    assert "bomb" in (last.issue or "")
    assert not some


@pytest.mark.slow
def test_a_line_of_a_gigabyte_is_passed_over_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"html": "')
        file.truncate(1 << 30)
        file.seek(1 << 30)
        file.write(b'"}\n{"html": "<html>after</html>"}\n')
    with ContainerReader() as reader:
        long, after, last = reader.members(str(path))
        assert (long.report_id, after.report_id) == (None, report_id_of(b"<html>after</html>"))
        assert "not read" in (long.issue or "")
        assert last.issue is None


# In the landing folder


def test_a_document_that_is_a_zip_is_no_container(tmp_path: Path) -> None:
    word = write_zip(tmp_path / "a.docx", {"[Content_Types].xml": b"", "word/document.xml": b""})
    office = write_zip(tmp_path / "b.docx", {"_rels/.rels": b"", "word/document.xml": b"", "[Content_Types].xml": b""})
    archive = write_zip(tmp_path / "c.zip", {"word/report.docx": word.read_bytes()})
    found = []
    for path in (word, office, archive):
        with path.open("rb") as file:
            found.append(is_container(path, file))
    assert found == [False, False, True]


def test_a_process_that_dies_over_a_container_costs_only_that(tmp_path: Path) -> None:
    good = write_zip(tmp_path / "good.zip", {"a.txt": b"one"})
    with ContainerReader() as reader:
        listing = reader.members(str(write_json_lines(tmp_path / "a.jsonl", ["<html>page</html>"] * 1200)))
        next(listing)
        assert reader._process is not None
        reader._process.kill()
        reader._process.join()
        *_, last = listing
        assert "ended its process" in (last.issue or "")
        assert [member.label for member in reader.members(str(good))] == ["a.txt", ""]


def test_json_of_a_crawl_is_told_from_text(tmp_path: Path) -> None:
    for name, data, expected in (
        ("one.json", json.dumps({"url": "u", "html": "<p>x"}).encode(), True),
        ("text.txt", "{政府信息公开}".encode(), False),
        ("page.html", b"<html>{", False),
    ):
        (tmp_path / name).write_bytes(data)
        with (tmp_path / name).open("rb") as file:
            assert is_container(tmp_path / name, file) is expected
