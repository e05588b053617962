"""From bytes to text: which encoding a Chinese page is really in, whatever it declares."""

import re
from collections import Counter
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


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding that it was read by, the one declared, and how many bytes could not be read."""

    text: str
    encoding: str
    declared: str | None
    replaced: int = 0


def _commonness(text: str) -> float:
    counts = Counter(text)
    wide = sum(count for character, count in counts.items() if ord(character) >= 0x2E80)
    return sum(counts[character] for character in _COMMON) / wide if wide else 0.0


def _utf16_without_bom(data: bytes) -> str | None:
    sample = data[:4096]
    if len(sample) < 8 or len(sample) % 2:
        sample = sample[: len(sample) // 2 * 2]
    if not sample:
        return None
    odd = sample[1::2].count(0) / (len(sample) // 2)
    even = sample[0::2].count(0) / (len(sample) // 2)
    if odd > 0.2 and even < 0.01:
        return "utf-16-le"
    if even > 0.2 and odd < 0.01:
        return "utf-16-be"
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
        readings.append((text.count("\ufffd") / (len(text) or 1) - _commonness(text), rank, encoding, text))
    _, _, encoding, text = min(readings, key=lambda reading: reading[:2])
    return Decoded(text, encoding, declared, text.count("\ufffd"))
