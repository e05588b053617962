"""Whether a copy was tampered with: injected words, junk markup, a foreign host, a layer of pinyin.

What is found is recorded, and taken out of the words by which names are read; the copy itself stays as it is.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from ingest.document import Document, Grid
from ingest.prose.passages import Passage
from ingest.readers.junk import LINK_HOST
from ingest.text.characters import PINYIN
from ingest.text.scripts import simplified, traditional_forms

_JUNK_TAGS = 5
"""So many different tags in a plain text, or with one and the same id, are markup put there."""
_PINYIN_READINGS = 5
_TONES = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_IDENTIFIER = re.compile(r"id=[\"']([A-Za-z0-9]{4,8})[\"']")
_HOST = r"([a-z0-9][a-z0-9.-]{3,80}\.[a-z]{2,})(?![a-z0-9.-])"
_ADDRESS = re.compile(rf"网址[::]?(?:https?://)?{_HOST}", re.IGNORECASE)
_LINK = re.compile(rf"(?:https?://|(?<![a-z0-9@.])(?=www\.)){_HOST}(/[\w./-]{{0,80}})?", re.IGNORECASE | re.ASCII)
_OFFICIAL = re.compile(r"\.cn$|\.gov$|\.(?:gov|edu|org)\.(?:hk|mo|tw)$")
_KNOWN = re.compile(
    r"(?:^|\.)(?:weibo|qq|weixin|wechat|baidu|sina|sohu|163|126|people|xinhuanet|news|chinanews|cctv|toutiao|douyin|"
    r"youku|iqiyi|bilibili|12371|12388|microsoft|w3|adobe|wps)\.(?:com|net|org)$"
)
_OFFICE_NAME = re.compile(r"^(?:xxgk|zwgk|zfxxgk|xxgkml|zwxxgk|gkml|zfgk|zwdt)\d{0,3}\.")
_OFFICE_PATH = re.compile(r"/(?:xxgk\w{0,4}|zwgk\w{0,4}|zfxxgk\w{0,4}|ndbg|ndbb|gknb|nb|szf|zfxx|nianbao)(?:/|$)")
_LAW = re.compile("打击|查处|整治|取缔|涉赌|赌博|违法|犯罪|扫黑|治安|执法|案件|专项|福利|体彩|福彩|监管|行政许可")
_UNSURE = "?"


@dataclass(frozen=True, slots=True)
class Contamination:
    """What was found, each as a phrase with its place, and the injected words among it (simplified)."""

    found: tuple[tuple[str, str], ...]
    words: tuple[str, ...]

    def without(self, text: str) -> str:
        """A text without the injected words, and without the number before and the colon behind one."""
        if not self.words or not text:
            return text
        plain = simplified(text)
        if len(plain) != len(text):
            return text
        kept = []
        end = 0
        for hit in _around(self.words).finditer(plain):
            kept.append(text[end : hit.start()])
            end = hit.end()
        return "".join((*kept, text[end:]))

    def cleaned(self, parts: tuple[Passage, ...]) -> tuple[Passage, ...]:
        """Passages without the injected words."""
        if not self.words:
            return parts
        return tuple(
            Passage(self.without(part.text), self.without(part.plain), part.locator)
            if any(word in part.plain for word in self.words)
            else part
            for part in parts
        )


@lru_cache(maxsize=16)
def _around(words: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"[0-9A-Za-z]{{0,8}}(?:{names})(?:官网|官方网站|平台|下载|入口|网址|app)?[::]?", re.IGNORECASE)


@lru_cache(maxsize=1)
def injected_words() -> tuple[tuple[str, bool], ...]:
    """The words of injected_words.txt, simplified, and whether each is sure wherever it stands."""
    lines = files("ingest.prose").joinpath("injected_words.txt").read_text(encoding="utf-8").splitlines()
    words = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return tuple((word.removeprefix(_UNSURE), not word.startswith(_UNSURE)) for word in words)


@lru_cache(maxsize=1)
def _spellings() -> tuple[tuple[str, str, bool], ...]:
    """Each spelling of each word, simplified and traditional."""
    return tuple(
        (spelling, word, sure) for word, sure in injected_words() for spelling in (word, *traditional_forms(word))
    )


@lru_cache(maxsize=1)
def _any_spelling() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(spelling) for spelling, _, _ in _spellings()))


def find_contamination(document: Document, parts: tuple[Passage, ...], text: str) -> Contamination:
    """What was found in a document whose whole text is `text`; nothing for a clean copy."""
    found = [*_words(document, parts, text), *_junk(document), *_hosts(document, parts), *_pinyin(parts)]
    words = tuple(what.removeprefix(_INJECTED) for what, _ in found if what.startswith(_INJECTED))
    return Contamination(tuple(found), words)


_INJECTED = "injected words: "


def _words(document: Document, parts: tuple[Passage, ...], text: str) -> Iterator[tuple[str, str]]:
    whole = "\n".join((text, *(value for _, value in document.metadata)))
    told: set[str] = set()
    for spelling, word, sure in _spellings() if _any_spelling().search(whole) else ():
        if spelling not in whole or any(word in other for other in told):
            continue
        place = next((part.locator for part in parts if word in part.plain and (sure or _strays(word, part))), None)
        if place is None and sure:
            place = _place_of(spelling, document)
        if place:
            told.add(word)
            yield f"{_INJECTED}{word}", place


def _strays(word: str, part: Passage) -> bool:
    """Whether a word that a report may use stands there without reason."""
    return bool(re.search(rf"{re.escape(word)}[::]", part.plain)) or not _LAW.search(part.plain)


def _place_of(spelling: str, document: Document) -> str:
    for block in document.blocks:
        if isinstance(block, Grid):
            for number, row in enumerate(block.rows):
                for column, cell in enumerate(row):
                    if cell and spelling in cell:
                        return block.locator(number, column)
    return next((f"meta {name}" for name, value in document.metadata if spelling in value), "")


def _junk(document: Document) -> Iterator[tuple[str, str]]:
    if len(document.junk) < _JUNK_TAGS:
        return
    repeated = Counter(found for tag in document.junk for found in _IDENTIFIER.findall(tag))
    identifier = next((f" with id {name}" for name, count in repeated.most_common(1) if count > 1), "")
    yield f"junk markup: {len(document.junk)} kinds of tag{identifier}", "line 1"


def _hosts(document: Document, parts: tuple[Passage, ...]) -> Iterator[tuple[str, str]]:
    """The first host that is none of the government's, and that the report is said to stand on or looks like one."""
    for name, value in document.metadata:
        if name.lower() == "sitedomain" or name == LINK_HOST:
            host = value.lower().removeprefix("https://").removeprefix("http://").split("/")[0]
            if _is_foreign(host) and (_OFFICE_NAME.match(host) or name != LINK_HOST):
                yield f"foreign host: {host}", f"meta {name}"
                return
    for part in parts:
        address = _ADDRESS.search(part.plain)
        if address and _is_foreign(address[1].lower()):
            yield f"foreign host: {address[1].lower()}", part.locator
            return
        linked = "://" in part.plain or "www." in part.plain.lower()
        for link in _LINK.finditer(part.plain) if linked else ():
            host, path = link[1].lower(), (link[2] or "").lower()
            if _is_foreign(host) and (_OFFICE_NAME.match(host) or _OFFICE_PATH.search(path)):
                yield f"foreign host: {host}", part.locator
                return


def _is_foreign(host: str) -> bool:
    return "." in host and not _OFFICIAL.search(host) and not _KNOWN.search(host) and not host[-1].isdigit()


def _pinyin(parts: tuple[Passage, ...]) -> Iterator[tuple[str, str]]:
    """Readings put in brackets behind characters: some with tone marks, so that no abbreviation is taken for one."""
    place = None
    readings: list[str] = []
    for part in parts:
        if "(" not in part.text and "（" not in part.text:
            continue
        here = PINYIN.findall(part.text)
        if here and place is None:
            place = part.locator
        readings.extend(here)
    if place and sum(bool(_TONES.search(reading)) for reading in readings) >= _PINYIN_READINGS:
        yield f"pinyin layer: {len(readings)} readings in brackets", place
