"""PDF with a text layer: lines of text and ruled tables, page by page."""

import io
import logging
import re
from typing import Any

import pdfplumber
from pdfplumber.page import Page

from ingest.document import Document, Fault, Grid, Paragraph, Placement
from ingest.readers.limits import MAX_PDF_PAGES
from ingest.readers.pdf_letters import drawn_once, texts_of
from ingest.readers.pdf_tables import PageBlock, RuledTable, left_edges, without_page_breaks
from ingest.readers.text import is_page_number

_TABLE_SETTINGS = {"vertical_strategy": "lines", "horizontal_strategy": "lines", "snap_tolerance": 3}
_WHITE = 0.99
_MINIMUM_COLUMNS = 2
_REFERENCE_ALONE = re.compile(rb"\b(\d{1,10})\s+\d{1,5}\s+obj\s+(\d{1,10})\s+\d{1,5}\s+R\b")

# The parser behind pdfplumber warns about every odd font; what matters is told by the document's faults.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


def read_pdf(data: bytes) -> Document:
    """Read a PDF; a page that cannot be read becomes a fault, a file of pictures alone the fault `scanned`.

    Raises ValueError where the bytes cannot be opened as a PDF at all.
    """
    pages_read: list[list[PageBlock]] = []
    faults: list[Fault] = []
    characters = images = 0
    if _refers_to_itself(data):
        raise ValueError("not readable as PDF: an object is nothing but a reference to itself")
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
                pages_read.append(_page_blocks(page))
                characters += len(page.chars)
                images += len(page.images)
            except Exception as error:  # as above: one damaged page must not lose the others
                faults.append(Fault("page_unreadable", f"{type(error).__name__}: {error}", f"page {page.page_number}"))
                pages_read.append([Paragraph("", f"page {page.page_number}")])
            finally:
                page.close()
    if not characters:
        why = "pictures of pages, no text" if images else "no text"
        faults.append(Fault("scanned", f"the PDF holds {why}; it would have to be read by OCR"))
    return Document("application/pdf", None, without_page_breaks(pages_read), faults=tuple(faults))


def _refers_to_itself(data: bytes) -> bool:
    """Whether objects that are references alone lead back to one of them: pdfminer would follow them for ever."""
    leads_to = dict(_REFERENCE_ALONE.findall(data))
    passed: set[bytes] = set()
    for start in leads_to:
        path: set[bytes] = set()
        at = start
        while at in leads_to and at not in passed:
            if at in path:
                return True
            path.add(at)
            at = leads_to[at]
        passed |= path
    return False


def _visible(item: dict[str, Any]) -> bool:
    """Whether a reader of the page sees a drawn thing: WPS puts a white rectangle behind every line of print."""
    if item["object_type"] == "char":
        # Watermarks are printed aslant.
        return bool(item.get("upright", True))
    # A rectangle without height comes as a line or curve: that of an empty line would cut its cell in two.
    if item["object_type"] not in ("rect", "line", "curve") or item.get("stroke"):
        return True
    colour = item.get("non_stroking_color")
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    numbers = [part for part in parts if isinstance(part, (int, float))]
    if len(numbers) == 4:
        return any(part > 1 - _WHITE for part in numbers)
    return not (numbers and all(part >= _WHITE for part in numbers))


def _page_blocks(page: Page) -> list[PageBlock]:
    """The lines and tables of one page in reading order."""
    number = page.page_number
    visible = [item for items in page.objects.values() for item in items if _visible(item)]
    letters = [item for item in visible if item["object_type"] == "char"]
    kept = {id(item) for item in visible if item["object_type"] != "char"}.union(map(id, drawn_once(letters)))
    seen = page.filter(lambda item: id(item) in kept)
    tables = [table for table in seen.find_tables(_TABLE_SETTINGS) if len(table.columns) >= _MINIMUM_COLUMNS]
    tables.sort(key=lambda table: (table.bbox[1], table.bbox[0]))
    outside: Page = seen
    for table in tables:
        outside = outside.outside_bbox(_clipped(table.bbox, page))
    placed: list[tuple[float, PageBlock]] = []
    for index, line in enumerate(outside.extract_text_lines(strip=True, return_chars=False), start=1):
        if not is_page_number(line["text"]):
            placed.append((line["top"], Paragraph(line["text"], f"page {number}, line {index}")))
    for index, table in enumerate(tables, start=1):
        rows = tuple(texts_of(table, seen.chars))
        locators = tuple(f"page {number}, table {index}, row {row}" for row in range(1, len(rows) + 1))
        grid = Grid(rows, locators, Placement.RULED)
        placed.append((table.bbox[1], RuledTable(grid, left_edges(table), table.bbox[2])))
    placed.sort(key=lambda item: item[0])
    return [block for _, block in placed]


def _clipped(box: tuple[float, float, float, float], page: Page) -> tuple[float, float, float, float]:
    """A table's box kept inside its page, as cropping demands."""
    left, top, right, bottom = page.bbox
    return max(box[0], left), max(box[1], top), min(box[2], right), min(box[3], bottom)
