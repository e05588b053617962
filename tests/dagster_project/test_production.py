"""Dagster as in production: deploy/dagster.yaml on a PostgreSQL server, webserver and daemon, and a file that lands."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.corpus.corpus import SAMPLES
from tests.ogi.builds import Build, environment
from tests.servers import free_port, require
from tests.warehouse import postgres_server
from warehouse.paths import PROJECT_ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(postgres_server.programs() is None, reason=postgres_server.MISSING),
]
WAIT_SECONDS = 1200
RUNS = "{runsOrError {... on Runs {results {status tags {key value}}}}}"


@dataclass(frozen=True)
class Production:
    """A running webserver and daemon, and where they keep what."""

    address: str
    postgres: str
    raw: Path
    data: Path

    def runs(self) -> list[dict[str, Any]]:
        """All runs, newest first."""
        query = json.dumps({"query": RUNS}).encode()
        request = urllib.request.Request(f"{self.address}/graphql", query, {"Content-Type": "application/json"})
        return list(json.load(urllib.request.urlopen(request, timeout=60))["data"]["runsOrError"]["results"])

    def counted(self, sql: str) -> int:
        """What a query of Dagster's own database counts."""
        with psycopg.connect(self.postgres) as connection:
            row = connection.execute(sql).fetchone()  # type: ignore[call-overload]
        return int(row[0])


@pytest.fixture
def production(tmp_path: Path) -> Iterator[Production]:
    require("dagster_postgres")
    raw, data, home = tmp_path / "raw", tmp_path / "data", tmp_path / "home"
    raw.mkdir()
    home.mkdir()
    shutil.copy(PROJECT_ROOT / "deploy" / "dagster.yaml", home)
    with postgres_server.running(tmp_path / "postgres") as server:
        settings = environment(
            OGI_RAW=str(raw),
            OGI_DATA=str(data),
            DAGSTER_HOME=str(home),
            OGI_DAGSTER_POSTGRES=server.url().replace("postgresql:", "postgresql+psycopg2:"),
            no_proxy="127.0.0.1",
        )
        port = free_port()
        workspace = ["-w", str(PROJECT_ROOT / "workspace.yaml")]
        started = [
            _start(tmp_path, settings, "dagster-webserver", "-h", "127.0.0.1", "-p", port, *workspace),
            _start(tmp_path, settings, "dagster-daemon", "run", *workspace),
        ]
        try:
            site = Production(f"http://127.0.0.1:{port}", server.url(), raw, data)
            _wait_for(lambda: site.runs() == [])
            sensor = ("sensor", "start", "landing_sensor", "-l", "ogi")
            assert _start(tmp_path, settings, "dagster", *sensor, *workspace).wait(WAIT_SECONDS) == 0
            yield site
        finally:
            for process in started:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _start(logs: Path, settings: dict[str, str], program: str, *arguments: object) -> "subprocess.Popen[bytes]":
    command = [str(Path(sys.executable).with_name(program)), *map(str, arguments)]
    with (logs / f"{program}.log").open("wb") as out:
        return subprocess.Popen(command, env=settings, cwd=logs, stdout=out, stderr=out, start_new_session=True)


def _wait_for(ready: Callable[[], bool]) -> None:
    begun = time.monotonic()
    while time.monotonic() - begun < WAIT_SECONDS:
        with suppress(OSError):
            if ready():
                return
        time.sleep(1)
    raise TimeoutError("it did not get there")


def test_a_file_that_lands_gives_one_run_that_publishes(production: Production) -> None:
    shutil.copy(SAMPLES / "003_f0de7e2adad4453a.txt", production.raw)
    _wait_for(lambda: any(run["status"] in ("SUCCESS", "FAILURE") for run in production.runs()))
    (run,) = production.runs()
    assert run["status"] == "SUCCESS"
    tags = {tag["key"]: tag["value"] for tag in run["tags"]}
    assert (tags["ogi/files"], tags["ogi/parsed"], tags["dagster/sensor_name"]) == ("1", "1", "landing_sensor")
    published = Build(production.raw, production.data, subprocess.CompletedProcess([], 0, "", ""))
    assert published.rows("select status, count(*) from marts.dim_report group by 1") == [("parsed", 1)]
    assert production.counted("select count(*) from runs") == 1
    assert production.counted("select count(*) from event_logs") > 100
    # The folder is looked at again and again, and nothing more is asked for.
    ticks = "select count(*) from job_ticks"
    before = production.counted(ticks)
    _wait_for(lambda: production.counted(ticks) >= before + 2)
    assert len(production.runs()) == 1
