"""Spreadsheets: from cells at their places to paragraphs and grids, the same for XLSX and XLS."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.document import Block, Fault, Grid, Paragraph, Placement
from ingest.readers.limits import MAX_CELL_CHARACTERS, MAX_GRID_CELLS, MAX_GRID_COLUMNS

_WIDE = 0.8
_Range = tuple[int, int, int, int]
"""First row, last row, first column, last column, the last ones included."""


@dataclass(slots=True)
class Sheet:
    """A sheet as it is shown: texts by row and column (from 0), merged ranges, hidden rows and columns.

    `number` counts from 1.
    `framed` holds the columns of the cells of a row that have a border, with text or without.
    """

    number: int
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    framed: dict[int, set[int]] = field(default_factory=dict)
    merged: list[_Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    cells: int = 0
    cut: bool = False

    def put(self, row: int, column: int, text: str) -> bool:
        """Keep a cell's text; False where the sheet has become too large to be read on."""
        if not text.strip() or row in self.hidden_rows:
            return True
        if column >= MAX_GRID_COLUMNS:
            self.cut = True
            return True
        self.cells += 1
        if self.cells > MAX_GRID_CELLS:
            self.cut = True
            return False
        self.rows.setdefault(row, {})[column] = text[:MAX_CELL_CHARACTERS]
        return True

    def frame(self, row: int, column: int) -> None:
        """Keep that a cell has a border."""
        if column < MAX_GRID_COLUMNS and row not in self.hidden_rows:
            self.framed.setdefault(row, set()).add(column)

    def is_blank_row(self, row: int) -> bool:
        """Whether a row without text, right below one with text, has the borders of a table's row."""
        return row not in self.rows and row - 1 in self.rows and self.is_framed(row) and self.is_framed(row - 1)

    def is_between_tables(self, row: int) -> bool:
        """Whether a row without borders stands below the end of a table with borders and a row of nothing."""
        gap = row - 1 not in self.rows and row - 1 not in self.framed
        return gap and row not in self.framed and self.is_framed(row - 2)

    def is_framed(self, row: int) -> bool:
        """Whether all texts of a row stand in cells with borders, of which it has two at least."""
        framed = self.framed.get(row, set())
        return len(framed - self.hidden_columns) > 1 and framed >= self.rows.get(row, {}).keys()


def sheet_blocks(sheet: Sheet, faults: list[Fault]) -> Iterator[Block]:
    """A sheet's rows in order: those that hold one text over the whole width are paragraphs, the others grids.

    Rows without any text are left out, but for one with borders below a row of the table. In a row whose texts stand in
    cells with borders, what lies behind the last of them is no cell of the table. Places are those of the sheet:
    `sheet 1, row 5, column 3`.
    """
    blank = (row for row in sheet.framed if sheet.is_blank_row(row))
    rows = sorted(row for row in (*sheet.rows, *blank) if row not in sheet.hidden_rows)
    columns = [
        column
        for column in range(1 + max((max(texts) for texts in sheet.rows.values()), default=-1))
        if column not in sheet.hidden_columns
    ]
    merged = _merged_by_row(sheet, rows)
    covered = _covered(sheet, merged, columns)
    if sheet.cut:
        faults.append(Fault("table_too_large", "the rest of a very large sheet was not read", f"sheet {sheet.number}"))
    if not rows or not columns:
        return
    lines: dict[int, list[str | None]] = {}
    for row in rows:
        texts = sheet.rows.get(row, {})
        end = max(sheet.framed[row]) if sheet.is_framed(row) else columns[-1]
        lines[row] = [None if column > end or (row, column) in covered else texts.get(column, "") for column in columns]
    run: list[int] = []
    for row in rows:
        text = _over_the_width(sheet, row, lines[row], merged)
        if text is None:
            run.append(row)
            continue
        yield from _run_blocks(sheet, run, lines)
        run = []
        yield from _paragraphs(sheet, row, text)
    yield from _run_blocks(sheet, run, lines)


def _merged_by_row(sheet: Sheet, rows: Sequence[int]) -> dict[int, list[_Range]]:
    """The merged ranges that each of these rows lies in, as many as there may be cells."""
    found: dict[int, list[_Range]] = {}
    count = 0
    for merged in sheet.merged:
        for row in rows[bisect_left(rows, merged[0]) : bisect_right(rows, merged[1])]:
            found.setdefault(row, []).append(merged)
            count += 1
            if count >= MAX_GRID_CELLS:
                sheet.cut = True
                return found
    return found


def _covered(sheet: Sheet, merged: Mapping[int, Sequence[_Range]], columns: Sequence[int]) -> set[tuple[int, int]]:
    """The places that merged ranges cover, but for their first ones; only where there are rows with text."""
    covered: set[tuple[int, int]] = set()
    count = 0
    for row, ranges in merged.items():
        for first_row, _, first_column, last_column in ranges:
            inside = columns[bisect_left(columns, first_column) : bisect_right(columns, last_column)]
            covered.update((row, column) for column in inside if (row, column) != (first_row, first_column))
            # Ranges that lie over one another cover nothing new and cost all the same.
            count += len(inside)
            if count > 2 * MAX_GRID_CELLS:
                sheet.cut = True
                return covered
    return covered


def _over_the_width(
    sheet: Sheet, row: int, line: Sequence[str | None], merged: Mapping[int, Sequence[_Range]]
) -> str | None:
    """The one text of a row that is merged over (nearly) the whole width of the sheet, or stands between bordered
    tables; None for any other row."""
    filled = [text for text in line if text]
    if len(filled) != 1 or len(line) < 2:
        return None
    if sheet.is_between_tables(row):
        return filled[0]
    at = next(index for index, text in enumerate(line) if text)
    ranges = (wide for wide in merged.get(row, ()) if sheet.rows[row].get(wide[2]) == filled[0])
    widest = max((right - left + 1 for _, _, left, right in ranges), default=1)
    return filled[0] if min(widest, len(line) - at) >= len(line) * _WIDE else None


def _paragraphs(sheet: Sheet, row: int, text: str) -> Iterator[Paragraph]:
    for line in text.split("\n"):
        if line.strip():
            yield Paragraph(" ".join(line.split()), f"sheet {sheet.number}, row {row + 1}")


def _run_blocks(sheet: Sheet, run: list[int], lines: dict[int, list[str | None]]) -> Iterator[Block]:
    """A run of rows as a grid; what stands before its first row of several texts and behind its last, as paragraphs."""
    dense = [row for row in run if sum(bool(text) for text in lines[row]) > 1 or sheet.is_blank_row(row)]
    first, last = (dense[0], dense[-1]) if dense else (-1, -1)
    for row in run:
        if not dense or row < first:
            yield from _paragraphs(sheet, row, next(text for text in lines[row] if text) if any(lines[row]) else "")
    table = [row for row in run if first <= row <= last] if dense else []
    # Behind the last full row blanks may still belong to the table: a label alone is a row of blanks.
    tail = [row for row in run if dense and row > last]
    while tail and tail[0] == table[-1] + 1:
        table.append(tail.pop(0))
    if table:
        yield Grid(
            tuple(tuple(lines[row]) for row in table),
            tuple(f"sheet {sheet.number}, row {row + 1}" for row in table),
            Placement.RULED,
        )
    for row in tail:
        yield from _paragraphs(sheet, row, next((text for text in lines[row] if text), ""))
