"""`ogi compact`: merging a lake's parts, and reading it through for damage."""

from collections.abc import Iterator

from filelock import FileLock, Timeout

from ingest.lake import read_parquet, remove_leftovers
from ingest.lake.compaction import compact, remove_superseded
from ingest.lake.damage import remove_damaged
from ingest.lake.owner import claim
from warehouse.paths import DataPaths


class CannotCompactError(Exception):
    """There is no lake to compact, or it may not be written now; the message says why."""


def run(paths: DataPaths, verify: bool = False, forget_removed: bool = False) -> Iterator[str]:
    """Compact the lake; yields what was done, in lines. Raises CannotCompactError."""
    lake = paths.lake
    if not (lake / "files").is_dir():
        raise CannotCompactError(f"{lake} holds no lake; run `ogi build` first")
    paths.lock.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(paths.lock, timeout=0):
            claim(lake, paths.data, paths.lock.parent)
            for damage in remove_damaged(lake, every_page=verify):
                yield f"damaged, removed, parsed anew by the next build: {damage}"
            removed = remove_superseded(lake)
            remove_leftovers(lake)
            if removed:
                yield f"removed {removed} parts that an earlier compaction replaced"
            keep = None
            if forget_removed:
                keep = set(read_parquet(lake / "files", ["report_id"])["report_id"].to_pylist()) - {None}
                if not keep:
                    raise CannotCompactError("the last build found no file: everything would be forgotten")
            done = compact(lake, keep=keep, full=True)
            if done.merged:
                yield f"merged {done.merged} parts into {done.written}, leaving out {done.left_out} parses"
                yield "the parts that were replaced go with the next build, or when this is run again"
            else:
                yield "nothing to merge"
    except Timeout:
        raise CannotCompactError("a build is writing to this data folder; start again when it ended") from None
