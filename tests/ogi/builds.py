"""Running the real command line in processes of their own, and what it leaves."""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from tests.corpus.corpus import SAMPLES, documents
from tests.ogi.bad_files import write_bad_files

OGI = str(Path(sys.executable).with_name("ogi"))
NOBODY_LISTENS = "http://127.0.0.1:9"
REMOVED = "hulunbuir-2020.html"
RENAMED = ("001_7364606721a9d05b.txt", "folder/renamed.txt")
MANIFEST = f"source_path,source_url,agency_name\n{RENAMED[1]},https://example.org/1,达州市商务局\n"
OVERRIDDEN = "cut/page.html"
OVERRIDES = f"""source_path,agency_name,report_year,why,who,when
{OVERRIDDEN},呼伦贝尔市档案馆,2018,to try it,reviewer,2026-03-01
gone.html,呼伦贝尔市档案馆,2018,to try it,reviewer,2026-03-01
"""
FAULTY_MANIFEST = "source_path,colour\na.txt,red\n"

_running: set[subprocess.Popen[str]] = set()


def environment(**more: str) -> dict[str, str]:
    """The caller's environment without settings of ours, with a wide terminal and with proxies that lead nowhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OGI_", "DAGSTER_", "DBT_"))}
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"), NOBODY_LISTENS)
    return {**kept, **proxies, "no_proxy": "", "COLUMNS": "300", **more}


def start_ogi(*arguments: str | Path, **more: str) -> subprocess.Popen[str]:
    """Start `ogi` in a process group of its own, away from the checkout."""
    process = subprocess.Popen(
        [OGI, *map(str, arguments)],
        cwd="/",
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    _running.add(process)
    return process


def ogi(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run `ogi` to its end; keyword arguments are further variables of its environment."""
    process = start_ogi(*arguments, **more)
    try:
        out, err = process.communicate(timeout=600)
    finally:
        kill(process)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def ended(process: subprocess.Popen[str], out: str, err: str) -> subprocess.CompletedProcess[str]:
    """What became of a process that was started and waited for."""
    kill(process)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def kill(process: subprocess.Popen[str]) -> None:
    """End a process and all that it started, without a chance to tidy up."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for stream in (process.stdout, process.stderr):
        if stream:
            stream.close()
    _running.discard(process)


def end_all() -> None:
    """End what still runs, as when the tests are broken off."""
    for process in tuple(_running):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


@dataclass(frozen=True)
class Build:
    """A landing folder, the data folder that was built of it, and how the last build ended."""

    raw: Path
    data: Path
    done: subprocess.CompletedProcess[str]

    @property
    def warehouse(self) -> Path:
        return self.data / "warehouse.duckdb"

    def rows(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return connection.execute(sql, list(parameters)).fetchall()

    def tables(self, *schemas: str) -> list[str]:
        """The tables of schemas, as schema.table."""
        found = self.rows("select schema_name || '.' || table_name, schema_name from duckdb_tables() order by 1")
        return [name for name, schema in found if schema in schemas]

    def report_id(self, source_path: str) -> str:
        ((report_id,),) = self.rows("select report_id from staging.stg_files where source_path = ?", source_path)
        assert isinstance(report_id, str)
        return report_id


def build(raw: Path, data: Path) -> Build:
    return Build(raw, data, ogi("build", raw, "--data", data))


def copied(built: Build, folder: Path) -> Build:
    """A build in a place of its own, to be changed: the landing folder and all that was made of it."""
    shutil.copytree(built.raw, folder / "raw")
    shutil.copytree(built.data, folder / "data")
    return Build(folder / "raw", folder / "data", built.done)


def parts(data: Path) -> dict[str, set[str]]:
    """The report_ids of each part of the lake's `reports`, by the part's name."""
    return {
        path.name: set(pq.read_table(path, columns=["report_id"])["report_id"].to_pylist())
        for path in (data / "lake" / "reports").glob("part-*.parquet")
    }


def contents(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below a folder, by its relative path."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def stamps(*places: Path) -> dict[str, tuple[int, int]]:
    """Inode and modification time of files and of every file below folders."""
    files = [file for place in places for file in (place.rglob("*") if place.is_dir() else (place,))]
    return {str(file): (file.stat().st_ino, file.stat().st_mtime_ns) for file in files}


def differing_tables(left: Build, right: Build, *schemas: str) -> list[str]:
    """The tables whose rows are not the same in two warehouses; every table must be in both."""
    names = left.tables(*schemas)
    assert names
    assert names == right.tables(*schemas)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{left.warehouse}' as l (read_only); attach '{right.warehouse}' as r (read_only)")

        def lacks(one: str, other: str, name: str) -> bool:
            query = f"select count(*) from (from {one}.{name} except all from {other}.{name})"
            return connection.execute(query).fetchone() != (0,)

        return [name for name in names if lacks("l", "r", name) or lacks("r", "l", name)]


@dataclass(frozen=True)
class Changed:
    """A folder before and after files came, one went, one was renamed and a manifest was written."""

    before: Build
    after: Build
    parts_before: dict[str, set[str]]
    parts_after: dict[str, set[str]]


def change_and_build(built: Build, folder: Path) -> Changed:
    """Build a copy of a build again, with all kinds of bad files beside what was there."""
    now = copied(built, folder)
    (now.raw / REMOVED).unlink()
    (now.raw / RENAMED[1]).parent.mkdir()
    (now.raw / RENAMED[0]).rename(now.raw / RENAMED[1])
    (now.raw / "manifest.csv").write_text(MANIFEST, encoding="utf-8")
    (now.raw / "reviewed").mkdir()
    (now.raw / "reviewed" / "overrides.csv").write_text(OVERRIDES, encoding="utf-8")
    for name, path in documents().items():
        if path.parent != SAMPLES:
            shutil.copyfile(path, now.raw / name)
    write_bad_files(now.raw)
    before = parts(now.data)
    return Changed(built, build(now.raw, now.data), before, parts(now.data))


Moment = Callable[[Path, float], bool]
"""Whether it is time to kill, given the data folder and the seconds that the build has run."""


def when_there(pattern: str) -> Moment:
    """The moment at which a file is first there."""
    return lambda data, _: any(data.glob(pattern))


def after(seconds: float) -> Moment:
    return lambda _, passed: passed >= seconds


@dataclass(frozen=True)
class Killed:
    """A data folder whose builds were killed, and the build that then was let run to its end."""

    final: Build
    kills: int
    faults: list[str]


def kill_and_build(raw: Path, data: Path, moments: Iterable[Moment]) -> Killed:
    """Start builds and kill each at its moment; then build to the end."""
    kills, faults = 0, []
    for moment in moments:
        was_killed, _ = _start_and_kill(raw, data, moment)
        kills += was_killed
        faults += _half_published(data)
    return Killed(build(raw, data), kills, faults)


def kill_at_random(raw: Path, data: Path, seed: int, kills: int, longest: float) -> Killed:
    """Kill so many builds at random moments of their `longest` seconds; then build to the end.

    One that ends before its moment tells how long builds take now. The lake is taken away before every other one, so
    that parsing is met as well.
    """
    chosen = random.Random(seed)
    done, faults = 0, []
    while done < kills:
        if done % 2 == 0:
            shutil.rmtree(data / "lake", ignore_errors=True)
        was_killed, seconds = _start_and_kill(raw, data, after(chosen.uniform(0.3, longest)))
        done += was_killed
        longest = longest if was_killed else seconds
        faults += _half_published(data)
    return Killed(build(raw, data), done, faults)


def _start_and_kill(raw: Path, data: Path, moment: Moment) -> tuple[bool, float]:
    """Whether a build had not ended by its moment and was killed; and after how many seconds it was gone."""
    process = start_ogi("build", raw, "--data", data, "--rebuild")
    begun = time.monotonic()
    while process.poll() is None and not moment(data, time.monotonic() - begun):
        time.sleep(0.002)
    was_killed, seconds = process.poll() is None, time.monotonic() - begun
    kill(process)
    return was_killed, seconds


def _half_published(data: Path) -> list[str]:
    """What is wrong with the published database, if there is one."""
    path = data / "warehouse.duckdb"
    if not path.exists():
        return []
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            counted = connection.execute("select count(*) from marts.dim_report").fetchone()
            marked = connection.execute("select count(*) from audit.build_inputs").fetchone()
    except duckdb.Error as error:
        return [str(error)]
    expected = len(list(SAMPLES.iterdir()))
    return [] if (counted, marked) == ((expected,), (1,)) else [f"{counted} reports, {marked} marks"]
