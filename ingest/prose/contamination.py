"""Whether a copy was tampered with: injected words, junk markup, a foreign host in place of the site's own."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from ingest.document import Document
from ingest.prose.passages import Passage

_JUNK_TAGS = 5
"""So many different tags in a plain text are markup put there, not a stray bracket."""
_ADDRESS = re.compile(r"网址[::]?(?:https?://)?([a-z0-9][a-z0-9.-]{3,80}\.[a-z]{2,})", re.IGNORECASE)
_IDENTIFIER = re.compile(r"id=[\"']([A-Za-z0-9]{4,8})[\"']")
_OFFICIAL = re.compile(r"(?:\.gov\.cn|\.gov|\.edu\.cn|\.org\.cn)$")


@lru_cache(maxsize=1)
def injected_words() -> tuple[str, ...]:
    """The words of injected_words.txt, simplified."""
    lines = files("ingest.prose").joinpath("injected_words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def find_contamination(document: Document, parts: tuple[Passage, ...]) -> Iterator[tuple[str, str]]:
    """What was found and where, each as a phrase; nothing for a clean copy."""
    for word in injected_words():
        hit = next((part for part in parts if word in part.plain), None)
        if hit:
            yield f"injected words: {word}", hit.locator
    if len(document.junk) >= _JUNK_TAGS:
        repeated = Counter(found for tag in document.junk for found in _IDENTIFIER.findall(tag))
        identifier = next((f" with id {name}" for name, count in repeated.most_common(1) if count > 1), "")
        yield f"junk markup: {len(document.junk)} kinds of tag in plain text{identifier}", "line 1"
    for part in parts:
        address = _ADDRESS.search(part.plain)
        if address and not _OFFICIAL.search(address[1].lower()) and not address[1].lower().endswith(".cn"):
            yield f"foreign host: {address[1].lower()}", part.locator
            return
