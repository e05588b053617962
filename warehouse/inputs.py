"""The digest of all that a warehouse is a function of: equal digests, equal warehouses."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from checks.version import code_digest
from ingest.deciding import deciding_digest, digest_of_files
from ingest.landing import MANIFEST
from ingest.report import PARSER_VERSION
from ingest.reviewed import reviewed_dir, reviewed_files
from warehouse.paths import DBT_PROJECT

_ENGINES = ("duckdb", "dbt-core", "dbt-duckdb", "pyarrow")
_NOT_SOURCE = frozenset(("target", "logs", ".user.yml"))


FileRow = tuple[str | None, ...]
"""What of a row of the lake's `files` matters, in the order of FILE_COLUMNS."""
FILE_COLUMNS = ("source_path", "status", "report_id", "issue", "source_url", "fetched_at")


def what_matters(rows: Iterable[Mapping[str, object]], parses: Mapping[str, str]) -> Iterator[FileRow]:
    """Of rows of the table `files` what the warehouse is a function of; times in UTC, however they were written.

    `parses` are the versions of those parses that an outside program took part in or lacked, by report_id.
    """
    for row in rows:
        values = (row[name] for name in FILE_COLUMNS)
        yield tuple(
            value.astimezone(UTC).isoformat() if isinstance(value, datetime) else None if value is None else str(value)
            for value in (*values, parses.get(str(row["report_id"])))
        )


def inputs_digest(raw_dir: Path, files: Iterable[FileRow], reviewed: Path | None = None) -> str:
    """SHA-256 hex over the files as they stand, the manifest, the reviewed files, the code that decides, and the
    engines' versions. `reviewed` is the folder of reviewed files, by default that of the landing folder."""
    digest = hashlib.sha256()
    for part in _parts(raw_dir, files, reviewed_dir(raw_dir, reviewed)):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def rules_digest() -> str:
    """SHA-256 hex over the code and engines that make a warehouse of its inputs: only on a database of the same rules
    may a build stand."""
    return hashlib.sha256(b"\n".join(_rules())).hexdigest()


def _rules() -> Iterator[bytes]:
    yield PARSER_VERSION.encode()
    yield from (f"{name} {version(name)}".encode() for name in _ENGINES)
    yield dbt_digest().encode()
    yield deciding_digest().encode()
    yield code_digest().encode()


def _parts(raw_dir: Path, files: Iterable[FileRow], reviewed: Path) -> Iterator[bytes]:
    yield from _rules()
    manifest = raw_dir / MANIFEST
    yield manifest.read_bytes() if manifest.is_file() else b""
    for path in reviewed_files(reviewed):
        yield path.name.encode()
        yield path.read_bytes()
    for file in files:
        yield "\0".join(part or "" for part in file).encode()


@lru_cache(maxsize=1)
def dbt_digest() -> str:
    """SHA-256 hex over the dbt project's own files: models, seeds, tests, macros, settings."""
    return digest_of_files(
        path for path in DBT_PROJECT.rglob("*") if not _NOT_SOURCE & set(path.relative_to(DBT_PROJECT).parts)
    )
