"""Which one or two cells could be wrong, by trying every one and every pair: slow, plain, and nothing shared with
`checks.localise` but the equations."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from checks.identities import CheckStatus, Held, evaluate
from ingest.forms.model import CellKey

Found = dict[frozenset[CellKey], Mapping[CellKey, int] | None]
"""Sets of cells with the values that make all hold; None where several values do."""

_Equations = list[tuple[dict[CellKey, int], int]]


def explanations(cells: Mapping[CellKey, Held], most: int = 2) -> Found:
    """All sets of the smallest size up to `most` (1 or 2) whose change makes every evaluable identity hold."""
    checks = [check for check in evaluate(cells) if check.status is not CheckStatus.NOT_EVALUABLE]
    equations = [(dict(check.equation.terms), int(check.difference or 0)) for check in checks]
    keys = sorted({key for terms, _ in equations for key in terms})
    singles = {frozenset((key,)): values for key in keys if (values := _one(equations, cells, key))}
    if singles or most < 2:
        return dict(singles)
    failing = [terms for terms, difference in equations if difference]
    pairs: Found = {}
    for first, second in combinations(keys, 2):
        if all(first in terms or second in terms for terms in failing):
            for values in _two(equations, cells, first, second):
                pairs[frozenset((first, second))] = values
    return pairs


def _number(cells: Mapping[CellKey, Held], key: CellKey) -> int:
    return int(cells[key].counted)


def _holds(equations: _Equations, changes: Mapping[CellKey, int]) -> bool:
    return all(
        difference + sum(terms.get(key, 0) * change for key, change in changes.items()) == 0
        for terms, difference in equations
    )


def _one(equations: _Equations, cells: Mapping[CellKey, Held], key: CellKey) -> Mapping[CellKey, int] | None:
    for terms, difference in equations:
        if difference:
            change = -difference * terms.get(key, 0)
            fits = change and _number(cells, key) + change >= 0 and _holds(equations, {key: change})
            return {key: _number(cells, key) + change} if fits else None
    return None


def _two(
    equations: _Equations, cells: Mapping[CellKey, Held], first: CellKey, second: CellKey
) -> Iterator[Mapping[CellKey, int] | None]:
    touched = [(terms.get(first, 0), terms.get(second, 0), -difference) for terms, difference in equations]
    touched = [line for line in touched if line[0] or line[1]]
    for (a, b, c), (d, e, f) in combinations(touched, 2):
        determinant = a * e - b * d
        if determinant:
            one, other = (c * e - b * f) / determinant, (a * f - c * d) / determinant
            values = {first: _number(cells, first) + one, second: _number(cells, second) + other}
            whole = all(value >= 0 and value == int(value) for value in values.values())
            if whole and one and other and _holds(equations, {first: int(one), second: int(other)}):
                yield {key: int(value) for key, value in values.items()}
            return
    # Both stand in the same equations: what one gains the other could lose, so only their sum is known.
    a, b, c = touched[0]
    if a == b:
        total = _number(cells, first) + _number(cells, second) + a * c
        possible = total >= 0
    else:
        possible = True
    if possible and _holds(equations, {first: a * c}):
        yield None
