"""One font in place of all that a PDF names and does not bring, so that no font of the machine is looked for.

pdfium leaves a letter out where its font has no glyph for it, and takes long to search large fonts. What a letter is,
where it stands and how wide it is the file says itself: any glyph will do. So every character has the same small box.
"""

import ctypes
import struct
from typing import Any

import pypdfium2.raw as raw

_UNITS = 1000
_LEFT, _BOTTOM, _RIGHT, _TOP = 100, 0, 400, 700
_ASCENT, _DESCENT = 880, -120
_LAST_CHARACTER = 0x10FFFF
_WINDOWS, _UCS_4 = 3, 10
_MANY_TO_ONE = 13
"""The kind of character map in which all characters of a range have one glyph."""


def _font() -> bytes:
    """A TrueType font of two glyphs: nothing, and the box that stands for each character."""
    across, up = _RIGHT - _LEFT, _TOP - _BOTTOM
    box = struct.pack(">5h", 1, _LEFT, _BOTTOM, _RIGHT, _TOP)
    box += struct.pack(">2H4B", 3, 0, 1, 1, 1, 1) + struct.pack(">8h", _LEFT, across, 0, -across, _BOTTOM, 0, up, 0)
    box += b"\0" * (-len(box) % 4)
    groups = struct.pack(">2H6I", _MANY_TO_ONE, 0, 28, 0, 1, 0, _LAST_CHARACTER, 1)
    head = struct.pack(
        ">4I2H16x4h2Hh2H", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _UNITS, *(_LEFT, _BOTTOM, _RIGHT, _TOP), 0, 8, 2, 0, 0
    )
    tables = {
        b"cmap": struct.pack(">2H2HI", 0, 1, _WINDOWS, _UCS_4, 12) + groups,
        b"glyf": box,
        b"head": head,
        b"hhea": struct.pack(">I3hH11hH", 0x10000, _ASCENT, _DESCENT, 0, _UNITS, _LEFT, 0, _RIGHT, 1, *(0,) * 7, 1),
        b"hmtx": struct.pack(">2Hh", _UNITS, 0, _LEFT),
        b"loca": struct.pack(">3H", 0, 0, len(box) // 2),
        b"maxp": struct.pack(">I14H", 0x10000, 2, 4, 1, 0, 0, 2, *(0,) * 8),
    }
    directory, content = struct.pack(">I4H", 0x10000, len(tables), 64, 2, 48), b""
    begin = len(directory) + 16 * len(tables)
    for name, table in tables.items():
        directory += struct.pack(">4s3I", name, 0, begin + len(content), len(table))
        content += table + b"\0" * (-len(table) % 4)
    return directory + content


_FONT = _font()
_HANDLE = 1
_LATIN = (0, 2)
_BROUGHT = (b"Helvetica", b"Times", b"Courier", b"Arial", b"Symbol", b"ZapfDingbats")


def _map_font(_info: Any, _weight: int, _slant: int, charset: int, _pitch: int, face: Any, _exact: Any) -> int | None:
    """This font, but for the fonts that every reader brings: of these a file need not say how wide the letters are."""
    if charset in _LATIN and face and ctypes.string_at(face).startswith(_BROUGHT):
        return None
    return _HANDLE


def _font_data(_info: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
    """The font, where pdfium asks for the whole of it and has room for it; else how long it is."""
    if table != 0:
        return 0
    if size >= len(_FONT) and buffer:
        ctypes.memmove(buffer, _FONT, len(_FONT))
    return len(_FONT)


def install() -> None:
    """Have pdfium use this font alone, in the whole process."""
    raw.FPDF_SetSystemFontInfo(_INFO)


_TYPES = dict(raw.FPDF_SYSFONTINFO._fields_)
_INFO = raw.FPDF_SYSFONTINFO(
    version=1, MapFont=_TYPES["MapFont"](_map_font), GetFontData=_TYPES["GetFontData"](_font_data)
)
