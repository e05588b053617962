"""Telling prose from labels by its characters alone: the labels of a form are made of a few hundred."""

from collections.abc import Iterable
from functools import cached_property

from ingest.text.scripts import simplified, traditional_forms

_NUMERALS = "一二三四五六七八九十"
_STRANGE_OF = 4
"""A text with more than one strange character in so many is no label. Turned to another wording, a label has none: the
share is for phrases of Taiwan that no conversion writes."""
_LOOKED_AT = 32
_MANY = 0x10000
_FIRST, _LAST = "\u3400", "\u9fff"


class Letters:
    """The characters of some labels, in all scripts and wordings."""

    def __init__(self, labels: Iterable[str]) -> None:
        self._labels = tuple(labels)

    def are_of(self, text: str, whole: bool = False) -> bool:
        """Whether a text could be one of the labels, or (but for `whole`) the beginning of one.

        False is sure, and quickly told.
        """
        beginning = text if whole else text[:_LOOKED_AT]
        return len(beginning.translate(self._strange)) * _STRANGE_OF <= len(beginning)

    @cached_property
    def _strange(self) -> "_Strange":
        joined = "\n".join((*self._labels, _NUMERALS))
        return _Strange("".join((joined, *traditional_forms(joined, wording=True))))


class _Strange(dict[int, int | None]):
    """A table for `str.translate` that keeps only the ideographs that no label has."""

    def __init__(self, known: str) -> None:
        super().__init__()
        self._known = frozenset(known)

    def __missing__(self, code: int) -> int | None:
        character = chr(code)
        strange = _FIRST <= character <= _LAST and not {character, simplified(character)} & self._known
        if code < _MANY:
            self[code] = code if strange else None
        return code if strange else None
