"""The one job, the sensor that asks for it when something lands, and the schedule for every night."""

import json

import dagster as dg

from dagster_project.resources import Folders
from ingest.landing import listing_digest

build = dg.define_asset_job(
    "build",
    selection=dg.AssetSelection.all(),
    description=(
        "Everything from the landing folder to the published warehouse: parses what is new, builds and tests the "
        "models where anything changed, and publishes."
    ),
)

nightly = dg.ScheduleDefinition(
    name="nightly",
    job=build,
    cron_schedule="30 2 * * *",
    execution_timezone="Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.STOPPED,
    description="Builds at half past two each night, for folders that the sensor does not watch. A build without news "
    "starts no dbt.",
)


@dg.sensor(
    job=build,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.STOPPED,
    description=(
        "Asks for one run when files in the landing folder, or reviewed ones, came, changed or went, however many. "
        "It waits until the folder is the same at two looks in a row, so that a copy under way is not read half."
    ),
)
def landing_sensor(context: dg.SensorEvaluationContext, folders: Folders) -> dg.SensorResult | dg.SkipReason:
    """Compare the folder's listing with the one that was last built; the cursor keeps both."""
    cursor = json.loads(context.cursor or "{}")
    digest, count = listing_digest(folders.raw_dir, folders.reviewed_dir)
    if digest == cursor.get("requested"):
        return dg.SkipReason(f"nothing new among {count} files")
    if digest != cursor.get("seen"):
        context.update_cursor(json.dumps({**cursor, "seen": digest}))
        return dg.SkipReason(f"the folder changed ({count} files); waiting for it to settle")
    number = int(cursor.get("number", 0)) + 1
    return dg.SensorResult(
        # Numbered, for a folder that is again what it once was has to be built again.
        run_requests=[dg.RunRequest(run_key=f"{number}:{digest}", tags={"ogi/files": str(count)})],
        cursor=json.dumps({"seen": digest, "requested": digest, "number": number}),
    )
