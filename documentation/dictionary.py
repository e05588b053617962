"""The data dictionary: a page for each table, from what dbt says of it and what the warehouse holds."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb

from documentation.lineage import LAYERS, Step, around, picture, raw_html
from documentation.markdown import code, contents, page, table, text, words
from warehouse.contract import Table, read_contract

_SCHEMAS = {
    "marts": "Facts, dimensions and aggregates: what tools read",
    "reading": "Reading views: one wide table for people who only want one",
    "staging": "The rows of the lake: every cell with its text, status, place and reason",
    "intermediate": "Steps between; nobody should depend on them",
    "seeds": "The forms, identities and registers as data",
    "lake": "Parquet files, written by parsing",
}
_RAW = "files as handed in"
_Chart = tuple[str, tuple[str, ...], str]


def pages(manifest: Path, warehouse: Path) -> dict[str, str]:
    """The dictionary's pages by path. Raises OSError, ValueError or duckdb.Error where one of the two is unreadable."""
    contract = read_contract(manifest)
    types = _types(warehouse)
    charts = _charts(manifest)
    steps = _steps(contract, charts)
    made_of: dict[str, list[str]] = {}
    for known in contract.values():
        for parent in known.parents:
            made_of.setdefault(parent, []).append(known.name)
    made = {
        f"dictionary/{known.name}.md": _table_page(known, contract, types, steps, made_of.get(known.name, []))
        for known in contract.values()
    }
    schemas = [schema for schema in _SCHEMAS if any(known.schema == schema for known in contract.values())]
    schemas += sorted({known.schema for known in contract.values()} - set(schemas))
    for schema in schemas:
        made[f"dictionary/schema-{schema}.md"] = _schema_page(schema, contract)
    made["dictionary/index.md"] = _index(schemas, contract, steps, charts)
    return made


def _types(warehouse: Path) -> dict[tuple[str, str], str]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(
            "select table_name, column_name, lower(data_type) from duckdb_columns() where not internal"
        ).fetchall()
    return {(name, column): data_type for name, column, data_type in rows}


def _charts(manifest: Path) -> dict[str, _Chart]:
    """Exposures: label, the tables that they read, and description, by name."""
    content = json.loads(manifest.read_text(encoding="utf-8"))
    names = {id_: node["name"] for id_, node in {**content["nodes"], **content["sources"]}.items()}
    return {
        node["name"]: (
            node.get("label") or node["name"],
            tuple(names[parent] for parent in node["depends_on"]["nodes"] if parent in names),
            " ".join((node.get("description") or "").split()),
        )
        for node in content["exposures"].values()
    }


def _steps(contract: Mapping[str, Table], charts: Mapping[str, _Chart]) -> dict[str, Step]:
    steps = {_RAW: Step(_RAW, "raw", ())}
    for known in contract.values():
        if known.schema in LAYERS:
            parents = (_RAW,) if known.kind == "source" else known.parents
            steps[known.name] = Step(known.name, known.schema, parents, f"{known.name}.html")
    for label, parents, _ in charts.values():
        steps[label] = Step(label, "chart", parents, "../docs/bi.html")
    return steps


def _table_page(
    known: Table,
    contract: Mapping[str, Table],
    types: Mapping[tuple[str, str], str],
    steps: Mapping[str, Step],
    made_of_it: list[str],
) -> str:
    references = {reference.column: reference for reference in known.references}

    def rows() -> Iterator[tuple[str, str, str]]:
        for column in known.columns.values():
            meaning = words(column.description)
            if column.name in known.key:
                meaning = f"**Key.** {meaning}"
            if (reference := references.get(column.name)) and reference.table in contract:
                meaning += f" → [{code(reference.table)}]({reference.table}.md)"
            yield code(column.name), code(types.get((known.name, column.name)) or column.data_type), meaning

    return page(
        known.name,
        words(known.description),
        f"Schema {code(known.schema)}. "
        + (f"One row for each {', '.join(map(code, known.key))}." if known.key else "No key is tested."),
        table(("Column", "Type", "Meaning"), rows()),
        "## Lineage",
        raw_html(picture(around(steps, known.name), known.name)) if known.name in steps else "",
        _linked("Made of", known.parents, contract),
        _linked("Read by", made_of_it, contract),
        "## Tests" if known.tests else "",
        "\n".join(f"- {text(test.replace('__', ': ').replace('_', ' '))}" for test in known.tests),
    )


def _linked(heading: str, names: tuple[str, ...] | list[str], contract: Mapping[str, Table]) -> str:
    links = ", ".join(f"[{code(name)}]({name}.md)" for name in sorted(set(names)) if name in contract)
    return f"{heading}: {links}" if links else ""


def _schema_page(schema: str, contract: Mapping[str, Table]) -> str:
    tables = [known for known in contract.values() if known.schema == schema]
    return page(
        f"Schema {schema}",
        f"{_SCHEMAS[schema]}." if schema in _SCHEMAS else "",
        table(
            ("Table", "Meaning"),
            ((f"[{code(known.name)}]({known.name}.md)", words(known.description)) for known in tables),
        ),
        contents(known.name for known in tables),
    )


def _index(
    schemas: list[str], contract: Mapping[str, Table], steps: Mapping[str, Step], charts: Mapping[str, _Chart]
) -> str:
    return page(
        "Data dictionary",
        "Every table and column, in the words of the models themselves, and what is made of what.",
        table(
            ("Schema", "Tables#", "What it holds"),
            (
                (
                    f"[{code(schema)}](schema-{schema}.md)",
                    str(sum(known.schema == schema for known in contract.values())),
                    _SCHEMAS.get(schema, ""),
                )
                for schema in schemas
            ),
        ),
        "## From the raw file to the chart",
        "Choose a table for its own part of the picture.",
        raw_html(picture(steps)),
        "## Dashboards" if charts else "",
        table(
            ("Dashboard", "Shows", "Reads"),
            (
                (
                    f"[{text(label)}](../docs/bi.md)",
                    words(description),
                    ", ".join(f"[{code(name)}]({name}.md)" for name in parents if name in contract),
                )
                for label, parents, description in charts.values()
            ),
        )
        if charts
        else "",
        contents(f"schema-{schema}" for schema in schemas),
    )
