"""What a check has to say to people, in Chinese and English: cells, places, identities, likely mistakes."""

import re
from functools import cache
from typing import Literal

from checks import patterns
from checks.identities import Number
from ingest import forms
from ingest.forms.model import CellKey

Language = Literal["zh", "en"]

_SECTIONS = {
    "disclosure": ("主动公开", "disclosure"),
    "applications": ("申请办理", "applications"),
    "reviews": ("复议诉讼", "reviews"),
    "statistics": ("统计表", "statistics"),
}
_PATTERNS = {
    patterns.TOTAL_NOT_SUM: ("合计数不等于各分项之和", "a total that is not the sum of its parts"),
    patterns.DIGITS_TRANSPOSED: ("相邻两位数字颠倒", "two neighbouring digits exchanged"),
    patterns.DIGIT_DOUBLED: ("多打了一位重复的数字", "a digit written twice"),
    patterns.DIGIT_MISSING: ("漏打了一位数字", "a digit left out"),
    patterns.DIGIT_CHANGED: ("打错了一位数字", "one digit mistyped"),
    patterns.BLANK_NOT_ZERO: ("空白处应填数字", "a blank that should hold a number"),
    patterns.ROW_SHIFTED: ("整行数字错开了一列", "numbers of a row written one column too far"),
    patterns.ROW_SLIPPED: ("整行数字漏填或错行", "a whole row left out, or another row's"),
    patterns.COLUMNS_SWAPPED: ("两列数字互换", "two columns exchanged"),
}
_PLACES = {
    "line": ("第{}行", "line {}"),
    "row": ("第{}行", "row {}"),
    "column": ("第{}列", "column {}"),
    "table": ("第{}个表", "table {}"),
    "page": ("第{}页", "page {}"),
    "paragraph": ("第{}段", "paragraph {}"),
}


def safe(text: str) -> str:
    """A text of a document as it may reach a terminal or a file: without control characters and without those that
    turn the direction of writing, each replaced by �."""
    return re.sub(
        r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]", "\ufffd", text
    )


def _index(language: Language) -> int:
    return 0 if language == "zh" else 1


@cache
def _row_labels(section: str) -> dict[str, tuple[str, str]]:
    source = {
        "applications": forms.applications.ROWS,
        "reviews": forms.reviews.ROWS,
        "disclosure": forms.disclosure.ROWS,
        "statistics": forms.statistics.ROWS,
    }
    return {row.code: (f"{row.ordinal} {row.label}".strip(), row.english) for row in source.get(section, ())}


@cache
def _column_labels(section: str) -> dict[str, tuple[str, str]]:
    source = {
        "applications": forms.applications.COLUMNS,
        "reviews": forms.reviews.COLUMNS,
        "disclosure": forms.disclosure.COLUMNS,
    }
    return {column.code: (column.label, column.english) for column in reversed(source.get(section, ()))}


def cell_name(key: CellKey, language: Language) -> str:
    """A cell by its printed row and column."""
    at = _index(language)
    row = _row_labels(key.section).get(key.row_code, (key.row_code, key.row_code))[at]
    column = _column_labels(key.section).get(key.column_code)
    parts = [_SECTIONS.get(key.section, (key.section, key.section))[at], row, *([column[at]] if column else [])]
    return " / ".join(parts)


def identity_name(identity_code: str, member_code: str, language: Language) -> str:
    """An identity by its label and the row, column or claim that it is about."""
    at = _index(language)
    identity = next(one for one in forms.IDENTITIES if one.code == identity_code)
    label = (identity.label, identity.english)[at]
    sections = {term.section for term in identity.terms}
    known = {code: names for section in sections for code, names in _row_labels(section).items()}
    known |= {
        code: names for section in sections for code, names in _column_labels(section).items() if code not in known
    }
    if identity_code == "prose":
        known |= {claim.code: (claim.label, claim.english) for claim in forms.CLAIMS}
        known |= {
            f"{claim.code}_parts": (f"{claim.label}的分项", f"{claim.english}: its parts") for claim in forms.CLAIMS
        }
    return f"{label} · {known.get(member_code, (member_code, member_code))[at]}"


def pattern_name(pattern: str, language: Language) -> str:
    """A known mistake, in words."""
    return _PATTERNS[pattern][_index(language)]


def place(locator: str | None, language: Language) -> str:
    """A locator, in words; empty where there is none."""
    if not locator:
        return ""
    parts = []
    for part in locator.split(", "):
        word, _, number = part.rpartition(" ")
        parts.append(_PLACES[word][_index(language)].format(number) if word in _PLACES else part)
    return ("" if language == "zh" else ", ").join(parts)


def number(value: Number | None) -> str:
    """A number without needless decimals; `–` for none."""
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{float(value):g}"
