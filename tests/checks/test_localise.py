"""Error localisation: three ways to the same answer, and no proposal that breaks an identity."""

from collections.abc import Mapping
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generator.draw.statistics import draw_statistics
from benchmarks.planted.brute import explanations
from benchmarks.planted.draw import KINDS, ONE_CELL, draw_cells, plant
from benchmarks.planted.sql import as_single_cells, single_cells
from checks.identities import CheckStatus, Held, equations, evaluate
from checks.localise import Localisation, Outcome, localise
from ingest import forms
from ingest.forms.model import FORM_2014, CellKey


def _cells(form: str = forms.FORM_2021, **values: int | None) -> dict[CellKey, Held]:
    """Applications and reviews of zeros, but for the given cells, named row__column."""
    keys = [cell.key for section in ("applications", "reviews") for cell in forms.cells(section, form)]
    given_cells = {tuple(name.split("__")): value for name, value in values.items()}
    return {key: Held(given_cells.get((key.row_code, key.column_code), 0)) for key in keys}


def _sets(found: Localisation) -> dict[frozenset[CellKey], Mapping[CellKey, int | None]]:
    return {
        frozenset(change.key for change in solution.changes): {
            change.key: change.proposed for change in solution.changes
        }
        for solution in found.smallest
    }


def _proposals_hold(cells: Mapping[CellKey, Held], found: Localisation) -> bool:
    for solution in found.solutions:
        if any(change.proposed is None for change in solution.changes):
            continue
        changed = {**cells, **{change.key: Held(change.proposed) for change in solution.changes}}
        before = {check.equation: check.status for check in found.checks}
        for check in evaluate(changed):
            unknown = CheckStatus.NOT_EVALUABLE
            if check.status is not (unknown if before[check.equation] is unknown else CheckStatus.HOLDS):
                return False
    return True


def _agrees_with_brute_force(cells: Mapping[CellKey, Held]) -> None:
    found = localise(cells)
    by_programme = localise(cells, by_programme=True)
    assert found == by_programme
    assert _proposals_hold(cells, found)
    if found.outcome is Outcome.HOLDS:
        return
    brute = explanations(cells)
    if not brute:
        assert found.size is None or found.size > 2
    elif found.outcome is Outcome.SOLVED:
        assert {cells: values or dict.fromkeys(cells) for cells, values in brute.items()} == _sets(found)
    else:
        assert _sets(found).keys() < brute.keys()


def test_a_report_that_holds_has_no_suspects() -> None:
    assert localise(_cells()) == Localisation(Outcome.HOLDS, evaluate(_cells()))


def test_one_wrong_cell_is_found_with_its_value() -> None:
    cells = _cells(granted__business=14, granted__total=4, new_requests__business=4, new_requests__total=4)
    cells |= {CellKey("applications", "closed_total", column): Held(4) for column in ("business", "total")}
    found = localise(cells)
    assert found.is_unique
    (change,) = found.solutions[0].changes
    assert (change.key.row_code, change.key.column_code, change.reported, change.proposed) == (
        "granted",
        "business",
        14,
        4,
    )
    assert change.is_certain
    assert change.pattern is None or change.pattern != "total_not_sum"


def test_all_answers_are_given_where_one_equation_alone_fails() -> None:
    found = localise(_cells(reconsideration__upheld=6, reconsideration__pending=3, reconsideration__total=4))
    proposals = {
        (change.key.column_code, change.proposed) for solution in found.solutions for change in solution.changes
    }
    # 5 too much on the left: upheld can lose it, pending (3) cannot, and the total can gain it.
    assert proposals == {("upheld", 1), ("total", 9)}
    assert not found.is_unique


def test_a_missing_cell_takes_its_equations_out() -> None:
    cells = _cells(granted__business=14)
    cells[CellKey("applications", "granted", "total")] = Held(None, is_known=False)
    found = localise(cells)
    assert {check.status for check in found.checks if check.equation.member_code == "granted"} == {
        CheckStatus.NOT_EVALUABLE
    }
    assert _proposals_hold(cells, found)


def test_a_number_that_is_no_count_is_replaced_by_one() -> None:
    cells = _cells(granted__business=4, granted__total=4)
    cells |= {CellKey("applications", row, "total"): Held(4) for row in ("closed_total", "new_requests")}
    cells |= {CellKey("applications", row, "business"): Held(4) for row in ("closed_total", "new_requests")}
    cells[CellKey("applications", "granted", "business")] = Held(Fraction(9, 2))
    found = localise(cells)
    assert [(change.reported, change.proposed) for change in found.solutions[0].changes] == [(Fraction(9, 2), 4)]


def test_every_within_report_equation_of_the_forms_is_there() -> None:
    families = {equation.identity_code for equation in equations()}
    assert {"balance", "outcomes", "applicants", "reviews"} <= families


def test_a_shifted_row_is_named_though_it_is_many_cells() -> None:
    rng = Random("shifted")
    for _ in range(20):
        truth = draw_cells(rng)
        cells = plant(rng, truth, ("row shifted",))
        moved = {key for key in truth if cells[key].counted != truth[key].counted}
        if len(moved) > 3:
            break
    found = localise(cells)
    named = [
        {change.key: change.proposed for change in solution.changes}
        for solution in found.solutions
        if all(change.pattern == "row_shifted" for change in solution.changes)
    ]
    assert {key: truth[key].counted for key in moved} in named


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(min_value=0, max_value=10**9), kinds=st.lists(st.sampled_from(sorted(KINDS)), max_size=2))
def test_three_ways_to_localise_agree(seed: int, kinds: list[str]) -> None:
    rng = Random(seed)
    _agrees_with_brute_force(plant(rng, draw_cells(rng), tuple(kinds)))


def test_the_statistics_table_is_localised_too() -> None:
    rng = Random("statistics")
    failing = 0
    for errors in (1, 2) * 6:
        numbers = draw_statistics(rng, 300)
        cells = {cell.key: Held(numbers.get(cell.key.row_code, 0)) for cell in forms.cells("statistics", FORM_2014)}
        for key in rng.sample(sorted(cells), errors):
            cells[key] = Held(cells[key].counted + rng.randint(1, 9))
        _agrees_with_brute_force(cells)
        failing += localise(cells).outcome is not Outcome.HOLDS
    assert failing > 5


def _sql_agrees(count: int) -> None:
    rng = Random(f"sql/{count}")
    kinds = [tuple(rng.sample(sorted(KINDS), rng.choice((1, 1, 2)))) for _ in range(count)]
    reports = [plant(rng, draw_cells(rng), planted) for planted in kinds]
    found, _ = single_cells(reports)
    assert found == [as_single_cells(_sets(localise(report))) for report in reports]
    assert found == [as_single_cells(explanations(report, most=1)) for report in reports]
    assert sum(map(bool, found)) > count / 4


def test_sql_finds_the_same_single_cells() -> None:
    _sql_agrees(30)


@pytest.mark.slow
def test_sql_finds_the_same_single_cells_of_many() -> None:
    _sql_agrees(2000)


def test_an_identifiable_error_is_located_with_its_right_value() -> None:
    rng = Random("identifiable")
    identifiable = 0
    for _ in range(60):
        truth = draw_cells(rng)
        printed = plant(rng, truth, (rng.choice(sorted(ONE_CELL)),))
        wrong = {key: truth[key].counted for key in truth if printed[key].counted != truth[key].counted}
        if wrong and explanations(printed).keys() == {frozenset(wrong)}:
            identifiable += 1
            found = localise(printed)
            assert found.is_unique
            assert {change.key: change.proposed for change in found.solutions[0].changes} == wrong
    assert identifiable > 20


@pytest.mark.slow
@settings(max_examples=1500, deadline=None)
@given(seed=st.integers(min_value=0, max_value=10**9), kinds=st.lists(st.sampled_from(sorted(KINDS)), max_size=3))
def test_three_ways_to_localise_agree_on_many(seed: int, kinds: list[str]) -> None:
    rng = Random(seed)
    _agrees_with_brute_force(plant(rng, draw_cells(rng), tuple(kinds)))


@pytest.mark.slow
def test_the_same_report_gives_the_same_answer() -> None:
    rng = Random("again")
    for _ in range(30):
        cells = plant(rng, draw_cells(rng), tuple(rng.sample(sorted(KINDS), 2)))
        assert localise(cells) == localise(dict(reversed(cells.items())))
