"""The parts of the responses are claims only where the prose plainly gives all of them."""

import pytest

from ingest.prose.claims import find_claims
from ingest.prose.passages import Passage, plain_text, sentences

_PARTS = {"responses_by_interpretation": 10, "responses_by_weibo_wechat": 17, "responses_otherwise": 8}


def parts(*paragraphs: str) -> dict[str, int]:
    passages = tuple(Passage(text, plain_text(text), f"line {n}") for n, text in enumerate(paragraphs, start=1))
    found, _ = find_claims(sentences(passages), 2018)
    return {claim.claim_code: int(claim.value) for claim in found if claim.claim_code.startswith("responses_")}


@pytest.mark.parametrize(
    "text",
    [
        "回应公众热点37次。其中,政策解读稿件发布数10件;微博微信回应事件数17件;其他方式回应事件数8件。",
        "回应公众热点37次，其中政策解读10篇，微博、微信回应事件17次，其他方式回应8次。",
        "回應公眾熱點37次。其中：政策解讀稿件發布十件；微博微信回應事件十七件；其他方式回應事件八件。",
    ],
)
def test_parts_behind_the_number_are_claims(text: str) -> None:
    assert parts(text) == _PARTS


@pytest.mark.parametrize(
    "text",
    [
        # One that no label of the form names would be left out of the sum.
        "回应公众热点37次。其中,政策解读10件;微博微信回应事件17件;电视问政8件。",
        "回应公众热点37次。其中,政策解读10件;微博微信回应事件17件。全年召开会议3次。",
        "回应公众热点37次。其中,政策解读10件;政策解读17件。",
        "回应公众热点37次。其中,政策解读10余件;微博微信回应事件17件。",
        "回应公众热点37次。其中,政策解读10件。",
        "回应公众热点37次。政策解读10件;微博微信回应事件17件。",
    ],
)
def test_what_is_not_plainly_all_of_the_parts_is_none(text: str) -> None:
    assert parts(text) == {}


def test_another_paragraph_is_another_matter() -> None:
    assert parts("回应公众热点37次。", "其中,政策解读10件;微博微信回应事件17件。") == {}
