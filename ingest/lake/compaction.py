"""Merging parts: many small ones, and those whose parses newer ones superseded.

Merged parts hold copies of parses that stand, so it does not matter that they stand twice for a while: readers take
one part for each content. The parts that they replace are named in a list and go with the next update, not at once:
who was just reading them can end. A merge that is killed leaves whole parts and is done again.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from ingest.lake.location import LakePath, listed, read_parquet, read_schema, row_count
from ingest.lake.parts import EMPTY_PART, part_name, put_bytes, put_in_place, remove_part
from ingest.lake.schema import PARSED_TABLES
from ingest.lake.tables import REPORTS_A_PART, KnownParse, known_parses

SMALL_PART = REPORTS_A_PART // 2
"""A part with fewer reports is small."""
MOST_SMALL_PARTS = 24
"""From more small parts than these on, an update merges them."""
SUPERSEDED = "superseded.json"
_PENDING = 5 * REPORTS_A_PART


@dataclass(frozen=True, slots=True)
class Compaction:
    """How many parts were merged into how many, and how many parses were left out."""

    merged: int
    written: int
    left_out: int


def remove_superseded(root: LakePath) -> int:
    """Remove the parts that an earlier compaction replaced; returns their number. The caller holds the build lock."""
    place = root / SUPERSEDED
    names = json.loads(place.read_text(encoding="utf-8")) if place.exists() else []
    for name in names:
        remove_part(root, name)
    place.unlink(missing_ok=True)
    return len(names)


def many_small_parts(root: LakePath) -> bool:
    """Whether there are so many small parts that it is worth to merge them; looks at footers only."""
    return sum(count < SMALL_PART for count in _held(root).values()) > MOST_SMALL_PARTS


def compact(
    root: LakePath,
    standing: dict[str, KnownParse] | None = None,
    keep: Collection[str] | None = None,
    full: bool = False,
) -> Compaction:
    """Merge parts where it is worth it; with `full`, wherever it makes the lake smaller. The caller holds the build
    lock and has removed what was superseded before.

    Worth it are more small parts than MOST_SMALL_PARTS, and parts of whose parses half or more were superseded.
    `keep` are the contents to keep, by default all: parses of the others are left out.
    """
    if standing is None:
        standing = known_parses(root)
    held = _held(root)
    kept: dict[str, list[KnownParse]] = {name: [] for name in held}
    for known in standing.values():
        if keep is None or known.report_id in keep:
            kept[known.part].append(known)
    chosen = _chosen(root, held, kept, full)
    written = [_write(root, parses) for parses in _chunks(chosen, kept)]
    replaced = sorted(set(chosen) - set(written))
    if replaced:
        put_bytes(root / SUPERSEDED, json.dumps(replaced, indent=0).encode())
    return Compaction(len(chosen), len(written), sum(held[name] - len(kept[name]) for name in chosen))


def _chosen(root: LakePath, held: dict[str, int], kept: dict[str, list[KnownParse]], full: bool) -> list[str]:
    """The parts to merge, by name. One that an older version of this software wrote with other columns is left."""
    small = [name for name, parses in kept.items() if len(parses) < (REPORTS_A_PART if full else SMALL_PART)]
    if len(small) <= (1 if full else MOST_SMALL_PARTS):
        small = []
    wasteful = [name for name, parses in kept.items() if len(parses) <= (held[name] - 1 if full else held[name] // 2)]
    return [name for name in sorted({*small, *wasteful}) if not kept[name] or _has_our_columns(root, name)]


def _has_our_columns(root: LakePath, name: str) -> bool:
    return all(read_schema(root / table / name).equals(schema) for table, schema in PARSED_TABLES.items())


def _held(root: LakePath) -> dict[str, int]:
    """The number of reports in each part, by its name."""
    return {path.name: row_count(path) for path in listed(root / "reports") if path.name != EMPTY_PART}


def _chunks(chosen: list[str], kept: dict[str, list[KnownParse]]) -> Iterator[list[KnownParse]]:
    """The parses to keep in the order of report_id, as many at a time as a part takes; few enough wait for memory."""
    pending: list[KnownParse] = []
    for name in chosen:
        pending += kept[name]
        if len(pending) >= _PENDING:
            pending.sort(key=lambda known: known.report_id)
            while len(pending) >= REPORTS_A_PART:
                yield pending[:REPORTS_A_PART]
                pending = pending[REPORTS_A_PART:]
    pending.sort(key=lambda known: known.report_id)
    for start in range(0, len(pending), REPORTS_A_PART):
        yield pending[start : start + REPORTS_A_PART]


def _write(root: LakePath, parses: list[KnownParse]) -> str:
    """Write one part of parses that other parts hold; returns its name. It has the bytes of parsing them anew."""
    name = part_name((known.report_id, known.parser_version) for known in parses)
    by_part: dict[str, list[str]] = {}
    for known in parses:
        by_part.setdefault(known.part, []).append(known.report_id)
    for table, schema in PARSED_TABLES.items():
        rows = pa.concat_tables(
            read_parquet(root / table / part, filters=pc.field("report_id").isin(ids)).select(schema.names).cast(schema)
            for part, ids in sorted(by_part.items())
        )
        # Stable: the rows of a report stay in their order.
        put_in_place(root / table / name, rows.take(pc.sort_indices(rows["report_id"])).combine_chunks())
    return name
