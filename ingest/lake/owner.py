"""Which data folder a lake on an object store belongs to.

A build's lock lies in its data folder. A lake in that folder is behind the same lock; one on an object store could be
written from several, each of which would rewrite the list of files over the others'. So it names its one data folder.
"""

import json
import platform
import uuid
from contextlib import suppress
from pathlib import Path

from ingest.lake.location import LakeLocationError, LakePath

OWNER = "owner.json"


def claim(lake: LakePath, data: Path, state: Path) -> None:
    """Make a lake on an object store that of a data folder, whose folder `state` keeps the proof.

    Raises LakeLocationError where it belongs to another.
    """
    if isinstance(lake, Path):
        return
    proof = state / "lake-owner"
    if not proof.exists():
        proof.parent.mkdir(parents=True, exist_ok=True)
        proof.write_text(uuid.uuid4().hex, encoding="ascii")
    mine = proof.read_text(encoding="ascii")
    place = lake / OWNER
    with suppress(FileExistsError):
        if not place.exists():
            told = {"id": mine, "data": str(data), "machine": platform.node()}
            # Refused by the store where another build was first.
            place.fs.pipe_file(place.path, json.dumps(told).encode(), mode="create")
    owner = json.loads(place.fs.cat_file(place.path))
    if owner["id"] != mine:
        raise LakeLocationError(
            f"the lake at {lake} belongs to the data folder {owner['data']} on {owner['machine']}: build there, or "
            f"give this one a lake of its own. Where that folder is gone for good, remove {place}"
        )
