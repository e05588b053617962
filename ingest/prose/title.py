"""The title of a report: the line that names it an annual report on open government information."""

import re

from ingest.document import Document
from ingest.prose.passages import Passage, plain_text

_TITLE = re.compile(r"(?:公开|政务).{0,12}(?:年度报告|年报|报告)(?:\(.{1,12}\))?$")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_SENTENCE = re.compile(r"[。;!?:,]")
_ORGANISATION_END = re.compile(
    r"(?:政府|局|委|委员会|厅|办|办公室|院|中心|管委会|署|会|所|处|公司|大学|学院|医院|街道)$"
)
_SITE_SUFFIX = re.compile(r"\s*[-_|—–]+\s*.*$")
_MAXIMUM = 80
_SEARCHED = 120


def find_title(document: Document, parts: tuple[Passage, ...]) -> tuple[str, str] | None:
    """The title as printed (without space) and its place; None where no line is one.

    A title that is printed over two lines, the publisher above and the year below, is put together.
    """
    for index, part in enumerate(parts[:_SEARCHED]):
        if not _is_title(part.plain):
            continue
        title = _without_space(part.text)
        if index and re.match(r"(?:关于)?(?:19|20)\d{2}", part.plain) and _is_organisation(parts[index - 1].plain):
            return _without_space(parts[index - 1].text) + title, parts[index - 1].locator
        return title, part.locator
    for name, value in document.metadata:
        if name.lower() in ("title", "articletitle"):
            title = _SITE_SUFFIX.sub("", value)
            if _is_title(plain_text(title)):
                return _without_space(title), f"meta {name}"
    return None


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
    return re.sub(r"\s+", "", text)


def title_year(title: str) -> int | None:
    """The year that a title names, None where it names none or several."""
    years = {int(year) for year in _YEAR.findall(plain_text(title))}
    return years.pop() if len(years) == 1 else None


def title_publisher(title: str) -> str:
    """What stands before the year or the subject in a title: the publisher, or the place, or nothing."""
    plain = plain_text(title)
    head = re.split(r"(?:关于)?(?:19|20)\d{2}年?度?|政府信息公开|政务公开|信息公开", plain, maxsplit=1)[0]
    if not head:
        found = re.match(r"(?:19|20)\d{2}年?度?(.+?)(?:政府信息公开|政务公开|信息公开)", plain)
        head = found[1] if found else ""
    return head.strip("《》<>“”\"' 的")
