"""HTML through BeautifulSoup on lxml: slow and forgiving, for pages whose tags do not nest."""

from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, Tag

from ingest.document import Document
from ingest.readers.html_names import (
    BREAKING,
    INVISIBLE,
    LAYOUT_CELLS,
    LONG_CELL,
    OBJECT,
    SKIPPED,
    STAND_INS,
    Blocks,
    is_raised,
    is_struck,
    normal_space,
    span,
)
from ingest.text.characters import normal


def read_soup(text: str, encoding: str) -> Document:
    """A page as BeautifulSoup's tree shows it: paragraphs, tables, metadata."""
    soup = BeautifulSoup(text, "lxml")
    found = Blocks()
    _walk(soup, found)
    return Document("text/html", encoding, tuple(found.blocks), tuple(_metadata(soup)), tuple(found.faults))


def _metadata(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """The page's title, its meta tags (names as written) and its own address (`canonical`, `base`)."""
    if soup.title and normal(soup.title.get_text()):
        yield "title", normal(soup.title.get_text())
    for tag in soup.find_all(("meta", "link", "base")):
        name = tag.get("name") or tag.get("property")
        content = tag.get("content")
        if tag.name != "meta":
            rel = tag.get("rel")
            canonical = "canonical" in [word.lower() for word in rel] if isinstance(rel, list) else False
            name = "base" if tag.name == "base" else "canonical" if canonical else None
            content = tag.get("href")
        if isinstance(name, str) and isinstance(content, str) and normal(content):
            yield name.strip(), normal(content)[:1000]


def _hidden(tag: Tag) -> bool:
    """Whether a browser does not show a tag."""
    style = tag.get("style")
    return tag.name in SKIPPED or tag.has_attr("hidden") or (isinstance(style, str) and bool(INVISIBLE.search(style)))


def _style(tag: Tag) -> str:
    style = tag.get("style")
    return style if isinstance(style, str) else ""


def _cell_text(cell: Tag) -> str:
    """The text that a cell shows, a line a line of print.

    What stands for text and is none (a picture, a field, struck-out words) leaves a sign that makes a number
    unreadable; a raised or lowered mark is put in brackets, so that it joins no digits.
    """
    pieces: list[str] = []
    stack: list[object] = list(reversed(cell.contents))
    while stack:
        node = stack.pop()
        if isinstance(node, str) and not isinstance(node, NavigableString):
            pieces.append(node)
        elif isinstance(node, NavigableString):
            if type(node) is NavigableString:
                pieces.append(str(node).replace("\n", " ").replace("\r", " "))
        elif isinstance(node, Tag):
            if node.name in STAND_INS:
                pieces.append(OBJECT)
                continue
            if _hidden(node):
                continue
            if is_struck(node.name, _style(node)):
                pieces.append(OBJECT)
                continue
            raised = is_raised(node.name, _style(node)) and node.get_text(strip=True)
            opening, closing = ("[", "]") if raised else ("", "")
            if node.name in BREAKING:
                opening = closing = "\n"
            stack.append(closing)
            stack.extend(reversed(node.contents))
            pieces.append(opening)
    lines = (normal_space(line) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _cell_shown(cell: Tag) -> str:
    return OBJECT if is_struck(cell.name, _style(cell)) else _cell_text(cell)


def _mark(tag: Tag) -> str | None:
    """What stands in a paragraph for struck or raised words, so that they join no number; None for all others."""
    struck = is_struck(tag.name, _style(tag))
    if not (struck or is_raised(tag.name, _style(tag))) or tag.name in BREAKING or tag.find(list(BREAKING)):
        return None
    text = normal_space(tag.get_text())
    return "" if not text else OBJECT if struck else f"[{text}]"


def _walk(root: Tag, found: Blocks) -> None:
    """Walk the tree once, without recursion, and find paragraphs and data tables in reading order."""
    buffer: list[str] = []
    layout = {id(outer) for table in root.find_all("table") if (outer := table.find_parent("table"))}
    stack: list[object] = [root]
    end = object()

    def flush() -> None:
        text = normal_space("".join(buffer))
        buffer.clear()
        found.add_paragraph(text)

    while stack and not found.full:
        node = stack.pop()
        if node is end:
            flush()
        elif isinstance(node, Comment):
            continue
        elif isinstance(node, NavigableString):
            if type(node) is NavigableString:
                buffer.append(str(node))
        elif isinstance(node, Tag):
            if node.name == "head" or _hidden(node):
                continue
            mark = _mark(node)
            if mark is not None:
                buffer.append(mark)
                continue
            breaks = node.name in BREAKING
            if breaks:
                flush()
            if node.name == "table" and id(node) not in layout and not _holds_prose(node):
                found.add_table(
                    [
                        [
                            (_cell_shown(cell), span(cell.get("colspan")), span(cell.get("rowspan")))
                            for cell in row
                            if not _hidden(cell)
                        ]
                        for row in _rows(node)
                    ]
                )
                continue
            if breaks:
                stack.append(end)
            stack.extend(reversed(node.contents))
    flush()


def _holds_prose(table: Tag) -> bool:
    """Whether a table is there for the layout alone: one or two cells, or whole passages of text in a cell."""
    cells = table.find_all(("td", "th"), limit=LAYOUT_CELLS + 1)
    if len(cells) <= LAYOUT_CELLS:
        return True
    return any(
        sum(map(len, cell.strings)) > LONG_CELL and "。" in cell.get_text() for cell in table.find_all(("td", "th"))
    )


def _rows(table: Tag) -> Iterator[list[Tag]]:
    """The rows of a table as lists of cells; cells without a `tr` around them make a row of their own."""
    loose: list[Tag] = []
    for tag in table.find_all(("tr", "td", "th")):
        if tag.name == "tr":
            if loose:
                yield loose
                loose = []
            if not _hidden(tag):
                yield tag.find_all(("td", "th"))
        elif tag.find_parent("tr") is None:
            loose.append(tag)
    if loose:
        yield loose
