"""HTML as lxml's parser repairs it, by other rules than a browser's, for pages whose tags do not nest."""

import re
from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element, TreeBuilder

from lxml import etree  # type: ignore[import-untyped]  # no stubs in the lock, and one call

from ingest.document import Document
from ingest.readers.html_names import (
    BREAKING,
    LAYOUT_CELLS,
    LONG_CELL,
    OBJECT,
    SKIPPED,
    STAND_INS,
    Blocks,
    is_absent,
    is_hidden,
    is_raised,
    is_struck,
    is_unseen,
    normal_space,
    span,
)
from ingest.text.characters import normal

_CELLS = ("td", "th")
_NOT_TEXT = frozenset(("script", "style", "template", "rt", "rp"))
_ROW_WITHOUT_TAG = re.compile(r"(</tr\s{0,9}>\s*+)(?=<t[dh][\s>])", re.IGNORECASE)
"""Where a cell stands right behind the end of a row, the parser would leave out the end of the row that it begins."""
_MAXIMUM_METADATA = 1000


class _Tree:
    """What the parser meets, as a tree with one root over all: lxml's own tree ends with the first `</html>`.

    `layout` are the tables that hold tables, `loose` the cells without a `tr` around them.
    """

    def __init__(self) -> None:
        self._builder = TreeBuilder()
        self.root = self._builder.start("document", {})
        self.data = self._builder.data
        self.layout: set[Element] = set()
        self.loose: set[Element] = set()
        self._open: list[str] = []
        self._tables: list[Element] = []
        self._rows = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._open.append(tag)
        element = self._builder.start(tag, dict(attributes))
        if tag == "table":
            self.layout.update(self._tables[-1:])
            self._tables.append(element)
        elif tag == "tr":
            self._rows += 1
        elif tag in _CELLS and not self._rows:
            self.loose.add(element)

    def end(self, tag: str) -> None:
        """An element ends, and what is open in it."""
        if self._open[-1:] != [tag] and tag not in self._open:
            return
        while True:
            ended = self._open.pop()
            self._builder.end(ended)
            if ended == "table":
                self._tables.pop()
            elif ended == "tr":
                self._rows -= 1
            if ended == tag:
                return

    def close(self) -> "_Tree":
        """The whole page."""
        for tag in ("document", *self._open)[::-1]:
            self._builder.end(tag)
        return self


def read_tree(text: str, encoding: str) -> Document:
    """A page as lxml's parser shows it: paragraphs, tables, metadata."""
    parser = etree.HTMLParser(target=_Tree(), encoding="utf-8", huge_tree=True, no_network=True)
    parser.feed(_ROW_WITHOUT_TAG.sub(r"\1<tr>", text).encode("utf-8", errors="replace"))
    tree: _Tree = parser.close()
    found = Blocks()
    _walk(tree, found)
    return Document("text/html", encoding, tuple(found.blocks), tuple(_metadata(tree.root)), tuple(found.faults))


def _metadata(root: Element) -> Iterator[tuple[str, str]]:
    """The page's title, its meta tags (names as written) and its own address (`canonical`, `base`)."""
    title = next(root.iter("title"), None)
    if title is not None and (said := normal("".join(title.itertext()))):
        yield "title", said
    for tag in root.iter():
        if tag.tag not in ("meta", "link", "base"):
            continue
        name = tag.get("name") or tag.get("property")
        content = tag.get("content")
        if tag.tag != "meta":
            canonical = tag.tag == "link" and "canonical" in tag.get("rel", "").lower().split()
            name = "base" if tag.tag == "base" else "canonical" if canonical else None
            content = tag.get("href")
        if name and content and normal(content):
            yield name.strip(), normal(content)[:_MAXIMUM_METADATA]


def _hidden(tag: Element) -> bool:
    """Whether a browser does not show a tag."""
    return tag.tag in SKIPPED or (bool(tag.attrib) and is_hidden(tag.tag, tag.attrib))


def _absent(tag: Element) -> bool:
    """Whether a browser does not lay out a tag at all."""
    return tag.tag in SKIPPED or (bool(tag.attrib) and is_absent(tag.tag, tag.attrib))


def _contents(tag: Element) -> list[Element | str | None]:
    """The texts and elements in a tag, the last first."""
    found: list[Element | str | None] = []
    for child in reversed(tag):
        if child.tail:
            found.append(child.tail)
        found.append(child)
    if tag.text and tag.tag not in _NOT_TEXT:
        found.append(tag.text)
    return found


def _text(tag: Element) -> str:
    """The text in a tag, scripts and the like left out."""
    pieces: list[str] = []
    stack = _contents(tag)
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
        elif node is not None:
            stack += _contents(node)
    return "".join(pieces)


def _cell_text(cell: Element) -> str:
    """The text that a cell shows, a line a line of print.

    What stands for text and is none (a picture, a field, struck-out words) leaves a sign that makes a number
    unreadable; a raised or lowered mark is put in brackets, so that it joins no digits.
    """
    pieces: list[str] = []
    stack = _contents(cell)
    ends: list[str] = []
    while stack:
        node = stack.pop()
        if node is None:
            pieces.append(ends.pop())
        elif isinstance(node, str):
            pieces.append(node.replace("\n", " ").replace("\r", " "))
        elif node.tag in STAND_INS:
            pieces.append(OBJECT)
        elif not _absent(node):
            name, style = node.tag, node.get("style", "")
            if is_struck(name, style) and _text(node).strip():
                pieces.append(OBJECT)
                continue
            if name in BREAKING:
                opening = closing = "\n"
            elif is_raised(name, style) and _text(node).strip():
                opening, closing = "[", "]"
            else:
                stack += _contents(node)
                continue
            pieces.append(opening)
            ends.append(closing)
            stack.append(None)
            stack += _contents(node)
    lines = (normal_space(line) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _cell_shown(cell: Element, struck: set[Element]) -> str:
    text = _cell_text(cell)
    return OBJECT if text and (cell in struck or is_struck(cell.tag, cell.get("style", ""))) else text


def _within(table: Element, told: Callable[[Element], bool]) -> set[Element]:
    """The cells and rows of a table inside a part of it (or the whole) of which something is told."""
    parts = [part for part in table.iter() if part.attrib and part.tag not in _CELLS and told(part)]
    return {inner for part in parts for inner in part.iter() if inner.tag in _CELLS or inner.tag == "tr"}


def _mark(tag: Element) -> str | None:
    """What stands in a paragraph for struck or raised words, so that they join no number; None for all others."""
    name, style = tag.tag, tag.get("style", "")
    struck = is_struck(name, style)
    if name in BREAKING or not (struck or is_raised(name, style)):
        return None
    if any(inner.tag in BREAKING for inner in tag.iter()):
        return OBJECT if is_unseen(name, style) else None
    text = normal_space(_text(tag))
    return "" if not text else OBJECT if struck else f"[{text}]"


def _walk(tree: _Tree, found: Blocks) -> None:
    """Walk the tree once, without recursion, and find paragraphs and data tables in reading order."""
    buffer: list[str] = []
    stack: list[Element | str | None] = [tree.root]
    while stack and not found.full:
        node = stack.pop()
        if node is None:
            _flush(buffer, found)
        elif isinstance(node, str):
            buffer.append(node)
        elif node.tag == "head" or _hidden(node):
            if node.tag in BREAKING and not _absent(node):
                _flush(buffer, found)
        else:
            if (mark := _mark(node)) is not None:
                buffer.append(mark)
                continue
            breaks = node.tag in BREAKING
            if breaks:
                _flush(buffer, found)
            if node.tag == "table" and node not in tree.layout and not _holds_prose(node):
                struck = _within(node, lambda part: part.tag in BREAKING and is_struck(part.tag, part.get("style", "")))
                hidden = _within(node, _hidden)
                found.add_table(
                    [
                        [
                            (_cell_shown(cell, struck), span(cell.get("colspan")), span(cell.get("rowspan")))
                            for cell in row
                            if not _hidden(cell)
                        ]
                        for row in _rows(node, tree.loose, hidden)
                    ]
                )
                continue
            if breaks:
                stack.append(None)
            stack += _contents(node)
    _flush(buffer, found)


def _flush(buffer: list[str], found: Blocks) -> None:
    text = normal_space("".join(buffer))
    buffer.clear()
    found.add_paragraph(text)


def _holds_prose(table: Element) -> bool:
    """Whether a table is there for the layout alone: one or two cells, or whole passages of text in a cell."""
    cells = [tag for tag in table.iter() if tag.tag in _CELLS]
    return len(cells) <= LAYOUT_CELLS or any(_is_prose(_text(cell)) for cell in cells)


def _is_prose(text: str) -> bool:
    return len(text) > LONG_CELL and "。" in text


def _rows(table: Element, loose: set[Element], hidden: set[Element]) -> Iterator[list[Element]]:
    """The shown rows of a table as lists of cells; cells without a `tr` around them make a row of their own."""
    row: list[Element] = []
    for tag in table.iter():
        if tag.tag == "tr":
            if row:
                yield row
                row = []
            if tag not in hidden:
                yield [cell for cell in tag.iter() if cell.tag in _CELLS]
        elif tag in loose and tag not in hidden:
            row.append(tag)
    if row:
        yield row
