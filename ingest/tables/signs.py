"""Whether a document may show any of the tables at all, told from its letters before any cell is looked at."""

import re
from collections.abc import Iterable
from functools import lru_cache

from ingest.tables import application_rows, disclosure, reviews
from ingest.tables.statistics import names

_SHORTEST = 4
"""Shorter labels (其他, 总计) stand in every kind of text, and no table shows these alone."""
_SHORTEST_INDICATOR = 6
"""Shorter ones (在线访谈, 新闻发布会, 投诉举报) stand in the navigation of sites."""
_ENOUGH_INDICATORS = 2
_MOST_OF_A_TABLE = 6


def may_show_tables(letters: str) -> bool:
    """Whether the letters of a text (`letters_of`), simplified, hold a label or heading that only the tables have.

    It is a cheap look, without lines or cells. The items of part 二 and the channels of part 四 tell nothing: 行政许可
    and 行政复议 stand in the navigation of every site, and neither table is read without its headings.
    """
    if _signs().search(letters):
        return True
    return len(set(_indicators().findall(letters))) >= _ENOUGH_INDICATORS


def shows_a_table(letters: str) -> bool:
    """Whether the letters of a text hold so many labels and headings that it can only show one of the tables."""
    return max(len(set(names().findall(letters))) for names in (_signs, _indicators)) >= _MOST_OF_A_TABLE


@lru_cache(maxsize=1)
def _signs() -> re.Pattern[str]:
    keys = (*application_rows.ROWS.keys, *reviews.COLUMNS.keys, *disclosure.COLUMNS.keys, *names.OFFICIAL)
    return _any_of(keys, _SHORTEST)


@lru_cache(maxsize=1)
def _indicators() -> re.Pattern[str]:
    return _any_of(names.LABELS, _SHORTEST_INDICATOR)


def _any_of(keys: Iterable[str], length: int) -> re.Pattern[str]:
    """A pattern for any of the keys that are long enough; one that holds another is told by that."""
    kept: list[str] = []
    for key in sorted({key for key in keys if len(key) >= length}, key=lambda key: (len(key), key)):
        if not any(other in key for other in kept):
            kept.append(key)
    return re.compile("|".join(map(re.escape, kept)))
