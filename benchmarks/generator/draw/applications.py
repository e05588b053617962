"""Numbers of the applications table, whole by its identities: balance, outcomes, applicants."""

from functools import cache
from random import Random

from benchmarks.generator.chance import below, split, up_to, weighted
from benchmarks.generator.forms import FORM_2021, application_items

# How many new requests a year: none, a bureau's, a county's, a city's, a big city's.
SIZES = ((0, 0.22), (8, 0.30), (120, 0.26), (2500, 0.17), (60000, 0.05))

_KIND_WEIGHTS = (0.86, 0.08, 0.006, 0.006, 0.028, 0.02)

_WEIGHTS = (34, 10, 0.4, 2, 0.6, 2, 3, 4, 2, 4, 20, 3, 3, 3, 3, 0.3, 1, 0.5)
_WEIGHTS_OTHER = {True: (2, 0.3, 2), False: (4,)}


@cache
def _outcome_weights(form: str) -> tuple[float, ...]:
    return (*_WEIGHTS, *_WEIGHTS_OTHER[form == FORM_2021])


def draw_size(rng: Random) -> int:
    """The upper bound of a publisher's new requests in a year."""
    return weighted(rng, SIZES)


def draw_applications(rng: Random, form: str, size: int) -> list[list[int]]:
    """Rows of seven counts in the order of `form`, for a publisher with at most `size` new requests."""
    weights = _outcome_weights(form)
    new = split(rng, up_to(rng, size), _KIND_WEIGHTS) if size else [0] * 6
    columns = []
    for requests in new:
        carried_in = up_to(rng, 1 + requests // 8) if requests or (size and rng.random() < 0.05) else 0
        open_requests = requests + carried_in
        carried_out = min(open_requests, up_to(rng, 1 + requests // 10)) if open_requests else 0
        closed = open_requests - carried_out
        columns.append([requests, carried_in, *split(rng, closed, weights), closed, carried_out])
    return [[*row, sum(row)] for row in zip(*columns, strict=True)]


def shifted(rows: list[list[int]], rng: Random, form: str) -> tuple[list[list[int]], int, int]:
    """The rows as a publisher prints them who slipped by one row: (rows, first row, last row) of the slip."""
    count = len(application_items(form))
    first = 2 + below(rng, count - 8)
    last = first + 1 + below(rng, 4)
    slipped = [row[:] for row in rows]
    for index in range(first, last):
        slipped[index + 1] = rows[index][:]
    slipped[first] = [0] * 7
    return slipped, first, last
