"""The warehouse's own SQL for single cells, run on cells in memory: the model itself, with its references filled in."""

import time
from collections.abc import Mapping, Sequence
from decimal import Decimal

import duckdb
import pyarrow as pa
from jinja2 import Template

from benchmarks.planted.draw import Cells
from checks.identities import evaluate
from ingest.forms.model import CellKey
from warehouse.paths import DBT_PROJECT

_MODEL = DBT_PROJECT / "models" / "intermediate" / "int_single_suspects.sql"
_VALUE = pa.decimal128(24, 6)


def single_cells(reports: Sequence[Cells]) -> tuple[list[dict[CellKey, int]], float]:
    """For each report the cells whose change alone explains its failures, with their values; and the seconds taken."""
    cells: dict[str, list[object]] = {name: [] for name in ("report_id", "section", "row_code", "column_code", "value")}
    checks: dict[str, list[object]] = {
        name: [] for name in ("report_id", "identity_code", "member_code", "status", "difference")
    }
    for number, report in enumerate(reports):
        for key, held in report.items():
            value = None if held.value is None else Decimal(int(held.value))
            for name, one in zip(cells, (number, key.section, key.row_code, key.column_code, value), strict=True):
                cells[name].append(one)
        for check in evaluate(report):
            difference = None if check.difference is None else Decimal(int(check.difference))
            codes = (check.equation.identity_code, check.equation.member_code)
            for name, one in zip(checks, (number, *codes, check.status.value, difference), strict=True):
                checks[name].append(one)
    query = Template(_MODEL.read_text(encoding="utf-8")).render(
        ref=str, config=lambda **_: "", rows_of_changed=lambda relation, _: relation
    )
    with duckdb.connect() as connection:
        table = pa.table({**cells, "value": pa.array(cells["value"], _VALUE)})
        connection.register("cells_in_memory", table)
        connection.execute("create table int_cell_values as select *, value as value_reported from cells_in_memory")
        table = pa.table({**checks, "difference": pa.array(checks["difference"], _VALUE)})
        connection.register("checks_in_memory", table)
        connection.execute("create table fct_identity_checks as select * from checks_in_memory")
        connection.execute(
            "create table identity_terms as select * from read_csv(?)", [str(DBT_PROJECT / "seeds/identity_terms.csv")]
        )
        begun = time.perf_counter()
        rows = connection.execute(query).fetchall()
        seconds = time.perf_counter() - begun
    found: list[dict[CellKey, int]] = [{} for _ in reports]
    for number, section, row_code, column_code, value in rows:
        found[number][CellKey(section, row_code, column_code)] = int(value)
    return found, seconds


def as_single_cells(sets: Mapping[frozenset[CellKey], Mapping[CellKey, int | None] | None]) -> dict[CellKey, int]:
    """Of sets of cells with their values those of one cell, as `single_cells` gives them."""
    return {
        key: value
        for cells, values in sets.items()
        if len(cells) == 1 and values
        for key, value in values.items()
        if value is not None
    }
