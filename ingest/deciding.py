"""The code and data that decide after parsing: of the same inputs they make the same row, so it is not made again."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

# Below ingest/: where one of these changes, the same lake is decided otherwise.
_DECIDING = (
    "deciding.py",
    "publishers.py",
    "publishers/**/*",
    "register/**/*",
    "update.py",
    "manifest.py",
    "overrides.py",
    "statements.py",
    "decisions.py",
    "csv_files.py",
    "reviewed.py",
)


@cache
def deciding_digest() -> str:
    """SHA-256 hex over the code and data that decide after parsing, and over what reads the files of people."""
    package = Path(__file__).resolve().parent
    deciding = {path for pattern in _DECIDING for path in package.glob(pattern)}
    return digest_of_files(path for path in deciding if path.suffix in (".py", ".csv"))


def digest_of_files(paths: Iterable[Path]) -> str:
    """SHA-256 hex over the names and bytes of files, in the order of their paths."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def decided_from(*inputs: object) -> str:
    """SHA-256 hex over what a row is a function of: inputs (of plain values, whose text tells them apart) and code."""
    return hashlib.sha256(f"{deciding_digest()} {inputs!r}".encode()).hexdigest()
