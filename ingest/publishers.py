"""Whose report it is: decided from evidence, paths and the manifest, never guessed.

Derived by each build, so that a changed manifest re-parses nothing; a row that the same code made of the same inputs
before is taken as it is. `ingest.register.choice` has the rules; here the hints of each content are brought together.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, field, replace
from typing import Any

from ingest.deciding import decided_from
from ingest.lake import KnownParse, LakePath, read_rows
from ingest.register.choice import Hints, Said, choose, first_said
from ingest.report import ParsedReport
from ingest.statements import OVERRIDE, SAID, Statement


@dataclass(slots=True)
class _Known:
    """What one content says of itself."""

    title: str | None = None
    period_year: int | None = None
    hints: dict[str, list[str]] = field(default_factory=dict)


def resolve(
    lake: LakePath,
    standing: Mapping[str, KnownParse],
    files: Iterable[tuple[str, str, str | None]],
    said: Mapping[str, Sequence[Statement]],
    before: Mapping[str, dict[str, Any]],
) -> Iterator[dict[str, Any]]:
    """One row of the table `publishers` for each content that still has a file, in the order of report_id.

    `files` are source_path, report_id and source_url of each file; `said` is what overrides and manifest say of each
    content, in the order in which it counts; `before` are rows that were decided before, by their `decided_from`.
    """
    paths: dict[str, list[str]] = {}
    addresses: dict[str, list[str]] = {}
    for source_path, report_id, source_url in sorted(files, key=lambda file: file[0]):
        paths.setdefault(report_id, []).append(source_path)
        if source_url:
            addresses.setdefault(report_id, []).append(source_url)
    digests = {
        report_id: decided_from(
            standing[report_id].parser_version,
            report_id,
            paths[report_id],
            addresses.get(report_id),
            [astuple(replace(entry, line=0)) for entry in said.get(report_id, ())],
        )
        for report_id in paths
        if report_id in standing
    }
    known = _knowledge(lake, {id_: standing[id_] for id_, digest in digests.items() if digest not in before})
    for report_id, digest in sorted(digests.items()):
        if digest in before:
            yield before[digest]
            continue
        entries = said.get(report_id, ())
        urls = addresses.get(report_id, [])
        decided = _decide(known[report_id], entries, paths[report_id], urls)
        decided["reason"] += _overridden(entries)
        places = {"source_path": paths[report_id][0], "source_url": next(iter(urls), None)}
        yield {"report_id": report_id, **places, **decided, "decided_from": digest}


def of_one(report: ParsedReport) -> dict[str, Any]:
    """What `resolve` would say of one parse by its bytes alone: agency_name, report_year, scope and the rest."""
    start, end = report.period_start, report.period_end
    known = _Known(report.title, start.year if start and end and start.year == end.year else None)
    for hint in report.evidence:
        known.hints.setdefault(hint.kind, []).append(hint.value)
    return _decide(known, ())


def _overridden(entries: Sequence[Statement]) -> str:
    """What overrides decide of one content, for its reason: by whom, when and why."""
    told, decided = "", set[str]()
    for entry in entries:
        fields = [name for name in SAID if name not in decided and getattr(entry, name) is not None]
        if entry.origin == OVERRIDE and fields:
            decided.update(fields)
            told += f"; override of {', '.join(fields)} by {entry.who}, {entry.decided_on}: {entry.why}"
    return told


def _knowledge(lake: LakePath, standing: Mapping[str, KnownParse]) -> dict[str, _Known]:
    known: dict[str, _Known] = {}
    for row in read_rows(lake, "reports", standing, ["title", "period_start", "period_end", "site_id_code"]):
        start, end = row["period_start"], row["period_end"]
        whole = start and end and start.year == end.year
        known[row["report_id"]] = _Known(row["title"], start.year if whole else None)
    for row in read_rows(lake, "evidence", standing, ["kind", "value"]):
        known[row["report_id"]].hints.setdefault(row["kind"], []).append(row["value"])
    return known


def _decide(
    known: _Known, entries: Sequence[Statement], paths: Sequence[str] = (), urls: Sequence[str] = ()
) -> dict[str, Any]:
    """The columns of one row, by the hints of a content and what people say of it, in the order in which it counts."""
    hints = Hints(known.title, known.period_year, known.hints, tuple(paths), tuple(urls))
    said = first_said(
        Said(entry.origin, entry.agency_name, entry.region_code, entry.report_year, entry.scope) for entry in entries
    )
    return asdict(choose(hints, said))
