"""The lake: Parquet part files put in place whole, safe for any number of writers."""

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
    "ensure_tables",
    "known_parses",
    "parses_with_programs",
    "put_in_place",
    "read_rows",
    "remove_leftovers",
    "write_built",
    "write_parses",
]
