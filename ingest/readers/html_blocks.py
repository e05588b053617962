"""From a stream of tags to paragraphs and tables, in reading order."""

import re
from collections.abc import Iterator

from ingest.document import Block, Fault
from ingest.readers.html_cells import LINE, NOTHING, SPANS, is_prose, lines
from ingest.readers.html_names import (
    BREAKING,
    LAYOUT_CELLS,
    OBJECT,
    RAISED,
    SKIPPED,
    STAND_INS,
    STRUCK,
    Blocks,
    Cell,
    normal_space,
)
from ingest.readers.html_source import BREAK, GONE, Irregular, visible_text
from ingest.readers.html_tags import TagStream
from ingest.text.characters import normal

_ENDING = frozenset("/" + name for name in BREAKING)
_MARKED = STRUCK | RAISED
_MAXIMUM_METADATA = 1000
# By the signs of the tags.
_INNERMOST_TABLE = re.compile("T[^Tt]*+t")
_METADATA = re.compile("[ml]")


def blocks_of(stream: TagStream) -> tuple[tuple[Block, ...], tuple[Fault, ...]]:
    """The paragraphs and tables of a page, without what it hides, and what was wrong with them."""
    found = Blocks()
    data_tables = _data_tables(stream)
    texts, names, hiding = stream.texts, stream.names, stream.hiding
    buffer: list[str] = []
    place, count = 0, len(names)
    while place < count and not found.full:
        text, name = texts[place], names[place]
        if text:
            buffer.append(text)
        if name[0] == "/":
            if name in _ENDING and buffer:
                found.add_paragraph(_paragraph(buffer))
        elif name in SKIPPED or name == "head" or (hiding and stream.hidden(place)):
            if buffer and name in BREAKING and not stream.absent(place):
                found.add_paragraph(_paragraph(buffer))
            place = stream.after(place)
            continue
        elif name not in BREAKING and (hiding or name in _MARKED) and (mark := _mark(stream, place)) is not None:
            buffer.append(mark)
            place = stream.after(place)
            continue
        elif name in BREAKING:
            if buffer:
                found.add_paragraph(_paragraph(buffer))
            if place in stream.plain or place in data_tables:
                rows = stream.plain.get(place) or _rows(stream, place)
                if rows is not None:
                    found.add_table(rows)
                    place = stream.ends[place] + 1
                    continue
        place += 1
    buffer.append(texts[-1])
    found.add_paragraph(_paragraph(buffer))
    return tuple(found.blocks), tuple(found.faults)


def _paragraph(buffer: list[str]) -> str:
    text = "".join(buffer)
    buffer.clear()
    return normal_space(visible_text(text))


def _mark(stream: TagStream, place: int) -> str | None:
    """What stands in a paragraph for struck or raised words, so that they join no number; None for all others."""
    struck = stream.struck(place)
    if not (struck or stream.raised(place)):
        return None
    if not BREAKING.isdisjoint(stream.names[place + 1 : stream.ends[place]]):
        return OBJECT if stream.unseen(place) else None
    text = normal_space(visible_text("".join(stream.texts[place + 1 : stream.ends[place] + 1])))
    return "" if not text else OBJECT if struck else f"[{text}]"


def _data_tables(stream: TagStream) -> frozenset[int]:
    """The tables that hold no other table and more than a cell or two."""
    tables = _INNERMOST_TABLE.finditer(stream.signs)
    return frozenset(table.start() for table in tables if table[0].count("C") > LAYOUT_CELLS)


def _rows(stream: TagStream, table: int) -> list[list[Cell]] | None:
    """The cells of a table, row by row; None where a cell holds whole passages, so that it is one for the layout."""
    rows: list[list[Cell]] = []
    names, texts, tags, ends, hiding = stream.names, stream.texts, stream.tags, stream.ends, stream.hiding
    place, end = table + 1, ends[table]
    hidden_up_to = -1
    struck_up_to = end if hiding and stream.struck(table) else -1
    while place < end:
        name = names[place]
        if name == "td" or name == "th":
            last = ends[place]
            if is_prose(texts[place + 1 : last + 1]):
                return None
            if not hiding or (place > hidden_up_to and not stream.hidden(place)):
                text = _short_cell(stream, place, last)
                if text and hiding and (place < struck_up_to or stream.struck(place)):
                    text = OBJECT
                rows[-1].append((text, *SPANS[tags[place]]))
            place = last
        elif name == "tr":
            if hiding and stream.struck(place):
                struck_up_to = max(struck_up_to, ends[place])
            if not hiding or (place > hidden_up_to and not stream.hidden(place)):
                rows.append([])
            else:
                hidden_up_to = max(hidden_up_to, ends[place])
        elif hiding and name[0] != "/" and stream.hidden(place):
            hidden_up_to = max(hidden_up_to, ends[place])
        elif hiding and name[0] != "/" and stream.struck(place):
            struck_up_to = max(struck_up_to, ends[place])
        place += 1
    return rows


def _short_cell(stream: TagStream, place: int, last: int) -> str:
    """The text of the cell that tag `place` begins and tag `last` ends; most hold one line, bare or in a paragraph."""
    texts = stream.texts
    if last == place + 1:
        return LINE[texts[last]]
    if last == place + 3 and stream.names[place + 1] == "p" and stream.names[place + 2] == "/p" and not stream.hiding:
        before, text, after = texts[place + 1 : last + 1]
        if not before.strip(NOTHING) and not after.strip(NOTHING):
            return LINE[text]
    return _cell_text(stream, place + 1, last)


def _cell_text(stream: TagStream, place: int, last: int) -> str:
    """The text that a cell shows, a line a line of print.

    What stands for text and is none (a picture, a field, struck-out words) leaves a sign that makes a number
    unreadable; a raised or lowered mark is put in brackets, so that it joins no digits.
    """
    names, texts, hiding = stream.names, stream.texts, stream.hiding
    pieces: list[str] = []
    closing: set[int] = set()
    while True:
        pieces.append(texts[place])
        if place >= last:
            break
        name = names[place]
        if name in STAND_INS or (hiding and name[0] != "/" and _cannot_be_read(stream, place)):
            pieces.append(OBJECT)
            place = stream.after(place)
            continue
        if name in BREAKING or name in _ENDING:
            if name[0] != "/" and stream.absent(place):
                place = stream.after(place)
                continue
            pieces.append(BREAK)
        elif place in closing:
            pieces.append("]")
        elif name in SKIPPED or (name[0] != "/" and stream.absent(place)):
            place = stream.after(place)
            continue
        elif (name in RAISED or (hiding and name[0] != "/" and stream.raised(place))) and _holds_text(stream, place):
            pieces.append("[")
            closing.add(stream.ends[place])
        place += 1
    return lines("".join(pieces))


def _cannot_be_read(stream: TagStream, place: int) -> bool:
    """Whether a tag in a cell begins text that has its room there and is struck out, turned round or unseen."""
    return stream.struck(place) and not stream.absent(place) and _holds_text(stream, place)


def _holds_text(stream: TagStream, place: int) -> bool:
    return bool(visible_text("".join(stream.texts[place + 1 : stream.ends[place] + 1])).strip())


def metadata_of(stream: TagStream) -> Iterator[tuple[str, str]]:
    """The page's title, its meta tags (names as written) and its own address (`canonical`, `base`)."""
    if "title" in stream.names:
        title = stream.texts[stream.names.index("title") + 1]
        if GONE in title:
            raise Irregular("a tag in the title")
        if text := normal(visible_text(title)):
            yield "title", text
    for place in [tag.start() for tag in _METADATA.finditer(stream.signs)]:
        name, given = stream.names[place], stream.attributes(place)
        if name == "meta":
            key, content = given.get("name") or given.get("property"), normal(given.get("content", ""))
            if key and content:
                yield key.strip(), content[:_MAXIMUM_METADATA]
        else:
            own = name == "base" or "canonical" in given.get("rel", "").lower().split()
            if own and (address := normal(given.get("href", ""))):
                yield "base" if name == "base" else "canonical", address[:_MAXIMUM_METADATA]
