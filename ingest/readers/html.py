"""HTML as Word, WPS and the content systems of government sites make it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, Tag

from ingest.document import Block, Document, Fault, Grid, Paragraph, Placement
from ingest.readers.limits import MAX_BLOCKS, MAX_CELL_CHARACTERS, MAX_GRID_CELLS, MAX_GRID_COLUMNS, MAX_SPAN
from ingest.text.characters import normal
from ingest.text.encoding import Decoded

_SKIPPED = frozenset(("script", "style", "noscript", "template", "iframe", "object", "svg", "select", "textarea"))
_BREAKING = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "body",
        "html",
    )
)
_LAYOUT_CELLS = 2
_LONG_CELL = 400
_CUT_SEARCHED = 200_000
_INVISIBLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|%|\s*[;!]|\s*$)", re.I
)
_STAND_INS = frozenset(("img", "input", "select", "del", "s", "strike", "object", "canvas", "button", "textarea"))
_OBJECT = "\ufffc"
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read_html(decoded: Decoded) -> Document:
    """Read decoded HTML; scripts, styles and hidden parts are not text, and nothing a page points to is followed."""
    soup = BeautifulSoup(_XML_DECLARATION.sub("", decoded.text.replace("\x00", "")), "lxml")
    walker = _Walker()
    blocks: list[Block] = []
    faults: list[Fault] = []
    for block in walker.blocks(soup):
        blocks.append(block)
        if len(blocks) >= MAX_BLOCKS:
            faults.append(Fault("text_too_long", f"only the first {MAX_BLOCKS} paragraphs were read"))
            break
    grid = blocks[-1] if blocks else None
    if isinstance(grid, Grid) and _ends_in_table(decoded.text):
        blocks.pop()
        blocks.append(replace(grid, rows=grid.rows[:-1], row_locators=grid.row_locators[:-1]))
        faults.append(
            Fault(
                "document_cut",
                "the file ends inside a table; its last row may go on and was not read",
                grid.row_locators[-1],
            )
        )
    return Document("text/html", decoded.encoding, tuple(blocks), tuple(_metadata(soup)), (*walker.faults, *faults))


def _ends_in_table(text: str) -> bool:
    """Whether the last table of a page is never closed: the file was cut there."""
    lowered = text[-_CUT_SEARCHED:].lower()
    return lowered.rfind("<table") > lowered.rfind("</table") or ("<t" in lowered and "</table" not in lowered)


def _metadata(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """The page's title and meta tags, names as written."""
    if soup.title and normal(soup.title.get_text()):
        yield "title", normal(soup.title.get_text())
    for tag in soup.find_all("meta"):
        name = tag.get("name") or tag.get("property")
        content = tag.get("content")
        if isinstance(name, str) and isinstance(content, str) and normal(content):
            yield name.strip(), normal(content)[:1000]


def _hidden(tag: Tag) -> bool:
    """Whether a browser does not show a tag."""
    style = tag.get("style")
    return tag.name in _SKIPPED or tag.has_attr("hidden") or (isinstance(style, str) and bool(_INVISIBLE.search(style)))


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
            if node.name in _STAND_INS:
                pieces.append(_OBJECT)
                continue
            if _hidden(node):
                continue
            opening, closing = ("[", "]") if node.name in ("sup", "sub") and node.get_text(strip=True) else ("", "")
            if node.name in _BREAKING:
                opening = closing = "\n"
            stack.append(closing)
            stack.extend(reversed(node.contents))
            pieces.append(opening)
    lines = (normal_space(line) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


class _Walker:
    """Walks the tree once, without recursion, and yields paragraphs and data tables in reading order."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._paragraphs = 0
        self._tables = 0

    def blocks(self, root: Tag) -> Iterator[Block]:
        buffer: list[str] = []
        layout = {id(outer) for table in root.find_all("table") if (outer := table.find_parent("table"))}
        stack: list[object] = [root]
        end = object()
        while stack:
            node = stack.pop()
            if node is end:
                yield from self._flush(buffer)
            elif isinstance(node, Comment):
                continue
            elif isinstance(node, NavigableString):
                if type(node) is NavigableString:
                    buffer.append(str(node))
            elif isinstance(node, Tag):
                if node.name == "head" or _hidden(node):
                    continue
                breaks = node.name in _BREAKING
                if breaks:
                    yield from self._flush(buffer)
                if node.name == "table" and id(node) not in layout and not _holds_prose(node):
                    grid = self._grid(node)
                    if grid:
                        yield grid
                    continue
                if breaks:
                    stack.append(end)
                stack.extend(reversed(node.contents))
        yield from self._flush(buffer)

    def _flush(self, buffer: list[str]) -> Iterator[Paragraph]:
        text = normal_space("".join(buffer))
        buffer.clear()
        if text:
            self._paragraphs += 1
            yield Paragraph(text, f"paragraph {self._paragraphs}")

    def _grid(self, table: Tag) -> Grid | None:
        """A table's cells in true columns: spans are spread, and a place that a span covers holds None."""
        self._tables += 1
        rows: list[list[str | None]] = []
        pending: dict[int, int] = {}
        total = 0
        for row_tag in _rows(table):
            row: dict[int, str | None] = {}
            for column in list(pending):
                row[column] = None
                pending[column] -= 1
                if not pending[column]:
                    del pending[column]
            column = 0
            for cell in row_tag:
                if _hidden(cell):
                    continue
                while column in row:
                    column += 1
                if column >= MAX_GRID_COLUMNS:
                    self.faults.append(
                        Fault(
                            "table_too_large",
                            "the rest of a very wide row was not read",
                            f"table {self._tables}, row {len(rows) + 1}",
                        )
                    )
                    break
                width, height = _span(cell, "colspan"), _span(cell, "rowspan")
                row[column] = _cell_text(cell)[:MAX_CELL_CHARACTERS]
                for covered in range(column, min(column + width, MAX_GRID_COLUMNS)):
                    if covered > column:
                        row[covered] = None
                    if height > 1:
                        pending[covered] = max(pending.get(covered, 0), height - 1)
                column += width
            width = min(max(row, default=-1) + 1, MAX_GRID_COLUMNS)
            total += width
            if total > MAX_GRID_CELLS:
                self.faults.append(
                    Fault("table_too_large", "the rest of a very large table was not read", f"table {self._tables}")
                )
                break
            rows.append([row.get(place) for place in range(width)])
        if not any(cell for row in rows for cell in row):
            return None
        return Grid(
            tuple(tuple(row) for row in rows),
            tuple(f"table {self._tables}, row {number}" for number in range(1, len(rows) + 1)),
            Placement.RULED,
        )


def _holds_prose(table: Tag) -> bool:
    """Whether a table is there for the layout alone: one or two cells, or whole passages of text in a cell."""
    cells = table.find_all(("td", "th"), limit=_LAYOUT_CELLS + 1)
    if len(cells) <= _LAYOUT_CELLS:
        return True
    return any(
        sum(map(len, cell.strings)) > _LONG_CELL and "。" in cell.get_text() for cell in table.find_all(("td", "th"))
    )


def normal_space(text: str) -> str:
    """Text with every run of white space as one space, and no space at its ends; characters stay as they are."""
    return " ".join(text.replace("\u200b", "").replace("\ufeff", "").split())


def _span(cell: Tag, name: str) -> int:
    """A colspan or rowspan, 1 where it is missing or no sensible number."""
    value = cell.get(name)
    digits = re.match(r"\s*(\d{1,4})", value) if isinstance(value, str) else None
    return min(max(int(digits[1]), 1), MAX_SPAN) if digits else 1


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
