"""The landing folder is looked at without a file being lost, opened twice, or followed to where it should not lead."""

import hashlib
import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.landing import (
    READ,
    UNREADABLE,
    LandedFile,
    ManifestError,
    ManifestRow,
    landed_file,
    listing_digest,
    read_manifest,
    scan,
)

NOBODY = 65534


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    return folder


@pytest.fixture
def look(raw: Path, tmp_path: Path) -> Callable[[], tuple[LandedFile, ...]]:
    """Scans the folder, remembering hashes from look to look."""
    return lambda: scan(raw, tmp_path / "state" / "hashes.parquet")


Look = Callable[[], tuple[LandedFile, ...]]


def write(path: Path, data: bytes = b"text") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def names(files: tuple[LandedFile, ...]) -> list[str]:
    return [file.source_path for file in files]


def test_every_file_in_any_depth_is_there_once_in_the_order_of_names(raw: Path, look: Look) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c/d.html", "c.unknown", "é.txt", "表.txt"):
        write(raw / name)
    assert names(look()) == sorted(["a/b/c/d.html", "a/z.txt", "b.txt", "c.unknown", "é.txt", "表.txt"])


def test_a_file_is_told_by_its_bytes(raw: Path, look: Look) -> None:
    data = os.urandom(3_000_000)
    write(raw / "large", data)
    write(raw / "copy", data)
    assert [(file.report_id, file.byte_count, file.status) for file in look()] == [
        (hashlib.sha256(data).hexdigest(), len(data), READ)
    ] * 2


def test_hidden_files_and_the_manifest_are_not_handed_in(raw: Path, look: Look) -> None:
    for name in (".DS_Store", ".git/config", "manifest.csv", "folder/manifest.csv", "folder/._x.pdf"):
        write(raw / name)
    assert names(look()) == ["folder/manifest.csv"]


def test_an_empty_folder_has_no_file(look: Look) -> None:
    assert look() == ()


@pytest.mark.parametrize("kind", ["missing", "file"])
def test_what_is_no_folder_is_refused(tmp_path: Path, kind: str) -> None:
    if kind == "file":
        write(tmp_path / "raw")
    with pytest.raises(NotADirectoryError, match="give the folder"):
        scan(tmp_path / "raw", tmp_path / "hashes.parquet")


# Names


def test_a_name_that_is_no_utf_8_is_kept_readable_and_the_file_can_be_opened(raw: Path, look: Look) -> None:
    Path(os.fsdecode(os.fsencode(raw) + b"/a\xffb.txt")).write_bytes(b"text")
    (file,) = look()
    assert file.source_path == "a\\xffb.txt"
    assert Path(file.path).read_bytes() == b"text"


def test_two_files_never_share_a_name(raw: Path, look: Look) -> None:
    Path(os.fsdecode(os.fsencode(raw) + b"/a\xffb.txt")).write_bytes(b"one")
    (raw / "a\\xffb.txt").write_bytes(b"other")
    assert len(set(names(look()))) == 2


# What is no file to be read


def test_links_are_told_and_not_followed(raw: Path, look: Look, tmp_path: Path) -> None:
    write(tmp_path / "secret" / "file.txt", b"secret")
    (raw / "file").symlink_to(tmp_path / "secret" / "file.txt")
    (raw / "folder").symlink_to(tmp_path / "secret")
    (raw / "loop").symlink_to(raw)
    (raw / "dangling").symlink_to("nowhere")
    assert [(file.source_path, file.status, file.report_id) for file in look()] == [
        (name, UNREADABLE, None) for name in ("dangling", "file", "folder", "loop")
    ]
    assert all("symbolic link" in (file.issue or "") for file in look())


def test_a_pipe_is_told_and_not_waited_for(raw: Path, look: Look) -> None:
    os.mkfifo(raw / "pipe")
    (file,) = look()
    assert (file.status, file.issue) == (UNREADABLE, "not a regular file")
    assert landed_file(raw / "pipe").status == UNREADABLE


def _scan_as_nobody(raw: str, sending: multiprocessing.connection.Connection) -> None:
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        with tempfile.TemporaryDirectory() as state:
            sending.send(scan(Path(raw), Path(state) / "hashes.parquet"))
    except Exception as error:
        sending.send(error)


def scan_as_nobody(raw: Path) -> tuple[LandedFile, ...] | Exception:
    """What a user without rights sees; root may read anything."""
    receiving, sending = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_scan_as_nobody, args=(str(raw), sending))
    process.start()
    assert receiving.poll(30)
    result: tuple[LandedFile, ...] | Exception = receiving.recv()
    process.join()
    return result


@pytest.fixture
def shared_raw() -> Iterator[Path]:
    """A folder that every user can reach, as pytest's own are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for path in folder.rglob("*"):
        path.chmod(0o755)
    shutil.rmtree(folder)


def test_a_file_that_may_not_be_read_is_told(shared_raw: Path) -> None:
    write(shared_raw / "closed.txt").chmod(0)
    write(shared_raw / "open.txt").chmod(0o644)
    files = scan_as_nobody(shared_raw)
    assert isinstance(files, tuple), files
    assert [(file.source_path, file.status) for file in files] == [("closed.txt", UNREADABLE), ("open.txt", READ)]
    assert files[0].issue == "cannot be read: Permission denied"


def test_a_folder_that_may_not_be_read_is_told(shared_raw: Path) -> None:
    """Else all its reports would vanish from the warehouse without a word."""
    write(shared_raw / "closed" / "file.txt")
    (shared_raw / "closed").chmod(0)
    write(shared_raw / "open.txt").chmod(0o644)
    files = scan_as_nobody(shared_raw)
    if not isinstance(files, OSError):
        assert isinstance(files, tuple), files
        assert ("closed", UNREADABLE) in [(file.source_path, file.status) for file in files]


# What is remembered


def test_a_second_look_opens_no_file(raw: Path, look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        write(raw / f"{number}.txt", bytes([number]))
    first = look()
    opened = []
    monkeypatch.setattr("builtins.open", lambda path, *_: opened.append(path))
    assert look() == first
    assert opened == []


@pytest.mark.parametrize("keep_times", [True, False])
def test_a_change_is_seen_even_where_size_and_time_stay(raw: Path, look: Look, keep_times: bool) -> None:
    path = write(raw / "a.txt", b"12 requests")
    before = path.stat()
    look()
    path.write_bytes(b"99 requests")
    if keep_times:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert look()[0].report_id == hashlib.sha256(b"99 requests").hexdigest()


def test_a_file_put_in_anothers_place_is_seen(raw: Path, look: Look, tmp_path: Path) -> None:
    path = write(raw / "a.txt", b"12 requests")
    look()
    other = write(tmp_path / "other", b"99 requests")
    shutil.copystat(path, other)
    other.rename(path)
    assert look()[0].report_id == hashlib.sha256(b"99 requests").hexdigest()


def test_a_file_that_went_is_forgotten(raw: Path, look: Look) -> None:
    write(raw / "a.txt")
    write(raw / "b.txt")
    look()
    (raw / "a.txt").unlink()
    assert names(look()) == ["b.txt"]


@pytest.mark.parametrize("damage", [b"", b"PAR1 but no more", os.urandom(500)])
def test_a_damaged_memory_is_none(raw: Path, look: Look, tmp_path: Path, damage: bytes) -> None:
    write(raw / "a.txt")
    first = look()
    write(tmp_path / "state" / "hashes.parquet", damage)
    assert look() == first


# The listing that the sensor compares


def test_the_listing_tells_what_came_changed_or_went(raw: Path) -> None:
    digests = [listing_digest(raw)]
    path = write(raw / "a" / "b.txt")
    digests.append(listing_digest(raw))
    write(path, b"longer text")
    digests.append(listing_digest(raw))
    path.rename(raw / "a" / "c.txt")
    digests.append(listing_digest(raw))
    write(raw / "manifest.csv", b"source_path\n")
    digests.append(listing_digest(raw))
    assert len(set(digests)) == len(digests)
    assert [count for _, count in digests] == [0, 1, 1, 1, 2]
    assert listing_digest(raw) == digests[-1]


# The manifest


def manifest(raw: Path, text: str, encoding: str = "utf-8") -> dict[str, ManifestRow]:
    (raw / "manifest.csv").write_bytes(text.encode(encoding))
    return read_manifest(raw)


def test_no_manifest_says_nothing(raw: Path) -> None:
    assert read_manifest(raw) == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_manifest_is_read(raw: Path, encoding: str, ending: str) -> None:
    text = ending.join(
        [
            "fetched_at,source_path,agency_name,report_year,scope,region_code,source_url",
            '2021-03-10T08:00:00+08:00,a/b.txt,"某某局, 某某",2020,agency,320300,https://example.org/?a=1',
            "2021-03-10, c.txt ,,,,,",
            "",
        ]
    )
    rows = manifest(raw, text, encoding)
    assert rows["a/b.txt"] == ManifestRow(
        "a/b.txt",
        "https://example.org/?a=1",
        datetime(2021, 3, 10, tzinfo=UTC),
        "某某局, 某某",
        "320300",
        2020,
        "agency",
    )
    assert rows["c.txt"] == ManifestRow("c.txt", fetched_at=datetime(2021, 3, 10, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "source_path"),
        ("path,agency_name\na.txt,x\n", "source_path"),
        ("source_path,colour\na.txt,red\n", "unknown: colour"),
        ("source_path,scope\na.txt,city\n", "line 2: scope is 'city'"),
        ("source_path,report_year\na.txt,2020\nb.txt,last\n", "line 3"),
        ("source_path,fetched_at\na.txt,yesterday\n", "line 2"),
        ("source_path,scope\n,agency\n", "line 2: source_path is empty"),
        ("source_path\na.txt\nb.txt\na.txt\n", "line 4: a.txt is named twice"),
        # What the warehouse would refuse later, where nobody could tell what to mend.
        ("source_path,region_code\na.txt,3203\n", "line 2"),
        ("source_path,region_code\na.txt,徐州市\n", "line 2"),
        ("source_path,report_year\na.txt,99999999999\n", "line 2"),
    ],
)
def test_a_faulty_manifest_says_where_and_what(raw: Path, text: str, said: str) -> None:
    with pytest.raises(ManifestError) as raised:
        manifest(raw, text)
    assert said in str(raised.value)
    assert str(raw / "manifest.csv") in str(raised.value)


def test_a_manifest_in_another_encoding_is_told(raw: Path) -> None:
    with pytest.raises(ManifestError, match="save it as UTF-8"):
        manifest(raw, "source_path,agency_name\na.txt,某某局\n", "gb18030")
