"""The functions of pdfium that reading needs, as plain calls on addresses, and a PDF that closes what it opens.

pdfium keeps state of its own, so that one thread at a time may be in it. Its functions are called thousands of times
for a page: they are bound here without the checks and conversions of their wrappers.
"""

import ctypes
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as raw

from ingest.readers import pdf_fonts

IN_USE = threading.RLock()
"""Held by who works with a PDF."""
TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5
"""The kinds of things that a page draws."""
LINE_TO, BEZIER_TO, MOVE_TO = 0, 1, 2
"""The kinds of a path's segments."""
_HANDLE = ctypes.c_void_p
_INT = ctypes.c_int
_FLOAT = ctypes.c_double
_NEEDS_PASSWORD = 4
pdf_fonts.install()


def address_of(handle: Any) -> int:
    """The address that a handle of the wrappers stands for."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _bound(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    address = address_of(getattr(raw, name))
    function: Callable[..., Any] = ctypes.PYFUNCTYPE(result, *arguments)(address)
    return function


count_objects = _bound("FPDFPage_CountObjects", _INT, _HANDLE)
object_at = _bound("FPDFPage_GetObject", _HANDLE, _HANDLE, _INT)
count_in_form = _bound("FPDFFormObj_CountObjects", _INT, _HANDLE)
object_in_form = _bound("FPDFFormObj_GetObject", _HANDLE, _HANDLE, ctypes.c_ulong)
kind_of = _bound("FPDFPageObj_GetType", _INT, _HANDLE)
matrix_of = _bound("FPDFPageObj_GetMatrix", _INT, _HANDLE, _HANDLE)
bounds_of = _bound("FPDFPageObj_GetBounds", _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE, _HANDLE)
fill_of = _bound("FPDFPageObj_GetFillColor", _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE, _HANDLE)
stroke_of = _bound("FPDFPageObj_GetStrokeColor", _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE, _HANDLE)
is_transparent = _bound("FPDFPageObj_HasTransparency", _INT, _HANDLE)
transform = _bound("FPDFPageObj_Transform", None, _HANDLE, _FLOAT, _FLOAT, _FLOAT, _FLOAT, _FLOAT, _FLOAT)
count_marks = _bound("FPDFPageObj_CountMarks", _INT, _HANDLE)
mark_at = _bound("FPDFPageObj_GetMark", _HANDLE, _HANDLE, ctypes.c_ulong)
remove_mark_value = _bound("FPDFPageObjMark_RemoveParam", _INT, _HANDLE, _HANDLE, ctypes.c_char_p)
draw_mode = _bound("FPDFPath_GetDrawMode", _INT, _HANDLE, _HANDLE, _HANDLE)
count_segments = _bound("FPDFPath_CountSegments", _INT, _HANDLE)
segment_at = _bound("FPDFPath_GetPathSegment", _HANDLE, _HANDLE, _INT)
segment_kind = _bound("FPDFPathSegment_GetType", _INT, _HANDLE)
segment_point = _bound("FPDFPathSegment_GetPoint", _INT, _HANDLE, _HANDLE, _HANDLE)
segment_closes = _bound("FPDFPathSegment_GetClose", _INT, _HANDLE)
clip_of = _bound("FPDFPageObj_GetClipPath", _HANDLE, _HANDLE)
count_clips = _bound("FPDFClipPath_CountPaths", _INT, _HANDLE)
count_clip_segments = _bound("FPDFClipPath_CountPathSegments", _INT, _HANDLE, _INT)
clip_segment = _bound("FPDFClipPath_GetPathSegment", _HANDLE, _HANDLE, _INT, _INT)
render_mode = _bound("FPDFTextObj_GetTextRenderMode", _INT, _HANDLE)
set_render_mode = _bound("FPDFTextObj_SetTextRenderMode", _INT, _HANDLE, _INT)
set_stroke_width = _bound("FPDFPageObj_SetStrokeWidth", _INT, _HANDLE, ctypes.c_float)
stroke_width = _bound("FPDFPageObj_GetStrokeWidth", _INT, _HANDLE, _HANDLE)
font_of = _bound("FPDFTextObj_GetFont", _HANDLE, _HANDLE)
font_name = _bound("FPDFFont_GetBaseFontName", ctypes.c_size_t, _HANDLE, ctypes.c_char_p, ctypes.c_size_t)
count_letters = _bound("FPDFText_CountChars", _INT, _HANDLE)
code_of = _bound("FPDFText_GetUnicode", ctypes.c_uint, _HANDLE, _INT)
text_object = _bound("FPDFText_GetTextObject", _HANDLE, _HANDLE, _INT)
is_generated = _bound("FPDFText_IsGenerated", _INT, _HANDLE, _INT)
is_hyphen = _bound("FPDFText_IsHyphen", _INT, _HANDLE, _INT)
has_no_unicode = _bound("FPDFText_HasUnicodeMapError", _INT, _HANDLE, _INT)
letter_box = _bound("FPDFText_GetLooseCharBox", _INT, _HANDLE, _INT, _HANDLE)
glyph_box = _bound("FPDFText_GetCharBox", _INT, _HANDLE, _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE)
letter_origin = _bound("FPDFText_GetCharOrigin", _INT, _HANDLE, _INT, _HANDLE, _HANDLE)
letter_matrix = _bound("FPDFText_GetMatrix", _INT, _HANDLE, _INT, _HANDLE)
letter_size = _bound("FPDFText_GetFontSize", _FLOAT, _HANDLE, _INT)


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """A PDF as pdfium's document. Raises ValueError where it cannot be opened."""
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        if raw.FPDF_GetLastError() == _NEEDS_PASSWORD:
            raise ValueError("the PDF opens only with a password; hand it in without")
        raise ValueError("not readable as PDF")
    try:
        yield document
    finally:
        raw.FPDF_CloseDocument(document)


@contextmanager
def page_of(document: Any, index: int) -> Iterator[Any]:
    """A page by its index. Raises ValueError where it cannot be loaded."""
    page = raw.FPDF_LoadPage(document, index)
    if not page:
        raise ValueError("the page cannot be loaded")
    try:
        yield page
    finally:
        raw.FPDF_ClosePage(page)


@contextmanager
def text_of(page: Any) -> Iterator[int]:
    """The address of a page's text. Raises ValueError where it cannot be loaded."""
    text = raw.FPDFText_LoadPage(page)
    if not text:
        raise ValueError("the text of the page cannot be loaded")
    try:
        yield address_of(text)
    finally:
        raw.FPDFText_ClosePage(text)
