"""Copying the published warehouse into PostgreSQL: written beside what is there, and put in its place by a rename."""

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pyarrow.csv
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from warehouse.contract import Table
from warehouse.postgres.tables import (
    CopiedTable,
    copied_tables,
    creation,
    keys_and_comments,
    references_and_indexes,
)
from warehouse.publish import published_digest

ROWS_AT_ONCE = 20_000
# The comment of a schema that this program made; any other is left alone.
MARK = "Annual reports on open government information, copied by `ogi postgres`."
_CONNECT_SECONDS = 10
# For whatever is locked: better to end with a message than to wait for a forgotten session.
_WAIT_SECONDS = 60
# For removing what was replaced, which waits for those who still read it; the next run tries again.
_REMOVE_SECONDS = 5

Progress = Callable[[str, int, int], None]
"""Told the table, how many of its rows were copied, and how many it has."""


class CopyError(Exception):
    """The copy was not made, with what to do about it; what was in PostgreSQL is as it was."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied: rows by table; where to; and whether the copy before could not be removed yet."""

    rows: Mapping[str, int]
    place: str
    left_behind: str | None


def copy_to_postgres(
    warehouse: Path,
    contract: Mapping[str, Table],
    url: str,
    schema: str = "ogi",
    readers: Iterable[str] = (),
    progress: Progress = lambda table, done, total: None,
) -> Copied:
    """Copy marts, reading views and the seeds that they refer to into a schema, which it then replaces.

    All is one transaction: who reads meanwhile sees the old schema whole, then the new one whole; a run that ends
    before its end leaves the old one. `url` is a connection string of libpq, `readers` are roles that may read.
    Rows pass in batches: memory does not grow with the warehouse. Raises CopyError; no message holds the password.
    """
    try:
        told = conninfo_to_dict(url)
    except psycopg.Error:
        raise CopyError(
            "the address is no connection string of PostgreSQL; it looks like postgresql://USER@HOST:5432/DATABASE"
        ) from None
    place = f"{told.get('host') or 'local socket'}, database {told.get('dbname') or 'of the user name'}"
    password = str(told.get("password") or "")

    def said(error: Exception) -> str:
        return " ".join((str(error).replace(password, "***") if password else str(error)).split())

    try:
        connection = psycopg.connect(
            url, connect_timeout=_CONNECT_SECONDS, client_encoding="utf8", application_name="ogi postgres"
        )
    except psycopg.Error as error:
        raise CopyError(f"cannot connect to {place}: {said(error)}") from None
    with connection:
        try:
            rows = _copy(connection, warehouse, contract, schema, tuple(readers), progress)
            connection.commit()
            left = _remove_old(connection, schema)
        except (psycopg.Error, duckdb.Error) as error:
            raise CopyError(f"not copied to {place}, what was there stands: {said(error)}") from None
    return Copied(rows, f"{place}, schema {schema}", left)


def _copy(
    connection: psycopg.Connection[Any],
    warehouse: Path,
    contract: Mapping[str, Table],
    schema: str,
    readers: tuple[str, ...],
    progress: Progress,
) -> dict[str, int]:
    """Write the new schema and put it in place, in the connection's transaction; returns rows by table."""
    new, old = f"{schema}__new", f"{schema}__old"
    connection.execute(f"set local lock_timeout = '{_WAIT_SECONDS}s'")
    _check_target(connection, schema)
    for unfinished in (new, old):
        _run(connection, sql.SQL("drop schema if exists {} cascade").format(sql.Identifier(unfinished)))
    _run(connection, sql.SQL("create schema {}").format(sql.Identifier(new)))
    rows: dict[str, int] = {}
    # One connection: all tables are of one build, also when another is published meanwhile.
    with duckdb.connect(str(warehouse), read_only=True) as source:
        source.execute("set preserve_insertion_order = false")
        tables = copied_tables(source, contract)
        for table in tables:
            _run(connection, creation(new, table))
            rows[table.name] = _fill(connection, source, new, table, progress)
    for step in (keys_and_comments, references_and_indexes):
        for table in tables:
            for statement in step(new, table):
                _run(connection, statement)
    for table in tables:
        _run(connection, sql.SQL("analyze {}").format(sql.Identifier(new, table.name)))
    mark = f"{MARK} Digest of its inputs: {published_digest(warehouse)}"
    _run(connection, sql.SQL("comment on schema {} is {}").format(sql.Identifier(new), sql.Literal(mark)))
    for reader in readers:
        role = sql.Identifier(reader)
        _run(connection, sql.SQL("grant usage on schema {} to {}").format(sql.Identifier(new), role))
        _run(connection, sql.SQL("grant select on all tables in schema {} to {}").format(sql.Identifier(new), role))
    if _comment_of(connection, schema) is not None:
        _rename(connection, schema, old)
    _rename(connection, new, schema)
    return rows


def _check_target(connection: psycopg.Connection[Any], schema: str) -> None:
    """Refuse what would end badly: a second copy at once, a schema of someone else, a database that is not UTF-8."""
    lock = connection.execute("select pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"ogi {schema}"])
    if lock.fetchone() != (True,):
        raise CopyError(f"another copy into the schema {schema} is running; start again when it ended")
    encoding = connection.execute("show server_encoding").fetchone()
    if encoding != ("UTF8",):
        raise CopyError(f"the database's encoding is {encoding and encoding[0]}; Chinese text needs one made with UTF8")
    for name in (schema, f"{schema}__old", f"{schema}__new"):
        comment = _comment_of(connection, name)
        if comment is not None and not comment.startswith(MARK):
            raise CopyError(f"the schema {name} was not made by this program and is left alone; choose by --schema")
        if dependents := [str(row[0]) for row in connection.execute(_DEPENDENTS, {"schema": name})]:
            raise CopyError(
                f"a copy replaces the schema {name}, and what was made on its tables would go with it: "
                f"{', '.join(dependents)}; drop it first, and make it again afterwards"
            )


# Views and foreign keys on the tables of a schema, and what stands in it and is no table.
_DEPENDENTS = """
    select cast(views.oid::regclass as text)
    from pg_depend
    join pg_rewrite on pg_rewrite.oid = pg_depend.objid and pg_depend.classid = 'pg_rewrite'::regclass
    join pg_class as views on views.oid = pg_rewrite.ev_class
    join pg_class as tables on tables.oid = pg_depend.refobjid and pg_depend.refclassid = 'pg_class'::regclass
    join pg_namespace on pg_namespace.oid = tables.relnamespace
    where nspname = %(schema)s and tables.oid <> views.oid
    union
    select cast(conrelid::regclass as text)
    from pg_constraint
    join pg_class as tables on tables.oid = confrelid
    join pg_class as referring on referring.oid = conrelid
    join pg_namespace on pg_namespace.oid = tables.relnamespace
    where nspname = %(schema)s and referring.relnamespace <> tables.relnamespace
    order by 1
"""


def _comment_of(connection: psycopg.Connection[Any], schema: str) -> str | None:
    """The comment of a schema, empty where it has none; None where there is no such schema."""
    row = connection.execute(
        "select coalesce(obj_description(oid, 'pg_namespace'), '') from pg_namespace where nspname = %s", [schema]
    ).fetchone()
    return str(row[0]) if row else None


def _fill(
    connection: psycopg.Connection[Any],
    source: duckdb.DuckDBPyConnection,
    schema: str,
    table: CopiedTable,
    progress: Progress,
) -> int:
    """Copy a table's rows in batches; returns how many."""
    ((total,),) = source.execute(f"select count(*) from {table.source}").fetchall()
    done = 0
    progress(table.name, done, total)
    statement = sql.SQL("copy {} from stdin (format csv)").format(sql.Identifier(schema, table.name))
    options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="all_valid")
    with source.cursor() as reading, connection.cursor() as cursor, cursor.copy(statement) as copy:
        # By `sql`: the reader of what `execute` gives holds a second copy of the rows.
        batches: Any = reading.sql(table.select).to_arrow_reader(ROWS_AT_ONCE)
        for batch in batches:
            buffer = io.BytesIO()
            # Every value is quoted and null is not: so the empty string and null stay two things.
            pyarrow.csv.write_csv(batch, buffer, options)
            copy.write(buffer.getvalue())
            done += batch.num_rows
            progress(table.name, done, total)
    return done


def _remove_old(connection: psycopg.Connection[Any], schema: str) -> str | None:
    """Drop the schema that was replaced; its name where someone still reads it, for the next run to drop."""
    old = f"{schema}__old"
    try:
        _run(connection, sql.SQL("set local lock_timeout = {}").format(sql.Literal(f"{_REMOVE_SECONDS}s")))
        _run(connection, sql.SQL("drop schema if exists {} cascade").format(sql.Identifier(old)))
        connection.commit()
    except psycopg.errors.LockNotAvailable:
        connection.rollback()
        return old
    return None


def _rename(connection: psycopg.Connection[Any], schema: str, name: str) -> None:
    statement = sql.SQL("alter schema {} rename to {}")
    _run(connection, statement.format(sql.Identifier(schema), sql.Identifier(name)))


def _run(connection: psycopg.Connection[Any], statement: sql.Composed) -> None:
    connection.execute(statement)
