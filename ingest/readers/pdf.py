"""PDF with a text layer: lines of text and ruled tables, page by page, as pdfium gives their letters and rules."""

import re
from dataclasses import dataclass, field

import pypdfium2.raw as raw

from ingest.document import Document, Fault, Grid, Paragraph, Placement
from ingest.readers import pdfium
from ingest.readers.limits import MAX_PDF_PAGES
from ingest.readers.pdf_cells import Cells, parted, texts_of
from ingest.readers.pdf_doubts import cut_numbers, struck_digits, torn_numbers
from ingest.readers.pdf_letters import UNKNOWN, Letter, Line, drawn_once, lines_of
from ingest.readers.pdf_marks import marks_of
from ingest.readers.pdf_page import Page, page_at
from ingest.readers.pdf_rules import tables_of
from ingest.readers.pdf_tables import PageBlock, RuledTable, without_page_breaks
from ingest.readers.text import is_page_number

_MOST_OF_A_PAGE = 0.5
_SOME_LETTERS = 40
_CUT = re.compile(rf"{UNKNOWN}[{UNKNOWN} ]*(?<! )")


@dataclass(slots=True)
class _Seen:
    """What is known of the pages read so far: letters that they show, that they hide, that no map explains."""

    faults: list[Fault] = field(default_factory=list)
    letters: int = 0
    hidden: int = 0
    unmapped: int = 0
    pictures: list[int] = field(default_factory=list)
    """The numbers of pages that show a picture and no text."""


def read_pdf(data: bytes) -> Document:
    """Read a PDF; a page that cannot be read becomes a fault, a file of pictures alone the fault `scanned`.

    Letters that a page does not show are not read (`text_hidden`); where they stand in a table, their cell is
    unreadable. Raises ValueError where the bytes cannot be opened as a PDF at all.
    """
    pages: list[list[PageBlock]] = []
    seen = _Seen()
    with pdfium.IN_USE, pdfium.opened(data) as document:
        count = raw.FPDF_GetPageCount(document)
        if count < 1:
            raise ValueError("not readable as PDF: it has no pages")
        if count > MAX_PDF_PAGES:
            seen.faults.append(Fault("text_too_long", f"only the first {MAX_PDF_PAGES} of {count} pages were read"))
        for number in range(1, min(count, MAX_PDF_PAGES) + 1):
            try:
                page = page_at(document, number - 1)
                # No table goes on over a page of which nothing is known.
                pages.append(_blocks(page, number) if _note(page, number, seen) else _nothing(number))
            except (ValueError, ArithmeticError, LookupError) as error:  # one damaged page must not lose the others
                seen.faults.append(Fault("page_unreadable", f"{type(error).__name__}: {error}", f"page {number}"))
                pages.append(_nothing(number))
    faults = (*seen.faults, *_of_the_whole(seen))
    return Document("application/pdf", None, without_page_breaks(pages), faults=faults)


def _nothing(number: int) -> list[PageBlock]:
    return [Paragraph("", f"page {number}")]


def _note(page: Page, number: int, seen: _Seen) -> bool:
    """Take note of what one page lacks; whether it shows any text, or nothing at all."""
    hidden = len(page.hidden) + len(page.outside)
    shown = sum(not letter.text.isspace() for letter in page.letters) - hidden
    seen.letters += shown
    seen.hidden += hidden
    seen.unmapped += page.unmapped
    where = f"page {number}"
    is_picture = not shown and page.picture_share >= _MOST_OF_A_PAGE
    if is_picture:
        seen.pictures.append(number)
    if hidden:
        message = f"{hidden} letters that the page does not show (invisible, white, covered, outside) were not read"
        seen.faults.append(Fault("text_hidden", message, where))
    if page.lying >= _SOME_LETTERS or page.aslant > shown:
        message = f"{page.lying} letters that lie on their side and {page.aslant} that stand aslant were not read"
        seen.faults.append(Fault("text_aslant", message, where))
    return not is_picture


def _of_the_whole(seen: _Seen) -> list[Fault]:
    """What is wrong with a file as a whole."""
    if not seen.letters:
        if any(fault.code == "page_unreadable" for fault in seen.faults):
            return [Fault("pdf_damaged", "no page of the PDF that could be read holds text")]
        why = "pictures of pages, no text" if seen.pictures else "no text"
        if seen.hidden:
            why += " that they show"
        return [Fault("scanned", f"the PDF holds {why}; it would have to be read by OCR")]
    faults = [
        Fault("page_scanned", "the page is a picture; it would have to be read by OCR", f"page {number}")
        for number in seen.pictures
    ]
    if seen.unmapped:
        message = f"the file does not say which characters {seen.unmapped} of its letters are"
        faults.append(Fault("undecodable_characters", message))
    return faults


def _lines(page: Page, letters: list[Letter]) -> list[Line]:
    """The lines that some letters of a page make. Where one goes on beyond its side it has a sign: a number there may
    be cut."""
    unread = {id(page.letters[place]) for place in page.hidden}
    beyond = {id(page.letters[place]) for place in page.outside}
    if not (unread or beyond):
        return lines_of(letters)
    shown = [
        letter._replace(text=UNKNOWN) if id(letter) in beyond else letter
        for letter in letters
        if id(letter) not in unread
    ]
    lines = [line._replace(text=_CUT.sub(UNKNOWN, line.text)) for line in lines_of(shown)]
    return [line for line in lines if line.text != UNKNOWN]


def _blocks(page: Page, number: int) -> list[PageBlock]:
    """The lines and tables of one page in reading order."""
    tables = [(table, Cells(table)) for table in tables_of(page.drawn.level, page.drawn.upright)]
    hidden = {id(page.letters[place]) for place in (page.hidden | page.outside)}
    letters_once = drawn_once(page.letters)
    struck = struck_digits(letters_once, page.drawn.level, page.drawn.slants)
    doubted = torn_numbers(letters_once, tables) | {id(letter) for letter in struck}
    if hidden:
        doubted |= cut_numbers(letters_once, hidden)
    inside, rest = parted(letters_once, [table.box for table, _ in tables])
    placed: list[tuple[float, PageBlock]] = []
    for index, line in enumerate(_lines(page, rest), start=1):
        if not is_page_number(line.text):
            placed.append((line.top, Paragraph(line.text, f"page {number}, line {index}")))
    for index, ((table, cells), letters) in enumerate(zip(tables, inside, strict=True), start=1):
        standing = cells.standing(letters)
        marks = marks_of(cells, standing, page.pictures, page.drawn.shapes, page.turned, struck)
        rows = texts_of(table, standing, hidden, doubted, marks)
        locators = tuple(f"page {number}, table {index}, row {row}" for row in range(1, len(rows) + 1))
        grid = Grid(rows, locators, Placement.RULED)
        placed.append((table.box[1], RuledTable(grid, table.lefts, table.box[2])))
    placed.sort(key=lambda item: item[0])
    return [block for _, block in placed]
