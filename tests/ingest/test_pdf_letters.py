"""Letters drawn twice are taken once, and letters become the same lines of text, as pdfplumber has both."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pdfplumber.utils import dedupe_chars
from pdfplumber.utils.text import extract_text

from ingest.readers.pdf_letters import Letter, drawn_once, lines_of


def letters(feet: tuple[float, ...], lefts: tuple[float, ...], text: str, most: int) -> st.SearchStrategy[list[Letter]]:
    one = st.builds(
        lambda text, left, foot, size, font: Letter(text, left, left + size / 2, foot, size, font, 0),
        st.sampled_from(text),
        st.sampled_from(lefts),
        st.sampled_from(feet),
        st.sampled_from((10.5, 12.0)),
        st.sampled_from(("宋体", "黑体")),
    )
    return st.lists(one, unique=True, max_size=most)


def as_plumbed(letter: Letter) -> dict[str, Any]:
    return {
        "upright": True,
        "text": letter.text,
        "fontname": letter.font,
        "size": letter.size,
        "top": letter.foot,
        "bottom": letter.foot + letter.size,
        "doctop": letter.foot,
        "x0": letter.left,
        "x1": letter.right,
    }


@given(letters((10.0, 10.4, 11.2, 12.5), (5.0, 5.6, 6.4, 20.0), "政府12", 40))
def test_letters_drawn_twice_are_taken_once(found: list[Letter]) -> None:
    expected = dedupe_chars([as_plumbed(letter) for letter in found], tolerance=1)
    assert [as_plumbed(letter) for letter in drawn_once(found)] == expected


@given(letters((10.0, 11.5, 14.0, 30.0), (5.0, 11.0, 18.5, 24.0, 50.0), "政府12 ", 30))
def test_letters_become_lines_and_words(found: list[Letter]) -> None:
    assert "\n".join(line.text for line in lines_of(found)) == extract_text([as_plumbed(letter) for letter in found])
