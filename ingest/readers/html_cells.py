"""The cells of tables as plain as most are: rows of cells that hold text and paragraphs, and tags that dress letters.

They are found by the signs of their tags and read without regard to what stands around them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, compress

from ingest.readers.html_names import LAYOUT_CELLS, LONG_CELL, Cell, normal_space, span
from ingest.readers.html_source import BREAK, CUT, GONE, Source, attributes_of, visible_text
from ingest.text.remember import Remembered

NOTHING = " \t\n\r\f" + GONE
_ROWS = r"(?:R(?:C(?:P[-.]*+p|[-.])*+c)*+r)*+"
_TABLE = re.compile(rf"T(?:Go*+g|o)*+(?:B{_ROWS}b|{_ROWS})*+t")
_ROW_OR_CELL = re.compile("R|C([^c]*+)")
_BREAKS = frozenset("Pp-")
_HOLDS_NO_TEXT = bytes(chr(code) in "TBRcrbGgo" for code in range(256))
"""Behind which signs of a table no text may stand, by their codes."""


def plain_tables(source: Source) -> Iterator[tuple[int, int, list[list[Cell]]]]:
    """The tables of plain cells that have text in cells alone: the places of their first tag and their last, and rows.

    Those that are there for the layout (of a cell or two, or of whole passages) are left out.
    """
    texts, _, signs, *_ = source
    for table in _TABLE.finditer(signs):
        begin, last = table.start(), table.end() - 1
        between = compress(texts[begin + 1 : last + 1], signs[begin:last].encode().translate(_HOLDS_NO_TEXT))
        if table[0].count("C") > LAYOUT_CELLS and not "".join(between).strip(NOTHING):
            rows = _rows(source, begin, last)
            if rows is not None:
                yield begin, last, rows


def _rows(source: Source, begin: int, last: int) -> list[list[Cell]] | None:
    """The cells of a table, row by row; None where a cell holds a whole passage.

    A cell of a plain table lies in one stretch of the page, and most stretches are like others.
    """
    stretches, ends = source.stretches, source.ends
    first, end = bisect_right(ends, begin), bisect_right(ends, last)
    parts: Iterable[Sequence[_Part]]
    if first == end:
        parts = (_parts_of(source, begin, last),)
    else:
        inner = map(_PARTS.__getitem__, stretches[first + 1 : end])
        parts = (_parts_of(source, begin, ends[first] - 1), *inner, _parts_of(source, ends[end - 1], last))
    rows: list[list[Cell]] = []
    cells: list[Cell] = []
    for part in chain.from_iterable(parts):
        if part is None:
            cells = []
            rows.append(cells)
        elif part is _PASSAGE:
            return None
        else:
            cells.append(part)
    return rows


def _parts_of(source: Source, begin: int, end: int) -> list["_Part"]:
    """The rows and cells that begin between two places."""
    return _parts(source.texts[begin : end + 1], source.tags[begin:end], source.signs[begin:end])


def _parts(texts: list[str], tags: list[str], signs: str) -> list["_Part"]:
    parts: list[_Part] = []
    for found in _ROW_OR_CELL.finditer(signs):
        place, end = found.span()
        inner = found[1]
        if inner is None:
            parts.append(None)
        else:
            text = _text(texts[place + 1 : end + 1], inner)
            parts.append(_PASSAGE if text is None else (text, *SPANS[tags[place]]))
    return parts


def _parts_of_stretch(text: str) -> list["_Part"]:
    pieces, signs = CUT[text]
    return _parts(pieces[0::2], pieces[1::2], signs)


_Part = Cell | None
"""A cell of a plain table, or None where a row begins."""
_PASSAGE: Cell = ("", 0, 0)
"""A cell that holds a whole passage."""
_PARTS = Remembered(_parts_of_stretch, bound=4096)


def _text(pieces: list[str], signs: str) -> str | None:
    """The text that a cell shows, a line a line of print: `signs` are those between its pieces. None for a passage."""
    text = "".join(pieces)
    if len(text) > LONG_CELL and is_prose(pieces):
        return None
    if "&" in text:
        text = GONE.join(pieces)
    if _BREAKS.isdisjoint(signs):
        return LINE[text]
    one = signs[0] == "P" and signs.find("p") == len(signs) - 1 and "-" not in signs
    if one and not (pieces[0] + pieces[-1]).strip(NOTHING):
        return LINE[text]
    marked = [BREAK + piece if sign in _BREAKS else GONE + piece for sign, piece in zip(signs, pieces[1:], strict=True)]
    return lines("".join((pieces[0], *marked)))


def is_prose(pieces: list[str]) -> bool:
    """Whether what a cell shows is a whole passage."""
    if sum(map(len, pieces)) <= LONG_CELL:
        return False
    text = visible_text("".join(pieces))
    return len(text) > LONG_CELL and "。" in text


def lines(text: str) -> str:
    """A text from the source as lines of print, by its signs of a new line."""
    shown = [normal_space(line) for line in visible_text(text).split(BREAK)]
    return "\n".join([line for line in shown if line])


def _line(text: str) -> str:
    return normal_space(visible_text(text))


def _spans(tag: str) -> tuple[int, int]:
    given = attributes_of(tag)
    return span(given.get("colspan")), span(given.get("rowspan"))


LINE = Remembered(_line, longest=64)
"""A text from the source as one line of print."""
SPANS = Remembered(_spans)
"""How many columns and rows the cell that a tag begins covers."""
