"""Numbers of the reviews table: three channels, four results and their total."""

from random import Random

from benchmarks.generator.chance import split, up_to

_RESULTS = (5.0, 1.2, 2.0, 1.5)


def draw_reviews(rng: Random, size: int) -> list[list[int]]:
    """Three rows of five counts, for a publisher with at most `size` new requests."""
    rows = []
    for share in (0.06, 0.04, 0.02):
        cases = up_to(rng, int(size * share) + 2) if size and rng.random() < 0.7 else 0
        results = split(rng, cases, _RESULTS)
        rows.append([*results, sum(results)])
    return rows
