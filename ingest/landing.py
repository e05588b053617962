"""The landing folder: which files lie there now, and what each one's bytes are.

Hashing is remembered by (path, size, times), so a second look at an unchanged folder opens no file.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.containers import is_container
from ingest.containers.listing import Listings
from ingest.containers.process import ContainerReader
from ingest.lake.parts import put_in_place
from ingest.reviewed import reviewed_dir, reviewed_files

MANIFEST = "manifest.csv"
"""An optional file at the top of the landing folder that says what is known of files from outside their bytes."""
MOUNT_FAULTS = frozenset(
    (
        errno.ESTALE,
        errno.ENOTCONN,
        errno.ENODEV,
        errno.EHOSTDOWN,
        errno.EHOSTUNREACH,
        errno.ENETDOWN,
        errno.ENETUNREACH,
        errno.ETIMEDOUT,
        errno.EREMOTEIO,
    )
)
"""Errors that say nothing of a file, but that what it lies on is gone: never booked on the file."""
_CHUNK = 1 << 20

READ = "read"
UNREADABLE = "unreadable"
VANISHED = "vanished"
CONTAINER = "container"


@dataclass(frozen=True, slots=True)
class LandedFile:
    """A file as it lies in the landing folder. `path` opens it; `source_path` is its relative name, in UTF-8.

    A member of a container has the container's path, its `place` there counted from 0, and what the container says of
    its address and the time when it was fetched.
    """

    path: str
    source_path: str
    status: str
    report_id: str | None = None
    byte_count: int | None = None
    issue: str | None = None
    place: int | None = None
    source_url: str | None = None
    fetched_at: datetime | None = None


def scan(
    raw_dir: Path, cache_path: Path, progress: Callable[[int], None] | None = None, reviewed: Path | None = None
) -> tuple[LandedFile, ...]:
    """Every file below the landing folder, and every member of its containers, sorted by source_path, each with the
    SHA-256 of its bytes.

    Hidden files, the manifest and the folder of reviewed files (by default `reviewed`) are not handed in. A file that
    cannot be read gets a status and an issue that says why. Symbolic links are never followed. Raises
    NotADirectoryError where there is no such folder, and OSError where it went while it was read.
    """
    if not raw_dir.is_dir():
        raise NotADirectoryError(f"{raw_dir} is no folder; give the folder that holds the report files")
    mounted = mount_of(raw_dir)
    remembered = _read_cache(cache_path)
    seen: dict[str, tuple[str, str]] = {}
    landed: list[LandedFile] = []
    listed = sorted(_walk(raw_dir, reviewed), key=lambda item: item[1])
    with ContainerReader() as reader:
        listings = Listings(cache_path.with_name("containers"), reader)
        for count, (path, source_path) in enumerate(listed, start=1):
            file = _land(path, source_path, remembered, seen)
            landed.extend(_expanded(file, seen[path][0], listings) if file.status == CONTAINER else (file,))
            if progress and count % 100 == 0:
                progress(count)
        require_mount(raw_dir, mounted)
        listings.forget_others()
    if seen != remembered:
        _write_cache(cache_path, seen)
    return tuple(landed if len(landed) == len(listed) else _each_once(landed))


def mount_of(folder: Path) -> tuple[int, int] | None:
    """What a folder's path leads to now: a mount that goes leaves another folder in its place, or none."""
    try:
        state = os.stat(folder)
    except OSError:
        return None
    return state.st_dev, state.st_ino


def require_mount(folder: Path, mounted: tuple[int, int] | None) -> None:
    """Raise OSError (ESTALE) where a folder's path no longer leads to what it led to before."""
    if mount_of(folder) != mounted:
        raise OSError(errno.ESTALE, f"{folder} was unmounted or replaced while it was read")


def _expanded(file: LandedFile, stamp: str, listings: Listings) -> Iterator[LandedFile]:
    """A container and its members as files; one that holds nothing but damage is unreadable."""
    try:
        *members, container = listings.members(file.path, stamp)
    except FileNotFoundError:
        yield replace(file, status=VANISHED, issue="the file vanished while the folder was read")
        return
    except OSError as error:
        if error.errno in MOUNT_FAULTS:
            raise
        yield replace(file, status=UNREADABLE, issue=f"cannot be read: {error.strerror}")
        return
    useless = container.issue is not None and not members
    yield replace(file, status=UNREADABLE if useless else CONTAINER, issue=container.issue)
    for member in members:
        status = READ if member.report_id else CONTAINER if member.place is None else UNREADABLE
        yield LandedFile(
            file.path,
            f"{file.source_path}!{member.label.removesuffix('!') if member.place is None else member.label}",
            status,
            member.report_id,
            member.byte_count,
            member.issue,
            member.place,
            member.source_url,
            member.fetched_at,
        )


def _each_once(landed: list[LandedFile]) -> list[LandedFile]:
    """The files sorted by source_path, of members with the same name all but the first with a number behind it."""
    taken = {file.source_path for file in landed if file.place is None}
    result = []
    for file in landed:
        name, number = file.source_path, 1
        if file.place is not None:
            while name in taken:
                number += 1
                name = f"{file.source_path}#{number}"
            taken.add(name)
        result.append(file if number == 1 else replace(file, source_path=name))
    return sorted(result, key=lambda file: file.source_path)


def _walk(raw_dir: Path, reviewed: Path | None) -> Iterator[tuple[str, str]]:
    closed: list[str] = []
    passed_over = str(reviewed_dir(raw_dir, reviewed))
    for folder, folders, names in os.walk(raw_dir, onerror=lambda error: closed.append(error.filename)):
        folders[:] = [
            name for name in folders if not name.startswith(".") and os.path.join(folder, name) != passed_over
        ]
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        inside = os.path.relpath(folder, raw_dir).replace(os.sep, "/")
        before = "" if inside == "." else f"{inside}/"
        for name in (*names, *links):
            relative = before + name
            if not name.startswith(".") and relative != MANIFEST:
                yield os.path.join(folder, name), printable(relative)
    for path in closed:
        if path == str(raw_dir):
            raise PermissionError(f"{raw_dir} may not be read; give this user the right to read it")
        yield path, printable(os.path.relpath(path, raw_dir).replace(os.sep, "/"))


def printable(path: str) -> str:
    """A file's name as valid UTF-8: bytes that are none are written as \\x escapes, and a backslash as two.

    So no name is lost or refused, and no two files share one.
    """
    if path.isascii() and "\\" not in path:
        return path
    return os.fsencode(path).replace(b"\\", b"\\\\").decode("utf-8", "backslashreplace")


def landed_file(path: Path) -> LandedFile:
    """One file by itself, as `scan` would land it."""
    return _land(str(path), printable(path.name), {}, {})


def _land(
    path: str, source_path: str, remembered: Mapping[str, tuple[str, str]], seen: dict[str, tuple[str, str]]
) -> LandedFile:
    try:
        state = os.lstat(path)
        if stat.S_ISLNK(state.st_mode):
            return LandedFile(path, source_path, UNREADABLE, issue="a symbolic link; links are not followed")
        if stat.S_ISDIR(state.st_mode):
            return LandedFile(path, source_path, UNREADABLE, issue="a folder that may not be read")
        if not stat.S_ISREG(state.st_mode):
            return LandedFile(path, source_path, UNREADABLE, issue="not a regular file")
        stamp = f"{state.st_size}:{state.st_mtime_ns}:{state.st_ctime_ns}:{state.st_ino}"
        known = remembered.get(path)
        report_id = known[1] if known and known[0] == stamp else _hash(path)
    except FileNotFoundError:
        return LandedFile(path, source_path, VANISHED, issue="the file vanished while the folder was read")
    except OSError as error:
        if error.errno in MOUNT_FAULTS:
            raise
        return LandedFile(path, source_path, UNREADABLE, issue=f"cannot be read: {error.strerror}")
    seen[path] = (stamp, report_id)
    if report_id == CONTAINER:
        return LandedFile(path, source_path, CONTAINER, None, state.st_size)
    return LandedFile(path, source_path, READ, report_id, state.st_size)


def _hash(path: str) -> str:
    """The SHA-256 of a file's bytes, in hex; for a container, whose own bytes are no content, the word for it."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        if is_container(path, file):
            return CONTAINER
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


_CACHE_SCHEMA = pa.schema([("path", pa.binary()), ("stamp", pa.string()), ("report_id", pa.string())])


def _read_cache(path: Path) -> dict[str, tuple[str, str]]:
    """The hashes remembered from an earlier scan; a damaged cache is no cache."""
    try:
        table = pq.read_table(path, schema=_CACHE_SCHEMA)
    except (OSError, pa.ArrowException):
        return {}
    rows = zip(*(table.column(name).to_pylist() for name in ("path", "stamp", "report_id")), strict=True)
    return {os.fsdecode(name): (stamp, report_id) for name, stamp, report_id in rows}


def _write_cache(path: Path, rows: Mapping[str, tuple[str, str]]) -> None:
    columns = (
        [os.fsencode(name) for name in rows],
        [stamp for stamp, _ in rows.values()],
        [report_id for _, report_id in rows.values()],
    )
    put_in_place(path, pa.table(list(columns), schema=_CACHE_SCHEMA))


def listing_digest(raw_dir: Path, reviewed: Path | None = None) -> tuple[str, int]:
    """A digest of the names, sizes and times in the landing folder, and the number of files; opens none of them.

    The manifest and the reviewed files count too.
    """
    digest = hashlib.sha256()
    count = 0
    manifest = raw_dir / MANIFEST
    listed = [*_walk(raw_dir, reviewed), *([(str(manifest), MANIFEST)] if manifest.exists() else [])]
    listed += [(str(path), f"reviewed\0{path.name}") for path in reviewed_files(reviewed_dir(raw_dir, reviewed))]
    for path, source_path in sorted(listed, key=lambda item: item[1]):
        try:
            state = os.lstat(path)
        except OSError:
            continue
        digest.update(f"{source_path}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
        count += 1
    return digest.hexdigest(), count
