"""Which tables are copied to PostgreSQL, and the statements that make them there."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb
from psycopg import sql

from warehouse.contract import Reference, Table

COPIED_SCHEMAS = ("marts", "reading")
# PostgreSQL cuts longer names, and does not say which of two that it made equal is meant.
NAME_BYTES = 63

_PLAIN_TYPES = {
    "BOOLEAN": "boolean",
    "TINYINT": "smallint",
    "SMALLINT": "smallint",
    "INTEGER": "integer",
    "BIGINT": "bigint",
    "UTINYINT": "smallint",
    "USMALLINT": "integer",
    "UINTEGER": "bigint",
    "UBIGINT": "numeric(20)",
    "HUGEINT": "numeric(39)",
    "FLOAT": "real",
    "DOUBLE": "double precision",
    "DATE": "date",
    "TIME": "time",
    "TIMESTAMP": "timestamp",
    "TIMESTAMP WITH TIME ZONE": "timestamptz",
    "UUID": "uuid",
}
_DECIMAL = re.compile(r"DECIMAL\((\d+),\s*(\d+)\)")


@dataclass(frozen=True, slots=True)
class CopiedColumn:
    """A column as it is there: `target_name` fits PostgreSQL, `expression` is what DuckDB is asked for."""

    name: str
    target_name: str
    target_type: str
    expression: str
    comment: str


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """A table or view of the warehouse and what becomes of it. Keys and references are in names of PostgreSQL."""

    schema: str
    name: str
    columns: tuple[CopiedColumn, ...]
    comment: str
    keys: tuple[tuple[str, ...], ...]
    references: tuple[Reference, ...]

    @property
    def select(self) -> str:
        """DuckDB's query of all rows."""
        return f"select {', '.join(column.expression for column in self.columns)} from {self.source}"

    @property
    def source(self) -> str:
        """The table's name in DuckDB."""
        return f"{_quoted(self.schema)}.{_quoted(self.name)}"


def copied_tables(connection: duckdb.DuckDBPyConnection, contract: Mapping[str, Table]) -> list[CopiedTable]:
    """The tables and views of the schemas that are copied, with the seeds that they refer to, each before those that
    refer to it where that is possible. What the warehouse holds decides; the contract adds words and keys."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for schema, table, column, data_type in connection.execute(
        "select schema_name, table_name, column_name, data_type from duckdb_columns() where not internal "
        "order by schema_name, table_name, column_index"
    ).fetchall():
        found.setdefault((schema, table), []).append((column, data_type))
    schema_of = {table: schema for schema, table in found}
    wanted = [table for schema, table in found if schema in COPIED_SCHEMAS]
    for table in wanted:  # grows while it is walked: what is referred to may itself refer to something
        wanted.extend(
            reference.table
            for reference in (contract[table].references if table in contract else ())
            if reference.table in schema_of and reference.table not in wanted
        )
    tables = [_copied(schema_of[name], name, found[schema_of[name], name], contract.get(name)) for name in wanted]
    referred = {(reference.table, reference.field) for table in tables for reference in table.references}
    tables = [_with_keys_referred_to(connection, table, referred) for table in tables]
    keys = {table.name: table.keys for table in tables}
    return [_with_possible_references(table, keys) for table in tables]


def _copied(schema: str, name: str, columns: Sequence[tuple[str, str]], known: Table | None) -> CopiedTable:
    names = fitting_names([column for column, _ in columns])
    said = known.columns if known else {}
    return CopiedTable(
        schema=schema,
        name=name,
        columns=tuple(
            CopiedColumn(
                column,
                names[column],
                postgres_type(data_type),
                _expression(column, data_type),
                _comment(column, names[column], said[column].description if column in said else ""),
            )
            for column, data_type in columns
        ),
        comment=known.description if known else "",
        keys=tuple(tuple(names[part] for part in key) for key in known.keys if names.keys() >= set(key))
        if known
        else (),
        references=tuple(
            Reference(names[reference.column], reference.table, reference.field)
            for reference in known.references
            if reference.column in names
        )
        if known
        else (),
    )


def _with_keys_referred_to(
    connection: duckdb.DuckDBPyConnection, table: CopiedTable, referred: set[tuple[str, str]]
) -> CopiedTable:
    """The table with a key for each column that others refer to and no test calls one, where its values are one."""
    keys = list(table.keys)
    for column in table.columns:
        if (table.name, column.target_name) in referred and (column.target_name,) not in keys:
            quoted = _quoted(column.name)
            query = f"select count(*) = count(distinct {quoted}) from {table.source}"
            if connection.execute(query).fetchall() == [(True,)]:
                keys.append((column.target_name,))
    return replace(table, keys=tuple(keys))


def _with_possible_references(table: CopiedTable, keys: Mapping[str, tuple[tuple[str, ...], ...]]) -> CopiedTable:
    """The table with the references alone that PostgreSQL accepts: to a column that is a key of its table."""
    possible = (
        reference
        for reference in dict.fromkeys(table.references)
        if (reference.field,) in keys.get(reference.table, ())
    )
    return replace(table, references=tuple(possible))


def fitting_names(names: Iterable[str]) -> dict[str, str]:
    """Names that PostgreSQL keeps whole, by the given ones: those over 63 bytes are cut, and told apart by a number."""
    fitting: dict[str, str] = {}
    for name in names:
        short, number = _cut(name, NAME_BYTES), 1
        while short in fitting.values():
            number += 1
            short = f"{_cut(name, NAME_BYTES - len(str(number)) - 1)}~{number}"
        fitting[name] = short
    return fitting


def _cut(name: str, size: int) -> str:
    return name.encode()[:size].decode(errors="ignore")


def postgres_type(data_type: str) -> str:
    """PostgreSQL's type of the same values; nested ones become jsonb, anything else text."""
    if plain := _PLAIN_TYPES.get(data_type):
        return plain
    if decimal := _DECIMAL.fullmatch(data_type):
        return f"numeric({decimal[1]},{decimal[2]})"
    if _is_nested(data_type):
        return "jsonb"
    return "text"


def _is_nested(data_type: str) -> bool:
    return data_type.endswith("]") or data_type.startswith(("STRUCT", "MAP", "UNION", "JSON"))


def _expression(name: str, data_type: str) -> str:
    quoted = _quoted(name)
    if _is_nested(data_type):
        return f"cast(to_json({quoted}) as varchar) as {quoted}"
    if postgres_type(data_type) == "text":
        # The one character that PostgreSQL has no place for.
        return f"replace(cast({quoted} as varchar), chr(0), '\N{REPLACEMENT CHARACTER}') as {quoted}"
    return quoted


def _comment(name: str, target_name: str, description: str) -> str:
    return description if name == target_name else f"{name}. {description}".strip()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def creation(schema: str, table: CopiedTable) -> sql.Composed:
    """The statement that makes the empty table."""
    columns = sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(column.target_name), sql.SQL(column.target_type))
        for column in table.columns
    )
    return sql.SQL("create table {} ({})").format(sql.Identifier(schema, table.name), columns)


def keys_and_comments(schema: str, table: CopiedTable) -> Iterator[sql.Composed]:
    """The statements that give a filled table its keys and its words."""
    target = sql.Identifier(schema, table.name)
    for number, key in enumerate(table.keys):
        yield sql.SQL("alter table {} add {} ({})").format(
            target, sql.SQL("unique" if number else "primary key"), _names(key)
        )
    if table.comment:
        yield sql.SQL("comment on table {} is {}").format(target, sql.Literal(table.comment))
    for column in table.columns:
        if column.comment:
            yield sql.SQL("comment on column {} is {}").format(
                sql.Identifier(schema, table.name, column.target_name), sql.Literal(column.comment)
            )


def references_and_indexes(schema: str, table: CopiedTable) -> Iterator[sql.Composed]:
    """The statements that add foreign keys, once every table has its key, and an index for each join that none of the
    keys serves."""
    target = sql.Identifier(schema, table.name)
    for reference in table.references:
        yield sql.SQL("alter table {} add foreign key ({}) references {} ({})").format(
            target,
            sql.Identifier(reference.column),
            sql.Identifier(schema, reference.table),
            sql.Identifier(reference.field),
        )
    served = {key[0] for key in table.keys}
    for column in dict.fromkeys(reference.column for reference in table.references):
        if column not in served:
            yield sql.SQL("create index on {} ({})").format(target, sql.Identifier(column))


def _names(names: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))
