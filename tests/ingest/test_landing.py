"""The landing folder is looked at without a file being lost, opened twice, or followed to where it should not lead."""

import hashlib
import multiprocessing.connection
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.landing import (
    READ,
    UNREADABLE,
    LandedFile,
    landed_file,
    listing_digest,
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


def test_reviewed_files_are_not_handed_in(raw: Path, tmp_path: Path) -> None:
    """Only the folder in use is passed over: the one at the top, or the one that is named."""
    for name in ("reviewed/overrides.csv", "a/reviewed/b.txt", "decided/overrides.csv"):
        write(raw / name)
    hashes = tmp_path / "hashes.parquet"
    assert names(scan(raw, hashes)) == ["a/reviewed/b.txt", "decided/overrides.csv"]
    assert names(scan(raw, hashes, reviewed=raw / "decided")) == ["a/reviewed/b.txt", "reviewed/overrides.csv"]


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
    write(raw / "reviewed" / "overrides.csv", b"report_id\n")
    digests.append(listing_digest(raw))
    assert len(set(digests)) == len(digests)
    assert [count for _, count in digests] == [0, 1, 1, 1, 2, 3]
    assert listing_digest(raw) == digests[-1]
