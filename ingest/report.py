"""What one parse yields: the rows of the lake about one content, as frozen values.

A ParsedReport is a function of the bytes alone; paths, URLs and a manifest are joined to it later.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

PARSER_VERSION = "6"
"""Raised whenever the same bytes would be read differently; rows of a newer version supersede the older."""


class CellStatus(StrEnum):
    """What a cell of the form holds in this document."""

    REPORTED = "reported"
    BLANK = "blank"
    DASH = "dash"
    UNREADABLE = "unreadable"
    MISSING = "missing"


class ReportStatus(StrEnum):
    """What could be made of a content as a whole."""

    PARSED = "parsed"
    PARTIAL = "partial"
    NO_TABLES = "no_tables"
    NOT_A_REPORT = "not_a_report"
    UNREADABLE = "unreadable"


class Severity(StrEnum):
    """How much an issue matters to who uses the numbers."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Cell(NamedTuple):
    """A cell of the form: its text as printed, the number it says (None unless `reported`) and its place.

    `reason` says why a cell is missing or unreadable, or how it was read where that was not plain. A tuple, for a
    report has hundreds.
    """

    section: str
    row_code: str
    column_code: str
    status: CellStatus
    raw_text: str | None
    value: Decimal | None
    unit: str
    locator: str | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A number said in prose, with the sentence that says it and of whom."""

    claim_code: str
    subject: str
    value: Decimal
    unit: str
    sentence: str
    locator: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A hint in the bytes of publisher, region, year or scope; `kind` names where it was found."""

    kind: str
    value: str
    locator: str


@dataclass(frozen=True, slots=True)
class Issue:
    """Something worth knowing about a report."""

    code: str
    severity: Severity
    message: str
    locator: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedReport:
    """All that was read from one content. `report_id` is the SHA-256 of its bytes, in hex."""

    report_id: str
    status: ReportStatus
    media_type: str
    encoding: str | None = None
    script: str | None = None
    text_sha256: str | None = None
    title: str | None = None
    period_start: date | None = None
    period_end: date | None = None
    published_on: date | None = None
    site_id_code: str | None = None
    disclosure_form: str | None = None
    applications_form: str | None = None
    reviews_form: str | None = None
    contaminated: bool = False
    contamination: str | None = None
    read_by_ocr: bool = False
    parser_version: str = PARSER_VERSION
    cells: tuple[Cell, ...] = field(default=())
    claims: tuple[Claim, ...] = field(default=())
    evidence: tuple[Evidence, ...] = field(default=())
    issues: tuple[Issue, ...] = field(default=())
