"""Parts that a disk damaged: found, and taken out of the lake, so that their contents are parsed anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.lake.location import LakePath, listed
from ingest.lake.parts import EMPTY_PART, remove_part
from ingest.lake.schema import DERIVED_TABLES, PARSED_TABLES

_BATCH_ROWS = 65_536


@dataclass(frozen=True, slots=True)
class Damage:
    """A file of the lake that is not what was written, and what reading it says."""

    path: LakePath
    what: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what}"


def is_damage(error: BaseException) -> bool:
    """Whether an error of reading Parquet is of the bytes themselves, not of the disk or network that brings them."""
    return isinstance(error, pa.ArrowInvalid) or (type(error) is OSError and error.errno is None)


def find_damage(root: LakePath, every_page: bool = False) -> Iterator[Damage]:
    """The files of parts that cannot be read, in the order of tables and names.

    By default each file's footer is looked at, which finds what was cut off or overwritten at its end; on an object
    store, which puts and keeps objects whole, nothing is. With `every_page` every page of every file is read and its
    checksum compared.
    """
    if not every_page and not isinstance(root, Path):
        return
    for table in (*PARSED_TABLES, *DERIVED_TABLES):
        for path in listed(root / table):
            try:
                if every_page:
                    _read_all(path)
                else:
                    pq.read_metadata(path)
            except (OSError, pa.ArrowInvalid) as error:
                if not is_damage(error):
                    raise
                yield Damage(path, str(error).splitlines()[0])


def _read_all(path: LakePath) -> None:
    with path.open("rb") as file:
        for _ in pq.ParquetFile(file, page_checksum_verification=True).iter_batches(_BATCH_ROWS):
            pass


def remove_damaged(root: LakePath, every_page: bool = False) -> list[Damage]:
    """Take the parts with damage out of the lake; returns what was found. The caller holds the build lock.

    A part goes with its files in all tables: what it held counts as never parsed, and the next update parses it from
    the landing folder. What was derived from it is derived again.
    """
    found = list(find_damage(root, every_page))
    for damage in found:
        if damage.path.parent.name in DERIVED_TABLES or damage.path.name == EMPTY_PART:
            damage.path.unlink(missing_ok=True)
        else:
            remove_part(root, damage.path.name)
    return found
