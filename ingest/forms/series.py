"""The measures that can be followed from the narrative reports of 2008 to today's tables, and where each is found.

Of several sources the first that gives a number counts: the tables of 2019 and 2021, the statistics table of 2014, the
prose. A source that may count more than the measure says is `wider`; who needs one definition leaves it out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ingest.forms import applications, reviews, statistics
from ingest.forms.model import CellKey


class Source(StrEnum):
    """Where a number of a series comes from."""

    TABLE = "table"
    STATISTICS = "statistics"
    PROSE = "prose"


class Role(StrEnum):
    """What a cell is in its row: a part of the number, the row's printed total, or the number itself."""

    MEMBER = "member"
    TOTAL = "total"
    VALUE = "value"


class Comparability(StrEnum):
    """Whether a source counts what the measure says, or may count more."""

    SAME = "same"
    WIDER = "wider"


@dataclass(frozen=True, slots=True)
class SeriesTerm:
    """A cell or a claim that gives a measure; `rank` orders the sources, 1 counts first."""

    measure_code: str
    rank: int
    source: Source
    comparability: Comparability
    role: Role
    section: str | None
    row_code: str | None
    column_code: str | None
    claim_code: str | None


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of the series; `rows` of the tables of 2019 and 2021, whose members (or totals) are added up."""

    code: str
    label: str
    english: str
    unit: str
    rows: tuple[tuple[str, str], ...] = ()
    statistic: str | None = None
    claims: tuple[str, ...] = ()
    wider_claims: tuple[str, ...] = ()

    @property
    def terms(self) -> Iterable[SeriesTerm]:
        """Its sources, in the order in which they count."""
        same = (Comparability.SAME,)
        for section, row_code in self.rows:
            for key, role in _cells(section, row_code):
                cell = (key.section, key.row_code, key.column_code, None)
                yield SeriesTerm(self.code, 1, Source.TABLE, *same, role, *cell)
        if self.statistic:
            cell = (statistics.SECTION, self.statistic, statistics.COLUMN, None)
            yield SeriesTerm(self.code, 2, Source.STATISTICS, *same, Role.VALUE, *cell)
        for claim in self.claims:
            yield SeriesTerm(self.code, 3, Source.PROSE, *same, Role.VALUE, None, None, None, claim)
        for claim in self.wider_claims:
            yield SeriesTerm(self.code, 4, Source.PROSE, Comparability.WIDER, Role.VALUE, None, None, None, claim)


def _cells(section: str, row_code: str) -> Iterable[tuple[CellKey, Role]]:
    columns = applications.COLUMNS if section == applications.SECTION else reviews.COLUMNS
    total = applications.TOTAL if section == applications.SECTION else reviews.TOTAL
    for column in columns:
        yield CellKey(section, row_code, column.code), Role.TOTAL if column.code == total else Role.MEMBER


_APPLICATIONS, _REVIEWS = applications.SECTION, reviews.SECTION

SERIES = (
    Measure(
        "new_requests",
        "本年新收申请",
        "New requests",
        "request",
        ((_APPLICATIONS, "new_requests"),),
        "requests_received",
        ("new_requests",),
        # 共收到…件 may include what was carried in.
        ("applications_received",),
    ),
    Measure(
        "carried_in",
        "上年结转申请",
        "Requests carried in",
        "request",
        ((_APPLICATIONS, "carried_in"),),
        claims=("carried_in",),
    ),
    Measure(
        "closed",
        "办结申请",
        "Requests closed",
        "request",
        ((_APPLICATIONS, "closed_total"),),
        "requests_closed",
        ("closed_total",),
    ),
    Measure(
        "carried_out",
        "结转下年度申请",
        "Requests carried out",
        "request",
        ((_APPLICATIONS, "carried_out"),),
        claims=("carried_out",),
    ),
    Measure(
        "reconsiderations",
        "行政复议",
        "Administrative reconsiderations",
        "case",
        ((_REVIEWS, "reconsideration"),),
        "reconsiderations",
        ("reconsideration",),
    ),
    Measure(
        "litigations",
        "行政诉讼",
        "Administrative lawsuits",
        "case",
        ((_REVIEWS, "litigation_direct"), (_REVIEWS, "litigation_after_reconsideration")),
        "litigations",
        ("litigation",),
    ),
    Measure(
        "published_items",
        "主动公开信息",
        "Items published on own motion",
        "item",
        statistic="published_total",
        claims=("published_items",),
    ),
    Measure(
        "responses",
        "回应关切",
        "Responses to public concerns",
        "event",
        statistic="responses_total",
        claims=("responses",),
    ),
    Measure(
        "interpretations",
        "政策解读",
        "Policy interpretations",
        "article",
        statistic="interpretations",
        claims=("interpretations",),
    ),
    Measure(
        "fees_charged",
        "依申请公开收费",
        "Fees charged for requests",
        "CNY",
        statistic="fees_charged",
        claims=("fees_charged",),
    ),
)
"""Item (八) of the disclosure table counts all administrative fees of an organ, so it is none of `fees_charged`."""
