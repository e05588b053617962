"""What stands in the cells of a ruled picture: nothing, a stroke, words, or a number that is read in several ways.

A number is sure where two ways of reading it at least say the same digits and none says others. Else the cell is
unreadable, and holds what was read in all ways: the sums of the form may still tell which one it is (`ingest.proof`).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from ingest.readers.ruled_pictures import PictureCell
from ingest.readers.tesseract import BETWEEN, DIGITS, LANGUAGE, Word, joined, words_of

STROKE = "—"
_INSET = 5
_INK = 60
_FAINT_INK = 40
_MARGIN = 5
_PADDING = 16
_STRIPS = 60
_WORD = 2
_HEIGHT = 30
"""Points of height at which Tesseract reads lone digits best."""
_MORE_HEIGHTS = (22, 38, 50)
_LOW, _SLIM = 8, 3
_TIMES = 3
_GREY = 0.25
_DIGIT_WIDTH = 0.55
"""How wide a digit is, of its height."""
_Place = tuple[int, int]
_Strip = tuple[_Place, Any]


def texts_of(picture: Any, cells: Iterable[PictureCell]) -> dict[_Place, str]:
    """What stands in the cells of a table, by row and column; a cell without any ink is left out."""
    texts: dict[_Place, str] = {}
    strips: list[_Strip] = []
    for cell in cells:
        crop = picture.crop((cell.left + _INSET, cell.top + _INSET, cell.right - _INSET, cell.bottom - _INSET))
        box = _ink_box(crop, _INK)
        if box is None:
            if _ink_box(crop, _FAINT_INK):
                texts[cell.row, cell.column] = BETWEEN
        elif box[3] - box[1] <= _LOW or box[2] - box[0] <= _SLIM:
            texts[cell.row, cell.column] = STROKE if _is_stroke(crop, box) else BETWEEN
        else:
            strip = ImageOps.expand(crop, _MARGIN, _paper(crop))
            strip = strip.crop((box[0], box[1], box[2] + 2 * _MARGIN, box[3] + 2 * _MARGIN))
            strips.append(((cell.row, cell.column), strip))
    words = _read(strips, LANGUAGE, joined)
    texts |= words
    numbers = [(place, strip) for place, strip in strips if not _is_word(words.get(place, ""))]
    readings = [words, *_readings(numbers)]
    for place, strip in numbers:
        texts[place] = _agreed([reading.get(place, "") for reading in readings], strip)
    doubtful = [(place, strip) for place, strip in numbers if BETWEEN in texts[place]]
    readings += _more_readings(doubtful)
    for place, strip in doubtful:
        texts[place] = _agreed([reading.get(place, "") for reading in readings], strip)
    return texts


def _readings(strips: Sequence[_Strip]) -> list[dict[_Place, str]]:
    """What may be numbers, read in several ways: as they are, of another size, and several times over in one line."""
    sized = [(place, _of_height(strip, _HEIGHT)) for place, strip in strips]
    repeated = [(place, _repeated(strip)) for place, strip in sized]
    return [
        _read(strips, DIGITS, joined),
        _read(sized, DIGITS, joined),
        _read(strips, DIGITS, joined, only_digits=True),
        _read(sized, DIGITS, joined, only_digits=True),
        _read(repeated, DIGITS, _once, only_digits=True),
    ]


def _more_readings(strips: Sequence[_Strip]) -> list[dict[_Place, str]]:
    """What could not be read, or was read as several numbers, in other sizes."""
    found = []
    for height in _MORE_HEIGHTS:
        sized = [(place, _of_height(strip, height)) for place, strip in strips]
        found.append(_read(sized, DIGITS, joined, only_digits=True))
        found.append(_read([(place, _repeated(strip)) for place, strip in sized], DIGITS, _once, only_digits=True))
    return found


def _agreed(readings: list[str], strip: Any) -> str:
    """What several readings of a cell say: a number, `/`, or all that it could be, with a sign that it is none."""
    least, most = _digits_in(strip)
    said = Counter(text for text in readings if text.isdecimal() and least <= len(text) <= most)
    slashes = sum(text == "/" for text in readings)
    if slashes > 1 and slashes >= max(said.values(), default=0):
        return "/"
    if len(said) == 1 and max(said.values()) > 1:
        return next(iter(said))
    if said:
        likely = [text for text, _ in said.most_common()]
        return BETWEEN.join(likely) + BETWEEN * (len(likely) < 2)
    text = readings[0] or readings[1]
    # Digits that are too few or too many for the ink are no way to read it.
    return BETWEEN if text.isdecimal() else f"{text}{BETWEEN}"


def _paper(crop: Any) -> int:
    """The grey of the paper in a piece of a page."""
    return int(np.median(np.asarray(crop)))


def _ink_box(crop: Any, contrast: int) -> tuple[int, int, int, int] | None:
    """The box of what is darker than the paper by some levels of grey, a lone point or two left out."""
    if crop.width < _SLIM or crop.height < _SLIM:
        return None
    limit = _paper(crop) - contrast
    smooth = crop.filter(ImageFilter.BoxBlur(1))
    box: tuple[int, int, int, int] | None = smooth.point(lambda value: 255 if value < limit else 0).getbbox()
    return box


def _is_stroke(crop: Any, box: tuple[int, int, int, int]) -> bool:
    """Whether ink is a level stroke in the middle of its cell, as is printed for nothing."""
    left, top, right, bottom = box
    middle = (top + bottom) / 2 / crop.height
    return right - left >= 2 * (bottom - top) and 0.25 < middle < 0.75


def _is_word(text: str) -> bool:
    """Whether a text is words and no number: two Chinese characters at least."""
    return sum("\u4e00" <= character <= "\u9fff" for character in text) >= _WORD


def _digits_in(strip: Any) -> tuple[int, int]:
    """How many digits a strip can hold, by the pieces of ink that stand apart: at least, and at most."""
    points = np.asarray(strip)
    # The thin strokes of a round digit are grey: counted with the paper, they would leave two pieces of it.
    paper = _paper(strip)
    dark = points < paper - (paper - int(points.min())) * _GREY
    rows = np.flatnonzero(dark.any(axis=1))
    tall = max(int(rows[-1] - rows[0]) + 1, 1) if len(rows) else 1
    least = most = at = 0
    for inked, run in groupby(np.atleast_1d(dark.any(axis=0)).tolist()):
        width = sum(1 for _ in run)
        if inked:
            inside = np.flatnonzero(dark[:, at : at + width].any(axis=1))
            if inside[-1] - inside[0] + 1 > tall / 2:
                least += 1
                most += max(1, int(width / tall / _DIGIT_WIDTH + 0.5))
        at += width
    return max(least, 1), max(most, 1)


def _of_height(strip: Any, height: int) -> Any:
    """A strip whose ink is of some height."""
    factor = height / max(strip.height - 2 * _MARGIN, 1)
    size = (max(1, round(strip.width * factor)), max(1, round(strip.height * factor)))
    return strip.resize(size, Image.Resampling.BICUBIC)


def _repeated(strip: Any) -> Any:
    """A strip several times in one line: alone, a digit is hard to tell from a scratch."""
    step = strip.width + int(strip.height * 1.2)
    line = Image.new("L", (step * (_TIMES - 1) + strip.width, strip.height), _paper(strip))
    for time in range(_TIMES):
        line.paste(strip, (time * step, 0))
    return line


def _once(words: Iterable[Word]) -> str:
    """What a repeated strip says each time; empty where it does not say the same."""
    text = "".join(word.text for word in sorted(words, key=lambda word: word.left))
    part = text[: len(text) // _TIMES]
    return part if part * _TIMES == text else ""


def _read(
    strips: Sequence[_Strip], language: str, told: Callable[[Iterable[Word]], str], only_digits: bool = False
) -> dict[_Place, str]:
    """The texts of pieces of a page, put one below the other on sheets of their own."""
    found: dict[_Place, str] = {}
    for start in range(0, len(strips), _STRIPS):
        batch = strips[start : start + _STRIPS]
        width = max(strip.width for _, strip in batch) + 4 * _PADDING
        height = sum(strip.height + 2 * _PADDING for _, strip in batch)
        sheet = Image.new("L", (width, height), _paper(batch[0][1]))
        spans, at = [], 0
        for place, strip in batch:
            sheet.paste(strip, (2 * _PADDING, at + _PADDING))
            spans.append((place, at, at + strip.height + 2 * _PADDING))
            at = spans[-1][2]
        words = words_of(sheet, language, "6", only_digits)
        for place, top, bottom in spans:
            lines: dict[tuple[str, str, str], list[Word]] = {}
            for word in words:
                if top <= word.top + word.height / 2 < bottom:
                    lines.setdefault(word.line, []).append(word)
            found[place] = "".join(map(told, sorted(lines.values(), key=lambda line: line[0].top)))
    return found
