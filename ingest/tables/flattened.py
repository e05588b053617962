"""Reading the three tables from text that was flattened to one cell a line.

Position says nothing here but order. A row is read only where exactly as many values follow its label as the form has
columns, and the next label of the form comes after them: a row with more or fewer values is missing, for an extractor
may have dropped its empty or its repeated cells, and so is a row before a lost label, for some of its values may be
those of the lost row.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from ingest.document import Document, Paragraph
from ingest.forms import TABLE_FORMS, CellKey, Column, applications, disclosure, reviews
from ingest.tables import applicants, application_rows
from ingest.tables import applications as application_tables
from ingest.tables import disclosure as disclosure_tables
from ingest.tables.blanks import lines_stand_close, with_empty_cells
from ingest.tables.flat_edges import (
    empty_line_is_a_cell,
    may_be_doubled,
    next_follows,
    stands_among,
    usual_distance,
)
from ingest.tables.flat_ends import may_be_of_the_next_table
from ingest.tables.flat_lines import (
    FlatRow,
    FlatTable,
    cell_text,
    joined,
    match_column,
    match_row,
    match_words,
    sums_hold,
    trimmed,
    values_from,
)
from ingest.tables.flat_reviews import reviews_table
from ingest.tables.labels import Label
from ingest.tables.reading import Absent, Printed, SectionReading

_NUMBER = re.compile(r"[\-—–－]?\s*\d{1,4}\s*[\-—–－]?|第\s*\d{1,4}\s*[页頁].*")
_TOTAL = applications.TOTAL
_GROUP = "group"


def _put(reading: SectionReading, row: FlatRow, reason: str | None = None) -> None:
    """Record a row, or why it cannot be read."""
    if not reason and len(row.values) != len(row.keys):
        count = len(row.values)
        reason = f"{count} values follow the label where the form has {len(row.keys)}; which is which cannot be told"
    for place, key in enumerate(row.keys):
        if reason:
            reading.put(key, Absent(reason, row.at.locator))
        else:
            line = row.values[place]
            reading.put(key, Printed(cell_text(line), line.locator, row.note))


def _put_rows(
    reading: SectionReading, table: FlatTable, lines: Sequence[Paragraph], order: Sequence[str], careful: bool
) -> None:
    """Accept the rows that the next row of the form follows; `order` has the codes of its rows.

    Where cells vanished from the table, a row of the right length may be one that lost a cell and gained a page number:
    then (`careful`) only rows whose parts add up to their total are read.
    """
    inside = [row for row in table.rows if row.code in order]
    followers = {id(row): after.code for row, after in pairwise(inside)}
    only_cells = _only_cells_are_empty(tuple(lines))
    all_whole = not any(table(tuple(lines)).uneven for table in _TABLES)
    shows_blanks = any(not line.text.strip() for line in lines)
    usual = usual_distance(lines)
    for row in table.rows:
        reason = None
        if row in inside:
            place = order.index(row.code) + 1
            follower = followers.get(id(row))
            followed = follower is None and row.is_whole and (row.ends_text or next_follows(row, lines, order))
            if follower != (order[place] if place < len(order) else None) and not followed:
                reason = "the label of the next row is lost, so the values behind this one may be of either"
            elif place == len(order) and may_be_of_the_next_table(row, table, lines):
                reason = "lines behind the label may be lost, and the values be those of the next table"
        if not reason and may_be_doubled(row, usual):
            reason = "two values stand closer than lines do in this text: one may be there twice, and a blank one gone"
        if not reason and not empty_line_is_a_cell(row, lines, order, only_cells and (all_whole or _adds_up(row))):
            reason = "an empty line ends the row, and what the form has behind it is lost: the cell may be lost as well"
        if not reason and not _adds_up(row):
            if careful:
                reason = "cells are lost in this text, and nothing proves that this row is whole"
            elif not (shows_blanks or _have_bars(row)) and _is_explained_by_a_stray_number(row):
                reason = "a blank cell lost, and a page number gained or a number broken, would explain the row as well"
            elif _has_a_total(row) and _shows_blanks(row) and not _blanks_are_borne_out(tuple(lines)):
                reason = "a number lost, and an empty line gained that is no cell, would explain the row as well"
        _put(reading, row, reason)


def _adds_up(row: FlatRow) -> bool:
    """Whether a row has a total that its parts add up to: each run of values up to a column `total`."""
    return _has_a_total(row) and sums_hold(row.numbers(), [key.column_code for key in row.keys])


def _has_a_total(row: FlatRow) -> bool:
    return row.is_whole and row.keys[-1].column_code == _TOTAL


def _shows_blanks(row: FlatRow) -> bool:
    return any(not line.text.strip() for line in row.values)


@lru_cache(maxsize=2)
def _blanks_are_borne_out(lines: tuple[Paragraph, ...]) -> bool:
    """Whether any row of the text adds up with an empty line as one of its cells."""
    return any(_shows_blanks(row) and _adds_up(row) for table in _TABLES for row in table(lines).rows)


def _have_bars(row: FlatRow) -> bool:
    """Whether each value of a row has the bar that ends a cell, as a page number has not, and an empty cell has too."""
    return all(line.text.rstrip().endswith("|") for line in row.values)


@lru_cache(maxsize=2)
def _only_cells_are_empty(lines: tuple[Paragraph, ...]) -> bool:
    """Whether every empty line is a cell of a row of the three tables, and no row has cells too many.

    Under other headings than the form's, all rows of applications have as many.
    """
    tables = [table(lines) for table in _TABLES]
    if any(len(row.values) > len(row.keys) for table in tables for row in table.rows):
        return False
    others = _rows_of_other_columns(lines)
    widths = {len(row.values) for row in others}
    if len(widths) > 1 or any(width < len(applications.COLUMNS) for width in widths):
        return False
    inside = {
        line.locator for row in (*(row for table in tables for row in table.rows), *others) for line in row.values
    }
    return all(line.locator in inside for line in lines if not line.text.strip())


def _rows_of_other_columns(lines: tuple[Paragraph, ...]) -> tuple[FlatRow, ...]:
    """The rows of applications under other headings than the form's."""
    return () if _standard_columns(lines) else _application_rows(lines).rows


def _is_explained_by_a_stray_number(row: FlatRow) -> bool:
    """Whether a row that does not add up does so with a blank put in, and one value taken out or two put together."""
    if not _has_a_total(row):
        return False
    values = row.numbers()
    columns = [key.column_code for key in row.keys]
    shorter = [values[:place] + values[place + 1 :] for place in range(len(values))]
    shorter += [
        [*values[:place], Decimal(f"{int(values[place])}{int(values[place + 1])}"), *values[place + 2 :]]
        for place in range(len(values) - 1)
        if all(value >= 0 and value == value.to_integral_value() for value in values[place : place + 2])
    ]
    for rest in shorter:
        if any(sums_hold([*rest[:blank], Decimal(0), *rest[blank:]], columns) for blank in range(len(values))):
            return True
    return False


def best_lines(document: Document) -> tuple[Paragraph, ...]:
    """The lines of a document, with its empty lines as empty cells where that leaves more rows whole and none fewer.

    Where lines stand close, an empty one among the values of a row is a cell in any case: one of the others may be
    there twice.
    """
    plain = tuple(document.lines())
    if not document.blank_lines:
        return plain
    empty = frozenset(document.blank_lines)
    doubtful = {row for table in _TABLES for row in table(plain).rows if row.is_whole and stands_among(empty, row)}
    if doubtful and not lines_stand_close(document):
        doubtful.clear()
    if not doubtful and not any(table(plain).uneven for table in _TABLES):
        return plain
    spread = with_empty_cells(document)
    before = [sum(row.is_whole and row not in doubtful for row in table(plain).rows) for table in _TABLES]
    after = [table(spread).whole_rows for table in _TABLES]
    better = sum(after) > sum(before) or bool(doubtful)
    return spread if better and all(then >= now for now, then in zip(before, after, strict=True)) else plain


def _is_doubtful(table: FlatTable, lines: tuple[Paragraph, ...]) -> bool:
    """Whether a row of the right length may have lost a cell and gained a number: cells are lost in its own table, or
    in another one while numbers that belong to no row stand in the text."""
    return table.uneven or (_cells_vanish(lines) and _numbers_stand_alone(lines))


@lru_cache(maxsize=2)
def _numbers_stand_alone(lines: tuple[Paragraph, ...]) -> bool:
    """Whether a row has more values than the form has columns, or a number stands in no row, as page numbers do."""
    rows = [row for table in _TABLES for row in table(lines).rows]
    inside = {line.locator for row in (*rows, *_rows_of_other_columns(lines)) for line in row.values}
    return any(len(row.values) > len(row.keys) for row in rows) or any(
        line.locator not in inside and bool(_NUMBER.fullmatch(cell_text(line))) for line in lines
    )


def _cells_vanish(lines: tuple[Paragraph, ...]) -> bool:
    """Whether any of the tables shows that empty cells were dropped from the text."""
    return any(table(lines).lacks_values for table in _TABLES)


def read_applications(lines: Sequence[Paragraph]) -> SectionReading:
    """The table of applications from one-cell-a-line text."""
    reading = SectionReading(applications.SECTION)
    lines = tuple(lines)
    table = _applications(lines)
    if not table.rows:
        return reading
    order = [row.code for row in applications.rows(application_tables.form_of(table.labels))]
    _put_rows(reading, table, lines, order, careful=_is_doubtful(table, lines))
    shows_blanks = any(not line.text.strip() for line in lines)
    application_tables.settle(reading, table.labels, dict.fromkeys(table.bare_groups, shows_blanks))
    return reading


@lru_cache(maxsize=2)
def _applications(lines: tuple[Paragraph, ...]) -> FlatTable:
    return _application_rows(lines) if _standard_columns(lines) else FlatTable()


@lru_cache(maxsize=2)
def _application_rows(lines: tuple[Paragraph, ...]) -> FlatTable:
    """The rows of applications, under whatever headings."""
    labels: list[Label] = []
    rows: list[FlatRow] = []
    bare_groups: set[str] = set()
    group, index = "", 0
    while index < len(lines):
        found = match_row(application_rows.ROWS, lines, index, group)
        if not found:
            index += 1
            continue
        label, pieces = found
        values = values_from(lines, index + pieces)
        is_heading = label.is_group or label.row.code in application_rows.GROUP_CODES
        inside = bool(labels) or label.row.code == applications.ROWS[0].code
        if not inside or (not values and (is_heading or not _next_is_row(lines, index + pieces, group))):
            if inside or is_heading:
                group = application_rows.group_after(label)
            bare_groups.update([label.row.code] if is_heading else [])
            index += pieces
            continue
        code = f"subtotal_{label.row.code}" if label.is_group else label.row.code
        keys = tuple(CellKey(applications.SECTION, code, column.code) for column in applications.COLUMNS)
        end = index + pieces + len(values)
        if label.row.code == applications.ROWS[-1].code:
            values = trimmed(values, len(keys), lines)
        labels.append(label)
        bare_groups.update(_headed_by(lines, index, pieces))
        if not label.is_group or len(values) == len(keys):
            rows.append(FlatRow(code, keys, tuple(values), lines[index], end, label.damage, end >= len(lines)))
        group = application_rows.group_after(label)
        index = end
        if label.row.code == applications.ROWS[-1].code:
            break
    return FlatTable(tuple(rows), tuple(labels), bare_groups=frozenset(bare_groups))


def _headed_by(lines: Sequence[Paragraph], index: int, pieces: int) -> Iterator[str]:
    """The group whose heading the label of its first row begins with, where that takes several lines."""
    for shorter in range(1, pieces):
        label = application_rows.ROWS.match(joined(lines, index, shorter))
        if label and label.is_group:
            yield label.row.code


def _next_is_row(lines: Sequence[Paragraph], index: int, group: str) -> bool:
    return index < len(lines) and match_row(application_rows.ROWS, lines, index, group) is not None


def _standard_columns(lines: Sequence[Paragraph]) -> bool:
    """Whether the headings before the first row are the seven of the form, and no other.

    总计 often stands before 商业企业, behind 自然人 and the word over the organisations; elsewhere it tells of another
    order.
    """
    first = next(
        (
            index
            for index in range(len(lines))
            if (found := match_row(application_rows.ROWS, lines, index, "")) and found[0].row is applications.ROWS[0]
        ),
        None,
    )
    if first is None:
        return False
    codes: list[str] = []
    index = max(0, first - 24)
    while index < first:
        group = match_words(applications.COLUMN_GROUP_LABELS[1:], lines[:first], index)
        if group:
            codes.append(_GROUP)
            index += group
            continue
        if applicants.COLUMNS.is_ignored(cell_text(lines[index])):
            return False
        heading = match_column(applicants.COLUMNS, lines[:first], index)
        if heading:
            codes.append(heading[0].code)
        index += heading[1] if heading else 1
    person, *organisations, total = (column.code for column in applications.COLUMNS)
    return codes in (
        [person, *organisations, total],
        [person, _GROUP, *organisations, total],
        [person, _GROUP, total, *organisations],
    )


def read_reviews(lines: Sequence[Paragraph]) -> SectionReading:
    """The table of reviews from one-cell-a-line text: three times five headings, then 15 values and no more."""
    reading = SectionReading(reviews.SECTION)
    lines = tuple(lines)
    table = reviews_table(lines)
    if len(table.rows) == 1:
        reading.form = TABLE_FORMS[0]
        _put_rows(reading, table, lines, (), careful=_is_doubtful(table, lines))
    elif table.rows:
        reading.form = TABLE_FORMS[0]
        for row in table.rows:
            _put(reading, row, "the document shows several tables of reviews; which is the report's cannot be told")
    return reading


def read_disclosure(lines: Sequence[Paragraph]) -> SectionReading:
    """The table of article 20 from one-cell-a-line text."""
    reading = SectionReading(disclosure.SECTION)
    lines = tuple(lines)
    table = _disclosure(lines)
    for key, heading in table.headings:
        reading.headings.setdefault(key, heading)
    if not table.rows:
        return reading
    votes = Counter(table.forms)
    form = max(TABLE_FORMS, key=lambda candidate: votes[candidate])
    order = [row.code for row in disclosure.ROWS if form in row.forms]
    _put_rows(reading, table, lines, order, careful=_is_doubtful(table, lines))
    disclosure_tables.settle(reading, votes)
    return reading


@lru_cache(maxsize=2)
def _disclosure(lines: tuple[Paragraph, ...]) -> FlatTable:
    forms: list[str] = []
    texts: list[tuple[CellKey, str]] = []
    headings: list[tuple[Column, str]] = []
    rows: list[FlatRow] = []
    collecting = False
    index = 0
    while index < len(lines):
        heading_pieces = match_words(disclosure.ITEM_HEADING_LABELS, lines, index)
        if heading_pieces:
            headings, collecting = [], True
            index += heading_pieces
            continue
        column = match_column(disclosure_tables.COLUMNS, lines, index) if collecting else None
        if column:
            headings.append((column[0], column[2]))
            index += column[1]
            continue
        found = match_row(disclosure_tables.ROWS, lines, index, "") if headings else None
        if found:
            label, pieces = found
            values = values_from(lines, index + pieces, signed=True)
            end = index + pieces + len(values)
            keys = tuple(CellKey(disclosure.SECTION, label.row.code, heading.code) for heading, _ in headings)
            for key, (heading, heading_text) in zip(keys, headings, strict=True):
                forms.extend(heading.forms)
                texts.append((key, heading_text))
            if disclosure_tables.heads_all(label.row.code, [heading.code for heading, _ in headings]):
                at, ends = lines[index], end >= len(lines)
                rows.append(FlatRow(label.row.code, keys, tuple(values), at, end, label.damage, ends))
            collecting = False
            index = end
            continue
        if collecting and headings:
            # A heading that the form does not have: which value is whose could not be told.
            headings, collecting = [], False
        elif not collecting:
            headings = []
        index += 1
    return FlatTable(tuple(rows), headings=tuple(texts), forms=tuple(forms))


_TABLES: tuple[Callable[[tuple[Paragraph, ...]], FlatTable], ...] = (_disclosure, _applications, reviews_table)
