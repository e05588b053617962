"""Two readers of PDF that have nothing in common see the same: ours through pdfium, and pdfplumber through pdfminer."""

import io
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from benchmarks.generator.make import make_report
from benchmarks.generator.plan import Options
from ingest.document import Document
from ingest.readers import read
from ingest.readers.text import is_page_number
from tests.corpus.corpus import SAMPLES, documents

Rows = list[tuple[str, ...]]


def _shown(item: dict[str, Any]) -> bool:
    """Whether a drawn thing can be seen: WPS puts a white rectangle behind every line of print."""
    if item["object_type"] not in ("rect", "line", "curve") or item["stroke"]:
        return True
    colour = item["non_stroking_color"]
    return not all(part == 1 for part in (colour if isinstance(colour, (tuple, list)) else (colour,)))


def plumbed(data: bytes) -> tuple[Rows, list[str]]:
    """The rows of all tables and the lines outside of them, as pdfplumber gives them."""
    rows: Rows = []
    lines: list[str] = []
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            rest = seen = page.dedupe_chars(tolerance=1).filter(_shown)
            for table in (table for table in seen.find_tables() if len(table.columns) > 1):
                rows += [tuple(cell.strip() for cell in row if cell is not None) for row in table.extract()]
                rest = rest.outside_bbox(table.bbox)
            lines += [line["text"] for line in rest.extract_text_lines(return_chars=False)]
    return rows, [line for line in lines if not is_page_number(line)]


def _without_doubt(cell: str) -> str:
    """A cell without the sign of a letter that is not known, which a number broken over the lines of its cell has."""
    return cell.removesuffix("\ufffd") if "\n" in cell else cell


def ours(document: Document) -> tuple[Rows, list[str]]:
    shown = [[cell for cell in row if cell is not None] for grid in document.grids for row in grid.rows]
    rows = [tuple(map(_without_doubt, row)) for row in shown]
    return rows, [line.text for line in document.lines()]


def agree(data: bytes) -> None:
    document = read(data)
    assert not document.faults
    assert ours(document) == plumbed(data)


PATHS = [SAMPLES / "xuzhou-2022.pdf", *(path for path in documents().values() if path.suffix == ".pdf")]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_of_real_reports_both_see_the_same(path: Path) -> None:
    agree(path.read_bytes())


@pytest.mark.parametrize(
    ("damage", "count"),
    [
        ("none", 3),
        ("all", 3),
        *(pytest.param(damage, 150, marks=pytest.mark.slow) for damage in ("none", "light", "all")),
    ],
)
def test_of_generated_reports_both_see_the_same(damage: str, count: int) -> None:
    options = Options(seed=f"two readers {count}", formats=("pdf",), damage=damage)
    for index in range(count):
        agree(make_report(index, options).data)
