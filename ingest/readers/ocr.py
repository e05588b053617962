"""Reading scans with Tesseract, where it is installed and asked for.

Text is read with the Chinese model. What stands in the cells of ruled tables and may be a number is read twice, with
two models: where they differ, the cell is unreadable.
"""

import csv
import io
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from ingest.document import Block, Document, Fault, Grid, Paragraph, Placement

NAME = "tesseract"
MISSING = (
    "Tesseract with simplified Chinese is not installed, which OCR needs "
    "(Debian: apt-get install tesseract-ocr tesseract-ocr-chi-sim)"
)
LANGUAGE = "chi_sim"
_DIGITS = "eng"
_SCALE = 300 / 72
_MAX_PAGES = 30
_MAX_POINTS = 40_000_000
_PAGE_SECONDS = 60
_DARK = 150
_OBJECT = "\ufffc"
_PADDING = 16
_STRIPS = 60
_MARGIN = 5
_WORD = 2


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    left: int
    top: int
    width: int
    height: int
    line: tuple[str, str, str]


@cache
def program() -> str | None:
    """The path of Tesseract; None where it or its Chinese is not installed."""
    found = shutil.which(NAME)
    if found is None:
        return None
    try:
        listed = subprocess.run([found, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return found if {LANGUAGE, _DIGITS} <= set(listed.stdout.split()) else None


def is_scan(document: Document) -> bool:
    """Whether nothing but pictures was found in a file."""
    return any(fault.code == "scanned" for fault in document.faults)


def read_scan(data: bytes, document: Document) -> Document:
    """A scan with its text and tables as Tesseract reads them; as it was, with the reason, where that cannot be.

    Whatever is read so is to be proved before it is believed (`ingest.proof`).
    """
    if program() is None:
        return replace(document, faults=(Fault("scanned", MISSING),))
    blocks: list[Block] = []
    faults: list[Fault] = []
    try:
        for number, page in enumerate(_pages(data, document.media_type), start=1):
            if number > _MAX_PAGES:
                faults.append(Fault("text_too_long", f"only the first {_MAX_PAGES} pages were read by OCR"))
                break
            blocks.extend(_page_blocks(page, number))
    except Exception as error:  # pictures and PDF are read by libraries that raise anything on damaged files
        faults.append(Fault("page_unreadable", f"OCR: {type(error).__name__}: {error}"))
    if not blocks:
        return replace(
            document, faults=(Fault("scanned", "pictures in which OCR found no text"), *faults), through=NAME
        )
    return replace(document, blocks=tuple(blocks), faults=tuple(faults), through=NAME)


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


def _page_blocks(picture: Any, number: int) -> list[Block]:
    """The lines and ruled tables of a page in reading order."""
    import numpy as np
    from PIL import Image

    from ingest.readers.ruled_pictures import tables_of, without_lines

    dark = np.asarray(picture) < _DARK
    tables = tables_of(dark)
    plain = Image.fromarray(np.where(without_lines(dark), np.asarray(picture), 255).astype("uint8"))
    words = _words(plain, LANGUAGE, "6" if not tables else "11")
    placed: list[tuple[int, Block]] = []
    lines: dict[tuple[str, str, str], list[_Word]] = {}
    for word in words:
        middle = word.top + word.height // 2
        if not any(table.top <= middle <= table.bottom for table in tables):
            lines.setdefault(word.line, []).append(word)
    for place, line in enumerate(sorted(lines.values(), key=lambda line: min(word.top for word in line)), start=1):
        text = _joined(line)
        if text:
            placed.append((min(word.top for word in line), Paragraph(text, f"page {number}, line {place}")))
    for index, table in enumerate(tables, start=1):
        texts = _cell_texts(plain, table.cells)
        rows: list[list[str | None]] = [[None] * table.columns for _ in range(table.rows)]
        for cell in table.cells:
            rows[cell.row][cell.column] = texts.get((cell.row, cell.column), "")
        locators = tuple(f"page {number}, table {index}, row {row}" for row in range(1, table.rows + 1))
        placed.append((table.top, Grid(tuple(tuple(row) for row in rows), locators, Placement.RULED)))
    return [block for _, block in sorted(placed, key=lambda item: item[0])]


def _joined(words: list[_Word]) -> str:
    """Words of one line; Chinese needs no spaces between them."""
    text = ""
    for word in sorted(words, key=lambda word: word.left):
        space = " " if text and text[-1].isascii() and word.text[0].isascii() else ""
        text += space + word.text
    return text


def _cell_texts(picture: Any, cells: Iterable[Any]) -> dict[tuple[int, int], str]:
    """What stands in the cells of a table. What is no word is read twice; unlike readings are unreadable."""
    from PIL import ImageOps

    strips = []
    for cell in cells:
        crop = picture.crop((cell.left + 4, cell.top + 4, cell.right - 3, cell.bottom - 3))
        box = ImageOps.invert(crop).point(lambda value: 255 if value > 255 - _DARK else 0).getbbox()
        if box and box[2] - box[0] > 3 and box[3] - box[1] > 8:
            # With a margin: the faint edge of a round digit lies outside the box of its dark points.
            strip = ImageOps.expand(crop, _MARGIN, 255)
            strip = strip.crop((box[0], box[1], box[2] + 2 * _MARGIN, box[3] + 2 * _MARGIN))
            strips.append(((cell.row, cell.column), strip))
    texts = _read_strips(strips, LANGUAGE)
    numbers = [(place, strip) for place, strip in strips if not _is_word(texts.get(place, ""))]
    again = _read_strips(numbers, _DIGITS)
    for place, _ in numbers:
        first, second = texts.get(place, ""), again.get(place, "")
        if not first or first != second:
            texts[place] = f"{first or second}{_OBJECT}"
    return texts


def _is_word(text: str) -> bool:
    """Whether a text is words and no number: two Chinese characters at least."""
    return sum("\u4e00" <= character <= "\u9fff" for character in text) >= _WORD


def _read_strips(strips: Sequence[tuple[tuple[int, int], Any]], language: str) -> dict[tuple[int, int], str]:
    """The texts of pieces of a page, put one below the other on sheets of their own."""
    from PIL import Image

    found: dict[tuple[int, int], str] = {}
    for start in range(0, len(strips), _STRIPS):
        batch = strips[start : start + _STRIPS]
        width = max(strip.width for _, strip in batch) + 4 * _PADDING
        sheet = Image.new("L", (width, sum(strip.height + 2 * _PADDING for _, strip in batch)), 255)
        spans, at = [], 0
        for place, strip in batch:
            sheet.paste(strip, (2 * _PADDING, at + _PADDING))
            spans.append((place, at, at + strip.height + 2 * _PADDING))
            at = spans[-1][2]
        words = _words(sheet, language, "6")
        for place, top, bottom in spans:
            lines: dict[tuple[str, str, str], list[_Word]] = {}
            for word in words:
                if top <= word.top + word.height / 2 < bottom:
                    lines.setdefault(word.line, []).append(word)
            found[place] = "".join(map(_joined, sorted(lines.values(), key=lambda line: line[0].top)))
    return found


def _words(picture: Any, language: str, layout: str) -> list[_Word]:
    """The words that Tesseract finds in a picture, with their boxes."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=1)
    command = [str(program()), "stdin", "stdout", "-l", language, "--psm", layout, "--dpi", "300", "tsv"]
    done = subprocess.run(
        command,
        input=buffer.getvalue(),
        capture_output=True,
        timeout=_PAGE_SECONDS,
        check=True,
        env={"OMP_THREAD_LIMIT": "1"},
    )
    rows = csv.DictReader(io.StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [
        _Word(
            row["text"].strip(),
            int(row["left"]),
            int(row["top"]),
            int(row["width"]),
            int(row["height"]),
            (row["block_num"], row["par_num"], row["line_num"]),
        )
        for row in rows
        if (row.get("text") or "").strip()
    ]
