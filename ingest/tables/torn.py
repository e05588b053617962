"""Tables of which characters are lost all over, so that no label is whole: told by what is left of many labels.

No cell of such a table is read that its own label does not tell; but it is there, and its cells are missing.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from ingest.document import Document
from ingest.forms import FORM_2014, FORM_2019, FORM_2021, Row, applications, statistics
from ingest.tables.flat_lines import cell_text
from ingest.tables.labels import SHARE_LEFT, is_left_of
from ingest.tables.letters import Letters
from ingest.tables.reading import SectionReading
from ingest.tables.sections import Tables
from ingest.text.characters import bare, label_keys, split_ordinal
from ingest.text.remember import Remembered
from ingest.text.scripts import simplified

_CELLS = 60
_NUMBERS = 20
"""A grid of so many cells, so many empty lines, or so many lines of digits may be a table of the form's."""
_SHORTEST = 7
"""What is left of a shorter label could be something else."""
_LONGEST = 60
_SHORT = 8
_ENOUGH = 6
_Torn = tuple[str, Row]
"""A row of which something is left of the label, with its section."""


def torn_labels(document: Document) -> frozenset[_Torn]:
    """The rows of the form of whose labels characters are lost, where at least six of one table are left so.

    It is looked for only where there is a table of many cells, or where many lines are numbers or empty.
    """
    texts: set[str | None] = set()
    for grid in document.grids:
        if len(grid.rows) * len(grid.rows[0]) >= _CELLS:
            texts |= grid.texts()
    lines = [line.text for line in document.lines()]
    if (
        len(document.blank_lines) >= _CELLS
        or sum(line[:1].isdigit() and len(line) <= _SHORT for line in lines) >= _NUMBERS
    ):
        texts.update(map(cell_text, document.lines()))
    found = {torn for text in texts if text and (torn := _TORN[text])}
    enough = Counter(section for section, _ in found)
    return frozenset(torn for torn in found if enough[torn[0]] >= _ENOUGH)


def with_torn(tables: Tables, torn: frozenset[_Torn]) -> Tables:
    """The tables, with those of which only torn labels are left as tables without any cell that is read."""
    sections = {section for section, _ in torn}
    if applications.SECTION in sections and not tables.applications.form:
        forms = {row.forms for section, row in torn if section == applications.SECTION}
        reading = SectionReading(applications.SECTION, FORM_2021 if (FORM_2021,) in forms else FORM_2019, False)
        return replace(tables, applications=reading)
    if statistics.SECTION in sections and not tables.any_found:
        return replace(tables, statistics=SectionReading(statistics.SECTION, FORM_2014))
    return tables


def _torn_label(text: str) -> _Torn | None:
    """The one row of whose label a text is left, None where it is of none or of several."""
    if not SHARE_LEFT * _SHORTEST < len(text) <= _LONGEST or not _letters().are_of(text, whole=True):
        return None
    left = bare(simplified(split_ordinal(text)[1]))
    found = [torn for key, torn in _labels() if is_left_of(left, key)]
    return found[0] if len(found) == 1 else None


_TORN = Remembered(_torn_label)


@lru_cache(maxsize=1)
def _labels() -> tuple[tuple[str, _Torn], ...]:
    return tuple(_long_labels())


def _long_labels() -> Iterator[tuple[str, _Torn]]:
    for section, rows in ((applications.SECTION, applications.ROWS), (statistics.SECTION, statistics.ROWS)):
        for row in rows:
            key = label_keys(row.label)[0]
            if len(key) >= _SHORTEST:
                yield key, (section, row)


@lru_cache(maxsize=1)
def _letters() -> Letters:
    return Letters(key for key, _ in _labels())
