"""What a build cannot do without, by itself: `python -m benchmarks.floors parse|models RAW_DIR DATA_DIR`."""

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from warehouse.paths import DataPaths


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


FLOORS = {"parse": _floor_of_parse, "models": _floor_of_models}

if __name__ == "__main__":
    FLOORS[sys.argv[1]](Path(sys.argv[2]), DataPaths(Path(sys.argv[3])))
