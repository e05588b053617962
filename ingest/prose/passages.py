"""The prose of a document as simplified, squeezed text that still knows where each part came from."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from ingest.document import Document, Grid
from ingest.text.characters import squeeze, without_pinyin
from ingest.text.dates import arabic_year
from ingest.text.scripts import may_be_traditional, simplified

_ENDS = "。!?;\n"
_OPEN_END = frozenset("。!?;:")
_SENTENCE_END = re.compile(f"[{_ENDS}]")
_SPACES = r"[ \t\xa0\u2002-\u200a\u3000]"
_SPACED = re.compile(
    rf"\d(?<!\d\d)\d{{0,11}}+(?:{_SPACES}{{1,4}}+\d{{1,12}}+){{1,6}}+(?={_SPACES}{{0,4}}+[件宗条份次篇起个元万])"
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\s\d{3})+")
_BETWEEN = "\ue0ff"
"""Stands between texts that are treated as one: a character of private use, which nothing changes or joins."""
MAX_PROSE_CHARACTERS = 400_000


class Passage(NamedTuple):
    """A paragraph: `text` as printed, `plain` simplified and without space, of the same wording."""

    text: str
    plain: str
    locator: str


class Sentence(NamedTuple):
    """A sentence in plain form, with the locator of the paragraph that it begins in."""

    plain: str
    locator: str


def plain_text(text: str) -> str:
    """A text simplified, in NFKC, without space, pinyin or Chinese year digits: what patterns are matched against."""
    return arabic_year(simplified(without_pinyin(squeeze(_with_spaced_numbers(text)))))


def passages(document: Document) -> tuple[Passage, ...]:
    """The paragraphs of a document, in reading order, up to a bound."""
    paragraphs = []
    budget = MAX_PROSE_CHARACTERS
    for block in document.blocks:
        if isinstance(block, Grid):
            continue
        budget -= len(block.text)
        if budget < 0:
            break
        paragraphs.append(block)
    plain = _plain_texts([paragraph.text for paragraph in paragraphs])
    return tuple(
        [Passage(paragraph.text, text, paragraph.locator) for paragraph, text in zip(paragraphs, plain, strict=True)]
    )


def _with_spaced_numbers(text: str) -> str:
    """A text where a sign stands for the space inside a count, that is no number so: 新收1 2件. 1 063件 is one."""
    return _SPACED.sub(lambda hit: hit[0] if _THOUSANDS.fullmatch(hit[0]) else ",".join(hit[0].split()), text)


def _plain_texts(texts: list[str]) -> list[str]:
    """`plain_text` of each text, done to all at once: a step costs more by the call than by the character."""
    joined = _BETWEEN.join(texts)
    if joined.count(_BETWEEN) != len(texts) - 1:
        return [plain_text(text) for text in texts]
    joined = without_pinyin(squeeze(_with_spaced_numbers(joined)))
    if may_be_traditional(joined):
        joined = _BETWEEN.join([simplified(text) for text in joined.split(_BETWEEN)])
    return arabic_year(joined).split(_BETWEEN)


def sentences(parts: tuple[Passage, ...]) -> Iterator[Sentence]:
    """The sentences of the prose. A PDF breaks them over lines, so paragraphs are joined until one ends."""
    starts: list[int] = []
    joined: list[str] = []
    length = 0
    for part in parts:
        starts.append(length)
        ended = bool(part.plain) and (part.plain[-1] in _OPEN_END or len(part.plain) < 12)
        piece = part.plain + ("\n" if ended or not _is_printed_line(part) else "")
        if joined and joined[-1][-1:].isdigit() and piece[:1].isdigit():
            # Whether a number goes on over the end of a line, nobody can tell.
            piece = "," + piece
        joined.append(piece)
        length += len(piece)
    text = "".join(joined)
    begin = 0
    for end in _SENTENCE_END.finditer(text):
        place = end.start()
        if sentence := text[begin:place].strip():
            yield Sentence(sentence, parts[bisect_right(starts, begin) - 1].locator)
        begin = place + 1
    if text[begin:].strip():
        yield Sentence(text[begin:].strip(), parts[bisect_right(starts, begin) - 1].locator)


def _is_printed_line(part: Passage) -> bool:
    """Whether a paragraph is a line as printed on a page, which ends where the paper does."""
    return part.locator.startswith("page ")
