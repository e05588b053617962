"""Small helpers over `random.Random`, cheaper than its own methods."""

from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import TypeVar

T = TypeVar("T")


def pick(rng: Random, options: Sequence[T]) -> T:
    """One of `options`, all alike."""
    return options[int(rng.random() * len(options))]


def weighted(rng: Random, options: Sequence[tuple[T, float]]) -> T:
    """One of `options`, given as (value, weight); the weights need not sum to one."""
    point = rng.random() * sum(weight for _, weight in options)
    for value, weight in options:
        point -= weight
        if point < 0:
            return value
    return options[-1][0]


def below(rng: Random, limit: int) -> int:
    """A whole number from 0 to `limit` - 1."""
    return int(rng.random() * limit)


def up_to(rng: Random, limit: int) -> int:
    """A whole number from 0 to `limit`, small ones more often."""
    return int(rng.random() * rng.random() * (limit + 1))


def split(rng: Random, count: int, weights: Sequence[float]) -> list[int]:
    """`count` cases spread over as many boxes as there are weights."""
    boxes = [0] * len(weights)
    if count <= 0:
        return boxes
    if count <= 12:
        for box in rng.choices(range(len(weights)), cum_weights=list(accumulate(weights)), k=count):
            boxes[box] += 1
        return boxes
    heaviest = max(weights)
    shares = [weight * (0.2 + rng.random()) if weight == heaviest or rng.random() < 0.8 else 0.0 for weight in weights]
    whole = sum(shares)
    largest = 0
    for index, share in enumerate(shares):
        boxes[index] = int(count * share / whole)
        if shares[largest] < share:
            largest = index
    boxes[largest] += count - sum(boxes)
    return boxes
