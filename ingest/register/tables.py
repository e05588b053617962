"""The register's CSV files as rows."""

import csv
from importlib.resources import files


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a data file by its name without `.csv`, every value as text."""
    text = (files("ingest.register") / "data" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def listed(text: str) -> tuple[str, ...]:
    """The values of a cell that holds several, with | between them."""
    return tuple(value for value in text.split("|") if value)
