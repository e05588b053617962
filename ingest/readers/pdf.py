"""PDF with a text layer: lines of text and ruled tables, page by page."""

import io
import logging
from collections.abc import Iterator
from typing import Any

import pdfplumber
from pdfplumber.page import Page

from ingest.document import Block, Document, Fault, Grid, Paragraph, Placement
from ingest.readers.limits import MAX_PDF_PAGES
from ingest.readers.text import is_page_number

_TABLE_SETTINGS = {"vertical_strategy": "lines", "horizontal_strategy": "lines", "snap_tolerance": 3}
_WHITE = 0.99
_MINIMUM_COLUMNS = 2

# The parser behind pdfplumber warns about every odd font; what matters is told by the document's faults.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


def read_pdf(data: bytes) -> Document:
    """Read a PDF; a page that cannot be read becomes a fault, a file of pictures alone the fault `scanned`.

    Raises ValueError where the bytes cannot be opened as a PDF at all.
    """
    blocks: list[Block] = []
    faults: list[Fault] = []
    characters = images = 0
    try:
        pdf = pdfplumber.open(io.BytesIO(data))
        count = len(pdf.pages)
    except Exception as error:  # pdfminer raises anything from KeyError to RecursionError on damaged files
        raise ValueError(f"not readable as PDF: {type(error).__name__}: {error}") from error
    with pdf:
        pages = pdf.pages[:MAX_PDF_PAGES]
        if count > MAX_PDF_PAGES:
            faults.append(Fault("text_too_long", f"only the first {MAX_PDF_PAGES} of {count} pages were read"))
        for page in pages:
            try:
                blocks.extend(_page_blocks(page))
                characters += len(page.chars)
                images += len(page.images)
            except Exception as error:  # as above: one damaged page must not lose the others
                faults.append(Fault("page_unreadable", f"{type(error).__name__}: {error}", f"page {page.page_number}"))
            finally:
                page.close()
    if not characters:
        why = "pictures of pages, no text" if images else "no text"
        faults.append(Fault("scanned", f"the PDF holds {why}; it would have to be read by OCR"))
    return Document("application/pdf", None, tuple(blocks), faults=tuple(faults))


def _visible(item: dict[str, Any]) -> bool:
    """Whether a reader of the page sees a drawn thing: WPS puts a white rectangle behind every line of print."""
    if item["object_type"] == "char":
        # Watermarks are printed aslant.
        return bool(item.get("upright", True))
    if item["object_type"] != "rect" or item.get("stroke"):
        return True
    colour = item.get("non_stroking_color")
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    numbers = [part for part in parts if isinstance(part, (int, float))]
    if len(numbers) == 4:
        return any(part > 1 - _WHITE for part in numbers)
    return not (numbers and all(part >= _WHITE for part in numbers))


def _page_blocks(page: Page) -> Iterator[Block]:
    """The lines and tables of one page in reading order."""
    number = page.page_number
    # Bold print is often the same text drawn twice.
    seen = page.filter(_visible).dedupe_chars(tolerance=1)
    tables = [table for table in seen.find_tables(_TABLE_SETTINGS) if len(table.columns) >= _MINIMUM_COLUMNS]
    tables.sort(key=lambda table: (table.bbox[1], table.bbox[0]))
    outside: Page = seen
    for table in tables:
        outside = outside.outside_bbox(_clipped(table.bbox, page))
    placed: list[tuple[float, Block]] = []
    for index, line in enumerate(outside.extract_text_lines(strip=True, return_chars=False), start=1):
        if not is_page_number(line["text"]):
            placed.append((line["top"], Paragraph(line["text"], f"page {number}, line {index}")))
    for index, table in enumerate(tables, start=1):
        rows = tuple(tuple(None if cell is None else cell.strip() for cell in row) for row in table.extract())
        locators = tuple(f"page {number}, table {index}, row {row}" for row in range(1, len(rows) + 1))
        placed.append((table.bbox[1], Grid(rows, locators, Placement.RULED)))
    placed.sort(key=lambda item: item[0])
    return iter([block for _, block in placed])


def _clipped(box: tuple[float, float, float, float], page: Page) -> tuple[float, float, float, float]:
    """A table's box kept inside its page, as cropping demands."""
    left, top, right, bottom = page.bbox
    return max(box[0], left), max(box[1], top), min(box[2], right), min(box[3], bottom)
