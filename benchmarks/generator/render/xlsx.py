"""A report as a workbook: everything on one sheet, or a sheet for each table."""

import io
from collections.abc import Sequence
from random import Random

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.generator.grids.grid import Grid
from benchmarks.generator.grids.place import height
from benchmarks.generator.model import Paragraph, Table, TableBlock
from benchmarks.generator.plan import Plan
from benchmarks.generator.render.office import Part, parts_of, without_clock
from benchmarks.generator.wording import Say

_FRAME = Border(*(Side(style="thin"),) * 4)


def render_xlsx(
    rng: Random,
    plan: Plan,
    blocks: Sequence[Paragraph | TableBlock],
    tables: dict[str, Table],
    grids: dict[str, Grid],
    say: Say,
) -> bytes:
    """The bytes of the workbook."""
    book = Workbook()
    typed = rng.random() < 0.7
    several = rng.random() < 0.4
    parts = list(parts_of(rng, plan, blocks, tables, grids, say))
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    top = 1
    for index, part in enumerate(parts):
        if several and top > 1 and _begins_table(parts, index):
            sheet = book.create_sheet()
            top = 1
        top += _write(sheet, top, part, typed)
    buffer = io.BytesIO()
    book.save(buffer)
    return without_clock(buffer.getvalue())


def _begins_table(parts: Sequence[Part], index: int) -> bool:
    """Whether a table begins here, or the heading right above one."""
    part = parts[index]
    if not isinstance(part, Paragraph):
        return index == 0 or not isinstance(parts[index - 1], Paragraph) or parts[index - 1].role != "heading"
    follows = index + 1 < len(parts) and not isinstance(parts[index + 1], Paragraph)
    return part.role == "heading" and follows


def _write(sheet: Worksheet, top: int, part: Part, typed: bool) -> int:
    """Write a part from the row `top` on; returns how many rows it took."""
    if isinstance(part, Paragraph):
        sheet.cell(top, 1).value = part.text
        sheet.merge_cells(start_row=top, end_row=top, start_column=1, end_column=10)
        return 1
    for cell in part:
        target = sheet.cell(top + cell.row, 1 + cell.column)
        if not cell.is_label and typed and cell.text.isascii() and cell.text.isdigit():
            target.value = int(cell.text)
        elif cell.text:
            # Set as a text, whatever it looks like: `=` and `#REF!` are what was typed.
            target.value = cell.text
            target.data_type = "s"
        # Without its border, a row of blanks would not be in the file.
        target.border = _FRAME
        if cell.rowspan > 1 or cell.colspan > 1:
            sheet.merge_cells(
                start_row=top + cell.row,
                end_row=top + cell.row + cell.rowspan - 1,
                start_column=1 + cell.column,
                end_column=cell.column + cell.colspan,
            )
    return height(part) + 1
