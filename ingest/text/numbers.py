"""Numbers as these documents print them. Decimal arithmetic throughout, never binary floats."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from ingest.report import CellStatus
from ingest.text.characters import normal, squeeze, without_pinyin
from ingest.text.remember import Remembered
from ingest.text.scripts import simplified

_DASHES = frozenset("/-—–―－\\~〜−∕⁄‐‑‒─━")
"""Browsers print / as ∕ in a PDF, and text programs draw dashes of many lengths."""
_DASH_WORDS = frozenset(("无", "空", "没有", "不适用", "na", "n/a", "none"))
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|[1-9]\d{0,2}(?: \d{3})+|\d+)(?:\.\d+)?"
_UNITS = "件|条|次|个|项|宗|例|起|份|篇|部|人|人次|万元|亿元|元|万|亿"
_CELL = re.compile(rf"(?P<sign>[+\-−])?\s*(?P<number>{_NUMBER})\s*(?P<unit>{_UNITS})?")
_SIGNED_WORDS = re.compile(rf"(?P<word>增加|增|减少|减)\s*(?P<number>{_NUMBER})\s*(?P<unit>{_UNITS})?")
_MULTIPLIER = {"万元": Decimal(10_000), "亿元": Decimal(100_000_000), "元": Decimal(1)}
_HEADER_UNIT = re.compile(r"(亿元|万元|元)(?=\)|$)|单位:?(亿元|万元|元)")
_DAMAGED_UNIT = re.compile(r"单位(?:人民币)?元")
_LEADING_ZERO = re.compile(r"0\d")
_TURNED_ROUND = re.compile("[\u202d\u202e\u2066-\u2068]")
_MARKS = ("<super>", "<sub>", "<circle>")
_SHORT = 64
"""Only texts up to this length are remembered: a longer one is no number, and would cost memory."""
MAXIMUM_DIGITS = 18
"""The lake keeps 18 digits before the point and 6 behind it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell's text says. `value` is set only where `status` is reported; `money_unit` is 元, 万元 or 亿元."""

    status: CellStatus
    value: Decimal | None = None
    money_unit: str | None = None
    reason: str | None = None


def read_number(text: str, signed_words: bool = False) -> Reading:
    """Read one cell. With `signed_words`, 增12 is 12 and 减13 is -13, as in the column 本年增/减."""
    return _SIGNED_READINGS[text] if signed_words else _READINGS[text]


def _read(text: str, signed_words: bool) -> Reading:
    if len(text) <= MAXIMUM_DIGITS and text.isascii() and text.isdigit() and (text[0] != "0" or text == "0"):
        return Reading(CellStatus.REPORTED, Decimal(text))
    if _has_mark(text):
        return Reading(CellStatus.UNREADABLE, reason="a mark beside the digits cannot be told from a digit")
    if _TURNED_ROUND.search(text):
        return Reading(CellStatus.UNREADABLE, reason="the text is turned round by a sign of direction")
    lines = [line for line in text.split("\n") if line.strip()]
    if sum(any(character.isdigit() for character in line) for line in lines) > 1:
        return Reading(CellStatus.UNREADABLE, reason="the digits stand in several lines")
    cleaned = normal("".join(lines))
    if not cleaned:
        return Reading(CellStatus.BLANK)
    cleaned = simplified(cleaned)
    if set(cleaned.replace(" ", "")) <= _DASHES or cleaned.lower() in _DASH_WORDS:
        return Reading(CellStatus.DASH)
    found = _CELL.fullmatch(cleaned)
    negative = bool(found and found["sign"] in ("-", "−"))
    if not found and signed_words:
        found = _SIGNED_WORDS.fullmatch(cleaned)
        negative = bool(found and found["word"].startswith("减"))
    if not found:
        return Reading(CellStatus.UNREADABLE, reason="the text is no number")
    value = Decimal(found["number"].replace(",", "").replace(" ", ""))
    if _LEADING_ZERO.match(found["number"]):
        return Reading(CellStatus.UNREADABLE, reason="no count begins with a zero")
    unit = found["unit"]
    if unit in ("万", "亿"):
        return Reading(CellStatus.UNREADABLE, reason=f"a count in {unit} is rounded")
    if len(value.as_tuple().digits) > MAXIMUM_DIGITS or -int(value.as_tuple().exponent) > 6:
        return Reading(CellStatus.UNREADABLE, reason="more digits than any count has")
    return Reading(CellStatus.REPORTED, -value if negative else value, unit if unit in _MULTIPLIER else None)


def _has_mark(text: str) -> bool:
    """Whether a text has footnote signs (①, ¹) that the normal form would turn into digits."""
    return any(unicodedata.decomposition(character).startswith(_MARKS) for character in text if character > "~")


# Every cell is looked at by several tables, and most cells of all reports are the same few texts.
_READINGS = Remembered(lambda text: _read(text, signed_words=False), _SHORT)
_SIGNED_READINGS = Remembered(lambda text: _read(text, signed_words=True), _SHORT)


def looks_like_value(text: str, signed_words: bool = False) -> bool:
    """Whether a text could be the content of a number cell: a number or a dash."""
    return read_number(text, signed_words).status in _VALUES


_VALUES = (CellStatus.REPORTED, CellStatus.DASH)


def header_money_unit(header: str) -> str | None:
    """The money unit that a column heading states, `本年收费金额(单位:万元)` gives 万元; None where it states none."""
    stated = {unit or named for unit, named in _HEADER_UNIT.findall(_plain_heading(header))}
    return stated.pop() if len(stated) == 1 else None


def header_unit_is_damaged(header: str) -> bool:
    """Whether 元 stands right behind 单位: with the sign between them a 万 may be lost."""
    return bool(_DAMAGED_UNIT.search(_plain_heading(header)))


def _plain_heading(header: str) -> str:
    """A heading in simplified characters without space, and without pinyin: 單(dān)位 is 单位."""
    return simplified(without_pinyin(squeeze(header)))


def in_cny(value: Decimal, money_unit: str) -> Decimal:
    """An amount in 元, 万元 or 亿元 as CNY, exactly. Raises KeyError for another unit."""
    return value * _MULTIPLIER[money_unit]


_DIGITS = {character: number for number, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}


def chinese_integer(text: str) -> int | None:
    """A number below a hundred million in Chinese numerals: 三十五 is 35, 两 is 2; None where it is none."""
    total = section = digit = 0
    last_scale = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _SCALES:
            last_scale = _SCALES[character]
            section += (digit or 1) * last_scale
            digit = 0
        elif character in "万萬":
            total += (section + digit) * 10_000
            section = digit = 0
        else:
            return None
    return total + section + digit if text else None
