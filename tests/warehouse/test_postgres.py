"""`ogi postgres`: what the warehouse holds is what PostgreSQL holds, and readers there never see half of it."""

import re
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest

from tests.ogi.builds import Build, ogi, start_ogi
from tests.warehouse import postgres_server
from tests.warehouse.postgres_server import Server
from warehouse.contract import Table, read_contract
from warehouse.paths import PROJECT_ROOT
from warehouse.postgres import CopyError, copy_to_postgres
from warehouse.postgres.tables import COPIED_SCHEMAS, fitting_names, postgres_type

needs_server = pytest.mark.skipif(postgres_server.programs() is None, reason=postgres_server.MISSING)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with postgres_server.running(tmp_path_factory.mktemp("postgres") / "server") as running:
        yield running


@pytest.fixture(scope="module")
def contract(built: Build) -> dict[str, Table]:
    return read_contract(built.data / "dbt" / "target" / "manifest.json")


@pytest.fixture(scope="module")
def copied(built: Build, server: Server) -> str:
    """The address of a database that `ogi postgres` copied the samples' warehouse into."""
    done = ogi("postgres", server.url(), "--data", built.data)
    assert done.returncode == 0, done.stderr
    assert server.password not in done.stdout + done.stderr
    return server.url()


def rows(url: str, query: str, *values: object) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query, values or None).fetchall()


def of_warehouse(built: Build, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(built.data / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


@needs_server
@pytest.mark.slow
def test_every_value_of_every_table_is_there(built: Build, copied: str) -> None:
    schemas = ", ".join(f"'{schema}'" for schema in COPIED_SCHEMAS)
    tables = of_warehouse(
        built, f"select distinct schema_name, table_name from duckdb_columns() where schema_name in ({schemas})"
    )
    assert len(tables) > 20
    for schema, table in tables:
        # As text, in one order that both know: every value, not only counts and sums.
        here = of_warehouse(built, f"select * from {schema}.{table}")
        there = rows(copied, f"select * from ogi.{table}")
        assert sorted(map(repr, here)) == sorted(map(repr, there)), table


@needs_server
@pytest.mark.slow
def test_keys_references_and_words_are_those_of_the_contract(copied: str, contract: dict[str, Table]) -> None:
    keys = dict(
        rows(
            copied,
            """select relname, array_agg(cast(attname as text) order by array_position(conkey, attnum))
               from pg_constraint join pg_class on pg_class.oid = conrelid
               join pg_attribute on attrelid = conrelid and attnum = any (conkey)
               where contype = 'p' and connamespace = 'ogi'::regnamespace group by relname""",
        )
    )
    assert keys["dim_report"] == ["report_id"]
    assert keys["fct_outcomes"] == ["report_id", "applicant_type_code", "outcome_code"]
    # Seeds have no test that names their key; the others have, and each of them has it there.
    named = {name: list(table.key) for name, table in contract.items() if table.schema == "marts" and table.key}
    assert {table: key for table, key in keys.items() if table in named} == named
    references = rows(
        copied,
        """select cast(conrelid::regclass as text), cast(attname as text), cast(confrelid::regclass as text)
           from pg_constraint join pg_attribute on attrelid = conrelid and attnum = conkey[1]
           where contype = 'f' and connamespace = 'ogi'::regnamespace""",
    )
    assert ("ogi.fct_outcomes", "outcome_code", "ogi.dim_outcome") in references
    assert ("ogi.fct_disclosures", "measure_code", "ogi.disclosure_measures") in references
    assert {table.removeprefix("ogi.") for table, _, _ in references} >= {
        name for name, table in contract.items() if table.schema == "marts" and table.references
    }
    described = {
        (table, column): words
        for table, column, words in rows(
            copied,
            """select relname, attname, col_description(pg_class.oid, attnum)
               from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0
               where relnamespace = 'ogi'::regnamespace and relkind = 'r'""",
        )
    }
    assert described
    for (table, column), words in described.items():
        assert words == contract[table].columns[column].description, (table, column)


@needs_server
@pytest.mark.slow
def test_a_copy_that_is_killed_or_fails_leaves_the_old_one(
    built: Build, server: Server, copied: str, tmp_path: Path
) -> None:
    before = rows(copied, "select 'ogi.fct_outcomes'::regclass::oid, sum(requests) from ogi.fct_outcomes")
    process = start_ogi("postgres", server.url(), "--data", built.data)
    begun = False
    for _ in range(1000):
        begun = begun or bool(rows(copied, "select 1 from pg_stat_activity where application_name = 'ogi postgres'"))
        if begun or process.poll() is not None:
            break
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert begun
    assert rows(copied, "select 'ogi.fct_outcomes'::regclass::oid, sum(requests) from ogi.fct_outcomes") == before
    assert ogi("postgres", server.url(), "--data", built.data).returncode == 0
    assert rows(copied, "select nspname from pg_namespace where starts_with(nspname, 'ogi')") == [("ogi",)]
    # A key that does not hold is an error, and the copy before it stands.
    broken = tmp_path / "broken.duckdb"
    shutil.copyfile(built.data / "warehouse.duckdb", broken)
    with duckdb.connect(str(broken)) as connection:
        connection.execute("insert into marts.dim_outcome select * from marts.dim_outcome limit 1")
    with pytest.raises(CopyError, match="dim_outcome"):
        copy_to_postgres(broken, read_contract(built.data / "dbt" / "target" / "manifest.json"), server.url())
    assert rows(copied, "select sum(requests) from ogi.fct_outcomes")[0] == before[0][1:]


@needs_server
@pytest.mark.slow
def test_a_second_copy_replaces_the_first_while_others_read(
    built: Build, server: Server, contract: dict[str, Table], tmp_path: Path
) -> None:
    """Readers that ask without pause see the old sum or the new one, and never an error."""
    first, second = built.data / "warehouse.duckdb", tmp_path / "second.duckdb"
    shutil.copyfile(first, second)
    with duckdb.connect(str(second)) as connection:
        connection.execute("update marts.fct_outcomes set requests = requests * 2")
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("create role reader login password 'reads only'")
    copy_to_postgres(first, contract, server.url(), "swapped", ["reader"])
    reader = server.url("reader", password="reads%20only")
    seen: set[int] = set()
    failed: list[Exception] = []
    done = threading.Event()

    def read() -> None:
        with psycopg.connect(reader, autocommit=True) as connection:
            while not done.is_set():
                try:
                    row = connection.execute("select sum(requests) from swapped.fct_outcomes").fetchone()
                    seen.add(int(row[0]) if row else -1)
                except psycopg.Error as error:
                    failed.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    try:
        for warehouse in (second, first, second):
            copy_to_postgres(warehouse, contract, server.url(), "swapped", ["reader"])
    finally:
        done.set()
        thread.join()
    [(total,)] = of_warehouse(built, "select sum(requests) from marts.fct_outcomes")
    assert not failed
    assert seen == {total, 2 * total}
    with psycopg.connect(reader) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("delete from swapped.fct_outcomes")


@needs_server
@pytest.mark.slow
def test_the_roles_of_the_guide_can_do_their_work_and_no_more(built: Build, server: Server) -> None:
    """The statements of docs/postgresql.md themselves are run."""
    guide = (PROJECT_ROOT / "docs" / "postgresql.md").read_text(encoding="utf-8")
    (statements,) = re.findall(r"```sql\n(.*?)```", guide, re.DOTALL)
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("create database ogi")
    with psycopg.connect(server.url(database="ogi"), autocommit=True) as connection:
        connection.execute(statements)
    done = ogi(
        *("postgres", server.url("ogi_writer", "ogi", "…"), "--reader", "ogi_reader"),
        *("--data", built.data),
    )
    assert done.returncode == 0, done.stderr
    with psycopg.connect(server.url("ogi_reader", "ogi", "…"), autocommit=True) as connection:
        assert connection.execute("select count(*) from dim_report").fetchone() == (7,)
        for forbidden in ("delete from dim_report", "create table ogi.own (a integer)", "create schema own"):
            with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)):
                connection.execute(f"set default_transaction_read_only = off; {forbidden}")


@needs_server
@pytest.mark.slow
def test_what_is_not_ours_is_left_alone(built: Build, server: Server, contract: dict[str, Table]) -> None:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("create schema theirs; create table theirs.kept (a integer)")
        with pytest.raises(CopyError, match="theirs was not made by this program"):
            copy_to_postgres(built.data / "warehouse.duckdb", contract, server.url(), "theirs")
        copy_to_postgres(built.data / "warehouse.duckdb", contract, server.url(), "ours")
        connection.execute("create view theirs.built_on as select * from ours.dim_report")
        with pytest.raises(CopyError, match=r"theirs\.built_on"):
            copy_to_postgres(built.data / "warehouse.duckdb", contract, server.url(), "ours")
        assert connection.execute("select count(*) from theirs.built_on").fetchone() == (7,)


def test_a_server_that_is_not_there_is_told_without_the_password(tmp_path: Path) -> None:
    for url in ("postgresql://user:s3cret@127.0.0.1:9/ogi", "postgresql://user:s3cret@127.0.0.1:9/ogi?colour=red"):
        with pytest.raises(CopyError) as caught:
            copy_to_postgres(tmp_path / "none.duckdb", {}, url)
        assert "s3cret" not in str(caught.value)
        assert caught.value.__cause__ is None


def test_long_names_are_cut_and_told_apart() -> None:
    long = "不予公开的申请数量" * 4
    names = fitting_names([f"{long}一", f"{long}二", "short"])
    assert names["short"] == "short"
    assert len(set(names.values())) == 3
    assert all(len(name.encode()) <= 63 for name in names.values())


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("DECIMAL(38,6)", "numeric(38,6)"),
        ("VARCHAR[]", "jsonb"),
        ("STRUCT(a INTEGER)", "jsonb"),
        ("ENUM('a')", "text"),
        ("TIMESTAMP WITH TIME ZONE", "timestamptz"),
    ],
)
def test_types_keep_their_values(here: str, there: str) -> None:
    assert postgres_type(here) == there
