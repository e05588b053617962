"""What the generator says of its files: cells, claims and what is to be known of each report."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq

OWN_SUBJECT = "report"
"""The reader's name for the subject that the truth leaves empty."""


class Key(NamedTuple):
    """The name of a cell."""

    section: str
    row_code: str
    column_code: str


class TrueCell(NamedTuple):
    """A cell as drawn; `status` is what the file shows, `knowable` what a reader may say of it."""

    status: str
    raw_text: str
    value: Decimal | None
    unit: str
    knowable: str


class TrueClaim(NamedTuple):
    """A count that the prose states; `subject` as the reader names it."""

    code: str
    subject: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class TrueReport:
    """The truth about one file; `facts` is its row of reports.csv."""

    file: str
    facts: dict[str, str]
    cells: dict[Key, TrueCell]
    claims: frozenset[TrueClaim]


def load_truth(folder: Path) -> Iterator[TrueReport]:
    """The truth of every file that the generator wrote under `folder`, in order."""
    cells: dict[str, dict[Key, TrueCell]] = {}
    columns = ("file", "section", "row_code", "column_code", "status", "raw_text", "value", "unit", "knowable")
    table = pq.read_table(folder / "truth" / "cells.parquet")
    for file, section, row, column, status, raw_text, value, unit, knowable in zip(
        *(table.column(name).to_pylist() for name in columns), strict=True
    ):
        number = Decimal(value) if value else None
        cells.setdefault(file, {})[Key(section, row, column)] = TrueCell(status, raw_text, number, unit, knowable)
    claims: dict[str, set[TrueClaim]] = {}
    for line in _lines(folder, "claims"):
        said = TrueClaim(line["claim_code"], line["subject"] or OWN_SUBJECT, Decimal(line["value"]))
        claims.setdefault(line["file"], set()).add(said)
    for facts in _lines(folder, "reports"):
        file = facts["file"]
        yield TrueReport(file, facts, cells.get(file, {}), frozenset(claims.get(file, ())))


def _lines(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with (folder / "truth" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
