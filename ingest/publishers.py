"""Whose report it is: decided from evidence, paths and the manifest, never guessed.

Derived anew by each build, so that a changed manifest re-parses nothing. Here stands what is plainly said; a report
whose evidence does not decide has no agency, and the reason says so.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from ingest.lake import KnownParse, read_rows
from ingest.prose.title import title_publisher, title_year
from ingest.statements import OVERRIDE, SAID, Statement

_T = TypeVar("_T")

JURISDICTION = "jurisdiction"
AGENCY = "agency"
_GOVERNMENT = "人民政府"
_OFFICE = "人民政府办公室"
_ORGAN = re.compile(r"(?:政府|局|委员会|委|厅|办公室|管委会|海关|法院|检察院|中心|总队|支队|大队)$")
_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,20}?(?:省|自治区|市|州|盟|地区|县|区|旗|林区|特区)$")
_ZONE = re.compile(r"(?:开发区|高新区|新区|园区|示范区|保税区|度假区)$")
_SHORT = re.compile(r"^(?:[省州盟旗]|县(?!$)|区|市(?![中南北]区)|我|本|各|全)")
_MINIMUM_NAME = 5
_PLACE_GOVERNMENT = re.compile(r"(?<=[省市县区州旗镇乡])政府(?=$|办公[室厅]$)")
_OWN_SELVES = frozenset(("我局", "我委", "我办", "我厅"))
_REGION_CODE = re.compile(r"^(?!00)\d{6}")


@dataclass(slots=True)
class _Known:
    """What one content says of itself."""

    title: str | None = None
    period_year: int | None = None
    hints: dict[str, list[str]] = field(default_factory=dict)

    def first(self, kind: str) -> str | None:
        return next(iter(self.hints.get(kind, ())), None)


def resolve(
    lake: Path,
    standing: Mapping[str, KnownParse],
    files: Iterable[tuple[str, str, str | None]],
    said: Mapping[str, Sequence[Statement]],
) -> Iterator[dict[str, Any]]:
    """One row of the table `publishers` for each content that still has a file, in the order of report_id.

    `files` are source_path, report_id and source_url of each file; `said` is what overrides and manifest say of each
    content, in the order in which it counts.
    """
    paths: dict[str, list[str]] = {}
    addresses: dict[str, str] = {}
    for source_path, report_id, source_url in sorted(files, key=lambda file: file[0]):
        paths.setdefault(report_id, []).append(source_path)
        if source_url:
            addresses.setdefault(report_id, source_url)
    known = _knowledge(lake, {report_id: parse for report_id, parse in standing.items() if report_id in paths})
    for report_id in sorted(known):
        entries = said.get(report_id, ())
        decided = _decide(known[report_id], entries)
        decided["reason"] += _overridden(entries)
        places = {"source_path": paths[report_id][0], "source_url": addresses.get(report_id)}
        yield {"report_id": report_id, **places, **decided}


def _overridden(entries: Sequence[Statement]) -> str:
    """What overrides decide of one content, for its reason: by whom, when and why."""
    told, decided = "", set[str]()
    for entry in entries:
        fields = [name for name in SAID if name not in decided and getattr(entry, name) is not None]
        if entry.origin == OVERRIDE and fields:
            decided.update(fields)
            told += f"; override of {', '.join(fields)} by {entry.who}, {entry.decided_on}: {entry.why}"
    return told


def _knowledge(lake: Path, standing: Mapping[str, KnownParse]) -> dict[str, _Known]:
    known: dict[str, _Known] = {}
    for row in read_rows(lake, "reports", standing, ["title", "period_start", "period_end", "site_id_code"]):
        start, end = row["period_start"], row["period_end"]
        whole = start and end and start.year == end.year
        known[row["report_id"]] = _Known(row["title"], start.year if whole else None)
    for row in read_rows(lake, "evidence", standing, ["kind", "value"]):
        known[row["report_id"]].hints.setdefault(row["kind"], []).append(row["value"])
    return known


def _decide(known: _Known, entries: Sequence[Statement]) -> dict[str, Any]:
    scope = _scope(known)
    name, source, reason = _agency(known, entries, scope)
    if name and name.endswith(_GOVERNMENT) and scope is None:
        scope = JURISDICTION
    site_id = known.first("site_id_code") or ""
    code = _REGION_CODE.match(site_id)
    year = known.period_year or (title_year(known.title) if known.title else None)
    return {
        "agency_name": name,
        "agency_name_source": source,
        "region_code": _one(entry.region_code for entry in entries) or (code[0] if code else None),
        "report_year": _one(entry.report_year for entry in entries) or year,
        "scope": _one(entry.scope for entry in entries) or scope,
        "reason": reason,
    }


def _one(values: Iterable[_T | None]) -> _T | None:
    """The first value that is given."""
    return next((value for value in values if value), None)


def _agency(known: _Known, entries: Sequence[Statement], scope: str | None) -> tuple[str | None, str | None, str]:
    """The agency's name, where it was found, and the reason for the choice or for none."""
    for entry in entries:
        if entry.agency_name:
            return entry.agency_name, entry.origin, f"named in the {entry.origin}"
    stated = _full(known.first("metadata_publisher") or "")
    titled = _full(title_publisher(known.title or known.first("title") or ""))
    # What the title names is whose report it is; metadata counts where it says the same in full, or the title nothing.
    if stated and (not titled or (stated != titled and stated.endswith(titled))):
        if name := _named(stated, scope):
            return name, "metadata", f"the metadata names {stated}"
    elif titled and _is_place(titled):
        own = _OWN_SELVES & set(known.hints.get("self_reference", ())) or scope == AGENCY
        if stated and stated.startswith(titled) and own and (name := _named(stated, scope)):
            return name, "metadata", f"the title names the place {titled}, the metadata {stated}"
        if own and scope != JURISDICTION:
            return None, None, f"the title names the place {titled}, but the writer speaks of an office of its own"
        return (
            f"{titled}{_GOVERNMENT}",
            "title",
            f"the title names the place {titled}, and its report is its government's",
        )
    elif titled and (name := _named(titled, scope)):
        return name, "title", f"the title names {titled}"
    host = known.first("host")
    if host and scope == JURISDICTION and _GOVERNMENT in host:
        return (
            _as_government(host, scope),
            "footer",
            f"the report is a whole jurisdiction's, and the site's host is {host}",
        )
    return None, None, "the text does not name its publisher in full"


def _full(name: str) -> str:
    """A name with 政府 behind a place written out as 人民政府."""
    name = name.strip(" :()")
    return name if _ZONE.search(name.split("政府")[0]) else _PLACE_GOVERNMENT.sub(_GOVERNMENT, name)


def _is_place(name: str) -> bool:
    return bool(_PLACE.match(name)) and not _ZONE.search(name) and not _SHORT.match(name)


def _named(name: str, scope: str | None) -> str | None:
    """The agency that a text names in full; None for a short name (区司法局) or none."""
    if _is_place(name):
        return f"{name}{_GOVERNMENT}"
    if len(name) < _MINIMUM_NAME or _SHORT.match(name) or not _ORGAN.search(name):
        return None
    return _as_government(name, scope)


def _as_government(name: str, scope: str | None) -> str:
    """人民政府办公室 as the name on a whole jurisdiction's report stands for the government."""
    return name.removesuffix("办公室") if scope == JURISDICTION and name.endswith(_OFFICE) else name


def _scope(known: _Known) -> str | None:
    """`jurisdiction` or `agency`, by the sentence that carries the counts, else by how the writer speaks of itself."""
    whole, own = known.hints.get("scope_jurisdiction"), known.hints.get("scope_agency")
    if whole and not own:
        return JURISDICTION
    if own and not whole:
        return AGENCY
    selves = set(known.hints.get("self_reference", ()))
    if not whole and not own and selves & _OWN_SELVES:
        return AGENCY
    return None
