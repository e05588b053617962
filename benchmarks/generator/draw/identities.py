"""The identities, computed on numbers as printed: which of them a report breaks."""

from collections.abc import Mapping, Sequence

from benchmarks.generator.forms import CHANNELS, KINDS, STATISTICS_SUMS, application_items


def broken_applications(form: str, rows: Sequence[Sequence[int]]) -> list[str]:
    """Identities 1 to 3 that `rows` break, as `balance:KIND`, `outcomes:KIND` or `applicants:ROW_CODE`."""
    broken = []
    for index, kind in enumerate(KINDS):
        column = [row[index] for row in rows]
        if column[0] + column[1] != column[-2] + column[-1]:
            broken.append(f"balance:{kind}")
        if sum(column[2:-2]) != column[-2]:
            broken.append(f"outcomes:{kind}")
    for item, row in zip(application_items(form), rows, strict=True):
        if sum(row[:6]) != row[6]:
            broken.append(f"applicants:{item.code}")
    return broken


def broken_reviews(rows: Sequence[Sequence[int]]) -> list[str]:
    """Identity 4: `reviews:CHANNEL` for each channel whose results do not make its total."""
    return [f"reviews:{channel}" for channel, row in zip(CHANNELS, rows, strict=True) if sum(row[:4]) != row[4]]


def broken_statistics(numbers: Mapping[str, int]) -> list[str]:
    """Identity 9: `statistics:ROW_CODE` for each whole that its parts do not make."""
    return [
        f"statistics:{whole}"
        for whole, parts in STATISTICS_SUMS
        if sum(numbers[part] for part in parts) != numbers[whole]
    ]
