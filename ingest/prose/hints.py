"""Hints of who writes and from where, beside title and metadata: headings, text, signature, footer, places."""

import re
from collections.abc import Iterator

from ingest.document import Document
from ingest.prose.passages import Passage, Sentence
from ingest.register.regions import regions
from ingest.report import Evidence

_HAN = r"\u4e00-\u9fff"
_ORGAN = r"(?:人民政府|政府|管理委员会|管委会|委员会|局|厅|办公室|办事处|委)"
_ORGANISATION = re.compile(rf"^[{_HAN}()]{{3,40}}(?:{_ORGAN}|办|中心|院)$")
_REPORT_LINE = re.compile(r"(?:公开|政务).{0,12}(?:年度报告|年报|报告)(?:\(.{1,12}\))?$")
_DATE_LINE = re.compile(r"^\(?(?:19|20)\d{2}年\d{1,2}月\d{1,2}日\)?$")
_BODY_END = ("。", ";", "无", ")")
_SIGNED_WITHIN = 60
_HEADED_WITHIN = 60
_LONGEST_SIGNATURE = 45
_MAXIMUM_TITLE = 60
_WRITER = re.compile(
    rf"(?:^|[^{_HAN}])([{_HAN}]{{2,28}}?{_ORGAN})(?:共|累计|全年|未|没有|依法|积极|及时|通过[^,。;]{{0,20}}){{0,2}}"
    r"(?:主动公开|(?:新?收到)(?=.{0,12}(?:公开申请|申请公开|依申请公开)))"
)
_NO_WRITER = re.compile(r"^(?:[我本各全由向对经被其该]|有关|相关|以及|其中|通过|根据|按照)")
_WORK_PLAN = re.compile(
    rf"(?:落实|按照|根据|依据|对照|印发)了?《?([{_HAN}]{{2,12}}?[省市县区州盟旗])(?:人民政府(?:办公[厅室])?)?(?:关于印发)?"
    r"《?20\d{2}年(?:全[省市县区州盟旗])?(?:政务|政府信息)公开"
)
_ADDRESS = re.compile(rf"(?:地址|地点|位于)[::]?((?=[{_HAN}]{{2}})[{_HAN}\d]{{6,40}})")
_ICP = re.compile(rf"([{_HAN}])ICP备案?\d{{5,10}}号?", re.IGNORECASE)
_POLICE = re.compile(rf"[{_HAN}]公网安备[::]?(\d{{11,14}})号?")
_DOMAIN = re.compile(r"(?<![a-z0-9@.-])((?:[a-z0-9-]{1,40}\.){1,5}gov\.cn)", re.IGNORECASE)
_DOMAIN_METADATA = frozenset(("canonical", "og:url", "sitedomain", "url", "base"))
_KIND_OF_REGION = re.compile(r"[省市县区州盟旗]")
_SHORTEST_PLACE = 3
_MAXIMUM_LINE = 200
_MAXIMUM_PLACES = 40
_MAXIMUM_SENTENCE = 1000


def find_hints(
    document: Document, parts: tuple[Passage, ...], sentences: tuple[Sentence, ...], titled: bool
) -> Iterator[Evidence]:
    """The hints, each with its kind and place. Places in the text are told only of a report without a title."""
    yield from _headings(parts)
    yield from _signatures(parts)
    yield from _site(document, parts)
    for sentence in sentences:
        if len(sentence.plain) > _MAXIMUM_SENTENCE:
            continue
        if "主动公开" in sentence.plain or "收到" in sentence.plain:
            for writer in _WRITER.finditer(sentence.plain):
                if not _NO_WRITER.match(writer[1]):
                    yield Evidence("text_publisher", writer[1], sentence.locator)
        if "年" in sentence.plain and (plan := _WORK_PLAN.search(sentence.plain)):
            yield Evidence("work_plan", plan[1], sentence.locator)
    if not titled:
        yield from _places(parts)


def _headings(parts: tuple[Passage, ...]) -> Iterator[Evidence]:
    """An organ's name right above the line that names the report."""
    for index, part in enumerate(parts[:_HEADED_WITHIN]):
        if index and len(part.plain) <= _MAXIMUM_TITLE and _REPORT_LINE.search(part.plain):
            above = parts[index - 1]
            if _ORGANISATION.match(above.plain):
                yield Evidence("heading", above.plain, above.locator)


def _signatures(parts: tuple[Passage, ...]) -> Iterator[Evidence]:
    """An organ's name on a line of its own, over a date or under the end of the text."""
    begin = max(1, len(parts) - _SIGNED_WITHIN)
    for index in range(begin, len(parts)):
        part = parts[index]
        if len(part.plain) > _LONGEST_SIGNATURE or not _ORGANISATION.match(part.plain):
            continue
        dated = index + 1 < len(parts) and _DATE_LINE.match(parts[index + 1].plain)
        last = index >= len(parts) - 2 and parts[index - 1].plain.endswith(_BODY_END)
        if dated or last:
            yield Evidence("signature", part.plain, part.locator)


def _site(document: Document, parts: tuple[Passage, ...]) -> Iterator[Evidence]:
    """What the page's footer and metadata say of the site: address, registrations, domain."""
    seen: set[tuple[str, str]] = set()
    for name, value in document.metadata:
        if name.lower() in _DOMAIN_METADATA and (found := _DOMAIN.search(value)):
            host = found[1].lower()
            if ("domain", host) not in seen:
                seen.add(("domain", host))
                yield Evidence("domain", host, f"meta {name}")
    text = "\n".join([part.plain for part in parts]).lower()
    patterns = [(kind, pattern, words) for kind, pattern, words in _SITE_PATTERNS if _holds(text, words)]
    for part in parts if patterns else ():
        if len(part.plain) > _MAXIMUM_LINE:
            continue
        lowered = part.plain.lower()
        for kind, pattern, words in patterns:
            if not _holds(lowered, words):
                continue
            for found in pattern.finditer(part.plain):
                value = found[0] if kind == "icp" else found[1].lower()
                if (kind, value) not in seen:
                    seen.add((kind, value))
                    yield Evidence(kind, value, part.locator)


def _holds(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


_SITE_PATTERNS = (
    ("address", _ADDRESS, ("地址", "地点", "位于")),
    ("icp", _ICP, ("icp备",)),
    ("police_record", _POLICE, ("公网安备",)),
    ("domain", _DOMAIN, ("gov.cn",)),
)
"""What a footer says, with small letters that it has then."""


def _places(parts: tuple[Passage, ...]) -> Iterator[Evidence]:
    """The regions of the register that the text names in full, each once, up to a bound."""
    seen: set[str] = set()
    for part in parts:
        for found in _KIND_OF_REGION.finditer(part.plain):
            name = _name_before(part.plain, found.end())
            if name and name not in seen:
                seen.add(name)
                yield Evidence("place", name, part.locator)
            if len(seen) >= _MAXIMUM_PLACES:
                return


def _name_before(text: str, end: int) -> str | None:
    """The longest name of a region that ends at a place of a text."""
    register = regions()
    if text[max(0, end - _SHORTEST_PLACE) : end] not in register.endings:
        return None
    begins = range(max(0, end - register.longest), end - _SHORTEST_PLACE + 1)
    return next((text[begin:end] for begin in begins if text[begin:end] in register.full), None)
