"""One table as one file: rows come in batches and are never in memory together. The same rows give the same bytes.

No text can run as a formula where the file is opened in a spreadsheet: CSV marks it, XLSX stores it as text.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import xlsxwriter

from warehouse.export.selection import ExportError

XLSX_ROWS = 1_048_576
"""Rows of a sheet, the headings among them."""
_XLSX_TEXT = 32_767
_XLSX_EXACT = 10**15
_CUT = "…[cut: the whole text is in CSV and Parquet]"
_ROW_GROUP = 100_000
# What a spreadsheet may take for a formula at the beginning of a cell, also in full width; and the mark itself.
_DANGEROUS = "^[=+@\t\r\n＝＋－＠'-]"

Rows = Callable[[], pa.RecordBatchReader]


def write_parquet(reader: pa.RecordBatchReader, path: Path, descriptions: dict[str, str]) -> int:
    """Write Parquet with each column's description in its metadata; returns the number of rows."""
    fields = [field.with_metadata({"description": descriptions[field.name]}) for field in reader.schema]
    schema = pa.schema(fields)
    rows = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for table in _groups(reader):
            writer.write_table(table.cast(schema), row_group_size=_ROW_GROUP)
            rows += table.num_rows
    return rows


def write_csv(reader: pa.RecordBatchReader, path: Path, descriptions: dict[str, str]) -> int:
    """Write CSV in UTF-8 with a byte-order mark, by which Excel knows the encoding; returns the number of rows.

    Text stands in quotation marks and a null is nothing at all, so that an empty text and a null differ. Text that
    begins with what a spreadsheet may run, or with an apostrophe, gets an apostrophe before it: take one away, and it
    is restored.
    """
    rows = 0
    options = pa_csv.WriteOptions(quoting_style="needed")
    with path.open("wb") as file:
        file.write(b"\xef\xbb\xbf")
        with pa_csv.CSVWriter(file, reader.schema, write_options=options) as writer:
            for batch in reader:
                writer.write_batch(_marked(batch))
                rows += batch.num_rows
    return rows


def write_xlsx(reader: pa.RecordBatchReader, path: Path, descriptions: dict[str, str]) -> int:
    """Write one sheet; text is stored as text, whatever it begins with. Returns the number of rows.

    Raises ExportError where there are more rows than a sheet holds.
    """
    options = {"constant_memory": True, "tmpdir": str(path.parent), "default_date_format": "yyyy-mm-dd"}
    book = xlsxwriter.Workbook(str(path), options)
    # A file says when it was made; the same rows are to give the same bytes.
    book.set_properties({"created": datetime(2000, 1, 1)})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    names = reader.schema.names
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(names):
        sheet.set_column(column, column, 16)
        sheet.write_string(0, column, name, bold)
    rows = 0
    for batch in reader:
        for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            rows += 1
            if rows >= XLSX_ROWS:
                # Closing writes the whole book, which nobody wants any more.
                book.fileclosed = 1
                raise ExportError(
                    f"{path.stem} has more than the {XLSX_ROWS - 1:,} rows that a sheet of Excel holds: narrow it with "
                    "--year, --region or --where, or take --format csv or parquet"
                )
            for column, value in enumerate(values):
                _write_cell(sheet, rows, column, value, day)
    if rows:
        sheet.autofilter(0, 0, rows, len(names) - 1)
    book.close()
    return rows


def _write_cell(sheet: Any, row: int, column: int, value: object, day: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float | Decimal) and -_XLSX_EXACT < value < _XLSX_EXACT:
        sheet.write_number(row, column, float(value))
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    else:
        # Also numbers of more digits than Excel keeps.
        text = str(value)
        sheet.write_string(row, column, text if len(text) <= _XLSX_TEXT else text[: _XLSX_TEXT - len(_CUT)] + _CUT)


def _marked(batch: pa.RecordBatch) -> pa.RecordBatch:
    columns = [
        pc.if_else(pc.match_substring_regex(column, _DANGEROUS), pc.binary_join_element_wise("'", column, ""), column)
        if pa.types.is_string(column.type)
        else column
        for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)


def _groups(reader: pa.RecordBatchReader) -> Iterator[pa.Table]:
    """The rows in groups of one size, however the batches come."""
    held: list[pa.RecordBatch] = []
    count = 0
    for batch in reader:
        held.append(batch)
        count += batch.num_rows
        while count >= _ROW_GROUP:
            table = pa.Table.from_batches(held, schema=reader.schema)
            yield table.slice(0, _ROW_GROUP)
            held = table.slice(_ROW_GROUP).to_batches()
            count -= _ROW_GROUP
    if count:
        yield pa.Table.from_batches(held, schema=reader.schema)


FORMATS = {"parquet": write_parquet, "csv": write_csv, "xlsx": write_xlsx}
