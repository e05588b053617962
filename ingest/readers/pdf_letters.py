"""The letters of a PDF's page: as pdfium gives them, without those drawn twice, and put together to lines of text."""

import ctypes
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from ingest.readers import pdfium

UNKNOWN = "\ufffd"
"""Stands for a letter of which the file does not say what it is, or that the page does not show."""
BROKEN = -1
"""The turn of letters that are mirrored or have no height: nobody reads them, but in a cell they are something."""
MIDDLE = 0.32
"""How far above its foot a letter has its middle, as a part of its size: most of it stands above."""
_NEAR = 1.0
"""Points by which a letter drawn twice may be moved."""
_OF_ITSELF = 0.5
"""And which part of its width or size: two letters of very small or narrow print may stand as near."""
_GAP = 3.0
"""Points of space that part two words."""
_LINE = 3.0
"""Points by which the letters of one line may stand higher or lower than their neighbours."""
_WIDEST = 1.6
"""How many times its height a letter may be wide."""
FARTHEST = 1e6
"""Points; what lies farther out, or nowhere, is on no page."""
_SPACES = (0x20, 0x0D, 0x0A)
_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
_LEFT = itemgetter(1)
_SURROGATE = re.compile("[\ud800-\udfff]")
_HYPHENS = (0x02, 0xFFFE)


class Letter(NamedTuple):
    """What a glyph stands for, where it begins and ends, and how far down its foot is, in points from the upper left.

    `run` is the address of the text object that it belongs to.
    """

    text: str
    left: float
    right: float
    foot: float
    size: float
    font: str
    run: int

    @property
    def middle(self) -> float:
        """How far down its middle is."""
        return self.foot - MIDDLE * self.size

    @property
    def top(self) -> float:
        """How far down it begins."""
        return self.foot - 0.85 * self.size


class Run(NamedTuple):
    """What the letters of one text object have in common; `turn` is by how many quarters they lean to the left.

    None for a turn: they stand aslant, as only watermarks do.
    """

    size: float
    font: str
    turn: int | None


class LettersOfPage(NamedTuple):
    """The upright letters, the runs of all by their addresses, and how many letters stand at each turn.

    `turned` has the places of the others in the page's text.
    """

    letters: list[Letter]
    runs: dict[int, Run]
    turns: dict[int | None, int]
    unmapped: int
    turned: list[int]


def letters_of(text: int, left: float, top: float) -> LettersOfPage:
    """The letters of a page's text. `left` and `top` are where the page begins.

    What pdfium puts in between (spaces, ends of lines) is left out: where words end, the places of letters tell. A
    glyph that stands for several characters is one letter. One that no map of the file gives a character is `UNKNOWN`:
    pdfium gives its number in the font instead, which may be that of a digit.
    """
    code_of, object_of, origin_of = pdfium.code_of, pdfium.text_object, pdfium.letter_origin
    box_of, has_no_unicode = pdfium.letter_box, pdfium.has_no_unicode
    sides = (ctypes.c_float * 4)()
    sides_at = ctypes.addressof(sides)
    ink = [ctypes.c_double() for _ in range(4)]
    ink_at = [ctypes.addressof(side) for side in ink]
    x, y = ctypes.c_double(), ctypes.c_double()
    x_at, y_at = ctypes.addressof(x), ctypes.addressof(y)
    matrix = (ctypes.c_float * 6)()
    # Fonts are closed with their page: another one may have the same address.
    fonts: dict[int, str] = {}
    runs: dict[int, Run] = {}
    turns: dict[int | None, int] = defaultdict(int)
    letters: list[Letter] = []
    dashes: list[int] = []
    turned: list[int] = []
    handle, run = 0, Run(0.0, "", None)
    for index in range(pdfium.count_letters(text)):
        found = object_of(text, index)
        if not found:
            continue
        if found != handle:
            handle = found
            if handle not in runs:
                runs[handle] = _run(text, index, handle, fonts, matrix)
            run = runs[handle]
        turns[run.turn] += 1
        if run.turn != 0 and run.turn != BROKEN:
            turned.append(index)
            continue
        code = code_of(text, index)
        if code in _SPACES and pdfium.is_generated(text, index) == 1:
            continue
        if code in _HYPHENS and pdfium.is_hyphen(text, index) == 1:
            character = "-"
            dashes.append(len(letters))
        elif run.turn == BROKEN or has_no_unicode(text, index) == 1 or code == 0 or code > 0x10FFFF:
            character = UNKNOWN
        else:
            character = chr(code)
        # Left, top, right and bottom.
        box_of(text, index, sides_at)
        origin_of(text, index, x_at, y_at)
        begin, end, foot = sides[0] - left, sides[2] - left, top - y.value
        if end - begin > _WIDEST * run.size:
            # In vertical writing pdfium measures this box in units of the font; that of the ink is right.
            pdfium.glyph_box(text, index, *ink_at)
            begin, end = ink[0].value - left, ink[1].value - left
        if not (abs(begin) < FARTHEST and abs(end) < FARTHEST and abs(foot) < FARTHEST):
            continue
        if letters:
            last = letters[-1]
            if last.left == begin and last.right == end and last.run == handle and last.foot == foot:
                letters[-1] = last._replace(text=_of_one_place(last.text, character))
                continue
        letters.append(Letter(character, begin, end, foot, run.size, run.font, handle))
    whole = "".join([letter.text for letter in letters])
    if _SURROGATE.search(whole):
        letters = [_joined(letter) for letter in letters]
    if dashes or _FROM_THE_RIGHT.search(whole):
        _doubt(letters, dashes)
    return LettersOfPage(letters, runs, turns, sum([letter.text == UNKNOWN for letter in letters]), turned)


def _doubt(letters: list[Letter], dashes: list[int]) -> None:
    """Make letters `UNKNOWN` that pdfium may only seem to know.

    Where it turns a line round for letters that are written from the right, and for a dash at a line's end, it forgets
    which of them no map explains. No report is written from the right: such letters are numbers of glyphs in a font
    without a map, and so are its others, which may look like digits.
    """
    from_the_right = {letter.font for letter in letters if _FROM_THE_RIGHT.search(letter.text)}
    unexplained = from_the_right | {letter.font for letter in letters if UNKNOWN in letter.text}
    places = range(len(letters)) if from_the_right else [place for place in dashes if place < len(letters)]
    for place in places:
        if letters[place].font in unexplained:
            letters[place] = letters[place]._replace(text=UNKNOWN)


def _of_one_place(first: str, second: str) -> str:
    """The text of a glyph that stands for several characters. The same one again is that of a ligature (ff), or may be
    drawn twice."""
    if second != first[-1:] or (second.isascii() and second.isalpha()):
        return first + second
    return first[:-1] + UNKNOWN if second.isdigit() else first


def _joined(letter: Letter) -> Letter:
    """A letter whose two surrogates are one character; one alone says nothing."""
    if not _SURROGATE.search(letter.text):
        return letter
    return letter._replace(text=letter.text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))


def _run(text: int, index: int, handle: int, fonts: dict[int, str], matrix: ctypes.Array[ctypes.c_float]) -> Run:
    """What the letters of a text object have in common, by the first of them; `matrix` is a place to write to."""
    if not pdfium.letter_matrix(text, index, ctypes.addressof(matrix)):
        return Run(0.0, "", None)
    a, b, c, d, _, _ = matrix
    font = pdfium.font_of(handle) or 0
    if font not in fonts:
        name = ctypes.create_string_buffer(256)
        pdfium.font_name(font, name, 256)
        fonts[font] = name.value.decode("latin-1")
    size = pdfium.letter_size(text, index) * (c * c + d * d) ** 0.5
    return Run(size, fonts[font], _turn(a, b, c, d)) if size < FARTHEST else Run(0.0, "", None)


def _turn(a: float, b: float, c: float, d: float) -> int | None:
    """By how many quarters letters of a matrix lean to the left; None where they stand aslant."""
    if a * d - b * c <= 0:
        return BROKEN
    if abs(b) <= 0.1 * abs(a):
        return 0 if a > 0 else 2
    if abs(a) <= 0.1 * abs(b):
        return 1 if b > 0 else 3
    return None


def drawn_once(letters: Sequence[Letter]) -> list[Letter]:
    """The letters in their order, of those drawn twice in one place the first: bold print is often made so.

    These are the same letters of one font and size that lie within a point of each other and half over each other.
    """
    alike: dict[tuple[str, str, float], list[int]] = defaultdict(list)
    for place, letter in enumerate(letters):
        alike[letter.text, letter.font, letter.size].append(place)
    again: set[int] = set()
    for same in alike.values():
        if len(same) > 1 and _some_are_near(sorted([(letters[place].foot, letters[place].left) for place in same])):
            width = min([letters[place].right - letters[place].left for place in same])
            again.update(same)
            again.difference_update(
                min(near, key=lambda place: (letters[place].foot, letters[place].left))
                for level in _clusters(same, [letters[place].foot for place in same], letters[same[0]].size)
                for near in _clusters(level, [letters[place].left for place in level], width)
            )
    return [letter for place, letter in enumerate(letters) if place not in again] if again else list(letters)


def _some_are_near(places: list[tuple[float, float]]) -> bool:
    """Whether any of some places, by foot and left in their order, may be near another."""
    return any(
        below - foot <= _NEAR and (below != foot or beside - left <= _NEAR)
        for (foot, left), (below, beside) in pairwise(places)
    )


def _clusters(places: list[int], sides: list[float], extent: float) -> Iterator[list[int]]:
    """Places parted where none lies near the next, by their sides; in each part they keep their order.

    `extent` is how far their letters reach.
    """
    if len(places) == 1:
        yield places
        return
    cluster_of = _cluster_of(sides, max(0.0, min(_NEAR, _OF_ITSELF * extent)))
    clusters: dict[int, list[int]] = defaultdict(list)
    for place, side in zip(places, sides, strict=True):
        clusters[cluster_of[side]].append(place)
    yield from clusters.values()


def _cluster_of(values: Iterable[float], near: float) -> dict[float, int]:
    """The number of each value's cluster, counted upwards: a new one begins where the value before is not near."""
    ordered = sorted(set(values))
    clusters = dict.fromkeys(ordered[:1], 0)
    for before, after in pairwise(ordered):
        clusters[after] = clusters[before] + (after > before + near)
    return clusters


class Line(NamedTuple):
    """A line of text and how far down it begins."""

    text: str
    top: float


def lines_of(letters: Sequence[Letter]) -> list[Line]:
    """Letters as lines from top to bottom, with a space between words: where one is printed or a gap is wide."""
    feet = [letter.foot for letter in letters]
    if feet and max(feet) - min(feet) <= _LINE:
        return list(_lines_of_words(list(_words(sorted(letters, key=_LEFT)))))
    cluster_of = _cluster_of(feet, _LINE)
    by_line: dict[int, list[Letter]] = defaultdict(list)
    for letter in letters:
        by_line[cluster_of[letter.foot]].append(letter)
    lines: list[Line] = []
    for number in sorted(by_line):
        line = by_line[number]
        line.sort(key=_LEFT)
        lines += _lines_of_words(list(_words(line)))
    return lines


class _Word(NamedTuple):
    text: str
    foot: float
    top: float


def _words(line: Sequence[Letter]) -> Iterator[_Word]:
    """The words of letters that stand on one line."""
    word: list[Letter] = []
    for letter in line:
        if letter.text.isspace():
            if word:
                yield _word(word)
                word = []
            continue
        if word and (letter.left > word[-1].right + _GAP or abs(letter.foot - word[-1].foot) > _LINE):
            yield _word(word)
            word = []
        word.append(letter)
    if word:
        yield _word(word)


def _word(letters: Sequence[Letter]) -> _Word:
    return _Word(
        "".join([letter.text for letter in letters]),
        min([letter.foot for letter in letters]),
        min([letter.top for letter in letters]),
    )


def _lines_of_words(words: Sequence[_Word]) -> Iterator[Line]:
    """Words of one line, or of several that a chain of letters between them had joined."""
    if not words:
        return
    if max([word.foot for word in words]) - min([word.foot for word in words]) <= _LINE:
        yield Line(" ".join([word.text for word in words]), min([word.top for word in words]))
        return
    cluster_of = _cluster_of((word.foot for word in words), _LINE)
    by_line: dict[int, list[_Word]] = defaultdict(list)
    for word in words:
        by_line[cluster_of[word.foot]].append(word)
    for number in sorted(by_line):
        line = by_line[number]
        yield Line(" ".join([word.text for word in line]), min([word.top for word in line]))
