"""Which Chinese script a text is in, and the same text in simplified characters.

No single OpenCC configuration brings every label back: `t2s` leaves Taiwan wording, `tw2sp` breaks some labels. So a
text has several simplified readings, and a label may be recognised under any of them.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

import opencc

# One of these is enough: nothing but a conversion to Taiwan's wording writes them in these reports.
_TAIWAN_ALONE = (
    "規範性檔案",
    "政策檔案",
    "公文檔案",
    "入口網站",
    "最佳化",
    "工作程式",
    "政府資訊",
    "資訊公開",
)
_TAIWAN_WORDS = ("智慧型", "程式", "模組", "設定", "民眾", "資訊", "網路", "影片", "透過")
# Of these one is enough; the others are simplified forms too, which half-converted texts keep.
_HONG_KONG_ALONE = frozenset("衞説閲藴鋭敍醖")
_HONG_KONG_CHARACTERS = _HONG_KONG_ALONE | frozenset("脱税兑悦")
_TAIWAN_CHARACTERS = frozenset("衛說閱脫稅兌蘊銳敘醞悅")
_SPARSE = 64
"""A text with fewer such characters than one in so many is converted around them alone: it takes half a µs a letter."""
_REACH = 16
"""No phrase of OpenCC's, by which it tells ambiguous characters, is longer."""
_MINORITY = 0.1
"""A text of two scripts is `mixed` where the rarer one has more than this share of the telling characters."""


@lru_cache(maxsize=8)
def _converter(configuration: str) -> opencc.OpenCC:
    return opencc.OpenCC(configuration)


_AMBIGUOUS = "乾藉覆坏沈瞭徵於彷麼"
"""Characters of simplified texts that OpenCC changes in some words only: 覆 in 答覆."""


@lru_cache(maxsize=1)
def _convertible() -> re.Pattern[str]:
    """A pattern for any character that could make a text differ from its simplified form.

    Most texts have none. Whatever is not in GB 2312 counts as such a character.
    """
    high_bytes, low_bytes = range(0xB0, 0xF8), range(0xA1, 0xFF)
    rows = (bytes(byte for low in low_bytes for byte in (high, low)) for high in high_bytes)
    common = "".join(row.decode("gb2312", errors="ignore") for row in rows)
    changed = _converter("t2s").convert("\n".join(common)).split("\n")
    same = "".join(old for old, new in zip(common, changed, strict=True) if old == new and old not in _AMBIGUOUS)
    # Below the ideographs stand letters and signs, behind them the full-width forms: none is converted.
    return re.compile(f"[^\0-\u2dff\u3000-\u33ff\ue000-\uf8ff\ufe30-\uffff{same}]")


def simplified(text: str) -> str:
    """The text with each traditional character simplified; wording and length stay as they are."""
    if text.isascii():
        return text
    most = len(text) // _SPARSE + 1
    places = [hit.start() for hit in islice(_convertible().finditer(text), most)]
    if len(places) == most:
        return str(_converter("t2s").convert(text))
    pieces: list[str] = []
    behind = 0
    for begin, end in _windows(places, len(text)):
        pieces += text[behind:begin], str(_converter("t2s").convert(text[begin:end]))
        behind = end
    return "".join((*pieces, text[behind:])) if pieces else text


def _windows(places: Sequence[int], length: int) -> Iterator[tuple[int, int]]:
    """The parts of a text around some places in it, as far as a conversion looks; those that meet are one."""
    begin = end = 0
    for place in places:
        if place - _REACH > end:
            if end:
                yield begin, end
            begin = place - _REACH
        end = min(length, place + 1 + _REACH)
    if end:
        yield begin, end


def may_be_traditional(text: str) -> bool:
    """Whether a text has any character that its simplified form might not have. False is sure, and quickly told."""
    return not text.isascii() and _convertible().search(text) is not None


def traditional_forms(text: str, wording: bool = False) -> tuple[str, ...]:
    """A simplified text in traditional characters: as OpenCC, Taiwan and Hong Kong write them, without doubles.

    With `wording`, also in Taiwan's words.
    """
    configurations = ("s2t", "s2tw", "s2hk", "s2twp") if wording else ("s2t", "s2tw", "s2hk")
    forms = (str(_converter(configuration).convert(text)) for configuration in configurations)
    return tuple(dict.fromkeys(form for form in forms if form != text))


@lru_cache(maxsize=65536)
def simplified_readings(text: str) -> tuple[str, ...]:
    """The text in simplified characters: by character, and with Taiwan wording turned to that of the mainland."""
    by_character = simplified(text)
    by_wording = str(_converter("tw2sp").convert(text))
    again = simplified(str(_converter("tw2sp").convert(_converter("s2tw").convert(by_character))))
    return tuple(dict.fromkeys((by_character, by_wording, again)))


def _in_charset(character: str, charset: str) -> bool:
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=1)
def _telling() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns for the characters that only traditional texts use, and for those that only simplified texts use."""
    ideographs = [chr(code) for code in range(0x3400, 0xFB00) if unicodedata.category(chr(code)) == "Lo"]
    joined = "\n".join(ideographs)
    pairs = zip(ideographs, _converter("t2s").convert(joined).split("\n"), strict=True)
    traditional = [old for old, new in pairs if old != new and not _in_charset(old, "gb2312")]
    pairs = zip(ideographs, _converter("s2t").convert(joined).split("\n"), strict=True)
    simple = [old for old, new in pairs if old != new and not _in_charset(old, "big5")]
    return re.compile(f"[{''.join(traditional)}]"), re.compile(f"[{''.join(simple)}]")


def detect_script(text: str) -> str | None:
    """`hans`, `hant`, `hant_tw`, `hant_hk` or `mixed`; None where no character tells.

    `hant_tw` needs a word that only Taiwan's wording has here, or two that are usual there; `hant_hk` a character form
    that only Hong Kong uses and none of Taiwan's, or two that simplified texts share.
    """
    traditional, simple = _telling()
    if not traditional.search(text):
        return "hans" if simple.search(text) else None
    count = len(traditional.findall(text))
    share = count / (count + len(simple.findall(text)))
    if share <= _MINORITY:
        return "hans"
    if share < 1 - _MINORITY:
        return "mixed"
    if any(word in text for word in _TAIWAN_ALONE) or sum(word in text for word in _TAIWAN_WORDS) >= 2:
        return "hant_tw"
    present = frozenset(text)
    hong_kong = len(present & _HONG_KONG_CHARACTERS) >= 2 or bool(present & _HONG_KONG_ALONE)
    if hong_kong and not present & _TAIWAN_CHARACTERS:
        return "hant_hk"
    return "hant"
