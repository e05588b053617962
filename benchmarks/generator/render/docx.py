"""A report as a Word document."""

import io
from collections.abc import Iterator, Sequence
from random import Random
from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from benchmarks.generator.grids.grid import Grid
from benchmarks.generator.grids.place import Placed, height
from benchmarks.generator.model import Paragraph, Table, TableBlock
from benchmarks.generator.plan import Plan
from benchmarks.generator.render.office import parts_of, without_clock
from benchmarks.generator.wording import Say

_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def render_docx(
    rng: Random,
    plan: Plan,
    blocks: Sequence[Paragraph | TableBlock],
    tables: dict[str, Table],
    grids: dict[str, Grid],
    say: Say,
) -> bytes:
    """The bytes of the document."""
    document = docx.Document()
    body = document.element.body
    last = body.sectPr
    # Word cuts a number into runs wherever its spelling or its font was touched.
    cuts = rng.random() < 0.3
    for part in parts_of(rng, plan, blocks, tables, grids, say):
        if isinstance(part, Paragraph):
            last.addprevious(parse_xml(_paragraph(part.text, cuts, nsdecls("w"))))
        else:
            last.addprevious(parse_xml(_table(part, cuts)))
            last.addprevious(parse_xml(_paragraph("", False, nsdecls("w"))))
    buffer = io.BytesIO()
    document.save(buffer)
    return without_clock(buffer.getvalue())


def _paragraph(text: str, cuts: bool, namespaces: str = "") -> str:
    pieces = [text[:1], text[1:]] if cuts and len(text) > 1 else [text]
    runs = "".join(f'<w:r><w:t xml:space="preserve">{escape(piece)}</w:t></w:r>' for piece in pieces if piece)
    return f"<w:p {namespaces}>{runs}</w:p>"


def _table(placed: Sequence[Placed], cuts: bool) -> str:
    width = max(cell.column + cell.colspan for cell in placed)
    columns = f'<w:gridCol w:w="{9000 // width}"/>' * width
    rows = "".join(f"<w:tr>{''.join(_row(placed, row, cuts))}</w:tr>" for row in range(height(placed)))
    properties = f"<w:tblPr><w:tblW w:w='0' w:type='auto'/><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>"
    return f"<w:tbl {nsdecls('w')}>{properties}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def _row(placed: Sequence[Placed], row: int, cuts: bool) -> Iterator[str]:
    here = sorted((cell for cell in placed if cell.row <= row < cell.row + cell.rowspan), key=lambda cell: cell.column)
    for cell in here:
        properties = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
        if cell.rowspan > 1:
            properties += '<w:vMerge w:val="restart"/>' if cell.row == row else "<w:vMerge/>"
        text = cell.text if cell.row == row else ""
        yield f"<w:tc><w:tcPr>{properties}</w:tcPr>{_paragraph(text, cuts)}</w:tc>"
