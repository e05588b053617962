"""The period that a report's data covers, and the day it was published."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from ingest.document import Document
from ingest.prose.passages import Passage, plain_text
from ingest.text.characters import normal
from ingest.text.dates import YEAR, arabic_year, first_date, make_date
from ingest.text.scripts import simplified

_PERIOD = re.compile(
    rf"({YEAR})年(\d{{1,2}})月(\d{{1,2}})日起?(?:至|到|-|—|~){{1,3}}(?:({YEAR})年|同年|当年)?(\d{{1,2}})月(\d{{1,2}})日"
)
# The signs between the digits lost: 202011日起至20201231日 can only be a whole year.
_DAMAGED_PERIOD = re.compile(rf"({YEAR})年?1月?1日起?(?:至|到|-)({YEAR})年?12月?31日")
_TELLING = re.compile(r"统计|数据|所列|期限|时限")
_NOT_TELLING = re.compile(r"公示|征求|意见|培训|有效|活动|任期|比|同期|规划")
_COMPARED = re.compile(r"[止)]{0,2}(?:的)?(?:同期)?(?:数据|情况)?(?:相比|比较|对比)")
_MINIMUM_DAYS = 300
_DATE_LABELS = tuple(
    re.compile(rf"(?<![\u4e00-\u9fff])(?:{label})\s*[::]\s*(.{{8,24}})")
    if label == r"日\s*期|时\s*间"
    else re.compile(rf"(?:{label})\s*[::]\s*(.{{8,24}})")
    for label in (
        r"发\s*布\s*(?:日\s*期|时\s*间)",
        r"公\s*[开布]\s*(?:日\s*期|时\s*间)",
        r"发\s*文\s*日\s*期",
        r"日\s*期|时\s*间",
    )
)
_DATED = re.compile("日期|时间")
"""Every label has one of these words."""
_CELL_LABELS = (
    re.compile(r"^发布(?:日期|时间):?$"),
    re.compile(r"^公[开布](?:日期|时间):?$"),
    re.compile(r"^发文日期:?$"),
)
_META_DATES = frozenset(("pubdate", "publishdate", "publishedtime", "article:published_time"))
_ONLY_A_DATE = re.compile(rf"^\(?{YEAR}年\d{{1,2}}月\d{{1,2}}日\)?$|^\(?{YEAR}[-./]\d{{1,2}}[-./]\d{{1,2}}\)?$")
_SIGNED = re.compile(rf"^\(?{YEAR}年\d{{1,2}}月\d{{1,2}}日\)?$")
_SIGNATURE = re.compile(
    r"^[\u4e00-\u9fff()]{3,40}(?:政府|局|委|委员会|厅|办|办公室|管委会|会|中心|院|处|署|街道|镇|乡|队)$"
)
_LAST_LINES = 12
_MAXIMUM_DATE_LINE = 120
_MAXIMUM_GRID_ROWS = 12


@dataclass(frozen=True, slots=True)
class Period:
    """The first and last day that the data covers; `damaged` where the sentence lost its signs."""

    start: date
    end: date
    locator: str
    damaged: bool = False


def find_period(parts: tuple[Passage, ...], year: int | None = None) -> Period | None:
    """The period that the sentence on the data states; None where none is stated, or several and none is of `year`."""
    text = "".join(part.plain for part in parts)
    for pattern, damaged in ((_PERIOD, False), (_DAMAGED_PERIOD, True)):
        found = dict(reversed([stated for hit in pattern.finditer(text) if (stated := _stated(hit, damaged))]))
        chosen = [span for span in found if span[0].year == year] or list(found)
        if len(chosen) == 1:
            return Period(*chosen[0], _locator(parts, found[chosen[0]]), damaged)
        if chosen:
            return None
    return None


def _stated(found: re.Match[str], damaged: bool) -> tuple[tuple[date, date], int] | None:
    """The first and last day that a match states as those of the data, and its place; None for any other time."""
    text = found.string
    before = re.split("[。;!?]", text[max(0, found.start() - 30) : found.start()])[-1]
    telling = list(_TELLING.finditer(before))
    if not telling or _NOT_TELLING.search(before[telling[0].start() :]) or _COMPARED.match(text[found.end() :][:12]):
        return None
    if damaged:
        start, end = make_date(found[1], "1", "1"), make_date(found[2], "12", "31")
    else:
        start = make_date(found[1], found[2], found[3])
        end = make_date(found[4] or found[1], found[5], found[6])
    if not start or not end or (end - start).days < _MINIMUM_DAYS:
        return None
    return (start, end), found.start()


def _locator(parts: tuple[Passage, ...], place: int) -> str:
    """The place of the paragraph that holds a place of the joined text."""
    length = 0
    for part in parts:
        length += len(part.plain)
        if place < length:
            return part.locator
    return parts[-1].locator


def find_published_on(
    document: Document, parts: tuple[Passage, ...], title_locator: str | None
) -> tuple[date, str] | None:
    """The day of publication and its place: the site's, else that under the title, else the signature's."""
    for name, value in document.metadata:
        if name.lower().replace(" ", "") in _META_DATES and (day := first_date(value)):
            return day, f"meta {name}"
    title = next((index for index, part in enumerate(parts) if part.locator == title_locator), None)
    labelled = list(_labelled_dates(document, parts))
    for rank in range(len(_DATE_LABELS)):
        of_rank = [(day, place, index) for found, day, place, index in labelled if found == rank]
        if len({day for day, _, _ in of_rank}) == 1:
            return of_rank[0][:2]
        if of_rank:
            beside = [one for one in of_rank if title is not None and abs(one[2] - title) <= _NEAR_TITLE]
            return beside[0][:2] if len({day for day, _, _ in beside}) == 1 else None
    if title is not None:
        for part in parts[title + 1 : title + 5]:
            if "。" in part.plain:
                break
            if _ONLY_A_DATE.match(part.plain) and (day := first_date(part.plain)):
                return day, part.locator
    return _signed_on(parts)


_NEAR_TITLE = 6
_NOWHERE = -1000


def _labelled_dates(document: Document, parts: tuple[Passage, ...]) -> Iterator[tuple[int, date, str, int]]:
    """Each date behind a label, in lines and in the cells of the page's own table, with the label's rank."""
    for index, part in enumerate(parts):
        if len(part.plain) > _MAXIMUM_DATE_LINE or "20" not in part.plain or not _DATED.search(part.plain):
            continue
        text = arabic_year(simplified(normal(part.text)))
        for rank, pattern in enumerate(_DATE_LABELS):
            found = pattern.search(text)
            if found and (day := first_date(found[1])):
                yield rank, day, part.locator, index
    for grid in document.grids:
        for number, row in enumerate(grid.rows[:_MAXIMUM_GRID_ROWS]):
            cells = [(column, cell) for column, cell in enumerate(row) if cell]
            for (_, label), (column, value) in pairwise(cells):
                if len(label) > 20 or len(value) > 40:
                    continue
                for rank in _ranks_of(label):
                    if day := first_date(arabic_year(normal(value))):
                        yield rank, day, grid.locator(number, column), _NOWHERE


@lru_cache(maxsize=4096)
def _ranks_of(label: str) -> tuple[int, ...]:
    """Of which ranks a cell is a label of the day of publication."""
    plain = plain_text(label)
    return tuple(rank for rank, pattern in enumerate(_CELL_LABELS) if pattern.match(plain))


def _signed_on(parts: tuple[Passage, ...]) -> tuple[date, str] | None:
    """The date of the signature: alone on its line behind the text or the signing organ, and no list's."""
    found = []
    for index in range(1, len(parts)):
        part, above = parts[index], parts[index - 1].plain
        if not _SIGNED.match(part.plain) or not (day := first_date(part.plain)):
            continue
        last = index >= len(parts) - _LAST_LINES
        if _SIGNATURE.match(above) or (last and above.endswith(("。", "无"))):
            found.append((day, part.locator))
    return found[-1] if len({day for day, _ in found}) == 1 else None
