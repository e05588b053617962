"""Writing parses to the lake's tables, and reading back what is known of each report."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from ingest.lake.location import LakePath, dataset, listed, read_parquet, read_schema
from ingest.lake.parts import EMPTY_PART, part_name, put_in_place
from ingest.lake.schema import BUILT_TABLES, PARSED_TABLES, TABLES
from ingest.report import ParsedReport

REPORTS_A_PART = 1000
_PARTS_OF_A_REPORT = ("cells", "claims", "evidence", "issues")


@dataclass(frozen=True, slots=True)
class KnownParse:
    """The parse of a content that stands: the newest parser's, and of equals the part first by name."""

    report_id: str
    parser_version: str
    part: str


def ensure_tables(root: LakePath) -> None:
    """Make the folder of every table, with an empty part, so that a reader of the lake always finds its columns.

    The empty part of an older version of this software is replaced: readers take the columns from it.
    """
    for name, schema in TABLES.items():
        path = root / name / EMPTY_PART
        if not path.exists() or not _has_columns(path, schema):
            put_in_place(path, schema.empty_table())


def _has_columns(path: LakePath, schema: pa.Schema) -> bool:
    try:
        return bool(read_schema(path).equals(schema))
    except pa.ArrowInvalid:
        return False  # damaged


def write_parses(root: LakePath, reports: Iterable[ParsedReport]) -> Iterator[int]:
    """Write parses in batched parts, `reports` last; yields the number written after each part.

    The reports are put in the order of their ids inside a part; the same reports in the same order of arrival give the
    same parts, to the byte.
    """
    written = 0
    arriving = iter(reports)
    while batch := list(islice(arriving, REPORTS_A_PART)):
        _write_part(root, sorted(batch, key=lambda report: report.report_id))
        written += len(batch)
        yield written


def _write_part(root: LakePath, reports: Sequence[ParsedReport]) -> None:
    name = part_name((report.report_id, report.parser_version) for report in reports)
    for table in (*_PARTS_OF_A_REPORT, "reports"):
        put_in_place(root / table / name, _table(reports, table))


def _table(reports: Sequence[ParsedReport], table: str) -> pa.Table:
    """A parsed table of some reports."""
    schema = PARSED_TABLES[table]
    if table == "reports":
        rows = list(map(attrgetter(*schema.names), reports))
    else:
        values = attrgetter(*(name for name in schema.names if name != "report_id"))
        rows = [(report.report_id, *values(item)) for report in reports for item in getattr(report, table)]
    if not rows:
        return schema.empty_table()
    columns = zip(*rows, strict=True)
    return pa.table([pa.array(column, field.type) for field, column in zip(schema, columns, strict=True)], schema)


def write_built(root: LakePath, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Replace a table that each build writes whole (`files`, `publishers`, …)."""
    put_in_place(
        root / table / f"{table}.parquet", pa.Table.from_pylist([dict(row) for row in rows], schema=BUILT_TABLES[table])
    )


def known_parses(root: LakePath) -> dict[str, KnownParse]:
    """For each content in the lake the parse that stands."""
    standing: dict[str, KnownParse] = {}
    for path in listed(root / "reports"):
        table = read_parquet(path, columns=["report_id", "parser_version"])
        for report_id, version in zip(table["report_id"].to_pylist(), table["parser_version"].to_pylist(), strict=True):
            earlier = standing.get(report_id)
            if earlier is None or version_key(version) > version_key(earlier.parser_version):
                standing[report_id] = KnownParse(report_id, version, path.name)
    return standing


def parses_with_programs(root: LakePath, parser_version: str) -> dict[str, str]:
    """The versions of the parses of a parser that an outside program took part in or lacked, by report_id."""
    dotted = pc.starts_with(ds.field("parser_version"), f"{parser_version}.")
    columns = ["report_id", "parser_version"]
    found: dict[str, str] = {}
    for row in dataset(root / "reports").to_table(columns=columns, filter=dotted).to_pylist():
        found[row["report_id"]] = max(row["parser_version"], found.get(row["report_id"], "0"), key=version_key)
    return found


def version_key(version: str) -> tuple[int, ...]:
    """A parser version for comparing: `1.10` is newer than `1.9`."""
    return tuple(int(part) for part in version.split("."))


def read_rows(
    root: LakePath, table: str, standing: Mapping[str, KnownParse], columns: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """The rows of a parsed table that belong to standing parses, part by part; parts with none are not opened."""
    parts = {parse.part for parse in standing.values()}
    for path in listed(root / table):
        if path.name not in parts:
            continue
        for row in read_parquet(path, columns=["report_id", *columns]).to_pylist():
            known = standing.get(row["report_id"])
            if known and known.part == path.name:
                yield row
