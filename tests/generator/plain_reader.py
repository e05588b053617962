"""A trivial reader for the tests: rows of texts are matched by label, and numbers are taken from the right.

It knows the official order of columns only, and works on simplified text. It shares labels with the generator (which
are checked against the real corpus elsewhere) and nothing else.
"""

import re
from collections.abc import Iterator

from benchmarks.generator.forms import (
    CHANNELS,
    DISCLOSURE,
    KINDS,
    RESULTS,
    STATISTICS,
    application_items,
)
from lxml import html

Cells = dict[tuple[str, str, str], str]


def squeeze(text: str) -> str:
    """The text without spaces and with half-width brackets."""
    table = str.maketrans("（），：．「」＂", '(),:."""')
    return re.sub(r"\s", "", text.replace("“", '"').replace("”", '"').translate(table))


def html_rows(text: str) -> list[list[str]]:
    """The rows of every table of a page, each a list of its own cells' texts."""
    tree = html.fromstring(text)
    return [[cell.text_content().strip() for cell in row.xpath("./td|./th")] for row in tree.xpath("//tr")]


def pipe_rows(text: str) -> list[list[str]]:
    """The rows of `a | b |` lines."""
    return [[part.strip() for part in line.split("|")] for line in text.splitlines() if "|" in line]


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
    for section in ("applications", "disclosure"):
        if section not in forms:
            continue
        columns = {
            code: [name for name, _, _ in block.columns]
            for block in DISCLOSURE[forms[section]]
            for code, _ in block.rows
        }
        for code, label, count in _row_labels(section, forms[section]):
            wanted = squeeze(label)
            for row in rows:
                places = [place for place, text in enumerate(row) if squeeze(text) == wanted]
                if places and len(row) - places[0] > count:
                    numbers = row[places[0] + 1 : places[0] + 1 + count]
                    names = KINDS if section == "applications" else columns[code]
                    cells.update({(section, code, name): text for name, text in zip(names, numbers, strict=True)})
                    break
    if "reviews" in forms:
        data = next(index for index, row in enumerate(rows) if len(row) >= 10 and squeeze(row[0]) == "结果维持") + 1
        if squeeze("".join(rows[data][:1])) == "结果维持":
            data += 1
        names = [(channel, result) for channel in CHANNELS for result in RESULTS]
        cells.update({("reviews", *name): text for name, text in zip(names, rows[data][:15], strict=True)})
    return cells
