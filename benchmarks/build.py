"""Seconds and peak memory of a build of the samples and of a no-change rebuild, split by stage.

`make bench` runs it. Each figure is also given as a ratio to the start of the interpreter in the same run, so that runs
on different machines can be compared: a small build consists of fixed costs (Dagster, dbt).
"""

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
SAMPLES = ROOT / "samples" / "raw"


@dataclass(frozen=True)
class Measure:
    """One stage: wall seconds, and the peak of resident memory of its whole process tree in MB."""

    stage: str
    seconds: float
    megabytes: float


def _peak(process: subprocess.Popen[bytes], peaks: list[int]) -> None:
    """Watch the resident memory of a process and its children until it ends."""
    watched = psutil.Process(process.pid)
    while process.poll() is None:
        total = 0
        try:
            for member in (watched, *watched.children(recursive=True)):
                try:
                    total += member.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
        except psutil.NoSuchProcess:
            break
        peaks.append(total)
        time.sleep(0.02)


def measure(stage: str, command: list[str]) -> Measure:
    """Run a command to its end; raises RuntimeError with its output where it fails."""
    peaks: list[int] = [0]
    begun = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    watcher = threading.Thread(target=_peak, args=(process, peaks))
    watcher.start()
    output, _ = process.communicate()
    seconds = time.monotonic() - begun
    watcher.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{output.decode()}")
    return Measure(stage, seconds, max(peaks) / 1e6)


def _python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


_LAKE = """
from pathlib import Path
from ingest.landing import scan
from ingest.update import update_lake, update_publishers
if __name__ == "__main__":
    data = Path({data!r})
    update_lake(data / "lake", scan(Path({raw!r}), data / "state" / "hashes.parquet"), {{}})
    update_publishers(data / "lake", {{}})
"""


def stages(data: Path) -> list[Callable[[], Measure]]:
    """What is measured, in order; later stages stand on what earlier ones left."""
    lake_script = data / "lake_stage.py"
    lake_script.write_text(_LAKE.format(data=str(data / "staged"), raw=str(SAMPLES)), encoding="utf-8")
    ogi = str(BIN / "ogi")
    whole, staged = str(data / "whole"), str(data / "staged")
    return [
        lambda: measure("start Python", _python("pass")),
        lambda: measure("import the parser", _python("import ingest.update")),
        lambda: measure("landing folder to lake (7 files)", [sys.executable, str(lake_script)]),
        lambda: measure("the same, nothing new", [sys.executable, str(lake_script)]),
        lambda: measure("import Dagster", _python("import dagster, dagster_dbt")),
        lambda: measure(
            "dbt: parse the project, build and test all models",
            [ogi, "dbt", "--data", staged, "--", "build", "--exclude-resource-type", "unit_test"],
        ),
        lambda: measure(
            "dbt: the same again, project parsed",
            [ogi, "dbt", "--data", staged, "--", "build", "--exclude-resource-type", "unit_test"],
        ),
        lambda: measure("ogi build, from nothing", [ogi, "build", str(SAMPLES), "--data", whole]),
        lambda: measure("ogi build --rebuild", [ogi, "build", str(SAMPLES), "--data", whole, "--rebuild"]),
        lambda: measure("ogi build, nothing changed", [ogi, "build", str(SAMPLES), "--data", whole]),
    ]


def main() -> None:
    """Measure every stage once and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        rows = []
        for stage in stages(Path(folder)):
            rows.append(stage())
            print(f"  {rows[-1].stage} …", file=sys.stderr)
    floor = rows[0].seconds
    print(f"| {'stage':<50} | seconds | × start of Python | peak MB |")
    print(f"|{'-' * 52}|--------:|------------------:|--------:|")
    for row in rows:
        print(f"| {row.stage:<50} | {row.seconds:7.2f} | {row.seconds / floor:17.0f} | {row.megabytes:7.0f} |")


if __name__ == "__main__":
    main()
