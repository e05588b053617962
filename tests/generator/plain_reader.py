"""A trivial reader for the tests: rows of texts are matched by label, and numbers are taken from the right.

It knows the official order of columns only, and works on simplified text. It shares labels with the generator (which
are checked against the real corpus elsewhere) and nothing else.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from bs4 import BeautifulSoup

from benchmarks.generator.forms import (
    CHANNELS,
    DISCLOSURE,
    KINDS,
    RESULTS,
    STATISTICS,
    application_items,
)

Cells = dict[tuple[str, str, str], str]


_SIGNS = str.maketrans("（），：．“”「」＂", "(),:." + '"' * 5)


@cache
def squeeze(text: str) -> str:
    """The text without spaces and with half-width punctuation."""
    return "".join(text.translate(_SIGNS).split())


def html_rows(text: str) -> list[list[str]]:
    """The rows of every table of a page, each a list of its own cells' texts."""
    rows = BeautifulSoup(text, "lxml").find_all("tr")
    return [[cell.get_text().strip() for cell in row.find_all(["td", "th"], recursive=False)] for row in rows]


def pipe_rows(text: str) -> list[list[str]]:
    """The rows of `a | b |` lines; a line that begins with a bar goes on with the row before it."""
    return [[part.strip() for part in line.split("|")] for line in text.replace("\n|", "|").splitlines() if "|" in line]


def markdown_rows(text: str) -> list[list[str]]:
    """The rows of Markdown tables, without the empty places of merged labels."""
    lines = [line[1:-1].split("|") for line in text.splitlines() if line.startswith("|")]
    rows = []
    for line in lines:
        parts = [part.strip() for part in line]
        labelled = [place for place in range(3) if re.search("[一-鿿]{2}", parts[place])]
        first = labelled[-1] if labelled else 0
        # The applications table is ten wide, three of them for labels.
        after = 3 if len(parts) == 10 else first + 1
        rows.append(parts[: first + 1] + parts[after:])
    return rows


def tokens_as_rows(text: str) -> list[list[str]]:
    """For one cell a line: each line with the fifteen that follow it, so that a label is followed by its numbers."""
    lines = [line.removesuffix("|").strip() for line in text.split("\n")]
    rows = [lines[place : place + 16] for place in range(len(lines))]
    # The reviews' numbers are the last lines before part five.
    end = next((place for place, line in enumerate(lines) if line.startswith("五、")), 0)
    return [*rows, lines[max(0, end - 15) : end]]


def _row_labels(section: str, form: str) -> Iterator[tuple[str, str, int]]:
    if section == "applications":
        for item in application_items(form):
            yield item.code, item.label, 7
    elif section == "disclosure":
        for block in DISCLOSURE[form]:
            for code, label in block.rows:
                yield code, label, len(block.columns)
    elif section == "statistics":
        for row in STATISTICS:
            if row.code:
                yield row.code, row.label, 1


def read_rows(rows: list[list[str]], forms: dict[str, str]) -> Cells:
    """The cells of the tables, by name."""
    cells: Cells = {}
    labelled: dict[str, list[tuple[list[str], int]]] = defaultdict(list)
    for row in rows:
        # A label that is repeated over its merged places counts at the last of them.
        for text, place in {squeeze(text): place for place, text in enumerate(row)}.items():
            labelled[text].append((row, place))
    for section in ("applications", "disclosure"):
        if section not in forms:
            continue
        columns = {
            code: [name for name, _, _ in block.columns]
            for block in DISCLOSURE[forms[section]]
            for code, _ in block.rows
        }
        for code, label, count in _row_labels(section, forms[section]):
            for row, place in labelled.get(squeeze(label), ()):
                if len(row) - place > count:
                    numbers = row[place + 1 : place + 1 + count]
                    names = KINDS if section == "applications" else columns[code]
                    cells.update({(section, code, name): text for name, text in zip(names, numbers, strict=True)})
                    break
    if "reviews" in forms:
        (*_, data) = (row for row in rows if len(row) >= 15)
        places_of = [(channel, result) for channel in CHANNELS for result in RESULTS]
        cells.update({("reviews", *name): text for name, text in zip(places_of, data[:15], strict=True)})
    return cells
