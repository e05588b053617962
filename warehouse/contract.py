"""What dbt says of each table: its words, its key, what it refers to. Read from dbt's manifest, so that every copy of
the warehouse (PostgreSQL, the documentation) says what the models say."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_REF = re.compile(r"ref\('(\w+)'\)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `data_type` in DuckDB's words, empty where the contract names none."""

    name: str
    data_type: str
    description: str


@dataclass(frozen=True, slots=True)
class Reference:
    """Every value of `column` that is not null stands in `field` of another table (a data test says so)."""

    column: str
    table: str
    field: str


@dataclass(frozen=True, slots=True)
class Table:
    """A model, a seed or a source. `key` is its first key (no part null), `references` its foreign keys."""

    schema: str
    name: str
    kind: str
    description: str
    columns: Mapping[str, Column]
    keys: tuple[tuple[str, ...], ...] = ()
    references: tuple[Reference, ...] = ()
    parents: tuple[str, ...] = ()
    tests: tuple[str, ...] = field(default=())

    @property
    def key(self) -> tuple[str, ...]:
        """The columns of the first key; empty where no test demands one."""
        return self.keys[0] if self.keys else ()


def read_contract(manifest: Path) -> dict[str, Table]:
    """Every model, seed and source of a manifest by name, in the order of their names.

    `parents` are names of tables, `tests` the names of the data tests on the table. Raises OSError or ValueError where
    the file is no manifest.
    """
    content = json.loads(manifest.read_text(encoding="utf-8"))
    nodes: dict[str, Any] = {**content["nodes"], **content["sources"]}
    names = {id_: node["name"] for id_, node in nodes.items() if node["resource_type"] in _KINDS}
    tests: dict[str, list[dict[str, Any]]] = {}
    for node in nodes.values():
        if node["resource_type"] == "test":
            for tested in [node["attached_node"]] if node.get("attached_node") else node["depends_on"]["nodes"]:
                tests.setdefault(tested, []).append(node)
    tables = (_table(nodes[id_], names, tests.get(id_, [])) for id_ in names)
    return {table.name: table for table in sorted(tables, key=lambda table: table.name)}


_KINDS = ("model", "seed", "source")


def _table(node: Mapping[str, Any], names: Mapping[str, str], tests: list[dict[str, Any]]) -> Table:
    return Table(
        schema=node["schema"],
        name=node["name"],
        kind=node["resource_type"],
        description=_words(node["description"]),
        columns={
            name: Column(name, (column.get("data_type") or "").lower(), _words(column["description"]))
            for name, column in node["columns"].items()
        },
        keys=tuple(_keys(tests)),
        references=tuple(_references(tests)),
        parents=tuple(names[parent] for parent in node.get("depends_on", {}).get("nodes", []) if parent in names),
        tests=tuple(sorted(test["name"] for test in tests)),
    )


def _keys(tests: list[dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    for test in tests:
        said = test.get("test_metadata") or {}
        if said.get("name") == "unique_combination" and not test["config"].get("where"):
            yield tuple(said["kwargs"]["columns"])


def _references(tests: list[dict[str, Any]]) -> Iterator[Reference]:
    for test in tests:
        said = test.get("test_metadata") or {}
        if said.get("name") != "references_exist" or test["config"].get("where"):
            continue
        for reference in said["kwargs"]["references"]:
            column, to = reference["column"], _REF.fullmatch(reference["to"])
            if to:
                yield Reference(column, to[1], reference.get("field") or column)


def _words(description: str) -> str:
    return " ".join(description.split())
