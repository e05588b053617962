"""DOCX: paragraphs and tables in reading order, as Word and WPS show them."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ingest.document import Block, Document, Fault, Grid, Paragraph, Placement
from ingest.readers.limits import MAX_BLOCKS, MAX_CELL_CHARACTERS, MAX_GRID_CELLS, MAX_GRID_COLUMNS
from ingest.readers.office import OfficeError, Package, attribute, child, children, is_on, local

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAIN_PART = "word/document.xml"
_OBJECT = "\ufffc"
# Shown as something else than text, so that what stands beside it is no plain number.
_STAND_INS = frozenset(("drawing", "pict", "object", "sym", "oMath", "oMathPara", "checkBox"))
_NOT_SHOWN = frozenset(
    ("del", "moveFrom", "instrText", "delText", "rt", "rPr", "pPr", "Fallback", "sdtPr", "sdtEndPr", "proofErr")
)
_BREAKS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOTES = frozenset(("footnoteReference", "endnoteReference", "commentReference"))
_WRAPPERS = frozenset(("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"))
_LAYOUT_CELLS = 2
_LONG_CELL = 400
_LOOKS = frozenset(("vanish", "strike", "dstrike"))
_MAX_STYLES = 5000
_MAX_BASES = 12
Styling = dict[str, bool]
Styles = dict[str, Styling]
"""By the identity of a style, what it says of its text."""


def read_docx(data: bytes) -> Document:
    """Read a DOCX. Raises OfficeError (a ValueError) where it cannot be opened as one.

    Deleted and hidden text is not there. What stands for text and is none (a picture, a symbol, struck-out text) leaves
    a sign that makes a number unreadable; raised and lowered text is put in brackets, as in HTML.
    """
    package = Package(io.BytesIO(data))
    root = package.xml(package.main_part(MAIN_PART))
    body = child(root, "body")
    reader = _Reader(_styles(package))
    blocks: list[Block] = []
    for block in reader.blocks(body if body is not None else root):
        blocks.append(block)
        if len(blocks) >= MAX_BLOCKS:
            reader.faults.append(Fault("text_too_long", f"only the first {MAX_BLOCKS} paragraphs were read"))
            break
    return Document(MEDIA_TYPE, None, tuple(blocks), faults=tuple(reader.faults))


def _styles(package: Package) -> Styles:
    """What each style says of how its text looks, the styles that it is based on included."""
    part = f"{package.main_part(MAIN_PART).rpartition('/')[0]}/styles.xml"
    if part not in package:
        return {}
    try:
        root = package.xml(part)
    except OfficeError:
        return {}
    own: dict[str, tuple[str | None, Styling]] = {}
    for style in children(root, "style"):
        based = child(style, "basedOn")
        said = _styling(child(style, "rPr"))
        if len(own) < _MAX_STYLES:
            own[attribute(style, "styleId") or ""] = (attribute(based, "val") if based is not None else None, said)
    return {name: _with_bases(name, own) for name in own}


def _with_bases(name: str, own: dict[str, tuple[str | None, Styling]]) -> Styling:
    found: Styling = {}
    at: str | None = name
    for _ in range(_MAX_BASES):
        if at not in own:
            break
        based, said = own[at]
        found = {**said, **found}
        at = based
    return found


def _styling(properties: Any | None) -> Styling:
    """What properties of a run say of being hidden, struck out or raised; what they do not speak of is left out."""
    said: Styling = {}
    for item in properties if properties is not None else ():
        name, value = local(item), attribute(item, "val")
        if name in _LOOKS:
            said[name] = value not in ("0", "false", "off", "none")
        elif name == "vertAlign":
            said[name] = value in ("superscript", "subscript")
    return said


def _style_of(properties: Any | None, name: str, styles: Styles) -> Styling:
    """What the style says that properties name, of a paragraph (`pStyle`) or of a run (`rStyle`)."""
    named = child(properties, name)
    return styles.get(attribute(named, "val") or "", {}) if named is not None else {}


def _unwrapped(element: Any, names: frozenset[str]) -> Iterator[Any]:
    """The children of an element that have one of these names, those inside content controls and the like included."""
    for item in element:
        name = local(item)
        if name in names:
            yield item
        elif name in _WRAPPERS:
            yield from _unwrapped(item, names)


_BLOCKS = frozenset(("p", "tbl"))
_ROW = frozenset(("tr",))
_CELL = frozenset(("tc",))


class _Reader:
    """Counts paragraphs and tables as it yields them in reading order. XML is never deeper than lxml's bound of 256."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.faults: list[Fault] = []
        self._paragraphs = 0
        self._tables = 0

    def blocks(self, container: Any) -> Iterator[Block]:
        for item in _unwrapped(container, _BLOCKS):
            if local(item) == "p":
                yield from self._paragraph(item)
            elif _is_layout(item):
                for row in _unwrapped(item, _ROW):
                    for cell in _unwrapped(row, _CELL):
                        yield from self.blocks(cell)
            else:
                grid = self._grid(item)
                if grid:
                    yield grid

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        # A line break inside a paragraph separates lines, as `<br>` does in HTML.
        for line in _text_of(paragraph, self._styles, with_objects=False).split("\n"):
            text = " ".join(line.split())
            if text:
                self._paragraphs += 1
                yield Paragraph(text, f"paragraph {self._paragraphs}")
        for box in _text_boxes(paragraph):
            yield from self.blocks(box)

    def _grid(self, table: Any) -> Grid | None:
        """A table's cells in true columns; a place that a span covers holds None."""
        self._tables += 1
        rows: list[tuple[str | None, ...]] = []
        locators: list[str] = []
        open_above: set[int] = set()
        total = 0
        for number, row in enumerate(_unwrapped(table, _ROW), start=1):
            properties = child(row, "trPr")
            if is_on(properties, "hidden") or child(properties, "del") is not None:
                continue
            texts, open_above, cut = _row(row, properties, open_above, self._styles)
            if cut:
                where = f"table {self._tables}, row {number}"
                self.faults.append(Fault("table_too_large", "the rest of a very wide row was not read", where))
            total += len(texts)
            if total > MAX_GRID_CELLS:
                where = f"table {self._tables}"
                self.faults.append(Fault("table_too_large", "the rest of a very large table was not read", where))
                break
            rows.append(tuple(texts))
            locators.append(f"table {self._tables}, row {number}")
        if not any(cell for row in rows for cell in row):
            return None
        return Grid(tuple(rows), tuple(locators), Placement.RULED)


def _row(
    row: Any, properties: Any | None, open_above: set[int], styles: Styles
) -> tuple[list[str | None], set[int], bool]:
    """The texts of a row, the columns that a cell merged downwards covers below it, and whether it was cut.

    A cell that says it goes on from above, with nothing above that does, is a cell of its own.
    """
    texts: list[str | None] = [""] * _number(properties, "gridBefore")
    covered: set[int] = set()
    joins_left = False
    for cell in _unwrapped(row, _CELL):
        if len(texts) >= MAX_GRID_COLUMNS:
            return texts[:MAX_GRID_COLUMNS], covered, True
        cell_properties = child(cell, "tcPr")
        width = max(1, min(_number(cell_properties, "gridSpan") or 1, MAX_GRID_COLUMNS - len(texts)))
        downwards = _merge(cell_properties, "vMerge")
        at = len(texts)
        if _merge(cell_properties, "hMerge") == "continue" and joins_left:
            texts.extend([None] * width)
            continue
        joins_left = _merge(cell_properties, "hMerge") == "restart"
        continues = downwards == "continue" and at in open_above
        texts.append(None if continues else _cell_text(cell, styles))
        texts.extend([None] * (width - 1))
        if downwards == "restart" or continues:
            covered.update(range(at, at + width))
    texts.extend([""] * min(_number(properties, "gridAfter"), MAX_GRID_COLUMNS - len(texts)))
    return texts, covered, False


def _number(properties: Any | None, name: str) -> int:
    found = child(properties, name)
    value = attribute(found, "val") if found is not None else None
    return min(int(value), MAX_GRID_COLUMNS) if value and value.isdecimal() and len(value) < 9 else 0


def _merge(properties: Any | None, name: str) -> str | None:
    """`restart`, `continue` (which may be left unsaid), or None for a cell that is not merged."""
    found = child(properties, name)
    if found is None:
        return None
    return "restart" if attribute(found, "val") == "restart" else "continue"


def _cell_text(cell: Any, styles: Styles) -> str:
    """The text that a cell shows, a line a line of print."""
    lines: list[str] = []
    for paragraph in _unwrapped(cell, _BLOCKS):
        lines.extend(_text_of(paragraph, styles, with_objects=True).split("\n"))
    shown = (" ".join(line.split()) for line in lines)
    return "\n".join(line for line in shown if line)[:MAX_CELL_CHARACTERS]


@dataclass(frozen=True, slots=True)
class _Looks:
    """The styles of a document, and what the style of the paragraph says."""

    styles: Styles
    paragraph: Styling


def _text_of(paragraph: Any, styles: Styles, with_objects: bool) -> str:
    pieces: list[str] = []
    _collect(paragraph, pieces, _Looks(styles, _style_of(child(paragraph, "pPr"), "pStyle", styles)), with_objects)
    return "".join(pieces).replace("\u200b", "").replace("\ufeff", "")


def _collect(element: Any, pieces: list[str], looks: _Looks, with_objects: bool) -> None:
    for item in element:
        name = local(item)
        if name in _NOT_SHOWN:
            continue
        if name == "t":
            pieces.append(item.text or "")
        elif name in _BREAKS:
            pieces.append(_BREAKS[name])
        elif name in _NOTES:
            pieces.append("[注]")
        elif name in _STAND_INS:
            pieces.append(_OBJECT if with_objects else "")
        elif name == "r":
            _collect_run(item, pieces, looks, with_objects)
        else:
            _collect(item, pieces, looks, with_objects)


def _collect_run(run: Any, pieces: list[str], looks: _Looks, with_objects: bool) -> None:
    properties = child(run, "rPr")
    look = looks.paragraph
    if properties is not None:
        look = {**look, **_style_of(properties, "rStyle", looks.styles), **_styling(properties)}
    if look.get("vanish"):
        return
    inner: list[str] = []
    _collect(run, inner, looks, with_objects)
    text = "".join(inner)
    if text.strip() and (look.get("strike") or look.get("dstrike")):
        text = _OBJECT
    if text.strip() and look.get("vertAlign"):
        text = f"[{text}]"
    pieces.append(text)


def _text_boxes(paragraph: Any) -> Iterable[Any]:
    """The contents of text boxes anchored in a paragraph; a box that is written twice for old programs is read once.

    A box inside a box is left to the paragraph of the inner one.
    """
    for box in paragraph.iter():
        if local(box) == "txbxContent":
            around = [local(outer) for outer in _up_to(box, paragraph)]
            if "Fallback" not in around and "txbxContent" not in around:
                yield box


def _up_to(element: Any, last: Any) -> Iterator[Any]:
    for outer in element.iterancestors():
        if outer is last:
            return
        yield outer


def _is_layout(table: Any) -> bool:
    """Whether a table is there for the layout alone: it holds tables, one or two cells, or passages of text."""
    cells = 0
    for item in table.iter():
        name = local(item)
        if name == "tbl" and item is not table:
            return True
        if name == "tc":
            cells += 1
            text = "".join(piece.text or "" for piece in item.iter() if local(piece) == "t")
            if len(text) > _LONG_CELL and "。" in text:
                return True
    return cells <= _LAYOUT_CELLS
