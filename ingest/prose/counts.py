"""Counts as sentences print them: 2,981件, 一百零五件, 1.2万条; a rough one (800余条, 近3000条) is no count."""

import re
from decimal import Decimal

from ingest.text.numbers import MAXIMUM_DIGITS, chinese_integer

_NUMERALS = "零〇一二两三四五六七八九十百千万"
COUNT = (
    rf"(?P<n>(?<![\d{_NUMERALS}])(?<!\d[.,])"
    rf"(?:\d{{1,4}}(?:\.\d{{1,4}})?万|\d{{1,3}}(?:,\d{{3}}){{1,6}}|\d{{1,30}}|[{_NUMERALS}]{{1,15}})"
    rf"(?![\d{_NUMERALS}]|[.,]\d))"
)
"""A whole number of digits (also of 万) or of Chinese numerals, as the group `n`: never the tail of a longer one."""
AMOUNT = (
    rf"(?P<n>(?<![\d{_NUMERALS}])(?<!\d[.,])"
    rf"(?:(?:\d{{1,3}}(?:,\d{{3}}){{1,6}}|\d{{1,30}})(?:\.\d{{1,2}})?|[{_NUMERALS}]{{1,15}})(?![\d{_NUMERALS}]|[.,]\d))"
)
"""The same with two places behind the point, and never of 万: money."""
_ROUGH_BEFORE = re.compile(r"(?:近|约|超过?|逾|突破|高于|不足|不到|不少于|至少|至多|最多|将近)有?$")
_SEVERAL = re.compile(r"[数几上好成]$")
_ROUGH_AFTER = re.compile(r"[余多几来]|.{1,2}?(?:以上|左右|上下|以内|以下|不到|余|多)(?![个件条次])")


def count_of(hit: re.Match[str]) -> Decimal | None:
    """The number of a match's group `n`; None where it is rough, no well-formed number, or longer than any count."""
    text, start, end = hit.string, *hit.span("n")
    if _ROUGH_BEFORE.search(text[max(0, start - 6) : start]) or _ROUGH_AFTER.match(text[end : end + 6]):
        return None
    digits = hit["n"].replace(",", "")
    if is_in_ten_thousands(digits):
        return (Decimal(digits[:-1]) * 10_000).quantize(Decimal(1))
    if digits[0] in "十百千万" and _SEVERAL.search(text[:start][-1:]):
        return None
    if digits[0].isdigit():
        return Decimal(digits) if len(digits.split(".")[0]) <= MAXIMUM_DIGITS else None
    number = chinese_integer(digits)
    if number is None or _plain_numeral(digits) != _plain_numeral(_spelled(number)):
        return None
    return Decimal(number)


def is_in_ten_thousands(number: str) -> bool:
    """Whether a number is printed as digits of 万: 1.2万 is 12000 as stated, and rounded."""
    return number.endswith("万") and number[0].isdigit()


def _plain_numeral(text: str) -> str:
    """A numeral in one of its spellings: 〇, 两 and 一十 are other ways to write 零, 二 and 十."""
    text = text.replace("〇", "零").replace("两", "二")
    return "十" + text[2:] if text.startswith("一十") else text


def _spelled(number: int) -> str:
    """A number below a hundred million as it is written out: 1085 is 一千零八十五."""
    if number == 0:
        return "零"
    large, small = divmod(number, 10_000)
    if not large:
        return _below_ten_thousand(small)
    gap = "零" if 0 < small < 1000 else ""
    return _below_ten_thousand(large) + "万" + gap + (_below_ten_thousand(small) if small else "")


def _below_ten_thousand(number: int) -> str:
    text, gap = "", False
    for scale, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit:
            text += ("零" if gap and text else "") + "零一二三四五六七八九"[digit] + sign
        gap = not digit
    return text
