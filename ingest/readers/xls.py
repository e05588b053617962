"""XLS of Excel 97 to 2003: the sheets as they are shown."""

import io
from collections.abc import Iterable
from typing import Any

import xlrd

from ingest.document import Block, Document, Fault
from ingest.readers.number_formats import shown
from ingest.readers.sheets import Sheet, sheet_blocks

MEDIA_TYPE = "application/vnd.ms-excel"
_OBJECT = "\ufffc"
_ERRORS = xlrd.error_text_from_code
_MAX_SHEETS = 200
_NOTHING = frozenset((xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK))


def read_xls(data: bytes) -> Document:
    """Read an XLS. Raises ValueError where it cannot be opened as one (damaged, encrypted, older than Excel 97)."""
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, on_demand=True, ragged_rows=True, logfile=io.StringIO()
        )
    except Exception as error:  # xlrd raises anything from AssertionError to struct.error on damaged files
        raise ValueError(f"not readable as XLS: {type(error).__name__}: {error}") from error
    faults: list[Fault] = []
    blocks: list[Block] = []
    names: list[tuple[str, str]] = []
    for index in range(min(book.nsheets, _MAX_SHEETS)):
        try:
            page = book.sheet_by_index(index)
            if page.visibility == 0:
                blocks.extend(sheet_blocks(_sheet(book, page, index + 1), faults))
                names.append((f"sheet {index + 1}", str(page.name)))
        except Exception as error:  # as above: one damaged sheet must not lose the others
            faults.append(Fault("page_unreadable", f"{type(error).__name__}: {error}", f"sheet {index + 1}"))
        book.unload_sheet(index)
    return Document(MEDIA_TYPE, None, tuple(blocks), tuple(names), tuple(faults))


def _sheet(book: Any, page: Any, number: int) -> Sheet:
    sheet = Sheet(number)
    sheet.hidden_rows = {row for row, info in page.rowinfo_map.items() if info.hidden}
    sheet.hidden_columns = {column for column, info in page.colinfo_map.items() if info.hidden}
    sheet.merged = [(top, bottom - 1, left, right - 1) for top, bottom, left, right in page.merged_cells]
    zeros = bool(getattr(page, "show_zero_values", 1))
    for row in range(page.nrows):
        for column, kind in enumerate(page.row_types(row)):
            if kind in _NOTHING:
                continue
            text = _text(book, page.cell(row, column), zeros)
            if text and _is_marked(book, page.rich_text_runlist_map.get((row, column), ())):
                text += _OBJECT
            if not sheet.put(row, column, text):
                return sheet
    return sheet


def _is_marked(book: Any, runs: Iterable[tuple[int, int]]) -> bool:
    """Whether letters within a text are struck out or raised; `runs` give where each font begins, and which it is."""
    fonts = (book.font_list[font] for _, font in runs if font < len(book.font_list))
    return any(font.struck_out or font.escapement for font in fonts)


def _text(book: Any, cell: Any, zeros: bool) -> str:
    """The text that a cell shows."""
    style = book.xf_list[cell.xf_index] if cell.xf_index is not None else None
    if cell.ctype == xlrd.XL_CELL_TEXT:
        text = str(cell.value)
    elif cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        known = book.format_map.get(style.format_key) if style is not None else None
        text = shown(repr(cell.value), known.format_str if known else "General", zeros)
    elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
        text = "TRUE" if cell.value else "FALSE"
    elif cell.ctype == xlrd.XL_CELL_ERROR:
        text = f"{_ERRORS.get(cell.value, cell.value)}{_OBJECT}"
    else:
        return ""
    return _OBJECT if text.strip() and style is not None and book.font_list[style.font_index].struck_out else text
