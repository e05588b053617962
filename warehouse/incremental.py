"""Building on what is published: a copy of it, of which dbt makes anew only what belongs to reports that changed."""

import os
import shutil
from pathlib import Path

import duckdb

from warehouse import publish

BEFORE = "before"
"""The schema with the state of the published database that dbt compares with; gone again when it is published."""
_KEPT = {
    "parses": "intermediate.base_newest_parses",
    "corrections": "staging.stg_corrections",
    "acknowledged": "staging.stg_acknowledged",
    "previous_reports": "intermediate.int_previous_reports",
}


def start(published: Path, unpublished: Path, rules_digest: str) -> bool:
    """Put a copy of the published database there for dbt to build on; False where it has to build from nothing.

    It has to where nothing is published, where another version of the rules (the dbt project, the parser, the engines)
    made it, or where it cannot be read. What an earlier, killed build left is removed in any case.
    """
    publish.start(unpublished)
    if publish.published_rules(published) != rules_digest:
        return False
    try:
        _copy(published, unpublished)
        with duckdb.connect(str(unpublished)) as connection:
            connection.execute(f"create schema {BEFORE}")
            for name, table in _KEPT.items():
                connection.execute(f"create table {BEFORE}.{name} as from {table}")
    except duckdb.Error:
        publish.start(unpublished)
        return False
    return True


def _copy(source: Path, target: Path) -> None:
    """Copy a file; on file systems that can, its blocks are shared until one of the two changes."""
    with source.open("rb") as read, target.open("wb") as written:
        left = os.fstat(read.fileno()).st_size
        try:
            while left and (copied := os.copy_file_range(read.fileno(), written.fileno(), left)):
                left -= copied
        except (AttributeError, OSError):
            left = -1
    if left:
        shutil.copyfile(source, target)
