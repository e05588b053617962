"""What a build costs as it grows: `python -m benchmarks.scale --parse 2000 --sizes 10000,100000`.

Generated pages (a panel of publishers and years, all damage) are parsed truly. The models are measured on lakes of each
of the sizes, made of those parses (`benchmarks.multiply`): built from nothing, and again after one more file. Each
stage runs in a process of its own. Processor seconds are those of all its processes, memory is their highest sum
(PSS). The floors are lxml's trees of the same pages for the parse, one plain query over the same Parquet for the
models, and the start of dbt and of Dagster.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.generator.plan import Options
from benchmarks.generator.run import generate
from benchmarks.multiply import land, multiply
from benchmarks.processes import Measure, measure, module, python
from warehouse.paths import DataPaths


def _stage(title: str, name: str, raw: Path, data: Path) -> Measure:
    return _told(measure(title, module("benchmarks.stage", name, raw, data)))


def _told(row: Measure) -> Measure:
    print(f"{row.stage}: {row.seconds:.1f} s, {row.cpu_seconds:.1f} processor s, {row.peak_mb:.0f} MB", file=sys.stderr)
    return row


def parsing(folder: Path, count: int) -> list[Measure]:
    """The stages up to the lake on `count` generated pages, and their floor."""
    generate(folder, count, Options(seed="bench", formats=("html",), panel=True))
    raw, data = folder / "raw", folder / "data"
    return [
        _stage(f"lxml's trees of {count:,} pages (floor)", "floor-of-parse", raw, data),
        _stage(f"parse {count:,} pages", "parse", raw, data),
        _stage(f"decide {count:,} publishers", "publishers", raw, data),
        _stage(f"localise errors in {count:,} reports", "localise", raw, data),
        _stage(f"parse, nothing new among {count:,}", "parse", raw, data),
    ]


def modelling(lake: Path, folder: Path, size: int) -> list[Measure]:
    """The models on a lake of `size` reports, from nothing and after one more file."""
    paths = DataPaths(folder)
    multiply(lake, paths.lake, size)
    floor = _stage(f"one query over all cells of {size:,} (floor)", "floor-of-models", folder, folder)
    whole = _stage(f"models and tests of {size:,}, from nothing", "models", folder, folder)
    print(f"database: {paths.warehouse.stat().st_size / 1e6:.0f} MB", file=sys.stderr)
    land(paths.lake, size + 1)
    return [floor, whole, _stage(f"the same after one file more than {size:,}", "models", folder, folder)]


def main() -> None:
    """Measure all and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parse", type=int, default=2000, help="how many pages to generate and parse")
    parser.add_argument("--sizes", default="10000,100000", help="numbers of reports for the models")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        rows = [
            _told(measure("start dbt", [str(Path(sys.executable).with_name("dbt")), "--version"])),
            _told(measure("import Dagster", python("import dagster, dagster_dbt"))),
            *parsing(folder / "parsed", given.parse),
        ]
        for size in map(int, given.sizes.split(",")):
            rows += modelling(folder / "parsed" / "data" / "lake", folder / str(size), size)
    print(f"| {'stage':<52} | seconds | processor seconds | peak MB |")
    print(f"|{'-' * 54}|--------:|------------------:|--------:|")
    for row in rows:
        print(f"| {row.stage:<52} | {row.seconds:7.1f} | {row.cpu_seconds:17.1f} | {row.peak_mb:7.0f} |")


if __name__ == "__main__":
    main()
