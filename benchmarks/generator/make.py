"""Report number i of a seed, from the draw to the bytes."""

from dataclasses import replace
from random import Random

from benchmarks.generator.chance import pick
from benchmarks.generator.damage.characters import lose_beside_digits, lose_in_labels
from benchmarks.generator.damage.cut import UNDECIDABLE, cut_document
from benchmarks.generator.damage.hijack import inject_gambling, link_abroad
from benchmarks.generator.draw.report import Drawn, draw_report
from benchmarks.generator.encodings import NO_ENCODING, Encoding, draw_encoding, encode
from benchmarks.generator.forms import FORM_2019, KEYS
from benchmarks.generator.grids.choose import grid_of
from benchmarks.generator.grids.grid import Grid
from benchmarks.generator.model import EITHER, Marks, Paragraph, Printed, Table, TableBlock
from benchmarks.generator.plan import OFFICE, SUFFIXES, Options, Plan, draw_plan
from benchmarks.generator.render.html import render_html
from benchmarks.generator.render.mhtml import wrap_mhtml
from benchmarks.generator.render.text import render_text
from benchmarks.generator.wording import Say, script_of, speakers, without_pinyin, write_number

Blocks = tuple[Paragraph | TableBlock, ...]

_CONTAMINATING = {"junk_tags", "gambling", "foreign_links"}
_PINYIN = "hant_pinyin"
_FIRST_YEAR_OF_2021 = 2021


def make_report(index: int, options: Options) -> Printed:
    """Report `index` (from 0); it depends on `options` and `index` alone.

    Raises ValueError for a negative index.
    """
    if index < 0:
        raise ValueError(f"reports are numbered from 0, got {index}")
    rng = Random(f"{options.seed}/{index}")
    plan = draw_plan(rng, options, index)
    prose_say, table_say = speakers(plan.script, plan.typography)
    drawn = draw_report(rng, plan, prose_say)
    tables = {section: _in_script(table, plan.script) for section, table in drawn.tables.items()}
    grids = {section: grid_of(plan, table) for section, table in tables.items()}
    marks = {section: Marks.of(len(table.keys)) for section, table in tables.items()}
    blocks, table_say = _damage_words(rng, drawn, prose_say, table_say)
    if plan.label_damage and grids:
        table_say = lose_in_labels(grids, rng, table_say)
    forms = {section: table.form for section, table in tables.items()}
    like_2021 = plan.groups == "subtotals" and plan.applications_form == FORM_2019 and plan.year >= _FIRST_YEAR_OF_2021
    if like_2021:
        _doubt_other(tables["applications"], marks["applications"])
    is_cut = plan.loss == "cut"
    if is_cut:
        blocks, grids, forms = cut_document(rng, blocks, grids, tables, marks)
    if like_2021:
        forms |= {section: UNDECIDABLE for section in ("applications", "reviews") if forms[section]}
    wrong = options.damage != "none" and plan.format != "mhtml"
    encoding = draw_encoding(rng, plan.script not in ("hans", "mixed"), wrong)
    published_on = ""
    if plan.format in OFFICE:
        data, encoding = _render_office(rng, plan, blocks, tables, grids, table_say), NO_ENCODING
        text = _words(blocks, grids, table_say)
    elif plan.is_page:
        title = drawn.prose.title or prose_say("年报")
        if plan.format == "mhtml":
            encoding = encoding.in_mime()
        text, published_on = render_html(rng, plan, title, blocks, tables, grids, table_say, encoding.declared, is_cut)
        data, encoding = encode(text, encoding, True)
        data = wrap_mhtml(rng, data, encoding.declared) if plan.format == "mhtml" else data
    else:
        loser = pick(rng, ("applications", "applications", "reviews")) if "applications" in tables else ""
        text = render_text(rng, plan, blocks, tables, grids, marks, table_say, loser)
        data, encoding = encode(text, encoding, False)
    name = f"{index:07d}.{SUFFIXES[plan.format]}"
    report = _describe(drawn, blocks, forms, encoding, published_on, script_of(plan.script, text, bool(tables)))
    claims = drawn.prose.claims
    if is_cut and not plan.statistics:
        # Part six, which says what was charged, stands after every table.
        claims = tuple(claim for claim in claims if claim.code != "fees_charged")
    return Printed(name, data, tuple(tables.values()), marks, report, claims, drawn.mistakes)


def _doubt_other(table: Table, marks: Marks) -> None:
    """Beside printed subtotals, a row (六)其他处理 reads like that of form_2021's group whose three rows are lost."""
    for index, key in enumerate(table.keys):
        if KEYS[key].row_code == "other":
            marks.lower(index, EITHER)


def _words(blocks: Blocks, grids: dict[str, Grid], say: Say) -> str:
    """The words of a report, its numbers left out."""
    prose = [block.text for block in blocks if isinstance(block, Paragraph)]
    return "".join([*prose, *(say(slot.text) for grid in grids.values() for row in grid.rows for slot in row)])


def _render_office(
    rng: Random, plan: Plan, blocks: Blocks, tables: dict[str, Table], grids: dict[str, Grid], say: Say
) -> bytes:
    """The bytes of a DOCX, XLSX or PDF file. Their libraries are slow to load, and a run of pages needs none."""
    if plan.format == "docx":
        from benchmarks.generator.render.docx import render_docx as render
    elif plan.format == "xlsx":
        from benchmarks.generator.render.xlsx import render_xlsx as render
    else:
        from benchmarks.generator.render.pdf import render_pdf as render
    return render(rng, plan, blocks, tables, grids, say)


def _in_script(table: Table, script: str) -> Table:
    if script in ("hans", "mixed"):
        return table
    raw, extra = [write_number(text) for text in table.raw], [write_number(text) for text in table.extra]
    return replace(table, raw=raw, extra=extra)


def _damage_words(rng: Random, drawn: Drawn, prose_say: Say, table_say: Say) -> tuple[Blocks, Say]:
    blocks, damages = drawn.prose.blocks, drawn.plan.damages
    if "gambling" in damages:
        blocks = inject_gambling(blocks, rng, prose_say)
    if "foreign_links" in damages:
        blocks = link_abroad(blocks, rng)
    if "lost_characters" not in damages:
        return blocks, table_say

    def without_decrease(text: str) -> str:
        return table_say(text[:-1] if text == "本年增/减" else text)

    return lose_beside_digits(blocks), without_decrease


def _describe(
    drawn: Drawn, blocks: Blocks, forms: dict[str, str], encoding: Encoding, published_on: str, script: str
) -> dict[str, str]:
    plan, publisher, prose = drawn.plan, drawn.plan.publisher, drawn.prose
    cms = plan.is_page and plan.page == "cms"
    # A signature after a cut is not in the file, and one whose characters are lost is no date.
    is_signed = any(isinstance(block, Paragraph) and block.role == "signature" for block in blocks)
    readable_date = is_signed and "lost_characters" not in plan.damages
    named = cms or is_signed or prose.named_in_lead or plan.title == "full"
    damage = sorted(plan.damages)
    damage += ["label_characters"] if plan.label_damage else []
    if plan.loss == "cut" or (
        plan.format == "text" and _loss_shows(plan.loss, plan.layout, "applications" in drawn.tables)
    ):
        damage.append(plan.loss)
    if plan.is_page and encoding.is_wrong:
        damage.append("wrong_declaration")
    if plan.statistics:
        shown = forms.get("statistics", "")
        disclosure = applications = reviews = shown
    elif plan.provincial:
        # A province's own table is none of the forms', and how much of it makes one is for the reader to say.
        disclosure = applications = reviews = UNDECIDABLE
    elif drawn.tables:
        disclosure, applications, reviews = forms["disclosure"], forms["applications"], forms["reviews"]
    else:
        disclosure = applications = reviews = plan.disclosure_form
    return {
        "title": without_pinyin(prose.title) if plan.script == _PINYIN else prose.title,
        "report_year": str(plan.year),
        "disclosure_form": disclosure,
        "applications_form": applications,
        "reviews_form": reviews,
        "script": script,
        "script_variant": plan.script,
        "encoding": encoding.actual,
        "declared_encoding": encoding.declared if plan.is_page else "",
        "agency_name": publisher.agency_name if named else "",
        "region_code": publisher.region_code if named else "",
        "region_name": publisher.region_name if named else "",
        "scope": publisher.scope,
        "published_on": published_on or (prose.signed_on if readable_date else ""),
        "contaminated": str(bool(plan.damages & _CONTAMINATING or plan.script == _PINYIN)).lower(),
        "layout": plan.layout_name,
        "damage": "+".join(damage),
    }


def _loss_shows(loss: str, layout: str, has_rows: bool) -> bool:
    return loss in ("vanished", "repeated") or (
        loss == "lost_cell" and has_rows and (layout.startswith("lines") or layout == "pipes")
    )
