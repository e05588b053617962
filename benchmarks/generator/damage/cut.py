"""A file cut in the middle of a table: what follows is gone."""

from random import Random

from benchmarks.generator.chance import below, pick
from benchmarks.generator.forms import FORM_2019
from benchmarks.generator.grids.grid import Grid
from benchmarks.generator.model import EITHER, UNKNOWABLE, Marks, Paragraph, Table, TableBlock

UNDECIDABLE = "undecidable"


def cut_document(
    rng: Random,
    blocks: tuple[Paragraph | TableBlock, ...],
    grids: dict[str, Grid],
    tables: dict[str, Table],
    marks: dict[str, Marks],
) -> tuple[tuple[Paragraph | TableBlock, ...], dict[str, Grid], dict[str, str]]:
    """The blocks and grids that are left, and the forms that the file still shows, by section.

    A form is empty where its table is gone, and `undecidable` where what is left of the table does not tell it.
    """
    places = [place for place, block in enumerate(blocks) if isinstance(block, TableBlock)]
    place = pick(rng, places)
    block = blocks[place]
    assert isinstance(block, TableBlock)
    cut = block.section
    grid = grids[cut]
    row = grid.header + below(rng, len(grid.rows) - grid.header)
    kept = below(rng, len(grid.rows[row]))
    left = Grid((*grid.rows[:row], grid.rows[row][:kept]), grid.header, grid.width)
    shown = {block.section for block in blocks[:place] if isinstance(block, TableBlock)}
    for section, table in tables.items():
        if section not in shown and section != cut:
            for index in range(len(table.keys)):
                marks[section].hide(index, UNKNOWABLE)
    refs = {slot.ref for line in left.rows for slot in line}
    for index in range(len(tables[cut].keys)):
        if index not in refs:
            marks[cut].hide(index, UNKNOWABLE)
    for slot in grid.rows[row][:kept]:
        if slot.ref >= 0:
            marks[cut].lower(slot.ref, EITHER)
    forms = {section: table.form if section in shown or section == cut else "" for section, table in tables.items()}
    if cut == "applications" and not _tells_form(left, tables[cut].form):
        forms[cut] = UNDECIDABLE
    return blocks[: place + 1], {**grids, cut: left}, forms


def _tells_form(left: Grid, form: str) -> bool:
    labels = {slot.text for row in left.rows for slot in row}
    return ("（七）总计" if form == FORM_2019 else "3.其他") in labels
