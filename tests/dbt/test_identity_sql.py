"""The SQL that evaluates all identities says what a plain evaluation in Python says, whatever the reports hold."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Template

from ingest import forms
from ingest.forms.model import CELL, Identity, Term

MODEL = Path(__file__).parents[2] / "dbt" / "models" / "marts" / "fct_identity_checks.sql"
_NUMBER = pa.decimal128(24, 6)
_CELLS = pa.schema(
    [(name, pa.string()) for name in ("report_id", "section", "row_code", "column_code", "unit", "status")]
    + [("value", _NUMBER), ("value_reported", _NUMBER), ("is_corrected", pa.bool_())]
)
_CLAIMS = pa.schema(
    [("report_id", pa.string()), ("claim_code", pa.string()), ("subject", pa.string()), ("value", _NUMBER)]
)
_PREVIOUS = pa.schema([(name, pa.string()) for name in ("report_id", "previous_report_id", "why_none")])
_ACKNOWLEDGED = pa.schema(
    [(name, pa.string()) for name in ("report_id", "identity_code", "member_code")] + [("difference", _NUMBER)]
)
UNKNOWN = ("missing", "unreadable")
CODES = sorted({claim.code for claim in forms.CLAIMS})


@dataclass
class Report:
    """A report as the model sees it: numbers or statuses by cell, corrected numbers, and claims."""

    form: str
    cells: dict[tuple[str, str, str], int | str]
    corrections: dict[tuple[str, str, str], int] = field(default_factory=dict)
    claims: dict[str, int] = field(default_factory=dict)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """All cells of a form, mostly 0; small numbers, so that many identities hold and many fail."""
    form = draw(st.sampled_from((forms.FORM_2014, forms.FORM_2019, forms.FORM_2021)))
    keys = [
        (cell.key.section, cell.key.row_code, cell.key.column_code)
        for section in forms.SECTIONS
        for cell in forms.cells(section, form)
    ]
    held = st.one_of(st.integers(-1, 3), st.sampled_from(("blank", "dash", *UNKNOWN)))
    cells: dict[tuple[str, str, str], int | str] = dict.fromkeys(keys, 0)
    cells.update(draw(st.dictionaries(st.sampled_from(keys), held, max_size=40)))
    corrections = draw(st.dictionaries(st.sampled_from(keys), st.integers(0, 3), max_size=4))
    claims = draw(st.dictionaries(st.sampled_from(CODES), st.integers(0, 4), max_size=8))
    return Report(form, cells, corrections, claims)


def evaluated(own: Report, previous: Report | None, why_none: str | None, current: bool) -> dict[tuple[str, str], Any]:
    """(status, why, difference, blanks, corrected status) of each check of a report, plainly."""
    found = {}
    for identity in forms.IDENTITIES:
        across = any(term.year_offset for term in identity)
        if across and not current:
            continue
        for member, ways in _members(identity):
            ranked = sorted(
                (result for way in ways if (result := _equation(way, own, previous, why_none))),
                key=lambda result: ("holds", "not_evaluable", "fails").index(result[0]),
            )
            if ranked:
                first = ranked[0]
                corrected = "holds" if any(result[4] == "holds" for result in ranked) else first[4]
                found[identity.code, member] = (*first[:4], corrected)
    return found


def _members(identity: Identity) -> Iterator[tuple[str, list[list[Term]]]]:
    for member in identity.members:
        terms = [term for term in identity if term.member_code == member]
        ways = groupby(sorted(terms, key=lambda term: term.alternative), key=lambda term: term.alternative)
        yield member, [list(way) for _, way in ways]


def _equation(terms: list[Term], own: Report, previous: Report | None, why_none: str | None) -> Any:
    """What one equation says of a report; None where it is not of the report."""
    total = corrected = Decimal(0)
    blanks, unknown, unknown_corrected = 0, False, False
    sides, own_sides, years_back = set(), set(), False
    for term in terms:
        if not term.year_offset:
            own_sides.add(term.coefficient)
        report = previous if term.year_offset else own
        held = _held(report, term) if report else None
        if held is None:
            continue
        if term.year_offset:
            years_back = True
        else:
            sides.add(term.coefficient)
        value, right = held
        unknown |= value in UNKNOWN
        unknown_corrected |= right in UNKNOWN
        blanks += value in ("blank", "dash")
        total += term.coefficient * (value if isinstance(value, int) else 0)
        corrected += term.coefficient * (right if isinstance(right, int) else 0)
    if sides != own_sides:
        return None
    lacks_year = any(term.year_offset for term in terms) and not years_back
    status_corrected = "not_evaluable" if unknown_corrected or lacks_year else "fails" if corrected else "holds"
    if unknown:
        return "not_evaluable", "cell_unknown", None, blanks, status_corrected
    if lacks_year:
        return "not_evaluable", why_none or "no_such_cell_the_year_before", None, blanks, status_corrected
    return "fails" if total else "holds", None, total, blanks, status_corrected


def _held(report: Report, term: Term) -> tuple[int | str, int | str] | None:
    """What a report holds for a term, as published and as corrected; None where it has no such cell or claim."""
    if term.source != CELL:
        said = report.claims.get(term.row_code)
        return None if said is None else (said, said)
    key = (term.section, term.row_code, term.column_code)
    return (report.cells[key], report.corrections.get(key, report.cells[key])) if key in report.cells else None


@pytest.fixture(scope="module")
def sql() -> str:
    """The model's query on tables that are named like the models."""
    macros = {"ref": lambda name: name, "config": lambda **_: "", "changed_reports": lambda what: None}
    return Template(MODEL.read_text(encoding="utf-8")).render(**macros)


def in_sql(
    sql: str, known: dict[str, Report], previous: dict[str, tuple[str | None, str | None]]
) -> dict[str, dict[tuple[str, str], Any]]:
    """The same by the model's SQL, by report."""
    cells, claims = [], []
    for report_id, report in known.items():
        for key, held in report.cells.items():
            reported = held if isinstance(held, int) else None
            names = dict(zip(("section", "row_code", "column_code"), key, strict=True))
            cells.append(
                {
                    "report_id": report_id,
                    **names,
                    "unit": "request",
                    "status": "reported" if isinstance(held, int) else held,
                    "value": _decimal(report.corrections.get(key, reported)),
                    "value_reported": _decimal(reported),
                    "is_corrected": key in report.corrections,
                }
            )
        for code, value in report.claims.items():
            claims.append({"report_id": report_id, "claim_code": code, "subject": "report", "value": _decimal(value)})
        claims.append({"report_id": report_id, "claim_code": CODES[0], "subject": "一处", "value": _decimal(9)})
    tables = {
        "int_cell_values": pa.Table.from_pylist(cells, schema=_CELLS),
        "int_claims": pa.Table.from_pylist(claims, schema=_CLAIMS),
        "int_previous_reports": pa.Table.from_pylist(
            [{"report_id": r, "previous_report_id": p, "why_none": why} for r, (p, why) in previous.items()],
            schema=_PREVIOUS,
        ),
        "stg_reports": pa.table({"report_id": list(known)}),
        "stg_acknowledged": _ACKNOWLEDGED.empty_table(),
        "identity_terms": pa.Table.from_pylist(
            [{name: getattr(term, name) for name in Term.__slots__} for i in forms.IDENTITIES for term in i]
        ),
    }
    found: dict[str, dict[tuple[str, str], Any]] = {report_id: {} for report_id in known}
    with duckdb.connect() as connection:
        for name, table in tables.items():
            connection.register(name, table)
        columns = "report_id, identity_code, member_code, status, not_evaluable_why, difference, blanks_as_zero"
        for report_id, identity, member, *rest in connection.sql(
            f"select {columns}, status_corrected from ({sql})"
        ).fetchall():
            assert (identity, member) not in found[report_id]
            found[report_id][identity, member] = tuple(rest)
    return found


def _decimal(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


@settings(max_examples=12, deadline=None)
@given(
    earlier=reports(),
    later=reports(),
    copy=reports(),
    why=st.sampled_from(("no_previous_report", "publisher_unresolved")),
)
def test_sql_and_python_evaluate_alike(sql: str, earlier: Report, later: Report, copy: Report, why: str) -> None:
    """`later` follows `earlier`, which follows nothing; `copy` is not current."""
    known = {"earlier": earlier, "later": later, "copy": copy}
    found = in_sql(sql, known, {"earlier": (None, why), "later": ("earlier", None)})
    assert found["earlier"] == evaluated(earlier, None, why, current=True)
    assert found["later"] == evaluated(later, earlier, None, current=True)
    assert found["copy"] == evaluated(copy, None, None, current=False)
