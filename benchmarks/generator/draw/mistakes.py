"""Publishers' own errors: a total that is not the sum, two digits changed round, a slipped row, last year's table."""

from dataclasses import dataclass
from random import Random

from benchmarks.generator.chance import below, pick
from benchmarks.generator.draw.applications import draw_applications, shifted
from benchmarks.generator.draw.identities import broken_applications, broken_reviews, broken_statistics
from benchmarks.generator.forms import CHANNELS, KINDS, RESULTS, STATISTICS_SUMS, application_items
from benchmarks.generator.model import Mistake

APPLICATION_KINDS = ("total_not_sum", "digits_transposed", "row_shifted", "last_year_table")


@dataclass(frozen=True, slots=True)
class Changed:
    """One number that differs from what the publisher meant."""

    section: str
    row_code: str
    column_code: str
    printed: int
    intended: int


def _record(kind: str, changed: list[Changed], broken: list[str], section: str) -> list[Mistake]:
    if not changed:
        return []
    rows = [
        Mistake(kind, one.section, one.row_code, one.column_code, str(one.printed), str(one.intended), "")
        for one in changed
    ]
    return rows + [Mistake(kind, section, "", "", "", "", identity) for identity in broken]


def _transpose(number: int) -> int:
    digits = list(str(number))
    for index in range(len(digits) - 1):
        if digits[index] != digits[index + 1]:
            digits[index], digits[index + 1] = digits[index + 1], digits[index]
            return int("".join(digits)) if digits[0] != "0" else number
    return number


def _differences(form: str, before: list[list[int]], after: list[list[int]]) -> list[Changed]:
    return [
        Changed("applications", item.code, kind, new, old)
        for item, olds, news in zip(application_items(form), before, after, strict=True)
        for kind, old, new in zip(KINDS, olds, news, strict=True)
        if old != new
    ]


def err_applications(rng: Random, form: str, rows: list[list[int]], size: int) -> tuple[list[list[int]], list[Mistake]]:
    """The rows with one error of a kind drawn here (perhaps without effect on all-zero tables), and its record."""
    kind = pick(rng, APPLICATION_KINDS)
    wrong = [row[:] for row in rows]
    if kind == "row_shifted":
        wrong, _, _ = shifted(rows, rng, form)
    elif kind == "last_year_table":
        wrong = draw_applications(rng, form, size)
    elif kind == "digits_transposed":
        places = [(r, c) for r, row in enumerate(rows) for c, number in enumerate(row) if _transpose(number) != number]
        if places:
            row, column = pick(rng, places)
            wrong[row][column] = _transpose(rows[row][column])
    if wrong == rows and kind != "last_year_table":
        kind = "total_not_sum"
        row = pick(rng, (0, 1, len(rows) - 2, len(rows) - 1, 2 + below(rng, len(rows) - 4)))
        wrong[row][6] = rows[row][6] + 1 + below(rng, 3)
    return wrong, _record(kind, _differences(form, rows, wrong), broken_applications(form, wrong), "applications")


def err_reviews(rng: Random, rows: list[list[int]]) -> tuple[list[list[int]], list[Mistake]]:
    """The rows with the total of one channel wrong."""
    wrong = [row[:] for row in rows]
    channel = below(rng, 3)
    wrong[channel][4] += 1 + below(rng, 2)
    changed = [Changed("reviews", CHANNELS[channel], RESULTS[4], wrong[channel][4], rows[channel][4])]
    return wrong, _record("total_not_sum", changed, broken_reviews(wrong), "reviews")


def err_statistics(rng: Random, numbers: dict[str, int]) -> tuple[dict[str, int], list[Mistake]]:
    """The numbers with one whole that is not the sum of its parts."""
    whole, _ = pick(rng, STATISTICS_SUMS)
    wrong = {**numbers, whole: numbers[whole] + 1 + below(rng, 4)}
    changed = [Changed("statistics", whole, "value", wrong[whole], numbers[whole])]
    return wrong, _record("total_not_sum", changed, broken_statistics(wrong), "statistics")
