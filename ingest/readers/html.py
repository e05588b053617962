"""HTML as Word, WPS and the content systems of government sites make it.

A page whose tags nest is read as it stands. Any other is read through two trees, made by different rules: where they
show other tables, the document carries both readings, and a cell counts only where they agree.
"""

import re
from dataclasses import replace

from ingest.document import Document, Fault, Grid
from ingest.readers.html_blocks import blocks_of, metadata_of
from ingest.readers.html_source import Irregular
from ingest.readers.html_styles import with_styles
from ingest.readers.html_tags import TagStream, keeps_cells, repaired, stream_of
from ingest.readers.html_tree import read_tree
from ingest.text.encoding import Decoded

_CUT_SEARCHED = 600_000
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")


def read_html(decoded: Decoded) -> Document:
    """Read decoded HTML; scripts, styles and hidden parts are not text, and nothing a page points to is followed."""
    text = decoded.text.replace("\x00", "")
    if declaration := _XML_DECLARATION.match(text):
        text = text[declaration.end() :]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    raw = text.encode("utf-8", errors="replace").lower()
    styled = with_styles(text, raw)
    if styled is not text:
        text, raw = styled, styled.encode("utf-8", errors="replace").lower()
    document = _read(text, raw, decoded.encoding)
    return _without_cut_row(document, raw)


def _read(text: str, raw: bytes, encoding: str) -> Document:
    try:
        return _document(stream_of(text, raw, strict=True), encoding)
    except Irregular:
        pass
    try:
        mended = repaired(text)
        stream = stream_of(mended, mended.encode("utf-8", errors="replace").lower(), strict=False)
        first = _document(stream, encoding)
    except Irregular:
        return read_tree(text, encoding)
    if keeps_cells(text, raw, mended, stream):
        return first
    second = read_tree(text, encoding)
    if [grid.rows for grid in first.grids] == [grid.rows for grid in second.grids]:
        return first
    return replace(first, other_reading=second)


def _document(stream: TagStream, encoding: str) -> Document:
    blocks, faults = blocks_of(stream)
    return Document("text/html", encoding, blocks, tuple(metadata_of(stream)), faults)


def _without_cut_row(document: Document, raw: bytes) -> Document:
    """The document without the last row of its last table, where the file ends inside that table."""
    grid = document.blocks[-1] if document.blocks else None
    if not isinstance(grid, Grid) or not _ends_in_table(raw):
        return document
    shorter = replace(grid, rows=grid.rows[:-1], row_locators=grid.row_locators[:-1])
    message = "the file ends inside a table; its last row may go on and was not read"
    fault = Fault("document_cut", message, grid.row_locators[-1])
    left = (shorter,) if shorter.rows else ()
    return replace(document, blocks=(*document.blocks[:-1], *left), faults=(*document.faults, fault))


def _ends_in_table(raw: bytes) -> bool:
    """Whether the last table of a page is never closed: the file was cut there."""
    end = raw[-_CUT_SEARCHED:]
    return end.rfind(b"<table") > end.rfind(b"</table") or (b"<t" in end and b"</table" not in end)
