"""The parts of the responses that a report gives right behind their number: 回应37次。其中,政策解读10件;微博微信17件。

They become claims of their own only where they are the whole rest of the paragraph, each by a label of the form: then
nothing is left out, and their sum can be compared with the number of responses.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest.prose.counts import COUNT, count_of
from ingest.prose.passages import Sentence

_LABELS = {
    "responses_by_press_conference": r"(?:参加或?举办|举办或?参加|参加|举办|召开)(?:的)?新闻发布会",
    "responses_by_online_interview": r"(?:政府网站)?在线访谈",
    "responses_by_interpretation": r"(?:发布)?政策解读(?:稿件|材料)?(?:发布)?",
    "responses_by_weibo_wechat": r"(?:政务)?(?:微博、?微信|微信、?微博)回应(?:事件)?",
    "responses_otherwise": r"(?:通过)?其[他它]方式回应(?:事件)?",
}
_PARTS = {code: re.compile(rf"{label}[总次数量共计为]{{0,4}}{COUNT}[次件篇条个起]") for code, label in _LABELS.items()}
_BRACKETS = re.compile(r"\([^()]{0,200}\)")
_LEAD = "其中"
_MINIMUM = 2


def response_parts(sentences: Sequence[Sentence], index: int, end: int) -> dict[str, tuple[Decimal, Sentence]]:
    """The parts by claim code, each with the sentence that says it; none where they are not plainly all.

    `index` is the sentence that says the number of responses, which ends at the character `end` of it.
    """
    found: dict[str, tuple[Decimal, Sentence]] = {}
    for text, sentence in _statements(sentences, index, end):
        part = next(((code, hit) for code, pattern in _PARTS.items() if (hit := pattern.fullmatch(text))), None)
        value = count_of(part[1]) if part else None
        if part is None or value is None or part[0] in found:
            return {}
        found[part[0]] = (value, sentence)
    return found if len(found) >= _MINIMUM else {}


def _statements(sentences: Sequence[Sentence], index: int, end: int) -> Iterator[tuple[str, Sentence]]:
    """What stands between commas behind the number, to the end of its paragraph, if that begins with 其中."""
    texts = [sentences[index].plain[end:].lstrip(",:")]
    behind = [sentences[index]]
    for sentence in sentences[index + 1 :]:
        if sentence.locator != sentences[index].locator:
            break
        texts.append(sentence.plain)
        behind.append(sentence)
    if not texts[0]:
        texts, behind = texts[1:], behind[1:]
    if not texts or not texts[0].startswith(_LEAD):
        return
    texts[0] = texts[0].removeprefix(_LEAD).lstrip(",:")
    for text, sentence in zip(texts, behind, strict=True):
        for statement in re.split("[,;]", _BRACKETS.sub("", text)):
            yield statement, sentence
