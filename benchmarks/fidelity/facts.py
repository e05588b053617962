"""What the reader says of a report as a whole and of its prose, against the truth."""

from collections import Counter
from collections.abc import Iterator

from benchmarks.fidelity.truth import TrueReport
from ingest.prose.title import title_year
from ingest.report import ParsedReport, ReportStatus

RIGHT, WRONG, INVENTED, ABSENT = "right", "wrong", "invented", "absent"
UNDECIDABLE = "undecidable"
_UNREAD = (ReportStatus.NOT_A_REPORT, ReportStatus.UNREADABLE)


def judge_facts(true: TrueReport, report: ParsedReport) -> Counter[tuple[str, str]]:
    """(fact, right, wrong or absent) for each fact of reports.csv that the bytes of one file can tell.

    A form that the file does not decide is not counted.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for name, said in _said(report):
        expected = "".join(true.facts[name].split()) if name == "title" else true.facts[name]
        if expected == UNDECIDABLE:
            continue
        counts[name, _compare(expected, said)] += 1
    return counts


def _compare(expected: str, said: str) -> str:
    if said == expected:
        return RIGHT
    return WRONG if said else ABSENT


def _said(report: ParsedReport) -> Iterator[tuple[str, str]]:
    """Each fact as reports.csv writes it, empty where the reader gives none."""
    year: int | None = None
    if report.period_start and report.period_end and report.period_start.year == report.period_end.year:
        year = report.period_start.year
    elif report.title:
        year = title_year(report.title)
    yield "title", "".join((report.title or "").split())
    yield "report_year", str(year or "")
    yield "disclosure_form", report.disclosure_form or ""
    yield "applications_form", report.applications_form or ""
    yield "reviews_form", report.reviews_form or ""
    yield "script", report.script or ""
    yield "encoding", report.encoding or ""
    yield "published_on", str(report.published_on or "")
    yield "contaminated", "" if report.status in _UNREAD else str(report.contaminated).lower()


def judge_claims(true: TrueReport, report: ParsedReport) -> Counter[tuple[str, str]]:
    """(claim code, right, wrong, invented or absent): `wrong` is another number, `invented` a claim nobody made."""
    stated = {(claim.code, claim.subject): claim.value for claim in true.claims}
    said = {(claim.claim_code, claim.subject): claim.value for claim in report.claims}
    counts: Counter[tuple[str, str]] = Counter()
    for about, value in said.items():
        if about not in stated:
            counts[about[0], INVENTED] += 1
        else:
            counts[about[0], RIGHT if stated[about] == value else WRONG] += 1
    counts.update((code, ABSENT) for code, subject in stated if (code, subject) not in said)
    return counts
