"""One drawn report: its tables as published, its prose, its claims and its publisher's errors."""

from dataclasses import dataclass, replace
from random import Random

from benchmarks.generator.chance import pick
from benchmarks.generator.draw.applications import draw_applications, draw_size
from benchmarks.generator.draw.disclosure import draw_disclosure
from benchmarks.generator.draw.mistakes import err_applications, err_reviews, err_statistics
from benchmarks.generator.draw.prose import Prose, write
from benchmarks.generator.draw.reviews import draw_reviews
from benchmarks.generator.draw.spelling import Money, Spelling, draw_spelling, spell_counts, spell_money
from benchmarks.generator.draw.statistics import draw_statistics
from benchmarks.generator.forms import (
    CHANNELS,
    CNY,
    FORM_2014,
    FORM_2019,
    KEYS,
    NARRATIVE,
    application_groups,
    application_items,
    cell_ids,
    subtotal_ids,
)
from benchmarks.generator.model import Mistake, Table
from benchmarks.generator.plan import Plan
from benchmarks.generator.wording import Say


@dataclass(frozen=True, slots=True)
class Drawn:
    """A report before it is printed; `tables` by section."""

    plan: Plan
    tables: dict[str, Table]
    prose: Prose
    mistakes: tuple[Mistake, ...]


def _subtotals(form: str, rows: list[list[int]]) -> list[int]:
    groups = [item.group for item in application_items(form)]
    return [
        sum(row[column] for row, group in zip(rows, groups, strict=True) if group == wanted)
        for wanted in application_groups(form)
        for column in range(7)
    ]


def _applications_table(rng: Random, plan: Plan, spelling: Spelling, rows: list[list[int]]) -> Table:
    form = plan.applications_form
    numbers = [number for row in rows for number in row]
    keys = cell_ids("applications", form)
    if plan.groups == "subtotals":
        numbers += _subtotals(form, rows)
        keys += subtotal_ids(form)
    extra: list[str] = []
    if plan.subtotal_column:
        lines = [numbers[start : start + 7] for start in range(0, len(numbers), 7)]
        extra, _, _ = spell_counts(rng, spelling, [sum(line[1:6]) for line in lines], "件")
    raw, values, statuses = spell_counts(rng, spelling, numbers, "件")
    return Table("applications", form, keys, raw, values, statuses, [KEYS[key].unit for key in keys], extra)


def _statistics_table(rng: Random, plan: Plan, spelling: Spelling, numbers: dict[str, int]) -> Table:
    form = NARRATIVE if plan.provincial else FORM_2014
    keys = cell_ids("statistics", form)
    raw: list[str] = []
    values: list[str] = []
    statuses: list[int] = []
    counts = [numbers[KEYS[key].row_code] for key in keys]
    texts, spelled, states = spell_counts(rng, spelling, counts, "")
    for index, key in enumerate(keys):
        text, value, status = texts[index], spelled[index], states[index]
        if KEYS[key].unit == CNY:
            text, value, status, _ = spell_money(rng, spelling, Money("万元", ""), counts[index])
        raw.append(text)
        values.append(value)
        statuses.append(status)
    extra = [str(count * 3 + index) for index, count in enumerate(counts)] if plan.cumulative else []
    return Table("statistics", form, keys, raw, values, statuses, [KEYS[key].unit for key in keys], extra)


def _contradictions(prose: Prose, printed: dict[str, int]) -> list[Mistake]:
    """Claims of the publisher about itself that the printed totals contradict."""
    found = []
    litigation = printed["litigation_direct"] + printed["litigation_after_reconsideration"]
    received = (printed["new_requests"], printed["new_requests"] + printed["carried_in"])
    for code, subject, value in prose.claims:
        if subject:
            continue
        agreeing: tuple[int, ...]
        if code == "applications_received":
            agreeing = received
        elif code == "litigation":
            agreeing = (litigation,)
        elif code in printed:
            agreeing = (printed[code],)
        else:
            continue
        if int(value) not in agreeing:
            found.append(Mistake("contradiction", "", code, "", str(agreeing[0]), value, f"prose:{code}"))
    return found


def _totals(rows: list[list[int]], reviews: list[list[int]], form: str) -> dict[str, int]:
    totals = {item.code: row[6] for item, row in zip(application_items(form), rows, strict=True)}
    totals.update({channel: row[4] for channel, row in zip(CHANNELS, reviews, strict=True)})
    return totals


def draw_report(rng: Random, plan: Plan, say: Say) -> Drawn:
    """The report of `plan`; its prose is written with `say`."""
    size = draw_size(rng)
    if plan.publisher.scope == "agency":
        size = min(size, 2500)
    # A number that cannot be read would hide the identity that a mistake breaks.
    spelling = draw_spelling(rng, junk=not plan.mistake)
    if plan.loss == "vanished":
        spelling = replace(spelling, zeros=pick(rng, ("blank", "some_blank")))
    if plan.statistics or plan.provincial:
        return _draw_statistics(rng, plan, say, size, spelling)
    form = FORM_2019 if plan.applications_form == NARRATIVE else plan.applications_form
    rows = draw_applications(rng, form, size)
    reviews = draw_reviews(rng, size)
    prose = write(rng, plan, say, _totals(rows, reviews, form), {})
    if plan.applications_form == NARRATIVE:
        return Drawn(plan, {}, prose, ())
    mistakes: list[Mistake] = []
    printed_rows, printed_reviews = rows, reviews
    if plan.mistake:
        if rng.random() < 0.8:
            printed_rows, mistakes = err_applications(rng, form, rows, size)
        else:
            printed_reviews, mistakes = err_reviews(rng, reviews)
        mistakes += _contradictions(prose, _totals(printed_rows, printed_reviews, form))
    raw, values, statuses = spell_counts(rng, spelling, [number for row in printed_reviews for number in row], "件")
    keys = cell_ids("reviews", form)
    tables = {
        "disclosure": draw_disclosure(rng, plan.disclosure_form, size, spelling),
        "applications": _applications_table(rng, plan, spelling, printed_rows),
        "reviews": Table("reviews", form, keys, raw, values, statuses, [KEYS[key].unit for key in keys]),
    }
    return Drawn(plan, tables, prose, tuple(mistakes))


def _draw_statistics(rng: Random, plan: Plan, say: Say, size: int, spelling: Spelling) -> Drawn:
    numbers = draw_statistics(rng, size)
    totals = {
        "new_requests": numbers["requests_received"],
        "carried_in": 0,
        "closed_total": numbers["requests_closed"],
        "carried_out": 0,
        "reconsideration": numbers["reconsiderations"],
        "litigation_direct": numbers["litigations"],
        "litigation_after_reconsideration": 0,
    }
    prose = write(rng, plan, say, totals, numbers)
    mistakes: list[Mistake] = []
    if plan.mistake and not plan.provincial:
        numbers, mistakes = err_statistics(rng, numbers)
        totals["new_requests"], totals["closed_total"] = numbers["requests_received"], numbers["requests_closed"]
        totals["reconsideration"] = numbers["reconsiderations"]
        totals["litigation_direct"] = numbers["litigations"]
        mistakes += _contradictions(prose, totals)
    return Drawn(plan, {"statistics": _statistics_table(rng, plan, spelling, numbers)}, prose, tuple(mistakes))
