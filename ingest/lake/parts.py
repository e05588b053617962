"""Putting Parquet files in place whole, and naming parts by what they hold."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

_TEMPORARY = ".tmp"


def put_in_place(path: Path, table: pa.Table) -> None:
    """Write a Parquet file so that it is there whole or not at all. The same table gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}{_TEMPORARY}")
    try:
        pq.write_table(
            table,
            temporary,
            compression="zstd",
            compression_level=3,
            write_statistics=True,
            store_schema=False,
            row_group_size=262_144,
        )
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def part_name(parses: Iterable[tuple[str, str]]) -> str:
    """The name of a part: a digest of the parses that it holds (report_id, parser_version), so that the same parses
    make the same part."""
    digest = hashlib.sha256()
    for report_id, parser_version in sorted(parses):
        digest.update(f"{report_id} {parser_version}\n".encode())
    return f"part-{digest.hexdigest()[:32]}.parquet"


def remove_leftovers(root: Path) -> int:
    """Remove what a killed writer left: temporary files, and parts of a table that no part of `reports` stands for.

    Call it only while no other process writes to the lake. Returns the number of files removed.
    """
    whole = {path.name for path in (root / "reports").glob("part-*.parquet")}
    stale = list(root.glob(f"*/.*{_TEMPORARY}"))
    for table in ("cells", "claims", "evidence", "issues"):
        stale.extend(path for path in (root / table).glob("part-*.parquet") if path.name not in whole)
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)
