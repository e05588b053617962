"""Recognising the printed labels of a form's rows and columns, whole or damaged."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, partial

from ingest.forms import Column, Row
from ingest.tables.letters import Letters
from ingest.text.characters import label_keys, split_ordinal, squeeze, without_pinyin
from ingest.text.remember import Remembered
from ingest.text.scripts import simplified

DAMAGED = "label damaged: "
"""How the note on a damaged label begins; what is left of it follows."""
SHARE_LEFT = 0.6
"""A damaged label still has to show this share of the characters of the label that it stands for."""
_MINIMUM_CHARACTERS = 4
_LONG_ENOUGH_ALONE = 10
"""So many characters of a label without a number make what is left of it that of no other."""
_ALONE = {ord("覆"): "复"}
"""Characters that are simplified beside another only (反覆, 答覆), which may be the one that is lost."""
_INNER_ORDINAL = re.compile(r"\d{1,2}[.、.]")
_UNIT_NOTE = re.compile(
    r"[(【](?:单位:?|單位:?)?(?:人民[币幣])?(?:[亿億万萬]?元|[件条條项項个個宗])[)】]|(?<=[额額])/[亿億万萬]?元$"
)
_UNIT_CHARACTERS = "单位人民币亿万元件条项个宗额"
_NUMBERED = re.compile(r"^\W*[\d一二三四五六七八九十]{1,3}[、..,))]")
_NUMERALS = frozenset("一二三四五六七八九十")
_MAXIMUM_LABEL = 120
_WORD_CHARACTERS = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Label:
    """A recognised label: the row or group that it names; `damage` says what was wrong with it, if anything."""

    row: Row
    is_group: bool = False
    damage: str | None = None


class LabelBook:
    """The labels of one table's rows and groups, ready for matching."""

    def __init__(self, rows: Iterable[Row], groups: Iterable[Row] = ()) -> None:
        self._rows = tuple(rows)
        self._exact: dict[str, list[Label]] = {}
        for row in self._rows:
            self._add(row, is_group=False)
        for group in groups:
            self._add(group, is_group=True)
        self._first_characters = frozenset(key[0] for key in self._exact)
        self._bound = _bound(self._exact)
        self._letters = Letters(self._exact)
        self._beginnings = Remembered(self._may_begin)
        # The same labels stand in every report. The groups are those of the form.
        self._matches: dict[str, Remembered[Label | None]] = {}

    @property
    def keys(self) -> Iterable[str]:
        """The forms in which a label is recognised."""
        return self._exact

    def may_begin(self, text: str) -> bool:
        """Whether a label could begin with this text, told by its first character or its number: cheap, for prose."""
        return self._beginnings[text]

    def _may_begin(self, text: str) -> bool:
        if not self._letters.are_of(text) or not _is_short(text, self._bound):
            return False
        return _first_character(text) in self._first_characters or bool(_NUMBERED.match(text))

    def _add(self, row: Row, is_group: bool) -> None:
        for text in row.labels:
            for key in label_keys(text):
                labels = self._exact.setdefault(key, [])
                if not any(label.row is row for label in labels):
                    labels.append(Label(row, is_group))

    def match(self, text: str, group: str = "") -> Label | None:
        """The row or group that a cell's text names, None where it names none for sure.

        `group` is the group whose rows are being read; a damaged label is recognised only as the row of that group
        with the same printed number, of which it shows at least 60 % of the characters in order; where the form prints
        no number, as one of at least ten characters.
        """
        matches = self._matches.get(group)
        if matches is None:
            matches = self._matches[group] = Remembered(partial(self._match, group=group), _MAXIMUM_LABEL)
        return matches[text]

    def _match(self, text: str, group: str) -> Label | None:
        if not text or len(text) > _MAXIMUM_LABEL or text.isdigit() or not self._letters.are_of(text, whole=True):
            return None
        ordinal, rest = split_ordinal(text)
        found = self._lookup(rest, group) or (self._lookup(text, group) if ordinal else None)
        if found:
            return found if self._fits_context(found, ordinal, group) else None
        inner = list(_INNER_ORDINAL.finditer(rest))
        if len(inner) == 1:
            before = self._lookup(rest[: inner[0].start()], group)
            found = self._lookup(rest[inner[0].end() :], before.row.code if before else group)
            if before and before.is_group and found and found.row.group == before.row.code:
                return found
        return self._damaged(ordinal, rest, group)

    def _lookup(self, text: str, group: str) -> Label | None:
        for key in label_keys(text):
            labels = self._exact.get(key)
            if labels:
                return next((label for label in labels if label.row.group == group), labels[0])
        return None

    def _fits_context(self, label: Label, ordinal: str, group: str) -> bool:
        """Whether a label that other tables have too stands where this form has it."""
        own_number = not label.row.group and ordinal == label.row.ordinal
        return label.row.within in ("", group) or own_number

    def _damaged(self, ordinal: str, rest: str, group: str) -> Label | None:
        candidates = [
            row
            for row in self._rows
            if row.ordinal == ordinal
            and row.group in (group, "", row.code)
            and (ordinal or len(row.label) >= _LONG_ENOUGH_ALONE)
        ]
        for key in (key.translate(_ALONE) for key in label_keys(rest)):
            if len(key) < _MINIMUM_CHARACTERS:
                continue
            hits = [
                row
                for row in candidates
                if any(is_left_of(key, label) for text in row.labels for label in label_keys(text))
            ]
            if len(hits) == 1:
                return Label(hits[0], damage=f"{DAMAGED}{rest}")
        return None


def is_left_of(damaged: str, label: str) -> bool:
    """Whether a text can be what is left of a label that lost characters: most of them stand in it, in its order."""
    if not SHARE_LEFT * len(label) <= len(damaged) < len(label):
        return False
    characters = iter(label)
    return all(character in characters for character in damaged)


class ColumnBook:
    """The column headings of one table, with the words that head no column."""

    def __init__(self, columns: Iterable[Column], ignored: Iterable[str] = ()) -> None:
        self._columns: dict[str, Column] = {}
        for column in columns:
            for text in column.labels:
                for key in label_keys(text):
                    self._columns.setdefault(key, column)
        self._ignored = frozenset(key for text in ignored for key in label_keys(text))
        self._first_characters = frozenset(key[0] for key in (*self._columns, *self._ignored))
        self._bound = _bound((*self._columns, *self._ignored))
        self._letters = Letters((*self._columns, *self._ignored, _UNIT_CHARACTERS))
        self.named = Remembered(self._match, _MAXIMUM_LABEL)
        """The column that a heading names, whatever unit it states behind; None where it names none."""
        self._beginnings = Remembered(self._may_begin)

    @property
    def keys(self) -> Iterable[str]:
        """The forms in which a heading is recognised."""
        return self._columns

    def may_begin(self, text: str) -> bool:
        """Whether a heading could begin with this text, told by its characters alone."""
        return self._beginnings[text]

    def _may_begin(self, text: str) -> bool:
        if not self._letters.are_of(text) or not _is_short(text, self._bound):
            return False
        return _first_character(text) in self._first_characters

    def match(self, text: str) -> Column | None:
        """The column that a heading names, whatever unit it states behind; None where it names none."""
        return self.named[text]

    def _match(self, text: str) -> Column | None:
        if not text or len(text) > _MAXIMUM_LABEL or text.isdigit():
            return None
        for candidate in dict.fromkeys((text, _UNIT_NOTE.sub("", without_pinyin(squeeze(text))))):
            for key in label_keys(candidate):
                if key in self._columns:
                    return self._columns[key]
        return None

    def is_ignored(self, text: str) -> bool:
        """Whether a heading is one that the form does not have but sites print: 小计 under 法人或其他组织."""
        return bool(text) and len(text) <= _MAXIMUM_LABEL and any(key in self._ignored for key in label_keys(text))


def _bound(keys: Iterable[str]) -> int:
    """How many letters a text may have and name one of these: a number, a group and Taiwan's wording make it longer."""
    return 2 * max(map(len, keys)) + 4


def _is_short(text: str, bound: int) -> bool:
    return len(text) <= bound or len(_WORD_CHARACTERS.findall(text)) <= bound


def _first_character(text: str) -> str:
    """The first character of a label behind its number and punctuation, simplified; empty where there is none near."""
    for character in text[:24]:
        if character.isalpha() and character not in _NUMERALS:
            return _simplified_character(character)
    return ""


@lru_cache(maxsize=8192)
def _simplified_character(character: str) -> str:
    return simplified(character)


def is_label(text: str, labels: tuple[str, ...]) -> bool:
    """Whether a text is one of these labels, in any script."""
    return not text.isdigit() and _told_of(labels)[text]


@lru_cache(maxsize=256)
def _told_of(labels: tuple[str, ...]) -> Remembered[bool]:
    keys, bound, letters = _keys_of(labels)

    def is_one(text: str) -> bool:
        if not text or len(text) > _MAXIMUM_LABEL:
            return False
        return letters.are_of(text) and _is_short(text, bound) and not keys.isdisjoint(label_keys(text))

    return Remembered(is_one, _MAXIMUM_LABEL)


def may_begin_label(text: str, labels: tuple[str, ...]) -> bool:
    """Whether one of these labels could begin with a text, told by its characters alone."""
    return _beginnings_of(labels)[text]


@lru_cache(maxsize=256)
def _beginnings_of(labels: tuple[str, ...]) -> Remembered[bool]:
    _, bound, letters = _keys_of(labels)
    return Remembered(lambda text: letters.are_of(text) and _is_short(text, bound))


@lru_cache(maxsize=256)
def _keys_of(labels: tuple[str, ...]) -> tuple[frozenset[str], int, Letters]:
    keys = frozenset(key for label in labels for key in label_keys(label))
    return keys, _bound(keys), Letters(keys)
