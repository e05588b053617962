"""`ogi query`: the answer to one question as a table in the terminal, or as CSV."""

import csv
import sys
from pathlib import Path

import duckdb
from rich.console import Console

_BATCH = 10_000
_SHOWN = 200


def run(warehouse: Path, sql: str, as_csv: bool) -> None:
    """Ask a database file, read-only, and print the answer. Raises duckdb.Error."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        if as_csv:
            result = connection.execute(sql)
            writer = csv.writer(sys.stdout)
            writer.writerow([column[0] for column in result.description or ()])
            while batch := result.fetchmany(_BATCH):
                writer.writerows(batch)
        elif (answer := connection.sql(sql)) is not None:
            # Behind a pipe there is no width to keep to: no column is left out.
            answer.show(max_width=Console().width if sys.stdout.isatty() else 10_000, max_rows=_SHOWN)
