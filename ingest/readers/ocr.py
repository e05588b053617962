"""Reading scans with Tesseract, where it is installed and asked for.

Each page is set straight, its ruled tables are found (`ruled_pictures`) and what stands in their cells is read
(`ocr_cells`). Whatever is read so is to be proved before it is believed (`ingest.proof`).
"""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ingest.document import Block, Document, Fault, Grid, Paragraph, Placement
from ingest.readers import tesseract
from ingest.readers.pdf_tables import PageBlock, RuledTable, without_page_breaks
from ingest.readers.tesseract import LANGUAGE, MISSING, NAME, Word, joined, words_of
from ingest.readers.text import is_page_number

_SCALE = 300 / 72
_MAX_PAGES = 30
_MAX_POINTS = 40_000_000
_DARK = 150
_SMALL = 4
_TURNS = tuple(step / 20 for step in range(-20, 21))
"""The turns that are tried to set a page straight, in degrees."""


def is_scan(document: Document) -> bool:
    """Whether nothing but pictures was found in a file."""
    return any(fault.code == "scanned" for fault in document.faults)


def read_scan(data: bytes, document: Document) -> Document:
    """A scan with its text and tables as Tesseract reads them; as it was, with the reason, where that cannot be."""
    if tesseract.program() is None:
        return replace(document, faults=(Fault("scanned", MISSING),))
    pages: list[list[PageBlock]] = []
    faults: list[Fault] = []
    try:
        for number, page in enumerate(_pages(data, document.media_type), start=1):
            if number > _MAX_PAGES:
                faults.append(Fault("text_too_long", f"only the first {_MAX_PAGES} pages were read by OCR"))
                break
            pages.append(_page_blocks(_straight(page), number))
    except Exception as error:  # pictures and PDF are read by libraries that raise anything on damaged files
        faults.append(Fault("page_unreadable", f"OCR: {type(error).__name__}: {error}"))
    blocks: tuple[Block, ...] = without_page_breaks(pages, wide_labels=True)
    if not blocks:
        return replace(
            document, faults=(Fault("scanned", "pictures in which OCR found no text"), *faults), through=NAME
        )
    return replace(document, blocks=blocks, faults=tuple(faults), through=NAME)


def _pages(data: bytes, media_type: str) -> Iterator[Any]:
    """The pages as grey pictures of about 300 points an inch."""
    if media_type == "application/pdf":
        import pypdfium2

        pdf = pypdfium2.PdfDocument(data)
        for index in range(len(pdf)):
            page = pdf[index]
            width, height = page.get_size()
            scale = min(_SCALE, (_MAX_POINTS / max(width * height, 1)) ** 0.5)
            yield page.render(scale=scale, grayscale=True).to_pil().convert("L")
            page.close()
        return
    from PIL import Image

    picture = Image.open(io.BytesIO(data))
    if picture.width * picture.height > _MAX_POINTS:
        raise ValueError(f"a picture of {picture.width} by {picture.height} points is too large")
    for frame in range(min(getattr(picture, "n_frames", 1), _MAX_PAGES + 1)):
        picture.seek(frame)
        yield picture.convert("L")


def _straight(picture: Any) -> Any:
    """A page turned by up to a degree, so that its lines are level."""
    import numpy as np
    from PIL import Image

    small = picture.reduce(_SMALL) if min(picture.size) > _SMALL else picture

    def sharpness(turn: float) -> float:
        turned = np.asarray(small.rotate(turn, Image.Resampling.BILINEAR, fillcolor=255), dtype=np.float32)
        return float(np.square(np.diff(turned.mean(axis=1))).sum())

    best = max(_TURNS, key=lambda turn: (sharpness(turn), -abs(turn)))
    return picture.rotate(best, Image.Resampling.BICUBIC, fillcolor=255) if best else picture


def _page_blocks(picture: Any, number: int) -> list[PageBlock]:
    """The lines and ruled tables of a page in reading order."""
    import numpy as np
    from PIL import Image

    from ingest.readers.ocr_cells import texts_of
    from ingest.readers.ruled_pictures import tables_of, without_lines

    dark = np.asarray(picture) < _DARK
    tables = tables_of(dark)
    plain = Image.fromarray(np.where(without_lines(dark), np.asarray(picture), 255).astype("uint8"))
    words = words_of(plain, LANGUAGE, "6" if not tables else "11")
    placed: list[tuple[int, PageBlock]] = []
    lines: dict[tuple[str, str, str], list[Word]] = {}
    for word in words:
        middle = word.top + word.height // 2
        if not any(table.top <= middle <= table.bottom for table in tables):
            lines.setdefault(word.line, []).append(word)
    for place, line in enumerate(sorted(lines.values(), key=lambda line: min(word.top for word in line)), start=1):
        text = joined(line)
        if text and not is_page_number(text):
            placed.append((min(word.top for word in line), Paragraph(text, f"page {number}, line {place}")))
    for index, table in enumerate(tables, start=1):
        texts = texts_of(picture, table.cells)
        rows: list[list[str | None]] = [[None] * table.columns for _ in range(table.rows)]
        for cell in table.cells:
            rows[cell.row][cell.column] = texts.get((cell.row, cell.column), "")
        locators = tuple(f"page {number}, table {index}, row {row}" for row in range(1, table.rows + 1))
        grid = Grid(tuple(tuple(row) for row in rows), locators, Placement.RULED)
        # A sheet lies in a scanner a little to one side or the other: its tables are measured from their own.
        left, *others = (edge / _SCALE for edge in table.edges)
        placed.append((table.top, RuledTable(grid, (0.0, *(edge - left for edge in others[:-1])), others[-1] - left)))
    return [block for _, block in sorted(placed, key=lambda item: item[0])]
