"""Remembering what was told of short texts: those of one report come again in the next."""

from collections.abc import Callable
from typing import Generic, TypeVar

_BOUND = 16384
_LONGEST = 400
Told = TypeVar("Told")


class Remembered(dict[str, Told], Generic[Told]):
    """What a pure function tells of a text, as a mapping: asked again, it costs no call.

    Only texts of up to `longest` characters are kept, and no more than a bound: then all are forgotten.
    """

    def __init__(self, tell: Callable[[str], Told], longest: int = _LONGEST, bound: int = _BOUND) -> None:
        super().__init__()
        self._tell, self._longest, self._bound = tell, longest, bound

    def __missing__(self, text: str) -> Told:
        told = self._tell(text)
        if len(text) <= self._longest:
            if len(self) >= self._bound:
                self.clear()
            self[text] = told
        return told
