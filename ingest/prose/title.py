"""The title of a report: the line that names it an annual report on open government information."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.document import Document
from ingest.prose.passages import Passage, plain_text
from ingest.prose.period import find_period
from ingest.report import Issue, Severity
from ingest.text.characters import without_pinyin

_TITLE = re.compile(r"(?:公开|政务).{0,12}(?:年度报告|年报|报告)(?:\(.{1,12}\))?$")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_SUBJECT = r"政府信息公开|政府资讯公开|政务公开|政务信息公开|信息公开|资讯公开"
_SENTENCE = re.compile(r"[。;!?:,]")
_ORGANISATION_END = re.compile(
    r"(?:政府|局|委|委员会|厅|办|办公室|院|中心|管委会|署|会|所|处|公司|大学|学院|医院|街道)$"
)
_SITE_SUFFIX = re.compile(r"\s*[-_|—–]+\s*.*$")
_BODY = re.compile(r"^(?:[一1][、.])?(?:总体情况|概述|基本情况)$|根据《.{0,20}(?:信息公开)?条例》")
_PUBLICATION = re.compile(r"\([^()]{0,20}(?:月|公布|发布|印发|公开)[^()]{0,10}\)$")
_OTHER_MATTER = re.compile(
    r"法治政府|依法行政|公开指南|公开目录|公开制度|公开规定|工作要点|实施方案|政府工作报告|工作总结|的通知|年报格式|预算|决算"
)
_OTHER_TITLE = re.compile(
    r"^[^。;!?:,]{0,40}(?:法治政府建设[^。;!?:,]{0,12}报告|政府信息公开指南)(?:\([^()]{1,12}\))?$"
)
_MAXIMUM = 80
_SEARCHED = 400
_LIST = 5
"""So many different titles, and the page is a list of reports."""
_META_TITLES = ("articletitle", "title")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line that could be the title, where it stands, and of which year and publisher it would be."""

    title: str
    locator: str
    index: int
    year: int | None
    publisher: str

    def agrees(self, other: "_Candidate") -> bool:
        """Whether two titles can be of one report: one may say less than the other."""
        years = self.year is None or other.year is None or self.year == other.year
        names = self.publisher, other.publisher
        return years and (names[0].endswith(names[1]) or names[1].endswith(names[0]))


def find_title(
    document: Document, parts: tuple[Passage, ...], issues: list[Issue] | None = None
) -> tuple[str, str] | None:
    """The title as printed (without space) and its place; None where no line is one, or several and none is plainly it.

    A page also shows the titles of other reports, in its navigation or as related links. The report's own is that of
    the page's metadata, else the one of the stated period's year that stands nearest before the text.
    """
    shown = _candidates(parts)
    meta = _meta_candidates(document)
    told = meta[0] if meta else None
    if not shown:
        return (told.title, told.locator) if told else None
    if all(one.agrees(shown[0]) for one in shown) and (told is None or told.agrees(shown[0])):
        first = max(shown[:2], key=lambda one: len(one.publisher)) if len(shown) > 1 else shown[0]
        chosen: _Candidate | None = shown[0] if shown[0].publisher == first.publisher else first
    elif told:
        chosen = next((one for one in shown if one.agrees(told)), told)
    else:
        chosen = _nearest(shown, parts)
    if chosen is None:
        if issues is not None:
            said = ", ".join(dict.fromkeys(one.title for one in shown[:4]))
            issues.append(
                Issue("title_undecided", Severity.WARNING, f"several titles are shown: {said}", shown[0].locator)
            )
        return None
    return chosen.title, chosen.locator


def is_of_other_matter(document: Document, parts: tuple[Passage, ...]) -> bool:
    """Whether a page without tables is of another kind: a guide, another report, a list of reports."""
    for name, value in document.metadata:
        if name.lower() in _META_TITLES and _OTHER_MATTER.search(plain_text(value)):
            return True
    if any(map(_is_other_title, parts[:_SEARCHED])) and not _meta_candidates(document):
        # Every site has a guide in its navigation; what states the period of its data is a report all the same.
        return find_period(parts) is None
    shown = _candidates(parts)
    return len({(one.year, one.publisher) for one in shown}) >= _LIST and not any(
        _BODY.search(part.plain) for part in parts
    )


def _is_other_title(part: Passage) -> bool:
    named = "法治政府建设" in part.plain or "政府信息公开指南" in part.plain
    return named and _OTHER_TITLE.match(part.plain) is not None


@lru_cache(maxsize=2)
def _candidates(parts: tuple[Passage, ...]) -> tuple[_Candidate, ...]:
    """The lines that read like a title, two lines put together where the publisher stands above the year."""
    found = []
    for index, part in enumerate(parts[:_SEARCHED]):
        if not _is_title(part.plain):
            continue
        title, locator = _without_space(part.text), part.locator
        if index and re.match(r"(?:关于)?(?:19|20)\d{2}", part.plain) and _is_organisation(parts[index - 1].plain):
            title, locator = _without_space(parts[index - 1].text) + title, parts[index - 1].locator
        found.append(_Candidate(title, locator, index, title_year(title), title_publisher(title)))
    return tuple(found)


def _meta_candidates(document: Document) -> list[_Candidate]:
    """The titles that a page's metadata gives, the article's before the page's."""
    found = []
    for wanted in _META_TITLES:
        for name, value in document.metadata:
            title = _SITE_SUFFIX.sub("", value)
            if name.lower() == wanted and _is_title(plain_text(title)):
                title = _without_space(title)
                found.append(_Candidate(title, f"meta {name}", -1, title_year(title), title_publisher(title)))
    return found


def _nearest(shown: Sequence[_Candidate], parts: tuple[Passage, ...]) -> _Candidate | None:
    """The title of the stated period's year that stands nearest before the text; None where nothing tells."""
    period = find_period(parts)
    body = next((index for index, part in enumerate(parts) if _BODY.search(part.plain)), None)
    if body is None:
        return None
    before = [one for one in shown if one.index <= body]
    if not before:
        return None
    if period is None:
        return before[-1] if body - before[-1].index <= _ADJACENT else None
    of_year = [one for one in before if one.year == period.start.year]
    return of_year[-1] if of_year else None


_ADJACENT = 6


def _is_title(plain: str) -> bool:
    return (
        len(plain) <= _MAXIMUM
        and bool(_TITLE.search(plain))
        and bool(_YEAR.search(plain))
        and not _SENTENCE.search(plain)
    )


def _is_organisation(plain: str) -> bool:
    return 3 <= len(plain) <= 40 and bool(_ORGANISATION_END.search(plain)) and not _SENTENCE.search(plain)


def _without_space(text: str) -> str:
    return without_pinyin(re.sub(r"\s+", "", text))


def title_year(title: str) -> int | None:
    """The year that a title names, None where it names none or several. A date in brackets behind is publication's."""
    years = {int(year) for year in _YEAR.findall(_PUBLICATION.sub("", plain_text(title)))}
    return years.pop() if len(years) == 1 else None


def title_publisher(title: str) -> str:
    """What stands before the year or the subject in a title: the publisher, or the place, or nothing."""
    plain = plain_text(title).strip("《》<>“”\"' ")
    head = re.split(rf"(?:关于)?(?:19|20)\d{{2}}年?度?|{_SUBJECT}", plain, maxsplit=1)[0]
    if not head:
        found = re.match(rf"(?:关于)?(?:19|20)\d{{2}}(?:年度|年)?(?!年|度|{_SUBJECT})(.{{1,40}}?)(?:{_SUBJECT})", plain)
        head = found[1] if found else ""
    return head.removeprefix("关于").strip("《》<>“”\"' 的")
