"""A report as a text file."""

from random import Random

from benchmarks.generator.chance import below, pick
from benchmarks.generator.damage.hijack import junk_tags
from benchmarks.generator.damage.losses import Line, drop_blanks, drop_repeated, lose_one
from benchmarks.generator.grids.grid import Grid
from benchmarks.generator.model import EITHER, Marks, Paragraph, Table, TableBlock
from benchmarks.generator.plan import Plan
from benchmarks.generator.render.text_lines import lines
from benchmarks.generator.render.text_rows import markdown, pipes, rectangle, tabs
from benchmarks.generator.wording import Say


def _rows(grid: Grid, texts: list[str], say: Say) -> list[list[Line]]:
    return [[(say(text) if ref < 0 else texts[ref], ref) for text, ref, _, _ in row] for row in grid.rows]


def _doubt(plan: Plan, table: Table, marks: Marks, spaced: bool) -> None:
    """Lower what a flattened table leaves to arithmetic: an unusual order of columns, lost empty lines, and the table
    of a province: no form says which row follows which, so the values behind a label may be those of a lost row."""
    if table.section == "applications" and (plan.order or plan.subtotal_column):
        for index in range(len(table.keys)):
            marks.lower(index, EITHER)
    if plan.provincial or (spaced and "" in table.raw):
        for index in range(len(table.keys)):
            marks.lower(index, EITHER)


def _doubt_sums(tables: dict[str, Table], marks: dict[str, Marks]) -> None:
    """Where a text with one cell a line prints no empty cell, a row that does not add up may have lost one and gained a
    page number in its place."""
    if any("" in table.texts for table in tables.values()):
        return
    for section, parts in (("applications", 6), ("reviews", 4)):
        table = tables.get(section)
        values = [int(value or 0) for value in table.values] if table else []
        rows = range(0, len(values), parts + 1)
        wrong = [start for start in rows if sum(values[start : start + parts]) != values[start + parts]]
        if section == "reviews" and wrong:
            wrong = list(rows)
        for start in wrong:
            for index in range(start, start + parts + 1):
                marks[section].lower(index, EITHER)


def _doubt_totals(table: Table, marks: Marks) -> None:
    """Where cells are only counted, a row with numbers and no total may have had its blanks moved to its end."""
    width = {"applications": 7, "reviews": 5}.get(table.section, 0)
    for start in range(0, len(table.keys) if width else 0, width or 1):
        row = table.raw[start : start + width]
        if any(row) and not row[-1]:
            together = range(start, start + width) if table.section == "applications" else range(len(table.keys))
            for index in together:
                marks.lower(index, EITHER)


def render_text(
    rng: Random,
    plan: Plan,
    blocks: tuple[Paragraph | TableBlock, ...],
    tables: dict[str, Table],
    grids: dict[str, Grid],
    marks: dict[str, Marks],
    say: Say,
    loser: str,
) -> str:
    """The text; `loser` is the section of the table that loses a cell, where the plan says that one does."""
    layout = plan.layout
    one_a_line = layout.startswith("lines")
    spaced = layout == "lines_spaced"
    break_heads, break_labels = rng.random() < 0.4, rng.random() < 0.15
    indent = pick(rng, ("", "    ", "　　")) if spaced else ""
    broken = pick(rng, ("", "", " ", "\n"))
    blank = pick(rng, ("", "", "\n"))
    flag = rng.random() < 0.3
    seen: set[str] = set()
    out: list[str] = []
    if layout in ("lines", "lines_spaced"):
        _doubt_sums(tables, marks)
    if "junk_tags" in plan.damages:
        out.append(junk_tags(rng))
    for block in blocks:
        if isinstance(block, Paragraph):
            if plan.loss == "repeated":
                if block.text in seen:
                    continue
                seen.add(block.text)
            out.append(("　　" if flag and block.role == "text" else "") + block.text)
            continue
        section = block.section
        table, grid = tables[section], grids[section]
        if one_a_line or layout == "pipes":
            rows = _rows(grid, table.texts, say)
            if plan.loss == "lost_cell" and section == loser:
                rows = lose_one(rows, marks[section], rng)
            elif plan.loss == "vanished":
                rows = drop_blanks(rows, table, marks[section])
            elif plan.loss == "repeated":
                rows = drop_repeated(rows, table, marks[section], seen)
            if one_a_line:
                if plan.loss not in ("vanished", "repeated"):
                    _doubt(plan, table, marks[section], spaced)
                printed = lines(rows, grid.header, layout, rng, break_heads, break_labels, indent)
            else:
                printed = pipes(rows, grid.header, grid.width, rng, broken, blank)
        else:
            cells = rectangle(grid, table.texts, say, repeat=flag)
            printed = markdown(cells, spaced=not flag) if layout == "markdown" else tabs(cells)
        if not one_a_line:
            _doubt_totals(table, marks[section])
        if "page_numbers" in plan.damages and len(printed) > 8:
            place = len(printed) // 2 + below(rng, len(printed) // 2)
            number = f"- {1 + below(rng, 9)} -"
            printed = [*printed[:place], number, *printed[place:]]
        if layout == "markdown":
            printed = ["", *printed, ""]
        out += printed
    return ("\n\n" if spaced else "\n").join(out) + "\n"
