"""What a page does not show inside a cell is no part of its number, however its style is written."""

import pytest

from ingest.report import CellStatus
from tests.corpus.corpus import SAMPLES
from tests.ingest.pages import cells

KEY = ("applications", "new_requests", "natural_person")
PAGE = (SAMPLES / "hulunbuir-2020.html").read_text(encoding="utf-8")


def with_cell(content: str) -> bytes:
    """The sample with another content in one of its cells."""
    assert PAGE.count(">193<") == 1
    return PAGE.replace(">193<", f">1{content}3<").encode()


def test_what_is_shown_is_read() -> None:
    assert cells(with_cell("<span>9</span>"))[KEY].value == 193


@pytest.mark.parametrize(
    "attribute",
    [
        'style="display:none"',
        "style='DISPLAY : NONE'",
        "style=display:none",
        'style="display&#58;none"',
        'style="dis&#112;lay:none"',
        'style="display:/**/none"',
        'style="dis\\70lay:none"',
        'style="font-size:0px"',
        'style="font-size:.0em"',
        'style="font-size:0rem"',
        'style="font:0/0 a"',
        "hidden",
        'hidden=""',
    ],
)
@pytest.mark.parametrize("name", ["span", "b", "font"])
def test_what_is_not_laid_out_is_no_digit(name: str, attribute: str) -> None:
    cell = cells(with_cell(f"<{name} {attribute}>9</{name}>"))[KEY]
    assert (cell.status, cell.value) in ((CellStatus.REPORTED, 13), (CellStatus.UNREADABLE, None))


@pytest.mark.parametrize(
    "style",
    [
        "opacity:0",
        "color:transparent",
        "color:#00000000",
        "color:rgba(0,0,0,0)",
        "transform:scale(0)",
        "position:absolute;left:-999px",
        "position:absolute;left:-99em",
        "position:absolute;clip:rect(1px,1px,1px,1px)",
        "clip-path:inset(100%)",
    ],
)
def test_what_nobody_can_see_makes_a_number_unreadable(style: str) -> None:
    assert cells(with_cell(f'<span style="{style}">9</span>'))[KEY].status is CellStatus.UNREADABLE


@pytest.mark.parametrize("name", ["datalist", "dialog", "audio", "video", "meter", "progress", "template"])
def test_elements_that_show_no_text_hold_no_digit(name: str) -> None:
    cell = cells(with_cell(f"<{name}>9</{name}>"))[KEY]
    assert (cell.status, cell.value) in ((CellStatus.REPORTED, 13), (CellStatus.UNREADABLE, None))


def test_digits_turned_round_are_no_number() -> None:
    assert cells(with_cell("&#8238;9&#8236;"))[KEY].status is CellStatus.UNREADABLE


@pytest.mark.parametrize("style", ["color:#333333", "font-size:10.5pt", "font:12px/1.5 SimSun", "margin-left:-10px"])
def test_common_styles_hide_nothing(style: str) -> None:
    assert cells(with_cell(f'<span style="{style}">9</span>'))[KEY].value == 193
