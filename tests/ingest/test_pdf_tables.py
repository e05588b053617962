"""A table that a page break cuts is one table, where its rules show it; two tables stay two."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Block, Grid, Paragraph, Placement
from ingest.readers import read
from ingest.readers.pdf_tables import RuledTable, without_page_breaks

Rows = tuple[tuple[str | None, ...], ...]
SIDES = (50.0, 100.0, 150.0, 200.0)


def piece(page: int, rows: Rows, edges: tuple[float, ...] = SIDES, right: float = 250.0) -> RuledTable:
    locators = tuple(f"page {page}, table 1, row {row}" for row in range(1, len(rows) + 1))
    return RuledTable(Grid(rows, locators, Placement.RULED), edges, right)


def rows(blocks: tuple[Block, ...]) -> list[Rows | str]:
    return [block.rows if isinstance(block, Grid) else block.text for block in blocks]


HEADINGS: Rows = (("甲", "乙"), ("丙", "丁"))
NUMBERS: Rows = (("", "", "戊", "己"), ("1", "2", "3", "4"))


def test_headings_that_a_page_cuts_from_their_columns_are_put_above_them() -> None:
    blocks = without_page_breaks([[piece(1, HEADINGS, (50.4, 149.2))], [piece(2, NUMBERS)]])
    assert rows(blocks) == [(("甲", None, "乙", None), ("丙", None, "丁", None), *NUMBERS)]
    (grid,) = blocks
    assert isinstance(grid, Grid)
    assert grid.locator(3, 2) == "page 2, table 1, row 2, column 3"


def test_pieces_of_the_same_columns_are_one_table_over_any_number_of_pages() -> None:
    pages = [[piece(page, ((str(page), "2", "3", "4"),))] for page in (1, 2, 3)]
    assert rows(without_page_breaks(pages)) == [tuple((str(page), "2", "3", "4") for page in (1, 2, 3))]


@pytest.mark.parametrize(
    ("upper", "between"),
    [
        (piece(1, HEADINGS, (50.0, 150.0)), [Paragraph("四、另一张表", "page 2, line 1")]),
        (piece(1, HEADINGS, (50.0, 120.0)), []),
        (piece(1, HEADINGS, (50.0, 150.0), right=300.0), []),
        (piece(1, (("甲", "5"),), (50.0, 150.0)), []),
        (piece(1, (("甲", ""),), (50.0, 150.0)), []),
        (piece(1, (("1", "2", "3", "4", "5"),), (50.0, 80.0, 100.0, 150.0, 200.0)), []),
    ],
    ids=["a line between", "another rule", "another side", "a number above", "a blank above", "more columns above"],
)
def test_tables_that_are_not_plainly_one_stay_two(upper: RuledTable, between: list[Paragraph]) -> None:
    blocks = without_page_breaks([[upper], [*between, piece(2, NUMBERS)]])
    assert rows(blocks) == [upper.grid.rows, *(line.text for line in between), NUMBERS]


def test_white_rectangles_without_height_cut_no_cell() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 400), invariant=1)
    canvas.grid([50, 150, 350], [300, 340, 380])
    canvas.drawString(60, 355, "one")
    canvas.drawString(160, 355, "2")
    canvas.setFillGray(1)
    canvas.rect(52, 320, 96, 0, stroke=0, fill=1)
    canvas.save()
    (grid,) = read(buffer.getvalue()).grids
    assert grid.rows == (("one", "2"), ("", ""))


@pytest.mark.parametrize("bodies", [(b"2 0 R",), (b"3 0 R", b"2 0 R")], ids=["itself", "each other"])
def test_an_object_that_leads_back_to_itself_is_a_damaged_file(bodies: tuple[bytes, ...]) -> None:
    objects = (b"<</Type/Catalog/Pages 2 0 R>>", *bodies)
    data = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % item for item in enumerate(objects, start=1))
    document = read(data + b"trailer\n<</Root 1 0 R/Size 4>>\n%%EOF\n")
    assert [fault.code for fault in document.faults] == ["pdf_damaged"]
    assert document.faults[0].message == "not readable as PDF"
