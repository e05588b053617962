"""What a text of the statistics table names: an indicator, a heading, a column, a unit."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.forms import statistics
from ingest.report import CellStatus
from ingest.tables.labels import is_left_of
from ingest.tables.letters import Letters
from ingest.text.characters import bare, label_keys, split_ordinal, squeeze, without_pinyin
from ingest.text.numbers import read_number
from ingest.text.remember import Remembered
from ingest.text.scripts import simplified, simplified_readings

CODES = tuple(row.code for row in statistics.ROWS)
"""The indicators in the order of the form; a place is an index of this."""
PLACES = {code: place for place, code in enumerate(CODES)}
MAXIMUM_LABEL = 120
MAXIMUM_VALUE = 24
MAXIMUM_PIECES = 3
"""A label is broken over at most this many lines."""
_MAXIMUM_UNIT = 12
_MINIMUM_CHARACTERS = 4
NOTE = re.compile(r"\(([^()]*)(?:\)|$)")
_SUM = re.compile(r"(?=.*[+=])[\d一二三四五六七八九十+\-=.、]{1,60}")
_LONG_NUMBER = re.compile(r"\d{3}")
_NUMERALS = {numeral: str(number) for number, numeral in enumerate("一二三四五六七八九十", start=1)}


@dataclass(frozen=True, slots=True)
class Name:
    """The indicators that a label can stand for, as places in the form; `heading` is the place that a heading precedes.

    `adjacent` labels are too short to count but behind the row that the form has before them. `rivals` are the
    indicators of whose label this one may be what is left (同意公开 of 不同意公开).
    """

    text: str
    key: str = ""
    ordinal: str = ""
    places: frozenset[int] = frozenset()
    adjacent: bool = False
    rivals: frozenset[int] = frozenset()
    heading: int | None = None

    @property
    def known(self) -> bool:
        """Whether the form has such a label or heading at all."""
        return bool(self.places) or self.heading is not None


def _stem(key: str) -> str:
    """A label without the word for number at its end."""
    for suffix in statistics.LABEL_SUFFIXES:
        if key.endswith(suffix) and len(key) > len(suffix):
            return key[: -len(suffix)]
    return key


def _index(labels: Iterable[tuple[str, Iterable[str]]]) -> dict[str, frozenset[int]]:
    places: dict[str, set[int]] = {}
    for code, texts in labels:
        for text in texts:
            for key in label_keys(text):
                places.setdefault(_stem(key), set()).add(PLACES[code])
    return {key: frozenset(found) for key, found in places.items()}


LABELS = _index((row.code, row.labels) for row in statistics.ROWS)
_SHORT = _index(statistics.SHORT_LABELS.items())
_HEADINGS = {key: PLACES[code] for text, code in statistics.HEADINGS.items() for key in label_keys(text)}
_WHOLE = tuple(tuple(key for text in row.labels for key in label_keys(text)) for row in statistics.ROWS)
_COLUMNS = {
    key: kind
    for kind, texts in (
        ("indicator", statistics.INDICATOR_HEADINGS),
        ("unit", statistics.UNIT_HEADINGS),
        ("count", statistics.COUNT_HEADINGS),
        ("number", statistics.NUMBER_HEADINGS),
        ("other", statistics.OTHER_HEADINGS),
    )
    for text in texts
    for key in label_keys(text)
}
OFFICIAL = frozenset(label_keys(statistics.INDICATOR_HEADINGS[0]))
_UNITS = frozenset(statistics.UNIT_WORDS)
_TOTALS = frozenset(statistics.TOTAL_LABELS)


_LETTERS = Letters(
    (*LABELS, *_SHORT, *_HEADINGS, *_COLUMNS, *statistics.LABEL_PREFIXES, *statistics.LABEL_SUFFIXES, *_UNITS)
)


def may_begin(text: str) -> bool:
    """Whether a label or a heading could begin with this text: a cheap look, for there is much prose.

    What stands in brackets may be a note, of any characters.
    """
    return "(" in text or "（" in text or _LETTERS.are_of(text)


def _may_name(text: str) -> bool:
    """Whether a whole text could be a label or a heading: such have the form's characters and no long number."""
    return "(" in text or "（" in text or (_LETTERS.are_of(text, whole=True) and not _LONG_NUMBER.search(text))


@lru_cache(maxsize=16384)
def name_of(text: str) -> Name:
    """What a label names, whatever number, 其中, unit or note is printed with it."""
    last = Name(text)
    if not text or len(text) > MAXIMUM_LABEL or not may_begin(text) or not _may_name(text):
        return last
    for reading in simplified_readings(without_notes(text)):
        for ordinal, stem in stems(reading):
            key = bare(stem)
            if not key:
                continue
            last = Name(text, key, ordinal)
            if key in _HEADINGS:
                return replace(last, heading=_HEADINGS[key])
            short = _stem(key)
            if short in LABELS:
                return _unless_another(last, LABELS[short])
            if short in _SHORT or key in _SHORT:
                return replace(last, places=_SHORT.get(short) or _SHORT[key], adjacent=True)
    return last


def without_notes(text: str) -> str:
    """A label in NFKC without space, pinyin, and the brackets that hold a unit, a sum or what is not counted."""
    squeezed = without_pinyin(squeeze(text))
    plain = simplified(squeezed)
    if len(plain) != len(squeezed):
        return squeezed
    kept, at = [], 0
    for note in NOTE.finditer(plain):
        if _is_note(note[1]):
            kept.append(squeezed[at : note.start()])
            at = note.end()
    kept.append(squeezed[at:])
    return "".join(kept)


def _is_note(note: str) -> bool:
    unit = note.removeprefix("单位").lstrip(":")
    return unit in _UNITS or note.startswith(statistics.NOTE_STARTS) or bool(_SUM.fullmatch(note))


def stems(text: str) -> Iterator[tuple[str, str]]:
    """A label with ever less of what may be printed before it: `其中:1.当面申请数`, `1.当面申请数`, `当面申请数`."""
    ordinal, rest = "", text
    yield ordinal, rest
    for _ in range(MAXIMUM_PIECES * 2):
        rest = re.sub(r"^[^\w(]+", "", rest)
        number, after = split_ordinal(rest)
        if number:
            ordinal, rest = number, after
        else:
            prefix = next((word for word in statistics.LABEL_PREFIXES if rest.startswith(word)), None)
            if not prefix:
                return
            rest = re.sub(r"^[^\w(]+", "", rest.removeprefix(prefix))
        yield ordinal, rest


def _unless_another(name: Name, places: frozenset[int]) -> Name:
    """The name with its places, where its printed number does not say that it is what is left of another label."""
    number = ordinal_number(name.ordinal)
    if number and any(ordinal_number(statistics.ROWS[place].ordinal) == number for place in places):
        return replace(name, places=places)
    others = frozenset(place for place in range(len(CODES)) if place not in places and shows(name.key, place))
    if number and any(ordinal_number(statistics.ROWS[place].ordinal) == number for place in others):
        return name
    return replace(name, places=places, rivals=others)


def ordinal_number(ordinal: str) -> str:
    plain = ordinal.strip("()")
    return _NUMERALS.get(plain, plain)


def shows(key: str, place: int) -> bool:
    """Whether a label is that of an indicator with characters lost: at least 60 % of them, in the same order."""
    return any(_is_left_of(key, label) for label in _WHOLE[place])


def _is_left_of(key: str, label: str) -> bool:
    return len(key) >= _MINIMUM_CHARACTERS and is_left_of(key, label)


@lru_cache(maxsize=4096)
def damaged_heading(text: str) -> int | None:
    """The place of the heading that a numbered line with characters lost stands for; None where it is none for sure."""
    if len(text) > MAXIMUM_LABEL:
        return None
    keys = [bare(rest) for ordinal, rest in stems(simplified(without_notes(text))) if ordinal]
    places = {place for heading, place in _HEADINGS.items() if any(_is_left_of(key, heading) for key in keys)}
    return places.pop() if len(places) == 1 else None


@lru_cache(maxsize=4096)
def ends_no_other(rest: str, place: int, with_unit: bool) -> bool:
    """Whether what stands of a broken label on its last line is the end of no other indicator's label; `with_unit` says
    that the unit stands behind it, so that those of other units are none."""
    key = bare(simplified(without_notes(rest)))
    unit = statistics.UNITS[CODES[place]]
    return bool(key) and not any(
        label.endswith(key)
        for other, labels in enumerate(_WHOLE)
        if other != place and not (with_unit and statistics.UNITS[CODES[other]] != unit)
        for label in labels
    )


@lru_cache(maxsize=4096)
def column_kind(text: str) -> str:
    """What a heading of a column stands over, empty where that is not known."""
    if not text or len(text) > MAXIMUM_VALUE or not may_begin(text):
        return ""
    return next((_COLUMNS[key] for key in label_keys(without_notes(text)) if key in _COLUMNS), "")


@lru_cache(maxsize=4096)
def unit_of(text: str) -> str:
    """The unit that a whole text is, empty where it is none."""
    if not text or len(text) > _MAXIMUM_UNIT or not any("一" <= character <= "龥" for character in text):
        return ""
    return next((key for key in label_keys(text) if key in _UNITS), "")


def is_no_unit(text: str) -> bool:
    """Whether a cell of the column of units states none: it is empty or a dash."""
    return read_number(text).status in (CellStatus.BLANK, CellStatus.DASH)


def is_total(text: str) -> bool:
    return bare(simplified(text)) in _TOTALS


# Words of the later forms that name indicators as well.
_OF_LATER_FORMS = frozenset[int]().union(*(name_of(text).places for text in ("其他", "行政复议", "行政诉讼")))


def names_indicator(text: str | None) -> bool:
    """Whether a text names an indicator, and with no word that the later forms have too."""
    return text is not None and not text.isdigit() and _NAMED[text]


_NAMED = Remembered(lambda text: bool(text) and not name_of(text).places <= _OF_LATER_FORMS)
