"""What is in a container, remembered from build to build: an unchanged container is not opened again."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.containers.process import ContainerReader, Listed
from ingest.lake.parts import put_in_place

VERSION = "1"
"""Raised whenever the same container would be listed differently."""
_SCHEMA = pa.schema(
    [
        pa.field("label", pa.string(), nullable=False),
        pa.field("place", pa.int64()),
        pa.field("report_id", pa.string()),
        pa.field("byte_count", pa.int64()),
        pa.field("issue", pa.string()),
        pa.field("source_url", pa.string()),
        pa.field("fetched_at", pa.timestamp("us", tz="UTC")),
    ]
)


class Listings:
    """The listings of a landing folder's containers, each in a file of its own in a folder of state."""

    def __init__(self, folder: Path, reader: ContainerReader) -> None:
        self._folder, self._reader = folder, reader
        self._used: set[str] = set()

    def members(self, path: str, stamp: str) -> Sequence[Listed]:
        """The members of a container whose size and times are `stamp`, and at last the container itself.

        Raises OSError where it has to be opened and cannot be.
        """
        digest = hashlib.sha256("\0".join((VERSION, stamp)).encode() + path.encode("utf-8", "surrogateescape"))
        name = f"{digest.hexdigest()[:32]}.parquet"
        self._used.add(name)
        known = _read(self._folder / name)
        if known is None:
            known = list(self._reader.members(path))
            put_in_place(self._folder / name, _table(known))
        return known

    def forget_others(self) -> None:
        """Remove the listings of containers that are gone or changed."""
        if self._folder.is_dir():
            for path in self._folder.glob("*.parquet"):
                if path.name not in self._used:
                    path.unlink(missing_ok=True)


def _table(members: Sequence[Listed]) -> pa.Table:
    return pa.table([[getattr(member, name) for member in members] for name in _SCHEMA.names], schema=_SCHEMA)


def _read(path: Path) -> list[Listed] | None:
    """A listing from an earlier look; a damaged one is none."""
    try:
        table = pq.read_table(path, schema=_SCHEMA)
    except (OSError, pa.ArrowException):
        return None
    return [Listed(*row) for row in zip(*(table.column(name).to_pylist() for name in _SCHEMA.names), strict=True)]
