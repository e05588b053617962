"""XLSX: the sheets as they are shown, the values of formulas as they were last reckoned."""

import io
import re
from typing import Any, NamedTuple

from ingest.document import Block, Document, Fault
from ingest.readers.limits import MAX_BLOCKS
from ingest.readers.number_formats import BUILT_IN, shown
from ingest.readers.office import OfficeError, Package, attribute, child, children, is_on, local
from ingest.readers.sheets import Sheet, sheet_blocks

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAIN_PART = "xl/workbook.xml"
_OBJECT = "\ufffc"
_MAX_SHEETS = 200
_MAX_MERGED = 20_000
_PLACE = re.compile(r"^([A-Z]{1,3})([1-9]\d{0,6})$")


def read_xlsx(data: bytes) -> Document:
    """Read an XLSX. Raises OfficeError (a ValueError) where it cannot be opened as one.

    Hidden sheets, rows and columns are not there. Numbers are the digits that the cell's format shows.
    """
    package = Package(io.BytesIO(data))
    main = package.main_part(MAIN_PART)
    workbook = package.xml(main)
    relations = package.relations(main)
    folder = main.rpartition("/")[0]
    strings = _strings(package, f"{folder}/sharedStrings.xml")
    styles = _styles(package, f"{folder}/styles.xml")
    faults: list[Fault] = []
    blocks: list[Block] = []
    names: list[tuple[str, str]] = []
    sheets = child(workbook, "sheets")
    for number, entry in enumerate(sheets if sheets is not None else (), start=1):
        if number > _MAX_SHEETS:
            faults.append(Fault("text_too_long", f"only the first {_MAX_SHEETS} sheets were read"))
            break
        part = relations.get(attribute(entry, "id") or "", "")
        if attribute(entry, "state") in ("hidden", "veryHidden") or "worksheets" not in part:
            continue
        try:
            sheet = _sheet(package.xml(part), number, strings, styles)
        except OfficeError as error:
            faults.append(Fault("page_unreadable", str(error), f"sheet {number}"))
            continue
        blocks.extend(sheet_blocks(sheet, faults))
        names.append((f"sheet {number}", attribute(entry, "name") or ""))
        if len(blocks) > MAX_BLOCKS:
            break
    return Document(MEDIA_TYPE, None, tuple(blocks[:MAX_BLOCKS]), tuple(names), tuple(faults))


def _strings(package: Package, part: str) -> list[str]:
    """The texts that cells share, without the reading aids of East Asian text."""
    return [_rich_text(item) for item in package.xml(part)] if part in package else []


def _rich_text(item: Any) -> str:
    pieces = []
    for piece in item:
        name = local(piece)
        if name == "t":
            pieces.append(piece.text or "")
        elif name == "r":
            text = "".join(inner.text or "" for inner in children(piece, "t"))
            properties = child(piece, "rPr")
            raised = child(properties, "vertAlign")
            if text.strip() and is_on(properties, "strike"):
                text = _OBJECT
            if text.strip() and raised is not None and attribute(raised, "val") in ("superscript", "subscript"):
                text = f"[{text}]"
            pieces.append(text)
    return "".join(pieces)


class _Style(NamedTuple):
    """A style of cells: its number format, whether its text is struck out, whether it has a border on any side."""

    number_format: str = "General"
    struck: bool = False
    framed: bool = False


def _styles(package: Package, part: str) -> list[_Style]:
    """The styles of cells by their numbers."""
    if part not in package:
        return []
    root = package.xml(part)
    own = {
        attribute(entry, "numFmtId"): attribute(entry, "formatCode") or "General" for entry in _entries(root, "numFmts")
    }
    fonts = [is_on(font, "strike") for font in _entries(root, "fonts")]
    borders = [
        any(attribute(side, "style") not in (None, "none") for side in border) for border in _entries(root, "borders")
    ]
    styles = []
    for style in _entries(root, "cellXfs"):
        code = attribute(style, "numFmtId") or "0"
        known = BUILT_IN.get(int(code)) if code.isdecimal() else None
        shape = own.get(code) or known or f"format {code}"
        font, border = (
            _flag(flags, attribute(style, name)) for flags, name in ((fonts, "fontId"), (borders, "borderId"))
        )
        styles.append(_Style(shape, font, border))
    return styles


def _flag(flags: list[bool], number: str | None) -> bool:
    at = number or "0"
    return at.isdecimal() and int(at) < len(flags) and flags[int(at)]


def _entries(root: Any, name: str) -> list[Any]:
    found = child(root, name)
    return [] if found is None else list(found)


def _sheet(root: Any, number: int, strings: list[str], styles: list[_Style]) -> Sheet:
    sheet = Sheet(number)
    zeros = True
    for part in root:
        name = local(part)
        if name == "sheetViews":
            zeros = all(attribute(view, "showZeros") not in ("0", "false") for view in part)
        elif name == "cols":
            for column in part:
                if attribute(column, "hidden") in ("1", "true"):
                    first, last = (int(attribute(column, end) or 0) for end in ("min", "max"))
                    sheet.hidden_columns.update(range(first - 1, min(last, 20_000)))
        elif name == "sheetData":
            _fill(sheet, part, strings, styles, zeros)
        elif name == "mergeCells":
            for merged in list(part)[:_MAX_MERGED]:
                ends = [_PLACE.match(end) for end in (attribute(merged, "ref") or "").split(":")]
                if len(ends) == 2 and ends[0] and ends[1]:
                    top, bottom = sorted(int(end[2]) - 1 for end in ends if end)
                    left, right = sorted(_column(end[1]) for end in ends if end)
                    sheet.merged.append((top, bottom, left, right))
    return sheet


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _fill(sheet: Sheet, data: Any, strings: list[str], styles: list[_Style], zeros: bool) -> None:
    row_number = -1
    for row in data:
        stated = attribute(row, "r")
        row_number = int(stated) - 1 if stated and stated.isdecimal() and len(stated) < 9 else row_number + 1
        if attribute(row, "hidden") in ("1", "true"):
            sheet.hidden_rows.add(row_number)
            continue
        column = -1
        for cell in row:
            place = _PLACE.match(attribute(cell, "r") or "")
            column = _column(place[1]) if place else column + 1
            number = attribute(cell, "s") or "0"
            style = styles[int(number)] if number.isdecimal() and int(number) < len(styles) else _Style()
            if style.framed:
                sheet.frame(row_number, column)
            if not sheet.put(row_number, column, _text(cell, strings, style, zeros)):
                return


def _text(cell: Any, strings: list[str], style: _Style, zeros: bool) -> str:
    """The text that a cell shows."""
    kind = attribute(cell, "t") or "n"
    if kind == "inlineStr":
        inline = child(cell, "is")
        text = _rich_text(inline) if inline is not None else ""
    else:
        held = child(cell, "v")
        value = (held.text or "").strip() if held is not None else ""
        formula = child(cell, "f")
        if not value:
            # A formula that was never reckoned: what it would show is not in the file.
            return f"={formula.text or ''}{_OBJECT}" if formula is not None and kind == "n" else ""
        if kind == "s":
            text = strings[int(value)] if value.isdecimal() and int(value) < len(strings) else _OBJECT
        elif kind == "n":
            text = shown(value, style.number_format, zeros)
        elif kind == "b":
            text = "TRUE" if value == "1" else "FALSE"
        else:
            text = value if kind == "str" else f"{value}{_OBJECT}"
    return _OBJECT if text.strip() and style.struck else text
