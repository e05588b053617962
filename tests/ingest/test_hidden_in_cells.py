"""What a page does not show inside a cell is no part of its number, however its style is written."""

import re
import time

import pytest

from ingest.document import Document
from ingest.readers import read
from ingest.readers.html_names import OBJECT
from ingest.readers.html_tree import read_tree
from ingest.report import CellStatus
from tests.corpus.corpus import SAMPLES
from tests.ingest.pages import cells

KEY = ("applications", "new_requests", "natural_person")
PAGE = (SAMPLES / "hulunbuir-2020.html").read_text(encoding="utf-8")


def with_cell(content: str) -> bytes:
    """The sample with another content in one of its cells."""
    assert PAGE.count(">193<") == 1
    return PAGE.replace(">193<", f">1{content}3<").encode()


def document(body: str) -> Document:
    """What the reader makes of a page."""
    return read(f"<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode())


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
        "clip-path:circle(0)",
        "visibility:hidden",
        "visibility:collapse",
        "display:inline-block;content-visibility:hidden",
        "-webkit-text-fill-color:transparent",
        "filter:opacity(0)",
        "display:inline-block;transform:translateX(-9999px)",
        "display:inline-block;text-indent:-9999px",
        "color:#fff;background:#FFFFFF",
        "color:red;background-color:#f00",
        "background:rgb(9, 9, 9) none;font-weight:bold;color:#090909",
        "display:inline-block;width:0;overflow:hidden",
        "display:inline-block;max-width:0px;overflow:clip",
        "overflow:hidden;float:left;height:0",
        "max-height:.0em;overflow-y:hidden;display:inline-block",
        "opacity:.01",
        "zoom:0",
        "display:inline-block;scale:0",
        "display:inline-block;margin-top:-9999px",
        "position:fixed;inset:-9999px",
        "display:inline-block;transform:rotate(180deg)",
        "display:inline-block;transform:rotateY(180deg)",
        "display:inline-block;rotate:180deg",
        "display:inline-block;transform:matrix(-1, 0, 0, 1, 0, 0)",
    ],
)
@pytest.mark.parametrize("name", ["span", "div", "p"])
def test_what_nobody_can_see_makes_a_number_unreadable(name: str, style: str) -> None:
    assert cells(with_cell(f'<{name} style="{style}">9</{name}>'))[KEY].status is CellStatus.UNREADABLE


@pytest.mark.parametrize("sign", ["&zwnj;", "&zwj;", "&shy;", "&#8288;", "&#8203;", "&#65279;"])
def test_signs_without_width_are_no_part_of_a_label_or_number(sign: str) -> None:
    before = {key: cell.value for key, cell in cells(PAGE.encode()).items()}
    spread = re.sub("自然人|商业企业|总计|予以公开", lambda word: f"{word[0][:1]}{sign}{word[0][1:]}", PAGE)
    spread = spread.replace("193<", f"1{sign}93{sign}<")
    assert spread != PAGE
    assert {key: cell.value for key, cell in cells(spread.encode()).items()} == before


@pytest.mark.parametrize("style", ["visibility:hidden", "opacity:0", "font-size:0", "text-indent:-9999px"])
def test_a_cell_that_nobody_can_see_still_has_its_column(style: str) -> None:
    before = cells(PAGE.encode())
    after = cells(re.sub(r"<td[^>]*>((?:(?!<td).)*>193<)", rf'<td style="{style}">\1', PAGE, flags=re.S).encode())
    assert after[KEY].status is CellStatus.UNREADABLE
    assert {key: cell.value for key, cell in after.items() if key != KEY} == {
        key: cell.value for key, cell in before.items() if key != KEY
    }


@pytest.mark.parametrize(
    "tag",
    [
        "datalist",
        "dialog",
        "audio",
        "video",
        "meter",
        "progress",
        "template",
        "title",
        "noframes",
        "noembed",
        "div popover",
    ],
)
def test_elements_that_show_no_text_hold_no_digit(tag: str) -> None:
    cell = cells(with_cell(f"<{tag}>9</{tag.split()[0]}>"))[KEY]
    assert (cell.status, cell.value) in ((CellStatus.REPORTED, 13), (CellStatus.UNREADABLE, None))


@pytest.mark.parametrize(
    "content",
    [
        "<textarea>9</textarea>",
        "<select><option>9</option></select>",
        "<option>9</option>",
        "<input value=9>",
        "<button>9</button>",
        "<details>9</details>",
        "<details><summary>9</summary>8</details>",
        "<summary>9</summary>",
        "<marquee>9</marquee>",
        "<svg><text>9</text></svg>",
    ],
)
def test_what_a_browser_shows_in_a_box_or_line_of_its_own_is_no_digit_of_the_number(content: str) -> None:
    assert cells(with_cell(content))[KEY].status is CellStatus.UNREADABLE


@pytest.mark.parametrize(
    "content",
    [
        "&#8238;9&#8236;",
        "<bdo dir=rtl>94</bdo>",
        "<BDO dir=rtl><b>94</b></BDO>",
        '<span style="unicode-bidi:bidi-override;direction:rtl">94</span>',
        '<i style="direction:rtl; unicode-bidi: isolate-override">94</i>',
        '<span style="display:inline-block;transform:scaleX(-1)">94</span>',
    ],
)
def test_digits_turned_round_are_no_number(content: str) -> None:
    assert cells(with_cell(content))[KEY].status is CellStatus.UNREADABLE


@pytest.mark.parametrize(
    "style",
    [
        "color:#333333",
        "font-size:10.5pt",
        "font:12px/1.5 SimSun",
        "margin-left:-10px",
        "overflow:hidden",
        "max-width:0.5em;width:100%",
        "width:0.75pt;overflow:visible",
        "opacity:0.9",
        "color:#333;background:#fff",
        "color:inherit;background:inherit",
        "color:rgb(0, 0, 0);background-color:rgba(0, 0, 0, 0)",
        "color:#000;background:rgba(0,0,0,.05)",
        "backface-visibility:hidden",
        "transform:translate(0,0)",
        "direction:ltr",
    ],
)
def test_common_styles_hide_nothing(style: str) -> None:
    assert cells(with_cell(f'<span style="{style}">9</span>'))[KEY].value == 193


@pytest.mark.parametrize(
    "nothing",
    [
        '<span style="visibility:hidden"></span>',
        '<p style="opacity:0">&nbsp;</p>',
        '<b style="font-size:0"> </b>',
        '<div style="height:0;overflow:hidden"><!-- 9 --></div>',
    ],
)
def test_an_empty_tag_hides_nothing(nothing: str) -> None:
    assert PAGE.count(">193<") == 1
    read = cells(PAGE.replace(">193<", f">193{nothing}<").encode())[KEY]
    assert (read.status, read.value) == (CellStatus.REPORTED, 193)


@pytest.mark.parametrize("ground", ["bgcolor=#ffffff", 'style="background:white"'])
def test_a_white_number_on_white_ground_is_unreadable_and_on_another_ground_read(ground: str) -> None:
    white = f"<table><tr><td {ground}><font color=white>9</font></td><td>8</td><td>7</td></tr></table>"
    other = white.replace("#ffffff", "#cc0000").replace("background:white", "background:#c00")
    assert document(white).grids[0].rows == ((OBJECT, "8", "7"),)
    assert document(other).grids[0].rows == (("9", "8", "7"),)


@pytest.mark.parametrize("nearly", ["#fefefe", "#FFFFFA", "rgb(250, 250, 250)", "rgb(255 255 255)"])
def test_a_number_that_is_nearly_white_is_unreadable_on_paper(nearly: str) -> None:
    page = f'<table><tr><td style="color:{nearly}">9</td><td style="color:#ff0000">8</td><td>7</td></tr></table>'
    assert document(page).grids[0].rows == ((OBJECT, "8", "7"),)
    assert document(page.replace("<tr>", "<tr bgcolor=#003366>")).grids[0].rows == (("9", "8", "7"),)


@pytest.mark.parametrize(
    "none",
    [
        "background:none",
        "background:transparent none repeat scroll 0% 0%",
        "background-color:rgba(0, 0, 0, 0)",
        "background-color:rgba(255,255,255,0)",
    ],
)
def test_a_white_number_on_a_ground_without_colour_stands_on_what_lies_under_it(none: str) -> None:
    cell = f'<td style="color:#fff;{none}">9</td>'
    page = f"<table><tr>{cell}<td>8</td><td>7</td></tr></table>"
    assert document(page).grids[0].rows == ((OBJECT, "8", "7"),)
    assert document(page.replace("<tr>", "<tr bgcolor=#003366>")).grids[0].rows == (("9", "8", "7"),)


@pytest.mark.parametrize("style", ["visibility:hidden", "opacity:0", "font-size:0"])
@pytest.mark.parametrize("name", ["span", "div"])
def test_what_nobody_can_see_in_prose_joins_no_number(name: str, style: str) -> None:
    page = f'<div>新收12<{name} style="{style}"><p>9</p></{name}>3件</div>'
    for said in (document(page).text(), document(page + "</b>").text(), read_tree(page, "utf-8").text()):
        assert "1293" not in said
        assert "123" not in said


@pytest.mark.parametrize(
    "style",
    [
        "overflow:hidden;",
        "max-width:0 ",
        "color:rgba(1 ",
        "transform:translate(1 ",
        "transform:scale(1 ",
        "font-size:" + "0" * 20,
    ],
)
def test_a_very_long_style_is_looked_at_in_time(style: str) -> None:
    begun = time.process_time()
    document(f'<p style="{style * 6000}">9</p>')
    document(f"<p {'style=x ' * 6000}>9</p>")
    assert time.process_time() - begun < 3
