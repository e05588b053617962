"""How a publisher writes a number: digits, separators, units, signs, money, and the ways to leave a zero out."""

from dataclasses import dataclass
from random import Random

from benchmarks.generator.chance import below, pick, weighted
from benchmarks.generator.forms import CNY, UNSTATED
from benchmarks.generator.model import BLANK, DASH, REPORTED, UNREADABLE

FULL_WIDTH = str.maketrans("0123456789.-+,", "０１２３４５６７８９．－＋，")
_SMALL = tuple(str(number) for number in range(2000))

_DASHES = ("/", "-", "—", "–", "－", "无", "——", "／")
_JUNK = ("详见附件", "*", "见附表", "#REF!", "（略）", "未统计", "？")
_SIGNS = ("minus", "word", "long_word", "plus", "bare", "full_width")

NUMBER_STYLES = (
    ("plain", 0.80),
    ("full_width", 0.03),
    ("thousands", 0.04),
    ("full_thousands", 0.01),
    ("inner_space", 0.03),
    ("glued", 0.03),
    ("decimal", 0.02),
    ("mixed", 0.04),
)
ZERO_STYLES = (
    ("zero", 0.78),
    ("blank", 0.07),
    ("some_blank", 0.07),
    ("dash", 0.04),
    ("some_dash", 0.04),
)


@dataclass(frozen=True, slots=True)
class Spelling:
    """A publisher's habits with numbers."""

    numbers: str = "plain"
    zeros: str = "zero"
    dash: str = "-"
    signs: str = "minus"
    junk: bool = False


def draw_spelling(rng: Random, junk: bool) -> Spelling:
    """The habits of one report; with `junk` one in fifty has a cell that is no number."""
    return Spelling(
        numbers=weighted(rng, NUMBER_STYLES),
        zeros=weighted(rng, ZERO_STYLES),
        dash=pick(rng, _DASHES),
        signs=pick(rng, _SIGNS),
        junk=rng.random() < 0.02 and junk,
    )


def _digits(number: int, style: str, glue: str) -> str:
    if style == "plain":
        return str(number)
    if style == "full_width":
        return str(number).translate(FULL_WIDTH)
    if style == "thousands":
        return f"{number:,}"
    if style == "full_thousands":
        return f"{number:,}".replace(",", "，")
    if style == "inner_space":
        return f"{number:,}".replace(",", " ")
    if style == "glued":
        return f"{number}{glue}"
    if style == "decimal":
        return f"{number}.0"
    raise ValueError(f"no such style: {style!r}")


_MIXTURE = ("plain", "plain", "plain", "full_width", "thousands", "full_thousands", "inner_space", "glued", "decimal")


def spell_counts(
    rng: Random, spelling: Spelling, numbers: list[int], glue: str
) -> tuple[list[str], list[str], list[int]]:
    """Texts, values and statuses of `numbers`; `glue` is the measure word that some write after a count."""
    values = [_SMALL[number] if 0 <= number < 2000 else str(number) for number in numbers]
    statuses = [REPORTED] * len(numbers)
    style = spelling.numbers
    if style == "plain":
        texts = values[:]
    elif style == "mixed":
        texts = [_digits(number, pick(rng, _MIXTURE), glue) for number in numbers]
    else:
        texts = [_digits(number, style, glue) for number in numbers]
    if spelling.zeros != "zero":
        some = spelling.zeros.startswith("some")
        status, text = (BLANK, "") if spelling.zeros.endswith("blank") else (DASH, spelling.dash)
        for index, number in enumerate(numbers):
            if number == 0 and (not some or rng.random() < 0.3):
                texts[index], values[index], statuses[index] = text, "", status
    if spelling.junk and numbers and rng.random() < 0.5:
        index = below(rng, len(numbers))
        texts[index], values[index], statuses[index] = pick(rng, _JUNK), "", UNREADABLE
    return texts, values, statuses


def spell_change(rng: Random, spelling: Spelling, change: int) -> str:
    """A signed change as printed: `-21`, `增12`, `减13`, `+3`, `增加5`, `减少2`, `0`."""
    size = abs(change)
    if not change:
        return "０" if spelling.numbers == "full_width" else "0"
    style = pick(rng, _SIGNS) if rng.random() < 0.1 else spelling.signs
    digits = str(size).translate(FULL_WIDTH) if spelling.numbers == "full_width" else str(size)
    if style == "word":
        return f"{'增' if change > 0 else '减'}{digits}"
    if style == "long_word":
        return f"{'增加' if change > 0 else '减少'}{digits}"
    if style == "plus":
        return f"{'+' if change > 0 else '-'}{digits}"
    if style == "full_width":
        return f"{'＋' if change > 0 else '－'}{digits}"
    return f"{'' if change > 0 else '-'}{digits}"


def _scaled(yuan: int, scale: int, places: int) -> str:
    whole, rest = divmod(yuan, scale)
    return f"{whole}.{rest:0{places}d}".rstrip("0").rstrip(".") if rest else str(whole)


@dataclass(frozen=True, slots=True)
class Money:
    """How a table states money: the unit in the header's text, and the unit written in the cell."""

    header: str
    cell: str


MONEY = (
    (Money("万元", ""), 0.46),
    (Money("", "万元"), 0.22),
    (Money("", ""), 0.14),
    (Money("", "亿元"), 0.05),
    (Money("", "元"), 0.05),
    (Money("元", ""), 0.03),
    (Money("万元", "万元"), 0.05),
)


def spell_money(rng: Random, spelling: Spelling, money: Money, yuan: int) -> tuple[str, str, int, int]:
    """Text, value, status and unit of a sum in whole yuan; without a unit anywhere the value is as printed."""
    if not yuan and spelling.zeros != "zero" and rng.random() < 0.7:
        unit = CNY if money.header else UNSTATED
        return ("", "", BLANK, unit) if spelling.zeros.endswith("blank") else (spelling.dash, "", DASH, unit)
    printed_in = money.cell or money.header or "万元"
    if printed_in == "亿元":
        yuan -= yuan % 1_000_000
        digits = _scaled(yuan, 100_000_000, 8)
    elif printed_in == "万元":
        digits = _scaled(yuan, 10_000, 4)
    else:
        digits = str(yuan)
    stated = bool(money.cell or money.header)
    value = str(yuan) if stated else digits
    if spelling.numbers == "full_width":
        digits = digits.translate(FULL_WIDTH)
    elif spelling.numbers == "thousands":
        whole, point, rest = digits.partition(".")
        digits = f"{int(whole):,}{point}{rest}"
    elif spelling.numbers == "inner_space" and money.cell:
        digits += " "
    return f"{digits}{money.cell}", value, REPORTED, CNY if stated else UNSTATED
