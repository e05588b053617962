"""Tables with one row a line: bars as extractors write them, Markdown, tabs."""

from collections.abc import Sequence
from random import Random

from benchmarks.generator.chance import below
from benchmarks.generator.damage.losses import Line
from benchmarks.generator.grids.grid import Grid
from benchmarks.generator.render.text_lines import break_label
from benchmarks.generator.wording import Say


def pipes(rows: list[list[Line]], header: int, width: int, rng: Random, broken: str, blank: str) -> list[str]:
    """`a | b |` lines; bars fill the places that merged cells leave, but for the last row.

    `broken` joins the halves of a label broken within its cell (empty: none is); `blank` is what an empty cell is
    printed as.
    """
    out = []
    for index, row in enumerate(rows):
        cells = []
        for text, ref in row:
            if ref < 0 and broken and 3 < len(text) < 9 and below(rng, 4) == 0:
                text = broken.join(break_label(text))
            cells.append(text or blank)
        if not cells:
            continue
        fill = "|" * (width - len(cells)) if index < len(rows) - 1 else ""
        line = f"{' | '.join(cells)} | {fill}".rstrip(" ")
        out.append(line.replace(" \n ", "\n") if blank == "\n" else line)
    return out


def rectangle(grid: Grid, texts: Sequence[str], say: Say, repeat: bool) -> list[list[str]]:
    """Every place of the grid: a merged cell's text in its first place, the others empty, or `repeat` it in all."""
    places: dict[tuple[int, int], str] = {}
    for index, row in enumerate(grid.rows):
        column = 0
        for text, ref, rowspan, colspan in row:
            while (index, column) in places:
                column += 1
            printed = say(text) if ref < 0 else texts[ref]
            for down in range(rowspan):
                for right in range(colspan):
                    # A number is never repeated: its cell spans columns only to fill the table's width.
                    shown = printed if not (down or right) or (repeat and ref < 0) else ""
                    places[index + down, column + right] = shown
            column += colspan
    return [[places.get((index, column), "") for column in range(grid.width)] for index in range(len(grid.rows))]


def markdown(cells: list[list[str]], spaced: bool) -> list[str]:
    """A Markdown table: bars on both sides, and a line of dashes under the first row."""
    rule = ["---"] * len(cells[0])
    rows = [cells[0], rule, *cells[1:]]
    if spaced:
        return [f"| {' | '.join(row)} |" for row in rows]
    return [f"|{'|'.join(row)}|" for row in rows]


def tabs(cells: list[list[str]]) -> list[str]:
    """Rows with tabs between the cells."""
    return ["\t".join(row) for row in cells]
