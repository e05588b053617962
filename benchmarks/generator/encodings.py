"""The bytes of a file: its encoding, and what its page declares it to be."""

from dataclasses import dataclass
from random import Random

from benchmarks.generator.chance import weighted


@dataclass(frozen=True, slots=True)
class Encoding:
    """`actual` is what the bytes are in; `declared` is what an HTML page says; `mark` is a byte-order mark."""

    actual: str
    declared: str
    mark: bytes = b""

    @property
    def is_wrong(self) -> bool:
        """Whether the declaration would mislead a reader that believes it."""
        right = {
            "gb18030": ("gb18030", "gbk", "gb2312"),
            "utf-8": ("utf-8",),
            "big5": ("big5",),
            "big5hkscs": ("big5-hkscs", "big5"),
        }
        return self.declared not in right.get(self.actual, (self.declared,))

    def in_mime(self) -> "Encoding":
        """The same for a part of a MIME file, which has no byte-order mark; wide units are not used there."""
        return UTF_8 if self.actual.startswith("utf") else self


UTF_8 = Encoding("utf-8", "utf-8")
NO_ENCODING = Encoding("", "")
"""Of a file that is no text."""
BIG5 = Encoding("big5", "big5")
HONG_KONG = Encoding("big5hkscs", "big5-hkscs")
_COMMON = (
    (UTF_8, 0.58),
    (Encoding("utf-8", "utf-8", b"\xef\xbb\xbf"), 0.09),
    (Encoding("gb18030", "gb18030"), 0.04),
    (Encoding("gb18030", "gb2312"), 0.15),
    (Encoding("gb18030", "gbk"), 0.05),
    (Encoding("utf-16-le", "utf-16", b"\xff\xfe"), 0.02),
    (Encoding("utf-16-be", "utf-16", b"\xfe\xff"), 0.01),
    # Without a byte-order mark.
    (Encoding("utf-16-le", "utf-16"), 0.01),
    (Encoding("utf-16-be", "utf-16be"), 0.005),
)
_WRONG = (
    (Encoding("utf-8", "gb2312"), 0.03),
    (Encoding("gb18030", "utf-8"), 0.03),
    (Encoding("utf-8", "iso-8859-1"), 0.01),
)


def draw_encoding(rng: Random, traditional: bool, wrong: bool) -> Encoding:
    """An encoding; Big5 only for a traditional script, a wrong declaration only where `wrong` allows it."""
    if traditional and rng.random() < 0.2:
        return HONG_KONG if rng.random() < 0.2 else BIG5
    return weighted(rng, _COMMON + _WRONG if wrong else _COMMON)


def encode(text: str, encoding: Encoding, html: bool) -> tuple[bytes, Encoding]:
    """The bytes, and the encoding that they are in.

    What Big5 lacks becomes a character reference in HTML; a text file that has such characters is in UTF-8.
    """
    try:
        return encoding.mark + text.encode(encoding.actual), encoding
    except UnicodeEncodeError:
        if html:
            return text.encode(encoding.actual, errors="xmlcharrefreplace"), encoding
        return text.encode("utf-8"), UTF_8
