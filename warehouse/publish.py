"""Publishing by write, audit, publish: a database is built and tested elsewhere and then takes its place by a rename.

Readers keep the file that they opened; nobody sees half a build or meets a lock.
"""

import os
import shutil
from pathlib import Path

import duckdb

_RECORD = "audit.build_inputs"


def _log_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.wal")


def _mark_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.inputs")


class NotBuiltError(Exception):
    """There is no database that was built and tested whole."""


def start(unpublished: Path) -> None:
    """Make room for a new build: remove what an earlier, killed one left."""
    unpublished.parent.mkdir(parents=True, exist_ok=True)
    for path in (unpublished, _log_of(unpublished), _mark_of(unpublished)):
        path.unlink(missing_ok=True)


def start_from(published: Path, unpublished: Path) -> bool:
    """Make room, and put a copy of the published database there to try something on; False where none is published."""
    start(unpublished)
    if not published.exists():
        return False
    shutil.copyfile(published, unpublished)
    return True


def mark_whole(unpublished: Path, inputs_digest: str, rules_digest: str = "") -> None:
    """Say that a database was built and tested whole, from what inputs and by what rules; without the latter no later
    build stands on it."""
    _mark_of(unpublished).write_text(f"{inputs_digest}\n{rules_digest}", encoding="ascii")


def publish(unpublished: Path, published: Path) -> int:
    """Put a database that was built and tested whole in place of the published one; returns its size in bytes.

    The digest of its inputs is recorded inside it first. A write-ahead log that a killed client left beside the
    published file would be applied to the new one and make it unreadable, so it is removed before and after.
    Raises NotBuiltError where no database was marked as whole.
    """
    if not unpublished.exists() or not _mark_of(unpublished).exists():
        raise NotBuiltError(f"{unpublished} was not built and tested whole, so it is not published")
    inputs_digest, rules_digest = _mark_of(unpublished).read_text(encoding="ascii").split("\n")
    with duckdb.connect(str(unpublished)) as connection:
        connection.execute("create schema if not exists audit")
        connection.execute("drop schema if exists before cascade")
        connection.execute(
            f"create or replace table {_RECORD} (inputs_digest varchar not null, rules_digest varchar not null)"
        )
        connection.execute(f"insert into {_RECORD} values (?, ?)", [inputs_digest, rules_digest])
        connection.execute("checkpoint")
    _log_of(unpublished).unlink(missing_ok=True)
    with unpublished.open("rb+") as file:
        os.fsync(file.fileno())
    size = unpublished.stat().st_size
    _log_of(published).unlink(missing_ok=True)
    os.replace(unpublished, published)
    _log_of(published).unlink(missing_ok=True)
    _mark_of(unpublished).unlink(missing_ok=True)
    return size


def published_digest(published: Path) -> str | None:
    """The digest of the inputs that the published database was built from; None where there is none to be read."""
    return _recorded(published, "inputs_digest")


def published_rules(published: Path) -> str | None:
    """The digest of the rules that the published database was built by; None where there is none to be read."""
    return _recorded(published, "rules_digest") or None


def _recorded(published: Path, column: str) -> str | None:
    if not published.exists():
        return None
    try:
        with duckdb.connect(str(published), read_only=True) as connection:
            row = connection.execute(f"select {column} from {_RECORD}").fetchone()
    except duckdb.Error:
        return None
    return str(row[0]) if row else None
