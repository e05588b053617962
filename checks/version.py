"""What the answers of this package depend on, beside the cells themselves."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path


@cache
def code_digest() -> str:
    """SHA-256 hex over the code that solves, the forms and the solver's version."""
    digest = hashlib.sha256(f"highspy {version('highspy')}".encode())
    here = Path(__file__).resolve().parent
    for path in sorted([*here.glob("*.py"), *(here.parent / "ingest" / "forms").glob("*.py")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
