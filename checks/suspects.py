"""Error localisation over a whole lake: which cells are suspect in each report whose numbers contradict each other.

A part of `cells` gives a part of `suspects` and one of `localisations`, named by it and by the code that solves: parts
that stand are not solved again, and the same parts give the same bytes with any number of processes.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import groupby
from multiprocessing import get_context
from typing import Any

import duckdb
import pyarrow as pa

from checks.identities import Held, equations, held
from checks.localise import Localisation, localise
from checks.version import code_digest
from ingest.forms.model import CellKey
from ingest.lake import LakePath, listed, put_in_place, read_parquet
from ingest.lake.parts import EMPTY_PART
from ingest.lake.schema import LOCALISATIONS, SUSPECTS

TABLES = {"suspects": SUSPECTS, "localisations": LOCALISATIONS}
_WORTH_A_PROCESS = 40
_AT_A_TIME = 10

Report = tuple[str, dict[CellKey, Held]]


def update_suspects(
    lake: LakePath, workers: int | None = None, progress: Callable[[int, int], None] | None = None
) -> Counter[str]:
    """Bring `suspects` and `localisations` up to the parts of the lake; returns the outcomes of what was solved now.

    Parts made of other parts, or by other code, are removed. The caller holds the build lock.
    """
    wanted = {path.name: f"{path.stem}.{code_digest()[:12]}.parquet" for path in _parts(lake)}
    standing = set(wanted.values())
    for table in TABLES:
        names = {path.name: path for path in listed(lake / table) if path.name != EMPTY_PART}
        for name in names.keys() - wanted.values():
            names[name].unlink(missing_ok=True)
        standing &= names.keys()
    outcomes = Counter[str]()
    todo = [(part, name) for part, name in sorted(wanted.items()) if name not in standing]
    with _Solver(workers) as solver:
        for done, (part, name) in enumerate(todo, start=1):
            solved = list(solver.solve(_failing(lake / "cells" / part)))
            outcomes.update(found.outcome.value for _, found in solved)
            put_in_place(lake / "suspects" / name, _table(SUSPECTS, (_suspects(*report) for report in solved)))
            put_in_place(lake / "localisations" / name, _table(LOCALISATIONS, (_summary(*report) for report in solved)))
            if progress:
                progress(done, len(todo))
    return outcomes


def _parts(lake: LakePath) -> Iterator[LakePath]:
    """The parts that stand: those of `reports`, which is written last, that hold cells."""
    with_cells = {path.name for path in listed(lake / "cells")}
    for path in listed(lake / "reports"):
        if path.name != EMPTY_PART and path.name in with_cells:
            yield path


_OF_A_CELL = ("report_id", "section", "row_code", "column_code", "status", "value")
_FAILING = """
with sides as (
    select
        cells.report_id,
        bool_or(cells.status in ('missing', 'unreadable')) as has_unknown,
        sum(terms.coefficient * coalesce(cells.value, 0)) as difference,
        count(distinct terms.coefficient > 0) as sides
    from cells
    inner join terms
        on terms.section = cells.section
        and terms.row_code = cells.row_code
        and terms.column_code = cells.column_code
    group by cells.report_id, terms.equation
)
select cells.report_id, cells.section, cells.row_code, cells.column_code, cells.status, cells.value
from cells
where cells.report_id in (
    select report_id from sides where not has_unknown and difference <> 0 and sides = 2
)
order by cells.report_id
"""


def _failing(part: LakePath) -> Iterator[Report]:
    """The reports of a part in which an identity fails, with the cells that identities speak of."""
    terms = [
        (number, key.section, key.row_code, key.column_code, coefficient)
        for number, equation in enumerate(equations())
        for key, coefficient in equation.terms
    ]
    names = ("equation", "section", "row_code", "column_code", "coefficient")
    known = {key for equation in equations() for key, _ in equation.terms}
    with duckdb.connect() as connection:
        connection.register("terms", pa.table(dict(zip(names, zip(*terms, strict=True), strict=True))))
        connection.register("cells", read_parquet(part, _OF_A_CELL))
        rows = connection.execute(_FAILING).fetchall()
    for report_id, cells in groupby(rows, key=lambda row: row[0]):
        keyed = ((CellKey(*row[1:4]), held(row[4], row[5])) for row in cells)
        yield report_id, {key: content for key, content in sorted(keyed, key=lambda pair: pair[0]) if key in known}


class _Solver:
    """Solves reports over the cores; for a few it starts no process."""

    def __init__(self, workers: int | None) -> None:
        self._workers = workers or os.cpu_count() or 1
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "_Solver":
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def solve(self, reports: Iterable[Report]) -> Iterator[tuple[Report, Localisation]]:
        """Each report with its localisation, in the order given."""
        given = list(reports)
        if self._workers == 1 or len(given) < _WORTH_A_PROCESS:
            yield from ((report, localise(report[1])) for report in given)
            return
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._workers, mp_context=get_context("spawn"))
        yield from zip(given, self._pool.map(_localise, given, chunksize=_AT_A_TIME), strict=True)


def _localise(report: Report) -> Localisation:
    return localise(report[1])


def _suspects(report: Report, found: Localisation) -> Iterator[dict[str, Any]]:
    for number, solution in enumerate(found.solutions, start=1):
        for change in solution.changes:
            yield {
                "report_id": report[0],
                "solution": number,
                "section": change.key.section,
                "row_code": change.key.row_code,
                "column_code": change.key.column_code,
                "value_proposed": change.proposed,
                "is_smallest": solution.is_smallest,
                "is_certain": change.is_certain,
                "pattern": change.pattern,
            }


def _summary(report: Report, found: Localisation) -> Iterator[dict[str, Any]]:
    yield {
        "report_id": report[0],
        "outcome": found.outcome.value,
        "cells_changed": found.size,
        "solutions": len(found.solutions),
    }


def _table(schema: pa.Schema, rows: Iterable[Iterable[dict[str, Any]]]) -> pa.Table:
    flat: Sequence[dict[str, Any]] = [row for group in rows for row in group]
    return pa.Table.from_pylist(flat, schema=schema)
