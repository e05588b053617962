"""The identities (勾稽关系) between the numbers of reports, as rows of linear equations.

Nine families. The form states the first; the others follow from what its rows and columns mean. A new identity is new
rows here, not new code: the warehouse evaluates whatever terms it finds.
"""

from collections.abc import Iterable

from ingest.forms import applications, disclosure, reviews, statistics
from ingest.forms.claims import CLAIMS, OWN_SUBJECT
from ingest.forms.model import CELL, CLAIM, FORM_2019, FORM_2021, Identity, Term

CLAIM_SECTION = "claims"
"""The section of a term that is a number said in prose."""
_LAST_YEAR = -1
_PRINTED = "国办公开办函〔2019〕60号, 〔2021〕30号"
_STATISTICS = "国办发〔2014〕32号"


def _terms(
    identity: str, member: str, section: str, left: Iterable[tuple[str, str]], right: Iterable[tuple[str, str]]
) -> Iterable[Term]:
    """The terms of an equation between cells of one section and one report."""
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


def _carry_over() -> Iterable[Term]:
    """This year's carried_in = last year's carried_out."""
    for column in applications.COLUMNS:
        key = ("carry_over", column.code, CELL, applications.SECTION)
        yield Term(*key, "carried_in", column.code, 0, 1)
        yield Term(*key, "carried_out", column.code, _LAST_YEAR, -1)


def _in_force() -> Iterable[Term]:
    """in_force = last year's in_force + issued − repealed; what is taken away stands on the left."""
    for row in disclosure.ROWS:
        if "in_force" not in disclosure.columns(FORM_2021, row.code):
            continue
        key = ("in_force", row.code, CELL, disclosure.SECTION, row.code)
        yield Term(*key, "in_force", 0, 1)
        yield Term(*key, "repealed", 0, 1)
        yield Term(*key, "in_force", _LAST_YEAR, -1)
        yield Term(*key, "issued", 0, -1)


def _prior_items() -> Iterable[Term]:
    """prior_year_items = last year's prior_year_items + last year's change, which is signed."""
    for row in disclosure.ROWS:
        if "prior_year_items" not in disclosure.columns(FORM_2019, row.code):
            continue
        key = ("prior_items", row.code, CELL, disclosure.SECTION, row.code)
        yield Term(*key, "prior_year_items", 0, 1)
        yield Term(*key, "prior_year_items", _LAST_YEAR, -1)
        yield Term(*key, "change", _LAST_YEAR, -1)


def _prose() -> Iterable[Term]:
    """What the prose says of the whole report = the cells that it speaks of, by each of the ways to mean it, and its
    own parts.
    """
    for claim in CLAIMS:
        for number, alternative in enumerate(claim.compared_with, start=1):
            key = ("prose", claim.code)
            yield Term(*key, CLAIM, CLAIM_SECTION, claim.code, OWN_SUBJECT, 0, 1, number)
            for cell in alternative:
                yield Term(*key, CELL, cell.section, cell.row_code, cell.column_code, 0, -1, number)
        if claim.parts:
            key = ("prose", f"{claim.code}_parts")
            yield Term(*key, CLAIM, CLAIM_SECTION, claim.code, OWN_SUBJECT, 0, 1)
            for part in claim.parts:
                yield Term(*key, CLAIM, CLAIM_SECTION, part, OWN_SUBJECT, 0, -1)


def _statistics() -> Iterable[Term]:
    """The parts of an indicator add up to it. An indicator's group is the code of the whole that it is a part of."""
    codes = [row.code for row in statistics.ROWS]
    for whole in codes:
        # An indicator that is itself a sum and a part of another (answered_denied) gives its parts its own code.
        parts = [row.code for row in statistics.ROWS if row.group == whole != row.code]
        if parts:
            yield from _terms(
                "statistics",
                whole,
                statistics.SECTION,
                left=((code, statistics.COLUMN) for code in parts),
                right=((whole, statistics.COLUMN),),
            )


IDENTITIES = (
    Identity(
        "balance",
        1,
        "本年新收＋上年结转＝办理总计＋结转下年度",
        "New requests and those carried in equal those closed and those carried out",
        f"printed in the form: {_PRINTED}",
        tuple(_balance()),
    ),
    Identity(
        "outcomes",
        2,
        "各办理结果之和＝办理总计",
        "The outcomes add up to the closed total",
        f"rows of the form: {_PRINTED}",
        tuple(_outcomes()),
    ),
    Identity(
        "applicants",
        3,
        "各类申请人之和＝总计",
        "The kinds of applicant add up to the total",
        f"columns of the form: {_PRINTED}",
        tuple(_applicants()),
    ),
    Identity(
        "reviews",
        4,
        "各审理结果之和＝总计",
        "The results of a channel add up to its total",
        f"columns of the form: {_PRINTED}",
        tuple(_reviews()),
    ),
    Identity(
        "carry_over",
        5,
        "本年的上年结转＝上年的结转下年度",
        "What is carried in is what was carried out the year before",
        f"meaning of two rows of the form: {_PRINTED}",
        tuple(_carry_over()),
    ),
    Identity(
        "in_force",
        6,
        "现行有效＋本年废止＝上年现行有效＋本年制发",
        "Documents in force are those of the year before, plus those issued, less those repealed",
        "columns of the form: 国办公开办函〔2021〕30号",
        tuple(_in_force()),
    ),
    Identity(
        "prior_items",
        7,
        "上一年项目数量＝上年的上一年项目数量＋上年增减",
        "The items of the year before are those that its report began with, and its change",
        "columns of the form: 国办公开办函〔2019〕60号",
        tuple(_prior_items()),
    ),
    Identity(
        "prose",
        8,
        "文字所述＝表格所列,合计＝文字所列分项",
        "The prose says what the tables say, and its numbers add up",
        "one report, one set of facts; no notice states it",
        tuple(_prose()),
    ),
    Identity(
        "statistics",
        9,
        "统计表各分项之和＝合计",
        "The parts of an indicator add up to it",
        f"rows of the form: {_STATISTICS}",
        tuple(_statistics()),
    ),
)
