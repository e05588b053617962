"""Seconds and peak memory of a build of the samples and of a no-change rebuild, split by stage.

`make bench` runs it. Each figure is also given as a ratio to the start of the interpreter in the same run, so that runs
on different machines can be compared: a small build consists of fixed costs (Dagster, dbt).
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.processes import ROOT, Measure, measure, ogi, python

SAMPLES = ROOT / "samples" / "raw"


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
    whole, staged = str(data / "whole"), str(data / "staged")
    return [
        lambda: measure("start Python", python("pass")),
        lambda: measure("import the parser", python("import ingest.update")),
        lambda: measure("landing folder to lake (7 files)", [sys.executable, str(lake_script)]),
        lambda: measure("the same, nothing new", [sys.executable, str(lake_script)]),
        lambda: measure("import Dagster", python("import dagster, dagster_dbt")),
        lambda: measure(
            "dbt: parse the project, build and test all models",
            ogi("dbt", "--data", staged, "--", "build", "--exclude-resource-type", "unit_test"),
        ),
        lambda: measure(
            "dbt: the same again, project parsed",
            ogi("dbt", "--data", staged, "--", "build", "--exclude-resource-type", "unit_test"),
        ),
        lambda: measure("ogi build, from nothing", ogi("build", SAMPLES, "--data", whole)),
        lambda: measure("ogi build --rebuild", ogi("build", SAMPLES, "--data", whole, "--rebuild")),
        lambda: measure("ogi build, nothing changed", ogi("build", SAMPLES, "--data", whole)),
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
        print(f"| {row.stage:<50} | {row.seconds:7.2f} | {row.seconds / floor:17.0f} | {row.peak_mb:7.0f} |")


if __name__ == "__main__":
    main()
