"""Characters that extraction or publishers lose: beside digits in prose, and within labels."""

import re
from collections.abc import Callable
from random import Random

from benchmarks.generator.chance import below
from benchmarks.generator.grids.grid import LABEL, Grid
from benchmarks.generator.model import Paragraph, TableBlock

_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_NUMBER = re.compile(r"〔(\d{4})〕(\d)")


def lose_beside_digits(blocks: tuple[Paragraph | TableBlock, ...]) -> tuple[Paragraph | TableBlock, ...]:
    """2021年3月5日 becomes 202135 and 〔2019〕60号 becomes 〔201960号."""
    return tuple(
        block
        if isinstance(block, TableBlock) or block.role == "title"
        else Paragraph(block.role, _NUMBER.sub(r"〔\1\2", _DATE.sub(r"\1\2\3", block.text)))
        for block in blocks
    )


def lose_in_labels(grids: dict[str, Grid], rng: Random, say: Callable[[str], str]) -> Callable[[str], str]:
    """`say`, with two or three characters lost in the middle of up to three long labels.

    The number that starts a label and the first words stay, so that a person still knows the row.
    """
    labels = [
        slot.text
        for grid in grids.values()
        for row in grid.rows[grid.header :]
        for slot in row
        if slot.ref == LABEL and len(slot.text) >= 10
    ]
    lost: dict[str, str] = {}
    for _ in range(min(3, len(labels))):
        label = labels[below(rng, len(labels))]
        said = say(label)
        start = 5 + below(rng, len(said) - 8)
        lost[label] = said[:start] + said[start + 2 + below(rng, 2) :]
    return lambda text: lost.get(text) or say(text)
