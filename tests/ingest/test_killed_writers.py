"""Whoever writes the lake and publishes may be killed at any moment, a hundred times: what stands is whole."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest

from ingest.lake import known_parses
from tests.ingest.test_compaction import rows
from tests.ingest.test_lake import report, write
from warehouse.paths import PROJECT_ROOT
from warehouse.publish import published_digest

REPORTS = 30
KILLS = 100
MOST_STARTS = 4 * KILLS
# What a build does to files, without the parser and the models: small parts, merged over and over, and a publishing.
WRITER = """
import sys
from pathlib import Path
import duckdb
from ingest.lake import compaction, ensure_tables, known_parses, remove_leftovers, write_parses
from tests.ingest.test_lake import report
from warehouse import publish

compaction.MOST_SMALL_PARTS, compaction.SMALL_PART = 4, 20
data, reports, number = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
lake, unpublished = data / "lake", data / "build" / "warehouse.duckdb"
print("ready", flush=True)
ensure_tables(lake)
compaction.remove_superseded(lake)
remove_leftovers(lake)
standing = known_parses(lake)
for new in [one for one in map(report, range(reports)) if one.report_id not in standing]:
    list(write_parses(lake, [new]))
    if compaction.many_small_parts(lake):
        compaction.compact(lake)
        compaction.remove_superseded(lake)
publish.start(unpublished)
with duckdb.connect(str(unpublished)) as connection:
    connection.execute(f"create table numbers as select {number} as number from range(1000)")
publish.mark_whole(unpublished, number)
publish.publish(unpublished, data / "warehouse.duckdb")
"""


def start(data: Path, number: int) -> "subprocess.Popen[bytes]":
    """A writer that has begun."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(data), str(REPORTS), str(number)],
        env={**os.environ, "PYTHONPATH": str(PROJECT_ROOT)},
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"ready\n"
    return writer


def published_number(data: Path) -> int:
    """The number that the published database holds a thousand times, 0 where there is none."""
    warehouse = data / "warehouse.duckdb"
    if not warehouse.exists():
        return 0
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = connection.execute("select min(number), max(number), count(*) from numbers").fetchall()
    ((number, other, count),) = found
    assert (number, count) == (other, 1000)
    assert published_digest(warehouse) == str(number)
    return int(number)


@pytest.mark.slow
def test_a_hundred_kills_cost_nothing(tmp_path: Path) -> None:
    """The moments are spread over the whole work, from the first file to the renaming of the database."""
    writer = start(tmp_path / "timed", 1)
    begun = time.monotonic()
    assert writer.wait() == 0
    longest = time.monotonic() - begun
    moments = random.Random(7)
    data = tmp_path / "data"
    kills = known = last = number = 0
    # On a machine that has become quicker since the work was timed, more of the moments come too late to kill anything.
    while number < KILLS or kills <= KILLS / 2:
        number += 1
        assert number <= MOST_STARTS, f"only {kills} of {number - 1} moments met a writer at work"
        if number % 10 == 0:
            # Begun anew from time to time, for otherwise there is soon nothing left to write.
            (data / "lake").rename(tmp_path / f"lake {number}")
            known = 0
        writer = start(data, number)
        with suppress(subprocess.TimeoutExpired):
            writer.wait(moments.uniform(0, longest))
        kills += writer.poll() is None
        with suppress(ProcessLookupError):
            os.killpg(writer.pid, signal.SIGKILL)
        writer.wait()
        standing = len(known_parses(data / "lake"))
        assert standing >= known, "a parse that stood was lost"
        assert published_number(data) >= last, "an older database was published"
        known, last = standing, published_number(data)
    assert start(data, number + 1).wait() == 0
    write(tmp_path / "undisturbed", [report(number) for number in range(REPORTS)])
    assert rows(data / "lake") == rows(tmp_path / "undisturbed")
    assert published_number(data) == number + 1
    assert not [path for path in data.rglob("*") if path.name.startswith(".") or path.name.endswith((".wal", ".tmp"))]
