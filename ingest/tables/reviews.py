"""Reading part 四, the table of reconsiderations and lawsuits, from grids."""

from collections.abc import Sequence

from ingest.document import Grid, Placement
from ingest.forms import TABLE_FORMS, CellKey, reviews
from ingest.tables.labels import ColumnBook, LabelBook
from ingest.tables.placing import Tail, place
from ingest.tables.reading import Absent, Printed, SectionReading
from ingest.text.numbers import looks_like_value

ROWS = LabelBook(reviews.ROWS, reviews.GROUPS)
COLUMNS = ColumnBook(reviews.COLUMNS)
RESULTS = tuple(column.code for column in reviews.COLUMNS)
KEYS = tuple(cell.key for cell in reviews.cells(TABLE_FORMS[0]))
"""The 15 cells of the printed row, from left to right."""


def read_grids(grids: Sequence[Grid]) -> SectionReading:
    """The table of reviews: one row of 15 numbers under its headings, or a row of five a channel."""
    reading = SectionReading(reviews.SECTION)
    for grid in grids:
        results: list[tuple[int, str]] = []
        waiting = False
        for number, cells in enumerate(grid.rows):
            headings = _headings(cells)
            if len(headings) >= len(RESULTS):
                results = sorted((*(results if waiting else ()), *headings))
                waiting = True
                continue
            if not waiting:
                continue
            if _read_channel_row(reading, grid, number, headings_order(results)):
                continue
            tail = tuple((column, text) for column, text in enumerate(cells) if text is not None)
            if not tail or not any(text and looks_like_value(text) for _, text in tail):
                continue
            if any(text and ROWS.match(text) for _, text in tail):
                continue
            _read_data_row(reading, grid, number, tail, results)
            waiting = False
    return reading


def _headings(cells: Sequence[str | None]) -> list[tuple[int, str]]:
    """The results that a row of headings names, with their columns."""
    return [(column, match.code) for column, text in enumerate(cells) if text and (match := COLUMNS.match(text))]


def headings_order(results: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    """The codes of headings from left to right."""
    return tuple(code for _, code in results)


def _read_data_row(
    reading: SectionReading, grid: Grid, number: int, tail: Tail, results: list[tuple[int, str]]
) -> None:
    """The one data row of 15 cells. Its headings must be those of the form, each result three times."""
    reading.form = TABLE_FORMS[0]
    standard = sorted(headings_order(results)) == sorted(RESULTS * len(reviews.ROWS))
    in_order = grid.placement is Placement.COUNTED or headings_order(results) == RESULTS * len(reviews.ROWS)
    columns = tuple(column for column, _ in results) if grid.placement is Placement.RULED else None
    if columns and len(set(columns)) != len(KEYS):
        columns = None
    placed = place([tail], [len(grid.rows[number])], len(KEYS), grid.placement, columns)[0]
    if not (standard and in_order) or placed.columns is None:
        reason = placed.reason or "the headings are not those of the form"
        for key in KEYS:
            reading.put(key, Absent(reason, grid.row_locators[number]))
        return
    texts = dict(tail)
    for key, column in zip(KEYS, placed.columns, strict=True):
        reading.put(key, Printed(texts[column], grid.locator(number, column), placed.reason))


def _read_channel_row(reading: SectionReading, grid: Grid, number: int, order: tuple[str, ...]) -> bool:
    """A row of five numbers that a channel's name heads, as some sites print the table."""
    if sorted(order) != sorted(RESULTS):
        return False
    cells = grid.rows[number]
    label = None
    label_column = -1
    for column, text in enumerate(cells):
        if text and (found := ROWS.match(text)):
            label, label_column = found, column
    if label is None or label.is_group:
        return False
    tail = tuple((column, text) for column, text in enumerate(cells) if column > label_column and text is not None)
    if len(tail) != len(RESULTS):
        return False
    reading.form = TABLE_FORMS[0]
    for (column, text), code in zip(tail, order, strict=True):
        reading.put(CellKey(reviews.SECTION, label.row.code, code), Printed(text, grid.locator(number, column)))
    return True
