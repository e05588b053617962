"""From the landing folder to the lake's tables."""

import time
from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
import pyarrow.dataset as ds
from pyarrow import ArrowInvalid

from dagster_project.cluster import ParseCluster
from dagster_project.resources import BuildLock, Folders, ProgressReporter
from dagster_project.retries import telling_faults
from ingest.decisions import read_acknowledged, read_corrections, update_decisions
from ingest.lake import dataset, read_parquet
from ingest.lake.damage import is_damage
from ingest.lake.owner import claim
from ingest.landing import CONTAINER, READ, mount_of, require_mount, scan
from ingest.manifest import read_manifest
from ingest.overrides import read_overrides
from ingest.report import PARSER_VERSION
from ingest.reviewed import check_reviewed
from ingest.update import Progress, Update, update_lake, update_publishers

GROUP = "lake"
ALLOW_EMPTY_TAG = "ogi/allow_empty"
"""A run with this tag set to `true` takes an empty landing folder for what it is."""
RAW_FILES = dg.AssetKey("raw_files")
_TELL_SECONDS = 60
_MOST_NAMED = 100
"""So many files a run names one by one in its log; the lake's table `files` has them all."""

raw_files = dg.AssetSpec(
    RAW_FILES,
    group_name="landing",
    kinds={"file"},
    description=(
        "The landing folder: report files of any kind, in any depth of folders, and an optional `manifest.csv` that "
        "says what is known of them from outside (address, publisher, year). Nothing here is ever changed."
    ),
)

_TABLES = {
    "files": "A row for each file handed in, as the landing folder is now. Copies of one content share its report_id.",
    "reports": "A row for each distinct content: what kind of file it is, its title, period, forms and status.",
    "cells": "A row for each cell of the form that a report has or should have: the number it says, or why there is "
    "none, with its place in the source.",
    "claims": "The numbers that the prose states, each with its sentence.",
    "evidence": "Hints in the bytes of publisher, region and scope.",
    "issues": "What is worth knowing about a report: what could not be read, what contradicts itself, what was "
    "tampered with.",
}


def _key(table: str) -> dg.AssetKey:
    return dg.AssetKey([GROUP, table])


def _specs(tables: Mapping[str, str], *deps: dg.AssetKey) -> list[dg.AssetSpec]:
    """The assets of lake tables, given with their descriptions, that one step makes from the same assets."""
    return [
        dg.AssetSpec(_key(table), deps=deps, group_name=GROUP, kinds={"python", "parquet"}, description=text)
        for table, text in tables.items()
    ]


def _materialised(
    context: dg.AssetExecutionContext, folders: Folders, table: str, metadata: Mapping[str, Any]
) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """A lake table as it now stands: its rows and first ones, and what its step has to tell of it."""
    with telling_faults(context, folders.paths):
        return dg.MaterializeResult(
            asset_key=_key(table),
            metadata={
                "dagster/row_count": dataset(folders.paths.lake / table).count_rows(),
                **metadata,
                "preview": dg.MetadataValue.md(_preview(folders, table)),
            },
        )


@dg.multi_asset(
    name="parse_reports",
    specs=_specs(_TABLES, RAW_FILES),
)
def parsed_reports(
    context: dg.AssetExecutionContext,
    folders: Folders,
    build_lock: BuildLock,
    progress: ProgressReporter,
    cluster: ParseCluster,
) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
    """Parse what is new in the landing folder into the lake."""
    lake = folders.paths.lake
    progress.step("looking at the landing folder")
    with telling_faults(context, folders.paths):
        claim(lake, folders.paths.data, folders.paths.lock.parent)
        manifest = read_manifest(folders.raw_dir)
        # Read here too: a fault in them is told before anything is parsed.
        check_reviewed(folders.raw_dir, folders.reviewed_dir)
        read_overrides(folders.reviewed_dir)
        read_corrections(folders.reviewed_dir)
        read_acknowledged(folders.reviewed_dir)
        begun = time.monotonic()
        mounted = mount_of(folders.raw_dir)
        landed = scan(folders.raw_dir, folders.paths.hashes, reviewed=folders.reviewed_dir)
        _refuse_emptiness(context, folders, len(landed))
        scanned = time.monotonic()
        with cluster.executor() as (executor, workers):
            update = update_lake(
                lake,
                landed,
                manifest,
                workers,
                _telling(context, progress.parsing()),
                executor,
                folders.ocr,
                before_files=lambda: require_mount(folders.raw_dir, mounted),
            )
        parsed = time.monotonic()
    rate = f", {update.parsed / (parsed - scanned):.1f} a second" if update.parsed else ""
    context.log.info(f"{len(landed)} files, {update.contents} contents, {update.parsed} parsed{rate}")
    _name_the_unread(context, update)
    context.instance.add_run_tags(
        context.run_id,
        {"ogi/files": str(len(landed)), "ogi/parsed": str(update.parsed), "ogi/parser_version": PARSER_VERSION},
    )
    for table in _TABLES:
        metadata: dict[str, Any] = {}
        if table == "files":
            metadata |= {"folder": dg.MetadataValue.path(str(folders.raw_dir)), "seconds": round(scanned - begun, 3)}
        if table == "reports":
            seconds = parsed - scanned
            metadata |= {"seconds": round(seconds, 3), "parsed_a_second": round(update.parsed / seconds, 1)}
            metadata |= _parse_metadata(update)
        yield _materialised(context, folders, table, metadata)


def _telling(context: dg.AssetExecutionContext, inner: Progress | None) -> Progress:
    """Who tells the run's log once a minute how far the parsing is and how fast, and passes everything on."""
    begun = told = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal told
        if inner:
            inner(done, total)
        now = time.monotonic()
        if now - told >= _TELL_SECONDS:
            told = now
            context.log.info(f"parsed {done} of {total}, {done / (now - begun):.1f} a second")

    return tell


def _name_the_unread(context: dg.AssetExecutionContext, update: Update) -> None:
    """Name in the run's log the files that could not be read, and those on which the parser itself failed."""
    for fault in update.parser_faults[:_MOST_NAMED]:
        context.log.error(fault)
    unread = [file for file in update.files if file.status not in (READ, CONTAINER)]
    for file in unread[:_MOST_NAMED]:
        context.log.warning(f"{file.source_path}: {file.issue}")
    if len(unread) > _MOST_NAMED:
        context.log.warning(f"and {len(unread) - _MOST_NAMED} more that could not be read: see the lake's table files")


def _refuse_emptiness(context: dg.AssetExecutionContext, folders: Folders, count: int) -> None:
    """Stop where the landing folder is empty and was not: a mount that went must not empty the warehouse."""
    files = folders.paths.lake / "files"
    if count or context.run.tags.get(ALLOW_EMPTY_TAG) == "true" or not files.is_dir():
        return
    try:
        before = str(dataset(files).count_rows())
    except (OSError, ArrowInvalid) as error:
        if not is_damage(error):
            raise
        before = "some"
    if before != "0":
        raise dg.Failure(
            f"{folders.raw_dir} is empty, and the last build found {before} files in it: is a mount gone? Where it is "
            f"meant to be empty, build with --allow-empty (in the UI: the run tag {ALLOW_EMPTY_TAG}=true)",
            allow_retries=False,
        )


def _parse_metadata(update: Update) -> dict[str, Any]:
    return {
        "contents": update.contents,
        "parsed_now": update.parsed,
        "statuses_of_parsed": dict(update.statuses),
        "parser_faults": list(update.parser_faults[:20]),
        "parser_version": PARSER_VERSION,
    }


def _preview(folders: Folders, table: str, rows: int = 8) -> str:
    """The first rows of a lake table as Markdown."""
    head = dataset(folders.paths.lake / table).head(rows)
    return markdown_table(head.column_names, [list(row.values()) for row in head.to_pylist()])


def markdown_table(names: list[str], rows: list[list[object]]) -> str:
    """Rows as a Markdown table, long texts cut."""

    def cell(value: object) -> str:
        text = "" if value is None else str(value)
        return (text[:60] + "…" if len(text) > 60 else text).replace("|", "\\|").replace("\n", " ")

    lines = [" | ".join(names), " | ".join("---" for _ in names)]
    lines += [" | ".join(cell(value) for value in row) for row in rows]
    return "\n".join(f"| {line} |" for line in lines)


_PUBLISHERS = {
    "publishers": "Whose report it is: agency, region, year and scope of each content, decided anew by each build from "
    "the evidence in the bytes, the paths, the manifest and reviewed overrides, with the reason. What the evidence "
    "does not decide stays empty.",
    "agencies": "The publishers that reports name, from the register: canonical name, region, level, kind, field, "
    "aliases and successor.",
    "publisher_statements": "A row for each line of the manifest and of the reviewed `overrides.csv`, and what became "
    "of it.",
}


@dg.multi_asset(
    name="decide_publishers",
    specs=_specs(_PUBLISHERS, _key("files"), _key("reports"), _key("evidence")),
)
def publishers(
    context: dg.AssetExecutionContext, folders: Folders, build_lock: BuildLock
) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
    """Decide the publishers; nothing is parsed for it."""
    with telling_faults(context, folders.paths):
        sources = update_publishers(
            folders.paths.lake, read_manifest(folders.raw_dir), read_overrides(folders.reviewed_dir)
        )
    for table in _PUBLISHERS:
        decided = {"decided_by": dict(sources), "unresolved": sources["unresolved"]} if table == "publishers" else {}
        yield _materialised(context, folders, table, decided)


_DECISIONS = {
    "corrections": "A row for each line of the reviewed `corrections.csv`: a cell, what its source says, what it "
    "should say, why and who decided it. One that does not fit its source stops the build.",
    "acknowledged": "A row for each line of the reviewed `acknowledged.csv`: a failing identity that somebody looked "
    "at, with its difference, why and who.",
}


@dg.multi_asset(
    name="reviewed_decisions",
    specs=_specs(_DECISIONS, _key("files"), _key("cells"), _key("reports")),
)
def reviewed_decisions(
    context: dg.AssetExecutionContext, folders: Folders, build_lock: BuildLock
) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
    """Take what people decided about numbers into the lake, and see that each correction fits its source."""
    reviewed = folders.reviewed_dir
    with telling_faults(context, folders.paths):
        update_decisions(folders.paths.lake, read_corrections(reviewed), read_acknowledged(reviewed))
    for table in _DECISIONS:
        yield _materialised(context, folders, table, {})


@dg.asset_check(
    asset=_key("issues"),
    description="No file made the parser itself fail. One that did is a fault of this software: it is stored as an "
    "issue `parser_fault`, and worth reporting.",
)
def no_parser_faults(context: dg.AssetCheckExecutionContext, folders: Folders) -> dg.AssetCheckResult:
    """Count the issues that say the parser failed."""
    with telling_faults(context, folders.paths):
        issues = dataset(folders.paths.lake / "issues").to_table(
            columns=["report_id", "message"], filter=ds.field("code") == "parser_fault"
        )
    return dg.AssetCheckResult(
        passed=issues.num_rows == 0,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"faults": issues.num_rows, "examples": dg.MetadataValue.json(issues.slice(0, 10).to_pylist())},
    )


@dg.asset_check(asset=_key("files"), description="Every file in the landing folder could be read.")
def every_file_was_read(folders: Folders) -> dg.AssetCheckResult:
    """List the files that could not be read."""
    files = read_parquet(folders.paths.lake / "files", columns=["source_path", "status", "issue"]).to_pylist()
    unread = [file for file in files if file["status"] not in ("read", "container")]
    return dg.AssetCheckResult(
        passed=not unread,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"unread": len(unread), "examples": dg.MetadataValue.json(unread[:20])},
    )
