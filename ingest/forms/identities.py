"""The identities (勾稽关系) between the numbers of one report, as rows of linear equations.

Families 1 to 4 of the form: balance, outcomes, applicants, reviews. A new identity is new rows here, not new code.
"""

from collections.abc import Iterable

from ingest.forms import applications, reviews
from ingest.forms.model import Identity, Term

CELL = "cell"


def _terms(
    identity: str, member: str, section: str, left: Iterable[tuple[str, str]], right: Iterable[tuple[str, str]]
) -> Iterable[Term]:
    for coefficient, side in ((1, left), (-1, right)):
        for row_code, column_code in side:
            yield Term(identity, member, CELL, section, row_code, column_code, 0, coefficient)


def _balance() -> Iterable[Term]:
    for column in applications.COLUMNS:
        yield from _terms(
            "balance",
            column.code,
            applications.SECTION,
            left=(("new_requests", column.code), ("carried_in", column.code)),
            right=(("closed_total", column.code), ("carried_out", column.code)),
        )


def _outcomes() -> Iterable[Term]:
    for column in applications.COLUMNS:
        yield from _terms(
            "outcomes",
            column.code,
            applications.SECTION,
            left=((code, column.code) for code in applications.OUTCOME_CODES),
            right=(("closed_total", column.code),),
        )


def _applicants() -> Iterable[Term]:
    for row in applications.ROWS:
        yield from _terms(
            "applicants",
            row.code,
            applications.SECTION,
            left=((row.code, code) for code in applications.APPLICANT_CODES),
            right=((row.code, applications.TOTAL),),
        )


def _reviews() -> Iterable[Term]:
    for row in reviews.ROWS:
        yield from _terms(
            "reviews",
            row.code,
            reviews.SECTION,
            left=((row.code, column.code) for column in reviews.COLUMNS if column.code != reviews.TOTAL),
            right=((row.code, reviews.TOTAL),),
        )


IDENTITIES = (
    Identity(
        "balance",
        1,
        "本年新收＋上年结转＝办理总计＋结转下年度",
        "New requests and those carried in equal those closed and those carried out",
        tuple(_balance()),
    ),
    Identity("outcomes", 2, "各办理结果之和＝办理总计", "The outcomes add up to the closed total", tuple(_outcomes())),
    Identity(
        "applicants", 3, "各类申请人之和＝总计", "The kinds of applicant add up to the total", tuple(_applicants())
    ),
    Identity("reviews", 4, "各审理结果之和＝总计", "The results of a channel add up to its total", tuple(_reviews())),
)
