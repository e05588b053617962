"""Identities that reach out of the tables: to the prose of the same report, and to the report of the year before.

Evaluated as dbt does it in fct_identity_checks. A member with several alternatives holds where one of them does. They
are no part of error localisation; they are the evidence by which its answers are compared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from checks.identities import CheckStatus, Held, Number, exact
from checks.localise import Localisation, Solution
from ingest import forms
from ingest.forms.model import CELL, CLAIM, CellKey, Term
from ingest.report import Claim

Cells = Mapping[CellKey, Held]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the tables are compared with: claims of the prose about the whole report, by code, and the cells of the
    publisher's report of the year before (None where there is none)."""

    claims: Mapping[str, Number]
    last_year: Cells | None = None


@dataclass(frozen=True, slots=True)
class OutsideCheck:
    """A member of an identity that reaches out of the tables; `keys` are the report's own cells in it."""

    identity_code: str
    member_code: str
    status: CheckStatus
    left: Number | None
    right: Number | None
    keys: tuple[CellKey, ...]


def claimed(claims: Sequence[Claim]) -> dict[str, Number]:
    """The claims about the whole report by code, of each the first."""
    found: dict[str, Number] = {}
    for claim in claims:
        if claim.subject == forms.claims.OWN_SUBJECT:
            found.setdefault(claim.claim_code, exact(claim.value))
    return found


@cache
def _members() -> dict[tuple[str, str], tuple[tuple[Term, ...], ...]]:
    """The alternatives of each member that has a term outside the report's tables."""
    members: dict[tuple[str, str], dict[int, list[Term]]] = {}
    for identity in forms.IDENTITIES:
        if any(term.source == CLAIM or term.year_offset for term in identity):
            for term in identity:
                alternatives = members.setdefault((identity.code, term.member_code), {})
                alternatives.setdefault(term.alternative, []).append(term)
    return {
        name: tuple(tuple(terms) for _, terms in sorted(alternatives.items())) for name, alternatives in members.items()
    }


def evaluate_outside(cells: Cells, around: Surroundings) -> tuple[OutsideCheck, ...]:
    """Every member of which the report has something on both of its own sides, in the order of the forms."""
    order = {CheckStatus.HOLDS: 0, CheckStatus.NOT_EVALUABLE: 1, CheckStatus.FAILS: 2}
    checks = []
    for (identity_code, member_code), alternatives in _members().items():
        evaluated = [_evaluate(identity_code, member_code, terms, cells, around) for terms in alternatives]
        if found := [check for check in evaluated if check]:
            checks.append(min(found, key=lambda check: order[check.status]))
    return tuple(checks)


def _evaluate(
    identity_code: str, member_code: str, terms: Sequence[Term], cells: Cells, around: Surroundings
) -> OutsideCheck | None:
    held = [(term, _held(term, cells, around)) for term in terms]
    own = [(term, content) for term, content in held if not term.year_offset]
    wanted = {term.coefficient > 0 for term, _ in own}
    if {term.coefficient > 0 for term, content in own if content} != wanted:
        return None
    keys = tuple(_key(term) for term, content in own if content and term.source == CELL)
    before = [content for term, content in held if term.year_offset]
    present = [(term, content) for term, content in held if content]
    lacking = bool(before) and not any(before)
    if lacking or not all(content.is_known for _, content in present):
        return OutsideCheck(identity_code, member_code, CheckStatus.NOT_EVALUABLE, None, None, keys)
    left = sum(term.coefficient * content.counted for term, content in present if term.coefficient > 0)
    right = sum(-term.coefficient * content.counted for term, content in present if term.coefficient < 0)
    status = CheckStatus.HOLDS if left == right else CheckStatus.FAILS
    return OutsideCheck(identity_code, member_code, status, left, right, keys)


def _key(term: Term) -> CellKey:
    return CellKey(term.section, term.row_code, term.column_code)


def _held(term: Term, cells: Cells, around: Surroundings) -> Held | None:
    if term.source == CLAIM:
        value = around.claims.get(term.row_code) if term.column_code == forms.claims.OWN_SUBJECT else None
        return None if value is None else Held(value)
    if term.year_offset:
        return around.last_year.get(_key(term)) if around.last_year is not None else None
    return cells.get(_key(term))


@dataclass(frozen=True, slots=True)
class Weighed:
    """A solution with what outside the table speaks for it and against it, by `identity:member`.

    `is_favoured` where it agrees with more than any other smallest solution does.
    """

    solution: Solution
    agrees: tuple[str, ...]
    contradicts: tuple[str, ...]
    is_favoured: bool


def weigh(found: Localisation, cells: Cells, around: Surroundings) -> tuple[Weighed, ...]:
    """Each solution with its evidence, in the order of the solutions: the outside identities in which a cell takes part
    that any of the solutions changes."""
    weighed = []
    counts = []
    touched = {change.key for solution in found.solutions for change in solution.changes}
    for solution in found.solutions:
        values = {change.key: Held(change.proposed, change.proposed is not None) for change in solution.changes}
        checks = [
            check for check in evaluate_outside({**cells, **values}, around) if not touched.isdisjoint(check.keys)
        ]
        named = {
            status: tuple(f"{check.identity_code}:{check.member_code}" for check in checks if check.status is status)
            for status in (CheckStatus.HOLDS, CheckStatus.FAILS)
        }
        counts.append(len(named[CheckStatus.HOLDS]) if solution.is_smallest else -1)
        weighed.append((solution, named[CheckStatus.HOLDS], named[CheckStatus.FAILS]))
    best = max(counts, default=0)
    return tuple(
        Weighed(*item, is_favoured=count == best > 0 and counts.count(best) == 1 and len(found.smallest) > 1)
        for item, count in zip(weighed, counts, strict=True)
    )
