"""The period that a report's data covers, and the day it was published."""

import re
from dataclasses import dataclass
from datetime import date

from ingest.document import Document
from ingest.prose.passages import Passage
from ingest.text.dates import YEAR, first_date, make_date

_PERIOD = re.compile(
    rf"({YEAR})年(\d{{1,2}})月(\d{{1,2}})日起?(?:至|到|-|—|~)+(?:({YEAR})年|同年|当年)?(\d{{1,2}})月(\d{{1,2}})日"
)
# The signs between the digits lost: 202011日起至20201231日 can only be a whole year.
_DAMAGED_PERIOD = re.compile(rf"({YEAR})年?1月?1日起?(?:至|到|-)({YEAR})年?12月?31日")
_TELLING = re.compile(r"统计|数据|期限|时限|时间|所列")
_PUBLISHED = re.compile(r"(?:发布日期|发布时间|公开日期|公布日期|发文日期|生成日期|时间|日期)[::](.{8,20})")
_META_DATES = frozenset(("pubdate", "publishdate", "publishedtime", "article:published_time"))
_ONLY_A_DATE = re.compile(rf"^\(?{YEAR}年\d{{1,2}}月\d{{1,2}}日\)?$|^\(?{YEAR}[-./]\d{{1,2}}[-./]\d{{1,2}}\)?$")
_LAST_LINES = 12


@dataclass(frozen=True, slots=True)
class Period:
    """The first and last day that the data covers; `damaged` where the sentence lost its signs."""

    start: date
    end: date
    locator: str
    damaged: bool = False


def find_period(parts: tuple[Passage, ...]) -> Period | None:
    """The period that the sentence on the data states; None where none is stated."""
    text = "".join(part.plain for part in parts)
    places = []
    length = 0
    for part in parts:
        places.append((length, part.locator))
        length += len(part.plain)
    for pattern, damaged in ((_PERIOD, False), (_DAMAGED_PERIOD, True)):
        for found in pattern.finditer(text):
            if not _TELLING.search(text[max(0, found.start() - 30) : found.start()]):
                continue
            if damaged:
                start, end = make_date(found[1], "1", "1"), make_date(found[2], "12", "31")
            else:
                start = make_date(found[1], found[2], found[3])
                end = make_date(found[4] or found[1], found[5], found[6])
            if start and end and start < end:
                locator = next(place for begin, place in reversed(places) if begin <= found.start())
                return Period(start, end, locator, damaged)
    return None


def find_published_on(
    document: Document, parts: tuple[Passage, ...], title_locator: str | None
) -> tuple[date, str] | None:
    """The day of publication and its place: the site's, else that under the title, else that at the end."""
    for name, value in document.metadata:
        if name.lower().replace(" ", "") in _META_DATES and (day := first_date(value)):
            return day, f"meta {name}"
    for part in parts:
        found = _PUBLISHED.search(part.plain)
        if found and len(part.plain) <= _MAXIMUM_DATE_LINE and (day := first_date(found[1])):
            return day, part.locator
    under_title = [index for index, part in enumerate(parts) if part.locator == title_locator]
    near = parts[under_title[0] + 1 : under_title[0] + 4] if under_title else ()
    for part in (*near, *reversed(parts[-_LAST_LINES:])):
        if _ONLY_A_DATE.match(part.plain) and (day := first_date(part.plain)):
            return day, part.locator
    return None


_MAXIMUM_DATE_LINE = 120
