"""The lake: Parquet part files put in place whole, safe for any number of writers."""

from ingest.lake.location import LakeLocationError, LakePath, dataset, lake_at, listed, read_parquet
from ingest.lake.parts import put_in_place, remove_leftovers
from ingest.lake.tables import (
    KnownParse,
    ensure_tables,
    known_parses,
    parses_with_programs,
    read_rows,
    write_built,
    write_parses,
)

__all__ = [
    "KnownParse",
    "LakeLocationError",
    "LakePath",
    "dataset",
    "ensure_tables",
    "known_parses",
    "lake_at",
    "listed",
    "parses_with_programs",
    "put_in_place",
    "read_parquet",
    "read_rows",
    "remove_leftovers",
    "write_built",
    "write_parses",
]
