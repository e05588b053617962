"""Whatever lines, cells, bars or tags of a report are lost or doubled, no cell silently says another number."""

from collections.abc import Mapping

import pytest

from tests.ingest.attacks import Score, attack_files, options_of

LAYOUTS_OF_TEXT = {"lines", "lines_spaced", "lines_bar", "pipes", "markdown", "tabs"}
LAYOUTS_OF_PAGES = {
    "official",
    "spans_off",
    "three_in_one",
    "cut",
    "cut_header",
    "repeated_header",
    "no_tr",
    "transposed",
}


def assert_nothing_wrong_in_silence(scores: Mapping[str, Score]) -> None:
    wrong = [one for score in scores.values() for one in score.wrong]
    assert not wrong, [(one.layout, one.index, one.attack, one.key, one.drawn, one.read) for one in wrong[:5]]


@pytest.mark.parametrize("formats", ["html", "text"])
def test_nothing_is_wrong_in_silence_after_an_attack(formats: str) -> None:
    scores = attack_files(options_of("attacked", formats), range(90), attacks=2)
    assert_nothing_wrong_in_silence(scores)
    assert scores.keys() >= (LAYOUTS_OF_TEXT if formats == "text" else {"official", "spans_off", "three_in_one"})
    assert sum(score.values for score in scores.values()) > 10_000


@pytest.mark.slow
@pytest.mark.parametrize("formats", ["html", "text"])
def test_nothing_is_wrong_in_silence_after_many_thousand_attacks(formats: str) -> None:
    scores = attack_files(options_of("attacked often", formats), range(8_000), attacks=3)
    assert_nothing_wrong_in_silence(scores)
    assert scores.keys() == (LAYOUTS_OF_TEXT if formats == "text" else LAYOUTS_OF_PAGES)
