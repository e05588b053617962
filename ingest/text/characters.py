"""Normal forms of text: for matching labels, and for comparing whole documents."""

import hashlib
import re
import unicodedata
from functools import lru_cache

from ingest.text.scripts import simplified, simplified_readings

_SPACE = re.compile(r"[\s\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]+")
_NOT_WORD = re.compile(r"[\W_]+")
PINYIN = re.compile(r"[(（](?<=[\u4e00-\u9fff].)([a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ]{1,7})[)）]")
_ORDINAL = re.compile(
    r"^\s*(?:\((?P<paren>[一二三四五六七八九十]{1,3}|\d{1,2})\)[、.,]?"
    r"|(?P<chinese>[一二三四五六七八九十]{1,3})[、.,]"
    r"|(?P<digit>\d{1,2})(?:[、.,](?!\d)|(?=[\u4e00-\u9fff])))\s*"
)


def normal(text: str) -> str:
    """The text in NFKC (full-width digits and brackets become plain), runs of space as one, ends trimmed."""
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text)).strip()


def squeeze(text: str) -> str:
    """`normal` without any space: how titles, names and labels are compared."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


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


def text_digest(text: str) -> str:
    """SHA-256 hex of the text's letters and digits in simplified characters: equal for copies of one report."""
    return hashlib.sha256(simplified(bare(text)).encode()).hexdigest()
