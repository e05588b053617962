"""From the lake to the published warehouse: the dbt project as assets, its tests as checks, and the publishing."""

import json
import os
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pyarrow as pa
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtCliResource, dbt_assets
from packaging.version import Version

from dagster_project.lake.assets import markdown_table
from dagster_project.resources import BuildLock, Folders, ProgressReporter
from dagster_project.retries import damage_removed, telling_faults
from ingest.lake import parses_with_programs, read_parquet
from ingest.report import PARSER_VERSION
from warehouse import incremental, publish
from warehouse.dbt import WITHOUT_SEEDS, ensure_manifest, environment, executable
from warehouse.inputs import FILE_COLUMNS, inputs_digest, rules_digest, what_matters
from warehouse.paths import DBT_PROJECT, data_paths
from warehouse.summary import summarise

REBUILD_TAG = "ogi/rebuild"
"""A run with this tag set to `true` builds the models even where no input changed."""
MANIFEST = ensure_manifest(data_paths())
_PREVIEW_ROWS = 10
_ROWS_AT_ONCE = 10_000


class LeanDbt(DbtCliResource):
    """dbt as dagster-dbt calls it, without two things it does first, which cost seconds and which nothing here needs.

    It asks `dbt --version` in a process of its own, and loads dbt's adapter into this one, which could hold DuckDB's
    lock.
    """

    @property
    def _cli_version(self) -> Version:
        return Version(version("dbt-core"))

    def _initialize_dbt_core_adapter(self, args: Any) -> Any:
        return None


class Translator(DagsterDbtTranslator):
    """Names dbt's nodes as assets: groups are the layers, and everything is described as in dbt."""

    def get_group_name(self, dbt_resource_props: Any) -> str | None:
        """The layer: staging, intermediate, marts or seeds."""
        return "seeds" if dbt_resource_props["resource_type"] == "seed" else str(dbt_resource_props["fqn"][1])

    def get_asset_check_spec(
        self, asset_spec: dg.AssetSpec, manifest: Any, unique_id: str, project: Any
    ) -> dg.AssetCheckSpec | None:
        """A test as a check, with the description that it has in dbt."""
        spec = super().get_asset_check_spec(asset_spec, manifest, unique_id, project)
        described = manifest["nodes"].get(unique_id, {}).get("description")
        return spec._replace(description=described) if spec and described and not spec.description else spec


def _digest(folders: Folders) -> str:
    """The digest of what lies in the lake now."""
    files = read_parquet(folders.paths.lake / "files", columns=list(FILE_COLUMNS))
    rows = (row for batch in files.to_batches(max_chunksize=_ROWS_AT_ONCE) for row in batch.to_pylist())
    parses = parses_with_programs(folders.paths.lake, PARSER_VERSION)
    return inputs_digest(folders.raw_dir, what_matters(rows, parses), folders.reviewed_dir)


def _unchanged(context: dg.AssetExecutionContext, folders: Folders, digest: str) -> bool:
    """Whether the published warehouse is already what a build would make."""
    if context.run.tags.get(REBUILD_TAG) == "true":
        return False
    return publish.published_digest(folders.paths.warehouse) == digest


def _start(context: dg.AssetExecutionContext, folders: Folders) -> Sequence[str]:
    """Put a copy of the published database there to build on, or make room for one from nothing.

    Returns what dbt is told beyond `build`.
    """
    paths = folders.paths
    if context.run.tags.get(REBUILD_TAG) == "true":
        publish.start(paths.unpublished)
        grounds = "as asked for"
    elif incremental.start(paths.warehouse, paths.unpublished, rules_digest()):
        context.log.info(f"building on {paths.warehouse}: only what belongs to reports that changed is made anew")
        return WITHOUT_SEEDS
    else:
        grounds = "none was published by the same version of parser, models and engines"
    context.log.info(f"building every model from nothing: {grounds}")
    return ()


@dbt_assets(
    manifest=MANIFEST,
    name="build_models",
    dagster_dbt_translator=Translator(
        DagsterDbtTranslatorSettings(enable_asset_checks=True, enable_source_tests_as_checks=True)
    ),
)
def warehouse_models(
    context: dg.AssetExecutionContext, folders: Folders, build_lock: BuildLock, progress: ProgressReporter
) -> Iterator[Any]:
    """Build and test every model in a new database beside the published one."""
    paths = folders.paths
    selection: Sequence[str] = ()
    digest = "" if context.is_subset else _digest(folders)
    if context.is_subset:
        # Some models or checks alone: tried on a copy of what is published, which is never published itself.
        if not publish.start_from(paths.warehouse, paths.unpublished):
            raise dg.Failure("nothing was published yet that these models could stand on: run the job `build` first")
    elif _unchanged(context, folders, digest):
        publish.start(paths.unpublished)
        context.log.info(
            f"nothing changed since {paths.warehouse} was published; with the tag {REBUILD_TAG}=true it is built anew"
        )
        return
    else:
        selection = _start(context, folders)
    progress.step("building and testing the models (dbt)")
    os.environ.update(environment(paths))
    # What the steps before took is given back: from here on the memory is dbt's.
    pa.default_memory_pool().release_unused()
    dbt = LeanDbt(
        project_dir=str(DBT_PROJECT),
        profiles_dir=str(DBT_PROJECT),
        dbt_executable=executable(),
        # To log every statement would cost a tenth of a small build; `ogi dbt` does.
        global_config_flags=[
            *("--log-path", str(paths.dbt_logs)),
            *("--log-level-file", "info"),
            *("--log-format-file", "text"),
        ],
    )
    # Unit tests prove the models' logic on rows of their own: `make test` runs them, data does not change them.
    invocation = dbt.cli(
        ["build", "--exclude-resource-type", "unit_test", *selection],
        context=context,
        target_path=paths.dbt_target,
        raise_on_error=False,
    )
    # Events wait until dbt has closed the database, so that each can carry what lies in it.
    events = list(invocation.stream())
    succeeded = invocation.is_successful()
    with duckdb.connect(str(paths.unpublished), read_only=True) as connection:
        for event in events:
            yield _with_content(event, connection)
    if not succeeded:
        error = invocation.get_error()
        with telling_faults(context, paths):
            # What dbt cannot read is asked for in a way that says why: a store that is down, a damaged part.
            parses_with_programs(paths.lake, PARSER_VERSION)
            damaged = damage_removed(paths.lake)
        raise dg.Failure(
            f"dbt stopped the publishing; {paths.warehouse} is untouched. {damaged or error or ''}",
            metadata={"log": dg.MetadataValue.path(str(paths.dbt_logs / "dbt.log"))},
            allow_retries=False,
        )
    if not context.is_subset:
        publish.mark_whole(paths.unpublished, digest, rules_digest())


def _with_content(event: Any, connection: duckdb.DuckDBPyConnection) -> Any:
    """An event of dbt with the rows of its table: count and preview of a model, the stored failures of a test."""
    if isinstance(event, dg.Output):
        relation = _relation(event.metadata)
        return event.with_metadata({**event.metadata, **_content(connection, relation)}) if relation else event
    if isinstance(event, dg.AssetCheckResult) and not event.passed:
        relation = _failures_of(str(getattr(event.metadata.get("unique_id"), "value", "")))
        failures = _content(connection, relation, "failures") if relation else {}
        return event._replace(metadata={**event.metadata, **failures})
    return event


@cache
def _failure_tables() -> dict[str, str]:
    """The table in which each test stores its failures, by the test's unique id."""
    nodes = json.loads(MANIFEST.read_text(encoding="utf-8"))["nodes"]
    return {name: node["relation_name"].split(".", 1)[1] for name, node in nodes.items() if node.get("relation_name")}


def _failures_of(unique_id: str) -> str | None:
    return _failure_tables().get(unique_id)


def _relation(metadata: Any) -> str | None:
    value = metadata.get("dagster/table_name") or metadata.get("dagster/relation_identifier")
    return str(getattr(value, "value", value)).split(".", 1)[1] if value else None


def _content(connection: duckdb.DuckDBPyConnection, relation: str, name: str = "preview") -> dict[str, Any]:
    """The number of rows of a table and its first ones."""
    try:
        count = connection.execute(f"select count(*) from {relation}").fetchone()
        rows = connection.execute(f"select * from {relation} limit {_PREVIEW_ROWS}")
        names = [column[0] for column in rows.description or ()]
        preview = markdown_table(names, [list(row) for row in rows.fetchall()])
    except duckdb.CatalogException:
        return {}
    counted = "dagster/row_count" if name == "preview" else "failed_rows"
    return {counted: count[0] if count else 0, name: dg.MetadataValue.md(preview)}


_FEWER_SHARE = 0.1
"""A publishing that loses more than this share of the reports is pointed out."""
FRESHNESS = dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=72), warn_window=timedelta(hours=36))
"""For who builds every day: late after a day and a half, stale after three."""
_MART_KEYS = [key for key in warehouse_models.keys if key.path[0] in ("marts", "reading", "staging")]


@dg.asset(
    key="published_warehouse",
    deps=_MART_KEYS,
    group_name="published",
    kinds={"duckdb"},
    freshness_policy=FRESHNESS,
    check_specs=[
        dg.AssetCheckSpec(
            "reports_are_not_lost",
            asset="published_warehouse",
            description=f"At most {_FEWER_SHARE:.0%} of the reports published before are gone. Where more are, files "
            "went from the landing folder: look whether they were meant to.",
        )
    ],
    description=(
        "The database that readers open: the tested build takes the place of the one before by a rename, so that no "
        "reader ever meets a lock or half a build. BI tools connect with `access_mode=read_only`."
    ),
)
def published_warehouse(folders: Folders, build_lock: BuildLock, progress: ProgressReporter) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Publish what was built and tested."""
    progress.step("publishing")
    paths = folders.paths
    before = _reports_in(paths.warehouse)
    try:
        size = publish.publish(paths.unpublished, paths.warehouse)
    except publish.NotBuiltError as error:
        raise dg.Failure(f"{error}; run the job `build`", allow_retries=False) from error
    summary = summarise(paths.warehouse)
    reports = sum(summary.reports.values())
    return dg.MaterializeResult(
        check_results=[
            dg.AssetCheckResult(
                check_name="reports_are_not_lost",
                passed=before is None or reports >= before * (1 - _FEWER_SHARE),
                severity=dg.AssetCheckSeverity.WARN,
                metadata={"reports": reports, "reports_before": before or 0},
            )
        ],
        metadata={
            "dagster/row_count": reports,
            "database": dg.MetadataValue.path(str(paths.warehouse)),
            "megabytes": round(size / 1e6, 1),
            **{name: dg.MetadataValue.json(counts) for name, counts in summary.as_counts().items()},
        },
    )


def _reports_in(warehouse: Path) -> int | None:
    """The number of reports in a published database; None where there is none."""
    if not warehouse.exists():
        return None
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            row = connection.execute("select count(*) from marts.dim_report").fetchone()
    except duckdb.Error:
        return None
    return int(row[0]) if row else None
