"""Letters drawn twice are taken once: the same as pdfplumber's own, whatever the letters."""

from hypothesis import given
from hypothesis import strategies as st
from pdfplumber.utils import dedupe_chars

from ingest.readers.pdf_letters import drawn_once

_LETTERS = st.fixed_dictionaries(
    {
        "upright": st.just(True),
        "text": st.sampled_from("政府12"),
        "fontname": st.sampled_from(("宋体", "黑体")),
        "size": st.sampled_from((10.5, 12.0)),
        "doctop": st.sampled_from((10.0, 10.4, 11.2, 12.5)),
        "x0": st.sampled_from((5.0, 5.6, 6.4, 20.0)),
    }
)


@given(st.lists(_LETTERS, unique_by=lambda letter: tuple(letter.values()), max_size=40))
def test_letters_drawn_twice_are_taken_once(letters: list[dict[str, object]]) -> None:
    assert drawn_once(letters) == dedupe_chars(letters, tolerance=1)
