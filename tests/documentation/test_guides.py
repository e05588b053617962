"""The guides lead where they say, in both languages, and what documents say stays words on every page."""

import html
import os
import re
import warnings
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from documentation import translations
from documentation.guides import for_site, guide_paths, links
from documentation.lineage import Step, around, picture
from documentation.markdown import code, page, table, text, words
from warehouse.paths import PROJECT_ROOT

HOSTILE = '<script>alert(1)</script> | [a](javascript:alert(1)) `x` <img src=x onerror="y"> {raw}`html` &lt; \\ $a$ #'


def read(guide: str) -> str:
    return (PROJECT_ROOT / guide).read_text(encoding="utf-8")


def anchors(source: str) -> set[str]:
    """The anchors that code hosts and the site give to headings."""
    headings = re.findall(
        r"^#+ (.*)$", re.sub(r"^```.*?^```", "", source, flags=re.DOTALL | re.MULTILINE), re.MULTILINE
    )
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("guide", guide_paths(PROJECT_ROOT))
def test_every_link_of_a_guide_leads_somewhere(guide: str) -> None:
    for target in links(read(guide)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        wanted = os.path.normpath(PurePosixPath(guide).parent / path) if path else guide
        assert (PROJECT_ROOT / wanted).exists(), target
        if anchor:
            assert anchor in anchors(read(wanted)), target


def test_a_link_that_leads_nowhere_stops_the_site() -> None:
    with pytest.raises(ValueError, match=r"gone\.md"):
        for_site("docs/a.md", "see [it](gone.md)", frozenset(), lambda name: False, "")


def test_links_are_turned_to_pages_and_files_and_code_is_left() -> None:
    source = "[a](../README.md#x) [b](../examples/b.ipynb) [c](https://example.org)\n```\n[d](gone.md)\n```\n"
    turned = for_site("docs/a.md", source, frozenset({"README.md"}), lambda name: name == "examples/b.ipynb", "")
    assert turned == (
        '[a](../index.md#x) <a href="../files/examples/b.ipynb">b</a> [c](https://example.org)\n```\n[d](gone.md)\n```\n'
    )


def test_chinese_guides_have_the_sections_of_the_english_ones() -> None:
    """One that is behind is told, and need not have the sections that it does not know yet."""
    for translation in translations.translations():
        if translation.behind:
            warnings.warn(f"{translation.chinese} is behind {translation.english}", stacklevel=1)
            continue
        assert translations.outline(read(translation.chinese)) == translations.outline(read(translation.english)), (
            translation.chinese
        )


def test_guides_in_two_languages_lead_to_each_other() -> None:
    for translation in translations.translations():
        for here, there in ((translation.chinese, translation.english), (translation.english, translation.chinese)):
            relative = os.path.relpath(there, PurePosixPath(here).parent)
            assert relative in links("\n".join(read(here).splitlines()[:6])), f"{here} does not lead to {there}"


def test_a_guide_whose_english_changed_is_behind() -> None:
    assert translations.digest("# A\n\n[中文](zh/a.md)\n\nb\n") == translations.digest(
        "# A\n\n[中文](zh/x.md)\n\nb\n".replace("[中文](zh/x.md)", "[中文](zh/a.md) · more")
    )
    assert translations.digest("# A\nb\n") != translations.digest("# A\nc\n")


@given(st.text())
def test_what_a_document_says_is_shown_and_means_nothing(said: str) -> None:
    """Rendered, any text is one paragraph of itself: no element, no link, no code."""
    shown = MarkdownIt("commonmark").enable("table").render(text(said))
    visible = " ".join("".join(letter if letter.isprintable() else " " for letter in said).split())
    assert html.unescape(shown) == (f"<p>{visible}</p>\n" if visible else "")


def test_a_hostile_title_stays_in_its_cell() -> None:
    shown = (
        MarkdownIt("commonmark").enable("table").render(page("T", table(("A", "B"), [(text(HOSTILE), code(HOSTILE))])))
    )
    assert re.findall(r"<(?!/?(?:h1|table|thead|tbody|tr|th|td|code)\b)[a-z]+", shown) == []
    assert html.escape(HOSTILE, quote=False).replace('"', "&quot;") in shown
    assert shown.count("<td>") == 2


def test_descriptions_keep_their_code_and_nothing_else() -> None:
    assert words("the `requests` of <b>a</b> report") == r"the `requests` of \<b\>a\<\/b\> report"


def test_lineage_shows_what_a_table_is_made_of_and_what_reads_it() -> None:
    steps = {
        step.name: step
        for step in (
            Step("raw", "raw", ()),
            Step("cells", "lake", ("raw",)),
            Step("other", "lake", ("raw",)),
            Step("stg_cells", "staging", ("cells",), "stg_cells.html"),
            Step("fct", "marts", ("stg_cells",)),
            Step("<chart>", "chart", ("fct",)),
        )
    }
    near = around(steps, "stg_cells")
    assert set(near) == {"raw", "cells", "stg_cells", "fct", "<chart>"}
    drawn = picture(near, "stg_cells")
    assert drawn.count("<path") == 4
    assert 'href="stg_cells.html"' in drawn
    assert "&lt;chart&gt;" in drawn
    assert "<chart>" not in drawn
    assert drawn == picture(dict(reversed(near.items())), "stg_cells")
