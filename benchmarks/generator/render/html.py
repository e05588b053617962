"""A report as an HTML file."""

from random import Random

from benchmarks.generator.damage.hijack import junk_tags
from benchmarks.generator.grids.grid import Grid
from benchmarks.generator.model import Paragraph, Table, TableBlock
from benchmarks.generator.plan import Plan
from benchmarks.generator.render.html_cells import MARKUPS, paragraph
from benchmarks.generator.render.html_page import bare_page, cms_page
from benchmarks.generator.render.html_table import html_rows, table_html, with_wrong_spans
from benchmarks.generator.wording import Say, speakers


def render_html(
    rng: Random,
    plan: Plan,
    title: str,
    blocks: tuple[Paragraph | TableBlock, ...],
    tables: dict[str, Table],
    grids: dict[str, Grid],
    say: Say,
    declared: str,
    is_cut: bool,
) -> tuple[str, str]:
    """The page, and the day that the page itself gives as that of publication (or empty)."""
    cell = MARKUPS[plan.markup](rng)
    prose_say, _ = speakers(plan.script, plan.typography)
    page = cms_page(title, declared, plan, prose_say, rng) if plan.page == "cms" else bare_page(title, declared, rng)
    parts = [page.before]
    if "junk_tags" in plan.damages:
        parts.append(junk_tags(rng))
    number = 1
    pages = "page_numbers" in plan.damages
    joined: list[str] = []
    together = plan.structure == "three_in_one"
    last_table = max((place for place, block in enumerate(blocks) if isinstance(block, TableBlock)), default=-1)
    for place, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            if block.role == "title":
                parts.append(f"<h1>{block.text}</h1>\n")
            elif joined:
                joined.append(f"<tr>{cell(block.text, 1, 10, True)}</tr>")
            else:
                parts.append(paragraph(plan.markup, block.text) + "\n")
            continue
        grid = grids[block.section]
        if plan.structure == "spans_off":
            grid = with_wrong_spans(grid, rng)
        rows = html_rows(grid, tables[block.section].texts, say, cell)
        if together:
            joined += rows
            if place == last_table:
                parts.append(table_html(joined, 0, "", rng))
                joined = []
            continue
        footer = f"<p>- {number} -</p>" if pages else ""
        number += 1
        # The first headings of the disclosure table hold for its first rows alone, so nobody repeats them.
        header = 0 if block.section == "disclosure" else grid.header
        parts.append(table_html(rows, header, plan.structure, rng, footer) + "\n")
        if pages:
            parts.append(f"<p>- {number} -</p>\n")
    if is_cut:
        return "".join(parts).removesuffix("</table>\n").removesuffix("</tbody>"), page.published_on
    return "".join([*parts, page.after]), page.published_on
