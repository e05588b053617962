"""Reading the three tables from text that was flattened to one cell a line.

Position says nothing here but order. A row is read only where exactly as many values follow its label as the form has
columns, and the next label of the form comes after them: a row with more or fewer values is missing, for an extractor
may have dropped its empty or its repeated cells, and so is a row before a lost label, for some of its values may be
those of the lost row.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from ingest.document import Paragraph
from ingest.forms import TABLE_FORMS, CellKey, Column, applications, disclosure, reviews
from ingest.tables import applications as application_tables
from ingest.tables import disclosure as disclosure_tables
from ingest.tables import reviews as review_tables
from ingest.tables.labels import ColumnBook, Label, LabelBook, is_label
from ingest.tables.reading import Absent, Printed, SectionReading
from ingest.text.numbers import looks_like_value

_MAXIMUM_PIECES = 4
"""A label is broken over at most this many lines."""
_MAXIMUM_VALUE = 24


def _joined(lines: Sequence[Paragraph], start: int, pieces: int) -> str:
    return "".join(line.text.strip().rstrip("|").strip() for line in lines[start : start + pieces])


def _text(line: Paragraph) -> str:
    return line.text.strip().rstrip("|").strip()


def _match_row(book: LabelBook, lines: Sequence[Paragraph], start: int, group: str) -> tuple[Label, int] | None:
    """The label that begins at a line, with the number of lines that it takes; the longest whole match wins."""
    damaged = None
    for pieces in range(min(_MAXIMUM_PIECES, len(lines) - start), 0, -1):
        if pieces > 1 and any(looks_like_value(_text(line)) for line in lines[start : start + pieces]):
            continue
        label = book.match(_joined(lines, start, pieces), group)
        if label and not label.damage:
            return label, pieces
        if label and damaged is None:
            damaged = (label, pieces)
    return damaged


def _match_column(book: ColumnBook, lines: Sequence[Paragraph], start: int) -> tuple[Column, int, str] | None:
    for pieces in range(min(_MAXIMUM_PIECES, len(lines) - start), 0, -1):
        text = _joined(lines, start, pieces)
        column = book.match(text)
        if column:
            return column, pieces, text
    return None


def _values(lines: Sequence[Paragraph], start: int, signed: bool = False) -> list[Paragraph]:
    """The run of lines from `start` that could each be the content of a number cell."""
    values = []
    for line in lines[start:]:
        if len(line.text) > _MAXIMUM_VALUE or not looks_like_value(_text(line), signed):
            break
        values.append(line)
    return values


@dataclass(frozen=True, slots=True)
class _FlatRow:
    """A label, the keys of its cells, and the values that follow it."""

    code: str
    keys: tuple[CellKey, ...]
    values: tuple[Paragraph, ...]
    at: Paragraph
    note: str | None = None


def _put(reading: SectionReading, row: _FlatRow, followed: bool = True) -> None:
    if followed and len(row.values) == len(row.keys):
        for key, line in zip(row.keys, row.values, strict=True):
            reading.put(key, Printed(_text(line), line.locator, row.note))
        return
    reason = (
        f"{len(row.values)} values follow the label where the form has {len(row.keys)}; which is which cannot be told"
    )
    if not followed:
        reason = "the label of the next row is lost, so the values behind this one may be of either"
    for key in row.keys:
        reading.put(key, Absent(reason, row.at.locator))


def _put_rows(reading: SectionReading, rows: Sequence[_FlatRow], order: Sequence[str]) -> None:
    """Accept the rows that the next row of the form follows; `order` has the codes of its rows.

    A row outside the order (the heading of a group, with a subtotal) is left to `settle`.
    """
    outside = [row for row in rows if row.code not in order]
    for row in outside:
        _put(reading, row)
    rows = [row for row in rows if row.code in order]
    codes = [row.code for row in rows]
    for row, following in zip_longest(rows, codes[1:]):
        place = order.index(row.code) + 1
        _put(reading, row, followed=following == (order[place] if place < len(order) else None))


def read_applications(lines: Sequence[Paragraph]) -> SectionReading:
    """The table of applications from one-cell-a-line text."""
    reading = SectionReading(applications.SECTION)
    if not _standard_columns(lines):
        return reading
    labels: list[Label] = []
    rows: list[_FlatRow] = []
    group, index = "", 0
    while index < len(lines):
        found = _match_row(application_tables.ROWS, lines, index, group)
        if not found:
            index += 1
            continue
        label, pieces = found
        values = _values(lines, index + pieces)
        is_heading = label.is_group or label.row.code in application_tables.GROUP_CODES
        inside = bool(labels) or label.row.code == applications.ROWS[0].code
        if not inside or (not values and (is_heading or not _next_is_row(lines, index + pieces, group))):
            if is_heading:
                group = label.row.code
            index += pieces
            continue
        labels.append(label)
        code = f"subtotal_{label.row.code}" if label.is_group else label.row.code
        keys = tuple(CellKey(applications.SECTION, code, column.code) for column in applications.COLUMNS)
        row = _FlatRow(code, keys, tuple(values), lines[index], label.damage)
        if not label.is_group:
            rows.append(row)
        elif len(values) == len(keys):
            _put(reading, row)
        group = label.row.code if is_heading else label.row.group or group
        index += pieces + len(values)
        if label.row.code == applications.ROWS[-1].code:
            break
    _put_rows(reading, rows, [row.code for row in applications.rows(application_tables.form_of(labels))])
    application_tables.settle(reading, labels)
    return reading


def _next_is_row(lines: Sequence[Paragraph], index: int, group: str) -> bool:
    return index < len(lines) and _match_row(application_tables.ROWS, lines, index, group) is not None


def _standard_columns(lines: Sequence[Paragraph]) -> bool:
    """Whether the headings before the first row are the seven of the form, and no other."""
    first = next(
        (
            index
            for index in range(len(lines))
            if (found := _match_row(application_tables.ROWS, lines, index, "")) and found[0].row is applications.ROWS[0]
        ),
        None,
    )
    if first is None:
        return False
    codes: list[str] = []
    index = max(0, first - 24)
    while index < first:
        if application_tables.COLUMNS.is_ignored(_text(lines[index])):
            return False
        heading = _match_column(application_tables.COLUMNS, lines[:first], index)
        if heading:
            codes.append(heading[0].code)
        index += heading[1] if heading else 1
    return sorted(codes) == sorted(column.code for column in applications.COLUMNS)


def read_reviews(lines: Sequence[Paragraph]) -> SectionReading:
    """The table of reviews from one-cell-a-line text: three times five headings, then 15 values and no more."""
    reading = SectionReading(reviews.SECTION)
    wanted = review_tables.RESULTS * len(reviews.ROWS)
    index = 0
    codes: list[str] = []
    while index < len(lines):
        column = _match_column(review_tables.COLUMNS, lines, index)
        if column:
            codes.append(column[0].code)
            index += column[1]
            continue
        if codes and is_label(
            _text(lines[index]), [label for row in (*reviews.ROWS, *reviews.GROUPS) for label in row.labels]
        ):
            index += 1
            continue
        values = _values(lines, index)
        if codes and values and len(codes) >= len(review_tables.RESULTS):
            if len(codes) > len(wanted):
                codes = codes[-len(wanted) :]
            if tuple(codes) == wanted:
                reading.form = TABLE_FORMS[0]
                _put(reading, _FlatRow(reviews.SECTION, review_tables.KEYS, tuple(values), lines[index]))
        codes = []
        index += len(values) or 1
    return reading


def read_disclosure(lines: Sequence[Paragraph]) -> SectionReading:
    """The table of article 20 from one-cell-a-line text."""
    reading = SectionReading(disclosure.SECTION)
    votes = Counter[str]()
    headings: list[tuple[Column, str]] = []
    rows: list[_FlatRow] = []
    collecting = False
    index = 0
    while index < len(lines):
        text = _text(lines[index])
        if is_label(text, disclosure.ITEM_HEADING_LABELS):
            headings, collecting = [], True
            index += 1
            continue
        column = _match_column(disclosure_tables.COLUMNS, lines, index) if collecting else None
        if column:
            headings.append((column[0], column[2]))
            index += column[1]
            continue
        found = _match_row(disclosure_tables.ROWS, lines, index, "") if headings else None
        if found:
            label, pieces = found
            values = _values(lines, index + pieces, signed=True)
            keys = tuple(CellKey(disclosure.SECTION, label.row.code, heading.code) for heading, _ in headings)
            for key, (heading, heading_text) in zip(keys, headings, strict=True):
                votes.update(heading.forms)
                reading.headings.setdefault(key, heading_text)
            if disclosure_tables.heads_all(label.row.code, [heading.code for heading, _ in headings]):
                rows.append(_FlatRow(label.row.code, keys, tuple(values), lines[index], label.damage))
            collecting = False
            index += pieces + len(values)
            continue
        if collecting and headings:
            # A heading that the form does not have: which value is whose could not be told.
            headings, collecting = [], False
        elif not collecting:
            headings = []
        index += 1
    form = max(TABLE_FORMS, key=lambda candidate: votes[candidate])
    _put_rows(reading, rows, [row.code for row in disclosure.ROWS if form in row.forms])
    disclosure_tables.settle(reading, votes)
    return reading
