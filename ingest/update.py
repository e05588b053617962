"""Bringing the lake up to what lies in the landing folder: only contents that no standing parse covers are parsed."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Any

from pyarrow import ArrowInvalid
from pyarrow.parquet import ParquetFile

from ingest import publishers, statements
from ingest.lake import (
    LakePath,
    ensure_tables,
    known_parses,
    read_parquet,
    remove_leftovers,
    write_built,
    write_parses,
)
from ingest.lake.compaction import compact, many_small_parts, remove_superseded
from ingest.lake.damage import is_damage, remove_damaged
from ingest.lake.tables import version_key
from ingest.landing import READ, LandedFile
from ingest.manifest import ManifestRow
from ingest.overrides import Override
from ingest.programs import available, stands
from ingest.register.agencies import agency_rows
from ingest.report import PARSER_VERSION, ParsedReport
from ingest.workers import PARSER_FAULT, Outcome, parse_files

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Update:
    """What an update did: the files as they now stand, how many contents were parsed, and by what statuses."""

    files: tuple[LandedFile, ...]
    contents: int
    parsed: int
    statuses: Mapping[str, int]
    parser_faults: tuple[str, ...]


Progress = Callable[[int, int], None]
"""Called with the number of contents parsed so far and the number to parse."""


def update_lake(
    lake: LakePath,
    landed: tuple[LandedFile, ...],
    manifest: Mapping[str, ManifestRow],
    workers: int | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
    ocr: bool = False,
    before_files: Callable[[], None] | None = None,
) -> Update:
    """Parse what is new into the lake and rewrite its table `files`. The caller holds the build lock.

    `before_files` is called when all is parsed and `files` stands as it was: it raises where the landing folder is no
    longer what it was, for then the files that vanished did not go.

    `workers` files are parsed at a time, by processes of this machine or by the `executor`.

    With `ocr`, scans are read with Tesseract. What an earlier update could not read for want of a program that is there
    now is parsed again. So are the contents of parts that are found damaged. Where parts became many and small, or were
    superseded by a newer parser, they are merged.
    """
    ensure_tables(lake)
    for damage in remove_damaged(lake):
        log.error("%s; it is removed, and its reports are parsed anew", damage)
    remove_superseded(lake)
    remove_leftovers(lake)
    standing = known_parses(lake)
    programs = available(ocr)
    todo: dict[str, list[LandedFile]] = {}
    for file in landed:
        known = standing.get(file.report_id) if file.report_id else None
        if file.report_id and (known is None or not stands(known.parser_version, programs)):
            todo.setdefault(file.report_id, []).append(file)
    run = _Run(len(todo), progress, ocr, {id_: standing[id_].parser_version for id_ in todo if id_ in standing})
    for _ in write_parses(lake, run.reports(todo, workers, executor)):
        log.info("parsed %d of %d", run.done, len(todo))
    if run.before or (run.done and many_small_parts(lake)):
        compact(lake)
    if before_files:
        before_files()
    files = tuple(run.settled(file) for file in landed)
    write_built(lake, "files", file_rows(files, manifest))
    contents = len({file.report_id for file in files if file.report_id})
    return Update(files, contents, sum(run.statuses.values()), dict(run.statuses), tuple(run.faults))


class _Run:
    """Counts what one update parses, and remembers the contents that could no longer be read."""

    def __init__(self, total: int, progress: Progress | None, ocr: bool, before: Mapping[str, str]) -> None:
        self.total, self.progress, self.ocr = total, progress, ocr
        self.before = before
        self.done = 0
        self.statuses = Counter[str]()
        self.faults: list[str] = []
        self.unread: dict[str, Outcome] = {}

    def reports(
        self, todo: Mapping[str, list[LandedFile]], workers: int | None, executor: Executor | None
    ) -> Iterator[ParsedReport]:
        """The reports of contents, each parsed from the first of its copies that can be read.

        They come in the order of contents, not of paths: a renamed folder makes the same parts. Behind them come those
        that only containers hold, in the order of containers, each of which is gone through once.
        """
        waiting = [sorted(todo[report_id], key=lambda file: file.place is not None) for report_id in sorted(todo)]
        while waiting:
            waiting.sort(key=lambda copies: _in_its_container(copies[0]))
            again = []
            first = [files[0] for files in waiting]
            for copies, outcome in zip(
                waiting, parse_files(first, workers, executor=executor, ocr=self.ocr), strict=True
            ):
                if outcome.report is None:
                    self.unread[outcome.file.source_path] = outcome
                    log.warning("%s: %s", outcome.file.source_path, outcome.issue)
                    again.extend([copies[1:]] if copies[1:] else [])
                else:
                    self._count(outcome.file, outcome.report)
                    yield self._superseding(outcome.report)
                if outcome.report is not None or not copies[1:]:
                    self.done += 1
                if self.progress:
                    self.progress(self.done, self.total)
            waiting = again

    def _superseding(self, report: ParsedReport) -> ParsedReport:
        """A report with a version that is none below that of the parse before it, for the newer one is to stand."""
        version = self.before.get(report.report_id, "0")
        if version_key(report.parser_version) >= version_key(version) or stands(version, 0) is False:
            return report
        return replace(report, parser_version=f"{PARSER_VERSION}.1")

    def _count(self, file: LandedFile, report: ParsedReport) -> None:
        self.statuses[report.status] += 1
        for issue in report.issues:
            if issue.code == PARSER_FAULT:
                self.faults.append(f"{file.source_path}: {issue.message}")
                log.error("%s: %s", file.source_path, issue.message)

    def settled(self, file: LandedFile) -> LandedFile:
        """A file as it stands after the run: without a content where its bytes could no longer be read."""
        outcome = self.unread.get(file.source_path)
        return replace(file, report_id=None, status=outcome.status, issue=outcome.issue) if outcome else file


def _in_its_container(file: LandedFile) -> tuple[bool, str, int]:
    """What brings members of one container together, behind files that stand by themselves, whose order is kept."""
    return (False, "", 0) if file.place is None else (True, file.path, file.place)


def file_rows(files: Iterable[LandedFile], manifest: Mapping[str, ManifestRow]) -> Iterator[dict[str, object]]:
    """The rows of the lake's table `files`. What the manifest says of a file wins over what its container says."""
    for file in files:
        known = manifest.get(file.source_path)
        yield {
            "source_path": file.source_path,
            "report_id": file.report_id,
            "byte_count": file.byte_count,
            "source_url": (known and known.source_url) or file.source_url,
            "fetched_at": (known and known.fetched_at) or file.fetched_at,
            "status": file.status,
            "issue": file.issue,
        }


def update_publishers(
    lake: LakePath, manifest: Mapping[str, ManifestRow], overrides: Iterable[Override] = ()
) -> Counter[str]:
    """Decide whose each report is; returns how many were decided by what source (`unresolved` for none).

    What was decided before, by the same code from the same inputs, is not decided again. Rewrites `publishers`;
    `agencies`, those that they name; and `publisher_statements`, each line of the manifest and the overrides, and what
    became of it.
    """
    files = read_parquet(lake / "files", columns=["source_path", "report_id", "status", "source_url"]).to_pylist()
    contents = {file["source_path"]: file["report_id"] if file["status"] == READ else None for file in files}
    addresses = {file["source_path"]: file["source_url"] for file in files}
    said = statements.statements(contents, manifest, overrides)
    read = [(path, report_id, addresses[path]) for path, report_id in contents.items() if report_id]
    before = _made_before(lake, "publishers")
    rows = list(publishers.resolve(lake, known_parses(lake), read, statements.by_report(said), before))
    write_built(lake, "publishers", rows)
    write_built(lake, "agencies", agency_rows(rows, _made_before(lake, "agencies")))
    write_built(lake, "publisher_statements", statements.rows(said, contents))
    return Counter(row["agency_name_source"] or "unresolved" for row in rows)


def _made_before(lake: LakePath, table: str) -> dict[str, dict[str, Any]]:
    """The rows of a table that each build writes whole, by what they were decided from; none where the table is of an
    older version or damaged."""
    path = lake / table / f"{table}.parquet"
    try:
        with path.open("rb") as file:
            rows = ParquetFile(file, page_checksum_verification=True).read()
    except FileNotFoundError:
        return {}
    except (OSError, ArrowInvalid) as error:
        if not is_damage(error):
            raise
        return {}
    return {row["decided_from"]: row for row in rows.to_pylist() if "decided_from" in row}
