"""`ogi export`, told in the terminal."""

import time
from pathlib import Path

import duckdb
from rich.console import Console

from ogi.run import timed
from warehouse.contract import read_contract
from warehouse.dbt import ensure_manifest
from warehouse.export import Exported, ExportError, Selection, export_tables
from warehouse.paths import DataPaths


def years_of(text: str | None) -> tuple[int, ...]:
    """The years that `2022`, `2019-2022` or `2019,2021` mean. Raises ValueError for anything else."""
    years: set[int] = set()
    for part in (text or "").split(","):
        if part.strip():
            first, _, last = part.partition("-")
            low, high = int(first), int(last or first)
            if not 1000 <= low <= high <= 9999:
                raise ValueError(part)
            years.update(range(low, high + 1))
    return tuple(sorted(years))


def run(paths: DataPaths, out: Path, file_format: str, tables: tuple[str, ...], selection: Selection) -> bool:
    """Export and say what was written; False where it could not be."""
    begun = time.monotonic()
    errors = Console(stderr=True)
    try:
        with errors.status("exporting") as status:

            def told(table: str, rows: int) -> None:
                status.update(f"exporting: {table} {rows:,} rows")

            contract = read_contract(ensure_manifest(paths))
            exported = export_tables(paths.warehouse, contract, out, file_format, tables, selection, told)
    except (ExportError, OSError, duckdb.Error) as error:
        errors.print(str(error), style="red", highlight=False, markup=False)
        return False
    _show(exported, begun)
    return True


def _show(exported: Exported, begun: float) -> None:
    console = Console()
    rows = sum(exported.rows.values())
    line = f"{len(exported.rows)} tables, {rows:,} rows in {exported.folder} after {timed(begun)}"
    console.print(line, highlight=False, markup=False, soft_wrap=True)
    if exported.left_out:
        left = f"left out, for they add up reports and cannot be narrowed so: {', '.join(exported.left_out)}"
        console.print(left, highlight=False, markup=False, soft_wrap=True)
