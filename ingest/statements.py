"""What people say of reports from outside their bytes, in the order in which it counts: overrides, then manifest."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ingest.manifest import ManifestRow
from ingest.overrides import Override

OVERRIDE = "override"
MANIFEST = "manifest"
SAID = ("agency_name", "region_code", "report_year", "scope")
_FILES = {OVERRIDE: "overrides.csv", MANIFEST: "manifest.csv"}


@dataclass(frozen=True, slots=True)
class Statement:
    """One line that says something of one report: `origin` is `override` or `manifest`, `line` its place there.

    `report_id` is the content that it is of; None where the landing folder has none, and then it counts for nothing.
    """

    origin: str
    line: int
    source_path: str | None
    report_id: str | None
    agency_name: str | None = None
    region_code: str | None = None
    report_year: int | None = None
    scope: str | None = None
    why: str | None = None
    who: str | None = None
    decided_on: date | None = None


def statements(
    files: Mapping[str, str | None], manifest: Mapping[str, ManifestRow], overrides: Iterable[Override]
) -> tuple[Statement, ...]:
    """Every line of both files, in the order in which they count: of one report the first that says a thing decides it.

    Overrides go before the manifest, those of a report_id before those of a path, then by line; lines of the manifest
    by path. `files` gives the report_id (None for a file without a content of its own) by source_path.
    """
    contents = {report_id for report_id in files.values() if report_id}
    ordered = sorted(overrides, key=lambda override: (override.report_id is None, override.line))
    decided = [
        Statement(
            OVERRIDE,
            override.line,
            override.source_path,
            _content(override, files, contents),
            override.agency_name,
            override.region_code,
            override.report_year,
            override.scope,
            override.why,
            override.who,
            override.when,
        )
        for override in ordered
    ]
    said = [
        Statement(
            MANIFEST,
            row.line,
            path,
            files.get(path),
            row.agency_name,
            row.region_code,
            row.report_year,
            row.scope,
        )
        for path, row in sorted(manifest.items())
    ]
    return (*decided, *said)


def _content(override: Override, files: Mapping[str, str | None], contents: set[str]) -> str | None:
    if override.source_path is not None:
        return files.get(override.source_path)
    return override.report_id if override.report_id in contents else None


def by_report(said: Iterable[Statement]) -> dict[str, list[Statement]]:
    """The statements of each report, in the order in which they count."""
    grouped: dict[str, list[Statement]] = {}
    for statement in said:
        if statement.report_id:
            grouped.setdefault(statement.report_id, []).append(statement)
    return grouped


def rows(said: Iterable[Statement], files: Mapping[str, str | None]) -> Iterator[dict[str, Any]]:
    """One row of the lake's table `publisher_statements` a line, with what is the matter with it, if anything."""
    counting: dict[tuple[str, str, str], Statement] = {}
    for statement in said:
        problems = list(_contradictions(statement, counting))
        if statement.report_id is None and (problem := _lost(statement, files)):
            problems.append(problem)
        yield {
            "origin": statement.origin,
            "line": statement.line,
            "source_path": statement.source_path,
            "report_id": statement.report_id,
            **{name: getattr(statement, name) for name in SAID},
            "why": statement.why,
            "who": statement.who,
            "decided_on": statement.decided_on,
            "problem": "; ".join(problems) or None,
        }


def _contradictions(statement: Statement, counting: dict[tuple[str, str, str], Statement]) -> Iterator[str]:
    """What an earlier line of the same file says otherwise of the same report; that line counts."""
    if statement.report_id is None:
        return
    for name in SAID:
        value = getattr(statement, name)
        if value is None:
            continue
        first = counting.setdefault((statement.origin, statement.report_id, name), statement)
        if getattr(first, name) != value:
            yield f"{name} contradicts line {first.line} of {_FILES[statement.origin]}, which counts"


def _lost(statement: Statement, files: Mapping[str, str | None]) -> str | None:
    """Why a line is of no report; None for a line of the manifest that only tells where a container came from."""
    if statement.source_path is None:
        return "no file in the landing folder has this content"
    if statement.source_path not in files:
        return "no file in the landing folder has this path"
    if any(getattr(statement, name) is not None for name in SAID):
        return "the file at this path is no report that could be read"
    return None
