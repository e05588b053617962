"""Normal forms of text: for matching labels, and for comparing whole documents."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

from ingest.text.remember import Remembered
from ingest.text.scripts import simplified, simplified_readings

_SPACE = re.compile(r"[\s\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_NOT_WORD = re.compile(r"[\W_][\W_]*+")
_LONG = 200
PINYIN = re.compile(r"[(（](?<=[\u4e00-\u9fff].)([a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ]{1,7})[)）]")
_ORDINAL = re.compile(
    r"^\s*(?:\((?P<paren>[一二三四五六七八九十]{1,3}|\d{1,2})\)[、.,]?"
    r"|(?P<chinese>[一二三四五六七八九十]{1,3})[、.,]"
    r"|(?P<digit>\d{1,2})(?:[、.,](?!\d)|(?=[\u4e00-\u9fff])))\s*"
)


def normal(text: str) -> str:
    """The text in NFKC (full-width digits and brackets become plain), runs of space as one, ends trimmed."""
    plain = _nfkc(text)
    return _SPACE.sub(" ", plain).strip() if _INVISIBLE.search(plain) else " ".join(plain.split())


def squeeze(text: str) -> str:
    """`normal` without any space: how titles, names and labels are compared."""
    plain = _nfkc(text)
    return _SPACE.sub("", plain) if _INVISIBLE.search(plain) else "".join(plain.split())


def _nfkc(text: str) -> str:
    if len(text) <= _LONG or text.isascii():
        return unicodedata.normalize("NFKC", text)
    # Where no character joins the one before it, each has its form by itself; most are their own.
    for character in set(_changing().findall(text)):
        form = _FORMS[character]
        if form is None:
            return unicodedata.normalize("NFKC", text)
        text = text.replace(character, form)
    return text


def _form(character: str) -> str | None:
    """A character in NFKC; None where its form may depend on those beside it: a mark, or a part of a Hangul letter."""
    form = unicodedata.normalize("NFKC", character)
    joins = any(unicodedata.category(one)[0] == "M" or "\u1100" <= one <= "\u11ff" for one in character + form)
    return None if joins else form


_FORMS = Remembered(_form)


@lru_cache(maxsize=1)
def _changing() -> re.Pattern[str]:
    """A pattern for any character that has another form in NFKC, or whose form may depend on those beside it."""
    own = [code for code in range(0x10000) if not 0xD800 <= code < 0xE000 and _form(chr(code)) == chr(code)]
    ranges = "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in _runs(own))
    return re.compile(f"[^{ranges}]")


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Ascending numbers as runs without a gap, each by its first and last."""
    for _, run in groupby(enumerate(numbers), key=lambda item: item[1] - item[0]):
        members = [number for _, number in run]
        yield members[0], members[-1]


def without_pinyin(text: str) -> str:
    """The text without pinyin put in brackets after characters: 報(bào)告(gào)."""
    return PINYIN.sub("", text) if "(" in text or "（" in text else text


def split_ordinal(text: str) -> tuple[str, str]:
    """A label's printed number and the rest: `(三)不予公开` gives `("(三)", "不予公开")`, `2.其他` `("2", "其他")`."""
    normalised = squeeze(text)
    found = _ORDINAL.match(normalised)
    if not found:
        return "", normalised
    ordinal = f"({found['paren']})" if found["paren"] else found["chinese"] or found["digit"]
    return ordinal, normalised[found.end() :]


def bare(text: str) -> str:
    """Only the letters and digits of a text: punctuation and space differ too much between copies to tell anything."""
    return _NOT_WORD.sub("", without_pinyin(squeeze(text)))


@lru_cache(maxsize=32768)
def label_keys(text: str) -> tuple[str, ...]:
    """The forms under which a label may be recognised: bare and simplified, by character and by wording."""
    plain = bare(text)
    if plain.isascii():
        return (plain,)
    return tuple(dict.fromkeys(bare(reading) for reading in simplified_readings(plain)))


def letters_of(text: str) -> str:
    """A text's letters and digits in simplified characters: what copies of one report have in common."""
    return simplified(bare(text))


def digest_of(letters: str) -> str:
    """SHA-256 hex of a text's letters: equal for copies of one report."""
    return hashlib.sha256(letters.encode()).hexdigest()
