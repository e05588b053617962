"""Dates and years as Chinese prose prints them."""

import re
from datetime import date

YEAR = r"(?:19|20)\d{2}"
_CHINESE_YEAR_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_YEAR = re.compile("[二一][〇○零一二三四五六七八九]{3}(?=年)")
_DATE = re.compile(rf"({YEAR})\s*(?:年|[-/.])\s*(\d{{1,2}})\s*(?:月|[-/.])\s*(\d{{1,2}})\s*日?")


def make_date(year: str, month: str, day: str) -> date | None:
    """A date of its parts, None where there is no such day."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def first_date(text: str) -> date | None:
    """The first date in a text: 2021年3月10日, 2021-03-10, 2021/3/10 or 2021.3.10."""
    for found in _DATE.finditer(text):
        day = make_date(*found.groups())
        if day:
            return day
    return None


def arabic_year(text: str) -> str:
    """The text with a year in Chinese digits (二〇二〇年) in Arabic ones."""
    return _CHINESE_YEAR.sub(lambda year: year[0].translate(_CHINESE_YEAR_DIGITS), text)
