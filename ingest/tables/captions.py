"""Tables that stand under another year than the report's: last year's on a second sheet, or as an annex."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.document import Document, Grid, Paragraph
from ingest.prose.passages import plain_text
from ingest.report import Issue, Severity
from ingest.tables.reading import Absent, Printed, SectionReading
from ingest.tables.sections import Tables

_YEAR = re.compile(r"((?:19|20)\d{2})(?:年(?!\d{1,2}月)|(?!\d))")
_CAPTION = re.compile(
    r"^(?:附[件表录]?\d{0,2}|表\d{0,2})?[:：、.]?[^。;；,，:：]{0,30}(?:年|年度|表|情况|数据|报告|年报)$"
)
_NUMBERED = re.compile(r"^[(（]?[一二三四五六七八九十]{1,3}[)）、.]")
_PLACE = re.compile(r"^((?:sheet|part) \d+), ")
_BACK = 2
_MAXIMUM = 40


def of_the_year(tables: Tables, document: Document, year: int | None, title: str | None) -> Tables:
    """The tables without those that stand under another year alone.

    What names a table's year: the name of its sheet, the title of its part of a message, a caption right above it or in
    its first row. The report's own title and numbered headings of its parts name none.
    """
    others = _of_other_years(document, year, title) if year else {}
    if not others:
        return tables
    sections = (tables.disclosure, tables.applications, tables.reviews, tables.statistics)
    return Tables(*(_without(reading, others) for reading in sections))


def _of_other_years(document: Document, year: int | None, title: str | None) -> dict[str, int]:
    """The places of the rows that stand under another year, with that year."""
    named = {name: text for name, text in document.metadata if name.startswith(("sheet ", "part "))}
    found: dict[str, int] = {}
    for at, block in enumerate(document.blocks):
        if not isinstance(block, Grid):
            continue
        part = _PLACE.match(block.row_locators[0])
        said = [named[part[1]]] if part and part[1] in named else []
        said += [text for text in _captions(document, at) if plain_text(text) != plain_text(title or "")]
        years = {int(one) for text in said for one in _YEAR.findall(plain_text(text))}
        if len(years) == 1 and years != {year}:
            found.update(dict.fromkeys(block.row_locators, years.pop()))
    return found


def _captions(document: Document, at: int) -> Iterator[str]:
    """The short lines right above a table, and its first row if that has one text."""
    grid = document.blocks[at]
    assert isinstance(grid, Grid)
    filled = [text for text in grid.rows[0] if text]
    above = document.blocks[max(0, at - _BACK) : at]
    for text in (
        *(block.text for block in above if isinstance(block, Paragraph)),
        *(filled if len(filled) == 1 else ()),
    ):
        plain = plain_text(text) if len(text) <= _MAXIMUM else ""
        if plain and _CAPTION.match(plain) and not _NUMBERED.match(plain):
            yield text


def _without(reading: SectionReading, others: dict[str, int]) -> SectionReading:
    found = dict(reading.found)
    years: set[int] = set()
    for key, cell in reading.found.items():
        row = (cell.locator or "").rpartition(", column ")[0] if isinstance(cell, Printed) else ""
        if row in others:
            years.add(others[row])
            found[key] = Absent(f"the table stands under another year than the report's: {others[row]}", cell.locator)
    if not years:
        return reading
    message = f"{reading.section}: a table stands under {min(years)}, which is not the report's year; it was not read"
    return replace(
        reading, found=found, issues=[*reading.issues, Issue("table_of_another_year", Severity.WARNING, message)]
    )
