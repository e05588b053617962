"""Makes many reports: batches over processes, files written by the workers, truth by one writer in order."""

import csv
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from benchmarks.generator.make import make_report
from benchmarks.generator.plan import Options
from benchmarks.generator.truth import CELL_SCHEMA, CLAIM_COLUMNS, ERROR_COLUMNS, REPORT_COLUMNS, Batch

BATCH = 500


@dataclass(frozen=True, slots=True)
class Totals:
    """What a run wrote."""

    files: int
    size: int
    cells: int


@dataclass(frozen=True, slots=True)
class _Piece:
    files: int
    size: int
    cells: bytes
    reports: list[tuple[str, ...]]
    claims: list[tuple[str, ...]]
    errors: list[tuple[str, ...]]


def _make_batch(bounds: tuple[int, int], options: Options, raw: str) -> _Piece:
    batch = Batch()
    size = 0
    for index in range(*bounds):
        printed = make_report(index, options)
        descriptor = os.open(f"{raw}/{printed.name}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            os.write(descriptor, printed.data)
        finally:
            os.close(descriptor)
        size += len(printed.data)
        batch.add(printed)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, CELL_SCHEMA) as writer:
        writer.write_table(batch.cells())
    cells = sink.getvalue().to_pybytes()
    return _Piece(bounds[1] - bounds[0], size, cells, batch.reports, batch.claims, batch.errors)


def _pieces(bounds: list[tuple[int, int]], workers: int, work: Callable[[tuple[int, int]], _Piece]) -> Iterator[_Piece]:
    if workers == 1:
        yield from map(work, bounds)
        return
    with get_context("spawn").Pool(workers) as pool:
        yield from pool.imap(work, bounds)


def generate(
    out: Path,
    reports: int,
    options: Options,
    *,
    first: int = 0,
    workers: int = 1,
    as_csv: bool = False,
    progress: Callable[[int], None] = lambda files: None,
) -> Totals:
    """Write `reports` reports from number `first` on under `out`, with their truth; `progress` is told of each batch.

    Raises ValueError for a count that makes no sense and FileExistsError where `out` has files of an earlier run.
    """
    if reports < 1 or first < 0 or workers < 1:
        raise ValueError("reports and workers are at least 1, first at least 0")
    raw, truth = out / "raw", out / "truth"
    if raw.exists() and any(raw.iterdir()):
        raise FileExistsError(f"{raw} is not empty")
    raw.mkdir(parents=True, exist_ok=True)
    truth.mkdir(parents=True, exist_ok=True)
    bounds = [(start, min(start + BATCH, first + reports)) for start in range(first, first + reports, BATCH)]
    work = partial(_make_batch, options=options, raw=str(raw))
    files = size = cells = 0
    with ExitStack() as stack:
        writers = {}
        for name, columns in (("reports", REPORT_COLUMNS), ("claims", CLAIM_COLUMNS), ("errors", ERROR_COLUMNS)):
            file = stack.enter_context((truth / f"{name}.csv").open("w", encoding="utf-8", newline=""))
            writers[name] = csv.writer(file, lineterminator="\n")
            writers[name].writerow(columns)
        sink: pa.csv.CSVWriter | pq.ParquetWriter
        if as_csv:
            sink = stack.enter_context(pa.csv.CSVWriter(str(truth / "cells.csv"), CELL_SCHEMA))
        else:
            sink = stack.enter_context(pq.ParquetWriter(truth / "cells.parquet", CELL_SCHEMA, compression="zstd"))
        for piece in _pieces(bounds, workers, work):
            table = pa.ipc.open_stream(piece.cells).read_all()
            sink.write_table(table)
            writers["reports"].writerows(piece.reports)
            writers["claims"].writerows(piece.claims)
            writers["errors"].writerows(piece.errors)
            files, size, cells = files + piece.files, size + piece.size, cells + table.num_rows
            progress(piece.files)
    return Totals(files, size, cells)
