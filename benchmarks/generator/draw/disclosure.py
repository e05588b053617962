"""The disclosure table: documents, signed changes, decisions and money."""

from random import Random

from benchmarks.generator.chance import up_to, weighted
from benchmarks.generator.draw.spelling import MONEY, Spelling, spell_change, spell_counts, spell_money
from benchmarks.generator.forms import CNY, KEYS, cell_ids
from benchmarks.generator.model import REPORTED, Table

_LIMITS = {
    "issued": 30,
    "published": 30,
    "public_total": 900,
    "repealed": 12,
    "in_force": 500,
    "prior_year_items": 400,
    "decisions": 0,
    "projects": 800,
}
_FULL_WIDTH_UNIT = "（单位：{}）"


def _count(rng: Random, row: str, column: str, size: int) -> int:
    if row == "regulations" and rng.random() < 0.85:
        return 0
    if rng.random() < 0.25:
        return 0
    limit = _LIMITS[column] or size * 40 + 60
    return up_to(rng, limit if size > 10 else limit // 8 + 1)


def draw_disclosure(rng: Random, form: str, size: int, spelling: Spelling) -> Table:
    """The disclosure table of `form` as published, for a publisher with at most `size` requests a year."""
    keys = cell_ids("disclosure", form)
    raw: list[str] = []
    values: list[str] = []
    statuses: list[int] = []
    units: list[int] = []
    headers: dict[str, str] = {}
    money = weighted(rng, MONEY)
    for key in keys:
        _, row, column, unit = KEYS[key]
        if unit == CNY:
            yuan = up_to(rng, size * 3_000_000 + 900_000) if rng.random() < 0.6 else 0
            text, value, status, unit = spell_money(rng, spelling, money, yuan)
            if money.header:
                label = "本年收费金额" if form == "form_2021" else "采购总金额"
                headers[label] = label + _FULL_WIDTH_UNIT.format(money.header)
        elif column == "change":
            previous = int(values[-1] or 0) if statuses[-1] == REPORTED else 0
            change = up_to(rng, 40) - min(previous, up_to(rng, 40)) if rng.random() < 0.6 else 0
            if change or spelling.zeros == "zero":
                text, value, status = spell_change(rng, spelling, change), str(change), REPORTED
            else:
                texts, numbers, states = spell_counts(rng, spelling, [0], "")
                text, value, status = texts[0], numbers[0], states[0]
        else:
            count = _count(rng, row, column, size)
            if column in ("in_force", "public_total"):
                # What is in force or public has at least what was issued or published this year.
                count += int(values[-2 if column == "in_force" else -1] or 0)
            texts, numbers, states = spell_counts(rng, spelling, [count], "件")
            text, value, status = texts[0], numbers[0], states[0]
        raw.append(text)
        values.append(value)
        statuses.append(status)
        units.append(unit)
    return Table("disclosure", form, keys, raw, values, statuses, units, headers=headers)
