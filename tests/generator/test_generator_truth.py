"""What is drawn holds together: identities, counts of cells, names, and the marks of what can be known."""

from collections import defaultdict
from decimal import Decimal

import pytest

from benchmarks.generator.draw.numerals import chinese
from benchmarks.generator.forms import KEYS, STATISTICS_SUMS, UNITS, cell_ids
from benchmarks.generator.make import make_report
from benchmarks.generator.model import BLANK, DASH, REPORTED, Printed
from benchmarks.generator.plan import Options

KINDS = ("natural_person", "business", "research", "public_interest", "legal_service", "other_organisation")
Numbers = dict[tuple[str, str, str], Decimal | None]


def numbers_of(printed: Printed) -> Numbers:
    """Every cell's value: 0 for a blank or a dash, None where there is no number."""
    numbers: Numbers = {}
    for table in printed.tables:
        for key, value, status in zip(table.keys, table.values, table.statuses, strict=True):
            number = Decimal(value) if status == REPORTED else Decimal(0) if status in (BLANK, DASH) else None
            numbers[KEYS[key][:3]] = number
    return numbers


def broken(numbers: Numbers) -> set[str]:
    """The identities that the cells break, computed from their meaning; cells without a number are left out."""
    found = set()

    def check(name: str, wholes: list[Decimal | None], parts: list[Decimal | None]) -> None:
        if None not in wholes and None not in parts and sum(wholes) != sum(parts):  # type: ignore[arg-type]
            found.add(name)

    rows: dict[str, dict[str, Decimal | None]] = defaultdict(dict)
    for (section, row, column), number in numbers.items():
        if section == "applications" and not row.startswith("subtotal_"):
            rows[row][column] = number
    outcomes = [row for row in rows if row not in ("new_requests", "carried_in", "closed_total", "carried_out")]
    for kind in (*KINDS, "total") if rows else ():
        check(
            f"balance:{kind}",
            [rows["new_requests"][kind], rows["carried_in"][kind]],
            [rows["closed_total"][kind], rows["carried_out"][kind]],
        )
        check(f"outcomes:{kind}", [rows["closed_total"][kind]], [rows[row][kind] for row in outcomes])
    for row, cells in rows.items():
        check(f"applicants:{row}", [cells["total"]], [cells[kind] for kind in KINDS])
    for channel in {row for section, row, _ in numbers if section == "reviews"}:
        parts = [numbers["reviews", channel, result] for result in ("upheld", "corrected", "other", "pending")]
        check(f"reviews:{channel}", [numbers["reviews", channel, "total"]], parts)
    if ("statistics", "staff", "value") in numbers:
        for whole, names in STATISTICS_SUMS:
            parts = [numbers["statistics", name, "value"] for name in names]
            check(f"statistics:{whole}", [numbers["statistics", whole, "value"]], parts)
    return found


@pytest.mark.parametrize("mistakes", [0.0, 1.0])
def test_an_identity_is_broken_only_where_an_error_is_recorded(mistakes: float) -> None:
    erring = 0
    for index in range(600):
        printed = make_report(index, Options(seed="identities", mistakes=mistakes))
        recorded = {
            mistake.identity
            for mistake in printed.mistakes
            if mistake.identity and not mistake.identity.startswith("prose:")
        }
        assert broken(numbers_of(printed)) == recorded
        erring += bool(recorded)
    assert erring == 0 if mistakes == 0 else erring > 400


@pytest.mark.parametrize(
    ("form", "sizes"), [("form_2019", (22, 161, 15)), ("form_2021", (10, 175, 15)), ("form_2014", (58,))]
)
def test_each_form_has_its_count_of_cells(form: str, sizes: tuple[int, ...]) -> None:
    sections = ("statistics",) if form == "form_2014" else ("disclosure", "applications", "reviews")
    assert tuple(len(cell_ids(section, form)) for section in sections) == sizes


def test_a_report_has_every_cell_of_its_forms_once() -> None:
    for index in range(300):
        printed = make_report(index, Options(seed="whole"))
        for table in printed.tables:
            facts = [key for key in table.keys if not KEYS[key].row_code.startswith("subtotal_")]
            assert facts == list(cell_ids(table.section, table.form))
            sizes = {len(table.raw), len(table.values), len(table.statuses), len(table.units), len(table.keys)}
            marks = printed.marks[table.section]
            assert sizes == {len(marks.knowable), len(marks.missing)}


def test_a_value_is_the_number_that_is_printed() -> None:
    signs = str.maketrans("０１２３４５６７８９．－＋", "0123456789.-+")
    for index in range(400):
        printed = make_report(index, Options(seed="values"))
        for table in printed.tables:
            for raw, value, status, unit in zip(table.raw, table.values, table.statuses, table.units, strict=True):
                if status != REPORTED:
                    assert value == ""
                    continue
                text = raw.translate(signs).replace(",", "").replace("，", "").replace(" ", "")
                text = (
                    text.translate(str.maketrans("減萬億", "减万亿"))
                    .replace("增加", "")
                    .replace("减少", "-")
                    .replace("增", "")
                    .replace("减", "-")
                )
                if UNITS[unit] == "CNY":
                    scale = 10**8 if "亿元" in text else 10**4 if "万元" in text else 1
                    number = Decimal(text.removesuffix("元").rstrip("亿万")) * scale
                    # A cell without a unit of its own has that of its header.
                    assert Decimal(value) in (number, number * 10**4)
                else:
                    assert Decimal(value) == Decimal(text.removesuffix("件"))


def test_nothing_is_doubtful_or_missing_without_damage() -> None:
    for index in range(400):
        printed = make_report(index, Options(seed="clean", formats=("html",), damage="none"))
        assert printed.report["damage"] == ""
        for marks in printed.marks.values():
            assert not any(marks.knowable)
            assert not any(marks.missing)


def test_a_cell_that_is_not_shown_is_never_known() -> None:
    hidden = 0
    for index in range(1500):
        for marks in make_report(index, Options(seed="hidden", formats=("text",))).marks.values():
            for missing, knowable in zip(marks.missing, marks.knowable, strict=True):
                hidden += missing
                assert knowable or not missing
    assert hidden > 1000


def test_a_claim_that_the_tables_contradict_is_recorded() -> None:
    contradicted = {
        mistake.row_code
        for index in range(400)
        for mistake in make_report(index, Options(seed="claims", mistakes=1.0)).mistakes
        if mistake.identity.startswith("prose:")
    }
    assert {"new_requests", "closed_total", "litigation"} <= contradicted


@pytest.mark.parametrize(
    ("number", "text"), [(0, "零"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (1010, "一千零一十")]
)
def test_chinese_numerals(number: int, text: str) -> None:
    assert chinese(number) == text
