"""What builds cost as the landing folder grows: `python -m benchmarks.scale --sizes 10000,100000`.

Generated HTML pages of realistic size (a panel of publishers and years, every kind of damage) are built by `ogi build`:
from nothing, again with nothing new, and once more after one file came. Processor seconds are those of all processes,
memory is their highest sum (PSS). Steps are those of the run in Dagster. The floors, measured in the same run: lxml's
trees of the same pages on the same cores, one plain query over all cells in the lake, and the start of the tools.
With `--pages DIR` (its `raw/` made by `benchmarks.generator`) nothing is generated. `--models N` measures the models
alone at more reports than were parsed, on a lake made of the parses of the largest build (`benchmarks.multiply`).
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.generator.plan import Options
from benchmarks.generator.run import generate
from benchmarks.multiply import land, multiply
from benchmarks.processes import Measure, measure, module, ogi, python
from warehouse.paths import DataPaths

_SHOWN_SECONDS = 0.5


def tools() -> list[Measure]:
    """The start of what a build with something to do starts."""
    dbt = Path(sys.executable).with_name("dbt")
    return [
        _told(measure("start Python", python("pass"))),
        _told(measure("import Dagster", python("import dagster, dagster_dbt"))),
        _told(measure("start dbt", [str(dbt), "--version"])),
    ]


def builds(pages: list[Path], count: int, folder: Path) -> list[Measure]:
    """The floors and the three builds of the first `count` pages; the page behind them is the one that comes."""
    raw, data = folder / "raw", folder / "data"
    raw.mkdir(parents=True)
    for page in pages[:count]:
        os.link(page, raw / page.name)
    paths = DataPaths(data)
    rows = [
        _stage(f"lxml's trees of {count:,} pages (floor)", "floor-of-parse", raw, data),
        _build(f"{count:,} from nothing", raw, paths),
        _stage(f"one query over all cells of {count:,} (floor)", "floor-of-models", raw, data),
        _build(f"{count:,}, nothing new", raw, paths),
    ]
    os.link(pages[count], raw / pages[count].name)
    return [*rows, _build(f"one file more than {count:,}", raw, paths)]


def models(lake: Path, folder: Path, count: int) -> list[Measure]:
    """The models of `count` reports from nothing, with nothing new, and after one more parse."""
    paths = DataPaths(folder)
    multiply(lake, paths.lake, count + 1)
    land(paths.lake, count)
    rows = [
        _stage(f"one query over all cells of {count:,} (floor)", "floor-of-models", folder, folder),
        _stage(f"models of {count:,} from nothing", "models", folder, folder),
        _stage(f"models of {count:,}, nothing new", "models", folder, folder),
    ]
    land(paths.lake, count + 1)
    return [*rows, _stage(f"models of one report more than {count:,}", "models", folder, folder)]


def _stage(title: str, name: str, raw: Path, data: Path) -> Measure:
    return _told(measure(title, module("benchmarks.stage", name, raw, data)))


def _build(title: str, raw: Path, paths: DataPaths) -> Measure:
    before = _last_run(paths)
    row = _told(measure(f"ogi build: {title}", ogi("build", raw, "--data", paths.data)))
    if _last_run(paths) != before:
        for step, seconds in _steps(paths):
            print(f"    {step}: {seconds:.1f} s", file=sys.stderr)
    size = sum(path.stat().st_size for path in (paths.data / "lake").rglob("*.parquet"))
    print(f"    database {paths.warehouse.stat().st_size / 1e6:.0f} MB, lake {size / 1e6:.0f} MB", file=sys.stderr)
    return row


@contextmanager
def _history(paths: DataPaths) -> Iterator[Any]:
    """Dagster's memory of a data folder."""
    import dagster as dg

    os.environ["DAGSTER_HOME"] = str(paths.dagster_home)
    with dg.DagsterInstance.get() as instance:
        yield instance


def _last_run(paths: DataPaths) -> str | None:
    if not paths.dagster_home.is_dir():
        return None
    with _history(paths) as instance:
        return next((record.run_id for record in instance.get_runs(limit=1)), None)


def _steps(paths: DataPaths) -> list[tuple[str, float]]:
    """The steps of the last run that took long enough to be told, and their seconds, in order."""
    with _history(paths) as instance:
        ((run),) = instance.get_runs(limit=1)
        stats = [step for step in instance.get_run_step_stats(run.run_id) if step.start_time and step.end_time]
    told = sorted(stats, key=lambda step: step.start_time)
    return [(step.step_key, seconds) for step in told if (seconds := step.end_time - step.start_time) >= _SHOWN_SECONDS]


def _told(row: Measure) -> Measure:
    print(f"{row.stage}: {row.seconds:.1f} s, {row.cpu_seconds:.1f} processor s, {row.peak_mb:.0f} MB", file=sys.stderr)
    return row


def main() -> None:
    """Measure all and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000", help="numbers of reports, each built from nothing")
    parser.add_argument("--models", type=int, help="reports of a multiplied lake, for the models alone")
    parser.add_argument("--pages", type=Path, help="a folder of generated pages, one more than the largest size")
    parser.add_argument("--scratch", type=Path, help="where to build (on the file system of --pages)")
    given = parser.parse_args()
    sizes = [int(size) for size in given.sizes.split(",")]
    with tempfile.TemporaryDirectory(dir=given.scratch) as place:
        folder = Path(place)
        generated = given.pages or folder / "pages"
        if not given.pages:
            generate(generated, max(sizes) + 1, Options(seed="bench", formats=("html",), panel=True))
        pages = sorted(path for path in (generated / "raw").iterdir() if path.is_file())
        if len(pages) <= max(sizes):
            parser.error(f"{generated} has {len(pages):,} pages, and {max(sizes) + 1:,} are needed")
        rows = tools()
        for size in sizes:
            rows += builds(pages, size, folder / str(size))
        if given.models:
            rows += models(folder / str(max(sizes)) / "data" / "lake", folder / "models", given.models)
    print(f"| {'what':<48} | seconds | processor seconds | peak MB |")
    print(f"|{'-' * 50}|--------:|------------------:|--------:|")
    for row in rows:
        print(f"| {row.stage:<48} | {row.seconds:7.1f} | {row.cpu_seconds:17.1f} | {row.peak_mb:7.0f} |")


if __name__ == "__main__":
    main()
