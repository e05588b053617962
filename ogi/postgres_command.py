"""`ogi postgres`: the copy into PostgreSQL, told in the terminal."""

import time
from collections.abc import Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from ogi.run import timed
from warehouse.contract import read_contract
from warehouse.dbt import ensure_manifest
from warehouse.paths import DataPaths

_MISSING = "ogi postgres needs the package psycopg: pip install 'ogi-warehouse[postgres]', or 'psycopg[binary]>=3.2,<4'"


def run(paths: DataPaths, url: str, schema: str, readers: Sequence[str]) -> bool:
    """Copy the published warehouse and say how it went; False where it was not copied."""
    console = Console(stderr=True)
    try:
        from warehouse.postgres import CopyError, copy_to_postgres
    except ImportError:
        console.print(_MISSING, style="red", highlight=False, markup=False)
        return False
    begun = time.monotonic()
    contract = read_contract(ensure_manifest(paths))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("rows"))
    with Progress(*columns, console=console, transient=True) as bars:
        tasks: dict[str, object] = {}
        bar = bars.add_task("connecting", total=None)

        def told(table: str, rows: int, total: int) -> None:
            tasks.setdefault(table, None)
            bars.update(bar, description=f"{len(tasks)}. {table}", completed=rows, total=total)

        try:
            copied = copy_to_postgres(paths.warehouse, contract, url, schema, readers, told)
        except CopyError as error:
            bars.stop()
            console.print(str(error), style="red", highlight=False, markup=False)
            return False
    out = Console()
    total = sum(copied.rows.values())
    out.print(f"{len(copied.rows)} tables, {total:,} rows to {copied.place} in {timed(begun)}", highlight=False)
    if copied.left_behind:
        out.print(f"{copied.left_behind} is still being read; the next run removes it", highlight=False)
    return True
