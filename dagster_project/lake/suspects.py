"""Which cells are suspect in the reports of the lake whose numbers contradict each other."""

import time
from collections.abc import Iterator
from typing import Any

import dagster as dg

from checks.suspects import update_suspects
from dagster_project.lake.assets import GROUP
from dagster_project.resources import BuildLock, Folders, ProgressReporter
from dagster_project.retries import telling_faults
from ingest.lake import dataset

_TABLES = {
    "suspects": "The smallest sets of cells whose change makes every identity within a report hold, with the values "
    "that they would take: a hint for who looks at the report.",
    "localisations": "A row for each report whose own numbers contradict each other: how the search for its wrong "
    "cells ended.",
}


@dg.multi_asset(
    name="localise_errors",
    specs=[
        dg.AssetSpec(
            dg.AssetKey([GROUP, table]),
            deps=[dg.AssetKey([GROUP, "cells"]), dg.AssetKey([GROUP, "reports"])],
            group_name=GROUP,
            kinds={"python", "parquet"},
            description=text,
        )
        for table, text in _TABLES.items()
    ],
)
def localised_errors(
    context: dg.AssetExecutionContext, folders: Folders, build_lock: BuildLock, progress: ProgressReporter
) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
    """Solve what was parsed since; parts that stand are not solved again."""
    progress.step("looking for wrong cells")
    begun = time.monotonic()
    with telling_faults(context, folders.paths):
        outcomes = update_suspects(folders.paths.lake)
    solved = {"solved_now": dict(outcomes), "seconds": round(time.monotonic() - begun, 3)}
    for table in _TABLES:
        rows = dataset(folders.paths.lake / table).count_rows()
        metadata: dict[str, Any] = {"dagster/row_count": rows, **(solved if table == "localisations" else {})}
        yield dg.MaterializeResult(asset_key=dg.AssetKey([GROUP, table]), metadata=metadata)
