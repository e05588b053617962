"""How fast one process parses, beside what lxml alone needs for the same HTML."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import lxml.html  # type: ignore[import-untyped]  # no stubs in the lock, and one call

from ingest.parse import parse

_SAMPLE = 150
_WARM_UP = 10


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds of one process for the files of a sample."""

    html_files: int
    text_files: int
    html_seconds: float
    text_seconds: float
    lxml_seconds: float

    @property
    def files_per_second(self) -> float:
        """Files of both kinds that one process parses in a second."""
        seconds = self.html_seconds + self.text_seconds
        return (self.html_files + self.text_files) / seconds if seconds else 0.0

    @property
    def ratio(self) -> float:
        """The parse of an HTML file as a multiple of `lxml.html.fromstring` of its bytes."""
        return self.html_seconds / self.lxml_seconds if self.lxml_seconds else 0.0


def measure(files: Sequence[Path]) -> Speed:
    """Parse files spread over all, each once, after others have warmed the caches."""
    pages = _spread([file for file in files if file.suffix == ".html"])
    texts = _spread([file for file in files if file.suffix == ".txt"])
    for data in (*pages[:_WARM_UP], *texts[:_WARM_UP]):
        parse(data)
    pages, texts = pages[_WARM_UP:] or pages, texts[_WARM_UP:] or texts
    html_seconds = lxml_seconds = 0.0
    # In turn, so that whatever else the machine does meets both alike.
    for data in pages:
        html_seconds += _seconds(parse, data)
        lxml_seconds += _seconds(lxml.html.fromstring, data)
    text_seconds = sum(_seconds(parse, data) for data in texts)
    return Speed(len(pages), len(texts), html_seconds, text_seconds, lxml_seconds)


def _spread(files: Sequence[Path]) -> list[bytes]:
    step = max(1, len(files) // _SAMPLE)
    return [file.read_bytes() for file in files[::step][:_SAMPLE]]


def _seconds(call: Callable[[bytes], object], data: bytes) -> float:
    begun = time.perf_counter()
    call(data)
    return time.perf_counter() - begun
