"""From bytes to text: which encoding a Chinese page is really in, whatever it declares."""

import re
from dataclasses import dataclass

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_\-]+)""", re.IGNORECASE)
_FAMILIES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5",
    "big5-hkscs": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "cp950": "big5",
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
# The commonest characters of these reports in both scripts: a right decoding is full of them, a wrong one is not.
_COMMON = frozenset(
    "的政府信息公开工作年度报告行政機關机关申请申請情况情況主动主動公開一二三四五六数量數結结果其他本年部分处理總总体"
)


_EAST_ASIAN = re.compile("[\u2e80-\U0010ffff]+")
_SPREAD = 4000
_LONG = 32_768
_SURELY = 0.06
"""A text without errors in which so many characters are of the commonest is read right: a wrong one has under 3 %."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding that it was read by, the one declared, and how many bytes could not be read."""

    text: str
    encoding: str
    declared: str | None
    replaced: int = 0


def _commonness(text: str) -> float:
    """The share of the commonest characters among those of East Asia, in a sample that is spread over the text."""
    wide = ""
    if len(text) >= _LONG:
        wide = "".join(_EAST_ASIAN.findall(text[:: len(text) // (_LONG // 2)]))
    if len(wide) < _SPREAD // 4:
        wide = "".join(_EAST_ASIAN.findall(text))
    sample = wide[:: len(wide) // _SPREAD + 1]
    return sum(map(sample.count, _COMMON)) / len(sample) if sample else 0.0


_SURE = 0.15
"""A text of these reports has at least this share of the commonest characters among its wide ones."""
_UNLIKELY = 0.02
_ENOUGH = 60
"""So many wide characters, before a text without common ones is suspected to be mojibake."""
_WIDE = re.compile(r"[^\x00-\x7f]+")
_PLAIN_WORDS = ("政府", "公开", "公開", "行政")
_SEARCHED = 100_000
_SAMPLE = 2000
_MISREADINGS = ("gb18030", "big5hkscs", "cp1252", "latin-1")


def _utf16_without_bom(data: bytes) -> str | None:
    """UTF-16 has zero bytes for every digit and tag; read in the right order it is full of common characters."""
    sample = data[:8192]
    sample = sample[: len(sample) // 2 * 2]
    if b"\x00" not in sample:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        if _commonness(sample.decode(encoding, errors="replace")) >= _SURE:
            return encoding
    return None


def mojibake(text: str) -> str | None:
    """How a text was misread before it was saved, such as `utf-8 read as gb18030`; None for a text that reads well."""
    if any(word in text for word in _PLAIN_WORDS):
        return None
    sample = "".join(_WIDE.findall(text, 0, _SEARCHED))[:_SAMPLE]
    if len(sample) < _ENOUGH or _commonness(sample) >= _UNLIKELY:
        return None
    for misread in _MISREADINGS:
        for encoding in ("utf-8", "gb18030"):
            if encoding == misread:
                continue
            again = sample.encode(misread, errors="ignore").decode(encoding, errors="ignore")
            if _commonness(again) >= _SURE and sum(again.count(character) for character in _COMMON) >= _ENOUGH // 2:
                return f"{encoding} read as {misread}"
    return None


def decode(data: bytes) -> Decoded:
    """Decode bytes by what they are: a byte order mark, valid UTF-8, else the candidate whose text reads as Chinese.

    Never raises: where nothing decodes whole, undecodable bytes become U+FFFD and are counted.
    """
    found = _DECLARED.search(data[:4096])
    declared = found[1].decode("ascii").lower() if found else None
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            text = data.decode(encoding, errors="replace").lstrip("\ufeff")
            return Decoded(text, encoding.removesuffix("-sig"), declared, text.count("\ufffd"))
    try:
        return Decoded(data.decode("utf-8"), "utf-8", declared)
    except UnicodeDecodeError:
        pass
    wide = _utf16_without_bom(data)
    candidates = list(
        dict.fromkeys(
            filter(
                None,
                (
                    wide,
                    _FAMILIES.get(declared or ""),
                    "gb18030",
                    "big5",
                    "big5hkscs",
                    "utf-8",
                ),
            )
        )
    )
    readings = []
    for rank, encoding in enumerate(candidates):
        text = data.decode(encoding, errors="replace")
        commonness = _commonness(text)
        errors = text.count("\ufffd")
        if not errors and commonness > _SURELY:
            return Decoded(text, encoding, declared)
        readings.append((errors / (len(text) or 1) - commonness, rank, encoding, text))
    _, _, encoding, text = min(readings, key=lambda reading: reading[:2])
    return Decoded(text, encoding, declared, text.count("\ufffd"))
