"""Putting Parquet files in place whole, and naming parts by what they hold."""

import hashlib
import io
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.lake.location import LakePath, listed
from ingest.lake.schema import PARSED_TABLES

EMPTY_PART = "empty.parquet"
_TEMPORARY = ".tmp"


def put_in_place(path: LakePath, table: pa.Table) -> None:
    """Write a Parquet file so that it is there whole or not at all. The same table gives the same bytes.

    In a folder it is written beside its place, brought to the disk and renamed. An object store has no rename: there
    it is one request that puts the object whole (of parts over 100 MB, one that completes what was sent before).
    """
    if isinstance(path, Path):
        _put(path, lambda file: _write(table, file))
        return
    sent = io.BytesIO()
    _write(table, sent)
    path.fs.pipe_file(path.path, sent.getvalue())


def put_bytes(path: LakePath, data: bytes) -> None:
    """Write a small file in the same way."""
    if isinstance(path, Path):
        _put(path, lambda file: file.write(data))
    else:
        path.fs.pipe_file(path.path, data)


def _put(path: Path, write: Callable[[BinaryIO], object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}{_TEMPORARY}")
    try:
        with temporary.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        # Where the disk failed, its error is told, not that of the tidying up.
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _write(table: pa.Table, file: BinaryIO) -> None:
    pq.write_table(
        table,
        file,
        compression="zstd",
        compression_level=3,
        write_statistics=True,
        write_page_checksum=True,
        store_schema=False,
        row_group_size=262_144,
    )


def part_name(parses: Iterable[tuple[str, str]]) -> str:
    """The name of a part: a digest of the parses that it holds (report_id, parser_version), so that the same parses
    make the same part."""
    digest = hashlib.sha256()
    for report_id, parser_version in sorted(parses):
        digest.update(f"{report_id} {parser_version}\n".encode())
    return f"part-{digest.hexdigest()[:32]}.parquet"


def remove_part(root: LakePath, name: str) -> None:
    """Remove a part from every table: from `reports` first, for then the rest of it is nothing that counts."""
    for table in reversed(PARSED_TABLES):
        (root / table / name).unlink(missing_ok=True)


def remove_leftovers(root: LakePath) -> int:
    """Remove what a killed writer left: temporary files, and parts of a table that no part of `reports` stands for.

    Call it only while no other process writes to the lake. Returns the number of files removed.
    """
    whole = {path.name for path in listed(root / "reports")}
    stale: list[LakePath] = []
    if isinstance(root, Path):
        stale += [*root.glob(f"*/.*{_TEMPORARY}"), *root.glob(f".*{_TEMPORARY}")]
    for table in PARSED_TABLES:
        stale.extend(path for path in listed(root / table) if path.name not in whole)
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)
