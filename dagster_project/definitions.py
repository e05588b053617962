"""All that Dagster is to know."""

import dagster as dg

from dagster_project.cluster import ParseCluster
from dagster_project.jobs import build, landing_sensor, nightly
from dagster_project.lake.assets import (
    every_file_was_read,
    no_parser_faults,
    parsed_reports,
    publishers,
    raw_files,
    reviewed_decisions,
)
from dagster_project.lake.suspects import localised_errors
from dagster_project.resources import BuildLock, Folders, ProgressReporter
from dagster_project.warehouse.assets import published_warehouse, warehouse_models

_folders = Folders()

defs = dg.Definitions(
    assets=[
        raw_files,
        parsed_reports,
        publishers,
        reviewed_decisions,
        localised_errors,
        warehouse_models,
        published_warehouse,
    ],
    asset_checks=[no_parser_faults, every_file_was_read],
    jobs=[build],
    schedules=[nightly],
    sensors=[landing_sensor],
    resources={
        "folders": _folders,
        "build_lock": BuildLock(folders=_folders),
        "progress": ProgressReporter(),
        "cluster": ParseCluster(),
    },
    # One process a run: dbt and the parser start processes of their own, and one lock holds for the whole run.
    executor=dg.in_process_executor,
)
