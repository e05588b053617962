"""A build takes the place of the one before at once and whole, whoever reads, and whoever was killed."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.ogi.builds import Build
from warehouse import publish
from warehouse.publish import NotBuiltError, mark_whole, published_digest, start, start_from

STORAGE_OF_1_0 = 64
PUBLISHES = 10

READER = """
import sys, time, duckdb
path, last, seen = sys.argv[1], int(sys.argv[2]), []
print("ready", flush=True)
ends = time.monotonic() + 60
while time.monotonic() < ends:
    with duckdb.connect(path, read_only=True) as connection:
        ((n,),) = connection.sql("select n from t").fetchall()
        time.sleep(0.001)
        ((m,),) = connection.sql("select n from u").fetchall()
    assert n == m, f"half a state: {n} and {m}"
    assert not seen or n >= seen[-1], f"went back from {seen[-1]} to {n}"
    if not seen or seen[-1] != n:
        seen.append(n)
        print(n, flush=True)
    if n == last:
        sys.exit(0)
sys.exit("never saw the last one")
"""

KILLED_WRITER = """
import sys, time, duckdb
connection = duckdb.connect(sys.argv[1])
connection.execute("set checkpoint_threshold = '1 GB'")
connection.execute("create table foreign_table as select range as x from range(10000)")
connection.execute("update t set n = -1")
print("written", flush=True)
time.sleep(600)
"""


def make(path: Path, number: int) -> Path:
    """A whole database as a build leaves it: two tables that say the same number."""
    start(path)
    with duckdb.connect(str(path), config={"storage_compatibility_version": "v1.0.0"}) as connection:
        connection.execute(f"create table t as select {number} as n; create table u as select {number} as n")
    mark_whole(path, f"digest-{number}")
    return path


def number_in(path: Path) -> int:
    with duckdb.connect(str(path), read_only=True) as connection:
        ((number,),) = connection.sql("select t.n from t join u using (n)").fetchall()
        assert isinstance(number, int)
        return number


def storage_version(path: Path) -> int:
    """The version in the header of a DuckDB file; a client opens the versions that it knows."""
    header = path.read_bytes()[:20]
    assert header[8:12] == b"DUCK"
    return int.from_bytes(header[12:20], "little")


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """Where a build is made, and where it is published."""
    return tmp_path / "build" / "warehouse.duckdb", tmp_path / "warehouse.duckdb"


@pytest.fixture
def writer(places: tuple[Path, Path]) -> Iterator[subprocess.Popen[str]]:
    """A client that opened the published database to write, wrote, and goes on holding it."""
    unpublished, published = places
    publish.publish(make(unpublished, 1), published)
    process = subprocess.Popen([sys.executable, "-c", KILLED_WRITER, str(published)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "written\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_what_is_published_is_what_was_built(places: tuple[Path, Path]) -> None:
    unpublished, published = places
    size = publish.publish(make(unpublished, 1), published)
    assert number_in(published) == 1
    assert published_digest(published) == "digest-1"
    assert size == published.stat().st_size
    assert list(unpublished.parent.iterdir()) == []


def test_readers_see_every_state_whole_and_time_goes_on(places: tuple[Path, Path]) -> None:
    unpublished, published = places
    publish.publish(make(unpublished, 0), published)
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(published), str(PUBLISHES)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"
        assert reader.stdout.readline() == "0\n"
        for number in range(1, PUBLISHES + 1):
            publish.publish(make(unpublished, number), published)
            if number % 2:
                # A new build becomes visible; every other one follows at once, so that readers are met in the act.
                while int(reader.stdout.readline()) < number:
                    pass
        out, err = reader.communicate(timeout=60)
    finally:
        reader.kill()
        reader.wait()
    assert reader.returncode == 0, err
    assert out.split()[-1] == str(PUBLISHES)


def test_a_reader_keeps_what_it_opened(places: tuple[Path, Path]) -> None:
    unpublished, published = places
    publish.publish(make(unpublished, 1), published)
    with duckdb.connect(str(published), read_only=True) as early:
        publish.publish(make(unpublished, 2), published)
        assert early.sql("select n from t").fetchall() == [(1,)]
    assert number_in(published) == 2


def test_the_log_of_a_killed_writer_does_no_harm(places: tuple[Path, Path], writer: subprocess.Popen[str]) -> None:
    unpublished, published = places
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    log = published.with_name("warehouse.duckdb.wal")
    assert log.stat().st_size > 0
    publish.publish(make(unpublished, 2), published)
    assert not log.exists()
    assert number_in(published) == 2
    with duckdb.connect(str(published), read_only=True) as connection:
        assert connection.sql("select table_name from duckdb_tables() order by 1").fetchall() == [
            ("build_inputs",),
            ("t",),
            ("u",),
        ]


def test_a_writer_that_lives_on_is_not_waited_for(places: tuple[Path, Path], writer: subprocess.Popen[str]) -> None:
    unpublished, published = places
    begun = time.monotonic()
    publish.publish(make(unpublished, 2), published)
    assert time.monotonic() - begun < 10
    assert number_in(published) == 2
    assert writer.poll() is None


def test_what_was_not_built_whole_is_not_published(places: tuple[Path, Path]) -> None:
    unpublished, published = places
    publish.publish(make(unpublished, 1), published)
    before = published.read_bytes()
    with pytest.raises(NotBuiltError, match="not built and tested whole"):
        publish.publish(unpublished, published)
    make(unpublished, 2).with_name("warehouse.duckdb.inputs").unlink()
    with pytest.raises(NotBuiltError, match="not built and tested whole"):
        publish.publish(unpublished, published)
    assert published.read_bytes() == before


def test_a_mark_does_not_outlive_its_build(places: tuple[Path, Path]) -> None:
    """A build that was killed after its audit is no excuse for the next one, which may stop half-way."""
    unpublished, published = places
    make(unpublished, 1)
    start(unpublished)
    duckdb.connect(str(unpublished)).close()
    with pytest.raises(NotBuiltError):
        publish.publish(unpublished, published)


def test_a_copy_of_the_published_database_is_not_published(places: tuple[Path, Path]) -> None:
    unpublished, published = places
    assert not start_from(published, unpublished)
    publish.publish(make(unpublished, 1), published)
    assert start_from(published, unpublished)
    assert number_in(unpublished) == 1
    with pytest.raises(NotBuiltError):
        publish.publish(unpublished, published)


@pytest.mark.parametrize("content", [None, b"", b"no database" * 1000])
def test_no_digest_is_told_of_what_is_no_published_database(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "warehouse.duckdb"
    if content is not None:
        path.write_bytes(content)
    assert published_digest(path) is None


def test_clients_of_1_x_can_open_what_is_published(places: tuple[Path, Path]) -> None:
    unpublished, published = places
    publish.publish(make(unpublished, 1), published)
    assert storage_version(published) == STORAGE_OF_1_0


def test_clients_of_1_x_can_open_the_warehouse(built: Build) -> None:
    assert storage_version(built.warehouse) == STORAGE_OF_1_0


def test_the_warehouse_needs_no_other_file(built: Build, tmp_path: Path) -> None:
    """It can be sent to somebody as it is: under another name, attached beside others, its view reads it alone."""
    sent = shutil.copyfile(built.warehouse, tmp_path / "sent.duckdb")
    views = built.rows("select schema_name, view_name from duckdb_views() where not internal")
    assert views == [("intermediate", "int_cell_values")]
    with duckdb.connect() as connection:
        connection.execute(f"attach '{sent}' as another (read_only)")
        cells = connection.execute("select count(*) from another.intermediate.int_cell_values").fetchone()
    assert cells == built.rows("select count(*) from staging.stg_cells")[0]
    assert (
        built.rows("select constraint_text from duckdb_constraints() where constraint_text like '%read_parquet%'") == []
    )


def test_the_warehouse_does_not_say_where_or_in_which_run_it_was_built(built: Build) -> None:
    traces = [str(built.data), str(built.raw)]
    traces += [path.stem for path in (built.data / "dagster" / "history" / "runs").glob("*-*.db")]
    assert len(traces) == 3
    tables = built.tables("marts", "staging", "intermediate", "seeds")
    assert len(tables) > 30
    with duckdb.connect(str(built.warehouse), read_only=True) as connection:
        for table in tables:
            # A row as text: every column of it.
            said = " or ".join(f"contains(row::varchar, '{trace}')" for trace in traces)
            assert connection.execute(f"select row from {table} as row where {said}").fetchall() == [], table


def test_no_mart_has_a_clock(built: Build) -> None:
    """The times that stand in marts are those of the documents and of the manifest; here there is no manifest."""
    clocks = built.rows(
        "select schema_name || '.' || table_name, column_name from duckdb_columns() "
        "where schema_name = 'marts' and data_type like 'TIME%'"
    )
    for table, column in clocks:
        assert built.rows(f'select count("{column}") from {table}') == [(0,)], (table, column)
