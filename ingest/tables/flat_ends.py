"""What stands behind the last row of a flattened table: the form has no label there that would end its values.

Where lines are lost from its label on, values of the next table may have come to it.
"""

from collections.abc import Sequence
from decimal import Decimal

from ingest.document import Paragraph
from ingest.forms import applications, disclosure, reviews
from ingest.tables import application_rows
from ingest.tables import reviews as review_tables
from ingest.tables.flat_lines import FlatRow, FlatTable, cell_text, match_row
from ingest.text.characters import without_pinyin
from ingest.text.numbers import read_number
from ingest.text.scripts import simplified

_HEADING = 60
_NEAR = 12
"""The headings of the next table begin within so many lines behind one."""


def may_be_of_the_next_table(row: FlatRow, table: FlatTable, lines: Sequence[Paragraph]) -> bool:
    """Whether the values behind the last label of a table may be those of the table behind it."""
    section = row.keys[0].section
    if section == disclosure.SECTION:
        return row.end < len(lines) and match_row(application_rows.ROWS, lines, row.end, "") is not None
    if section != applications.SECTION or row.code != applications.ROWS[-1].code:
        return False
    behind = range(row.end, min(row.end + _NEAR, len(lines)))
    return not any(_names_reviews(lines, at) for at in behind) and not _balance(table)


def _names_reviews(lines: Sequence[Paragraph], at: int) -> bool:
    """Whether a line is of the headings of the table of reviews, or that of its part."""
    text = lines[at].text if len(lines[at].text) <= _HEADING else ""
    if match_row(review_tables.ROWS, lines, at, ""):
        return True
    plain = simplified(without_pinyin(text))
    return all(row.label in plain for row in (reviews.ROWS[0], reviews.GROUPS[0]))


def _balance(table: FlatTable) -> bool:
    """Whether what came in is what was closed and what is left, in every column."""
    rows = {row.code: [read_number(cell_text(line)).value or Decimal(0) for line in row.values] for row in table.rows}
    first, second, *_, closed, left = (rows.get(row.code, []) for row in applications.ROWS)
    if not len(first) == len(second) == len(closed) == len(left) == len(applications.COLUMNS):
        return False
    return all(a + b == c + d for a, b, c, d in zip(first, second, closed, left, strict=True))
