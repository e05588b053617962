"""What is told of short texts is remembered, within bounds."""

from ingest.text.remember import Remembered


def test_a_short_text_is_looked_at_once_and_a_long_one_each_time() -> None:
    asked: list[str] = []

    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    lengths = Remembered(length, longest=3)
    assert [lengths[text] for text in ("abc", "abc", "abcd", "abcd")] == [3, 3, 4, 4]
    assert asked == ["abc", "abcd", "abcd"]


def test_no_more_is_kept_than_the_bound() -> None:
    lengths = Remembered(len, bound=50)
    for number in range(3 * 50):
        assert lengths[str(number)] == len(str(number))
        assert len(lengths) <= 50
