"""One stage of a build by itself, for the benchmarks: `python -m benchmarks.stage NAME RAW_DIR DATA_DIR`."""

import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from warehouse.paths import DataPaths


def _models(raw: Path, paths: DataPaths) -> None:
    """Build, test and publish the models of a lake, on what is published where that may be."""
    from warehouse import incremental, publish
    from warehouse.dbt import WITHOUT_SEEDS, environment, executable
    from warehouse.inputs import rules_digest
    from warehouse.paths import DBT_PROJECT

    stands = incremental.start(paths.warehouse, paths.unpublished, rules_digest())
    command = [executable(), "--no-use-colors", "build", "--exclude-resource-type", "unit_test"]
    command += WITHOUT_SEEDS if stands else ()
    folders = {"--project-dir": DBT_PROJECT, "--profiles-dir": DBT_PROJECT}
    folders |= {"--target-path": paths.dbt_target, "--log-path": paths.dbt_logs}
    command += [str(part) for option in folders.items() for part in option]
    subprocess.run(command, env=os.environ | environment(paths), check=True)
    publish.mark_whole(paths.unpublished, "inputs", rules_digest())
    print("on the published one" if stands else "from nothing", publish.publish(paths.unpublished, paths.warehouse))


def _lxml(path: str) -> int:
    import lxml.html  # type: ignore[import-untyped]  # no stubs in the lock, and one call

    with open(path, "rb") as file:
        return len(lxml.html.fromstring(file.read()))


def _floor_of_parse(raw: Path, paths: DataPaths) -> None:
    """lxml's tree of every page, on every core."""
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        files = (str(path) for path in sorted(raw.iterdir()) if path.is_file())
        print(sum(1 for _ in pool.map(_lxml, files, chunksize=100)))


_PLAIN = """
    select section, row_code, column_code, status, count(*), count(distinct report_id), sum(value), max(raw_text)
    from read_parquet(?) group by all
"""


def _floor_of_models(raw: Path, paths: DataPaths) -> None:
    """One plain query over all that the models read most of: every cell."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("set threads = 2; set memory_limit = '2GB'")
        print(len(connection.execute(_PLAIN, [str(paths.lake / "cells" / "*.parquet")]).fetchall()))


STAGES = {
    "models": _models,
    "floor-of-parse": _floor_of_parse,
    "floor-of-models": _floor_of_models,
}

if __name__ == "__main__":
    STAGES[sys.argv[1]](Path(sys.argv[2]), DataPaths(Path(sys.argv[3])))
