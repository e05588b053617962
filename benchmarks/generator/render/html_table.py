"""Tables in HTML: as the form has them, and with the faults of structure that the wild adds."""

from collections.abc import Sequence
from random import Random

from benchmarks.generator.chance import below
from benchmarks.generator.grids.grid import LABEL, Grid, Slot
from benchmarks.generator.render.html_cells import CellMarkup
from benchmarks.generator.wording import Say

_OPEN = '<table border="1" cellspacing="0" cellpadding="0">'


def html_rows(grid: Grid, texts: Sequence[str], say: Say, cell: CellMarkup) -> list[str]:
    """Each row of the grid as a `tr`."""
    rows = []
    for index, row in enumerate(grid.rows):
        head = index < grid.header
        cells = [
            cell(say(text) if ref < 0 else texts[ref], rowspan, colspan, head) for text, ref, rowspan, colspan in row
        ]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return rows


def with_wrong_spans(grid: Grid, rng: Random) -> Grid:
    """The grid with spans of labels that do not add up: one more, one less, or left out."""

    def wrong(slot: Slot) -> Slot:
        if slot.ref != LABEL or slot.rowspan + slot.colspan == 2 or rng.random() < 0.5:
            return slot
        if slot.rowspan > 1:
            return slot._replace(rowspan=max(1, slot.rowspan + (1 if rng.random() < 0.5 else -1)))
        return slot._replace(colspan=max(1, slot.colspan + (1 if rng.random() < 0.3 else -1)))

    return Grid(tuple(tuple(wrong(slot) for slot in row) for row in grid.rows), grid.header, grid.width)


def table_html(rows: list[str], header: int, structure: str, rng: Random, between: str = "") -> str:
    """The rows as a table (or two, with `between` them), with the fault that `structure` names."""
    if structure in ("cut", "cut_header", "repeated_header") and len(rows) > header + 4:
        place = header + 2 + below(rng, len(rows) - header - 3)
        again = rows[:header] if structure != "cut" else []
        middle = "" if structure == "repeated_header" else f"</table>\n{between}\n{_OPEN}"
        return f"{_OPEN}{''.join(rows[:place])}{middle}{''.join(again)}{''.join(rows[place:])}</table>"
    if structure == "no_tr":
        # The opening tag is gone; the closing one is what still tells the rows apart.
        rows = [row if rng.random() < 0.7 else row.removeprefix("<tr>") for row in rows]
    return f"{_OPEN}<tbody>{''.join(rows)}</tbody></table>"
