"""What is laid over a page of a PDF and seen there: fields that were filled in, notes typed on it, stamps."""

from typing import Any

import pypdfium2.raw as raw

from ingest.readers import pdfium

_OF_TEXT = (raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_STAMP)
_OF_LINES = (
    raw.FPDF_ANNOT_LINE,
    raw.FPDF_ANNOT_SQUARE,
    raw.FPDF_ANNOT_CIRCLE,
    raw.FPDF_ANNOT_POLYGON,
    raw.FPDF_ANNOT_POLYLINE,
    raw.FPDF_ANNOT_INK,
    raw.FPDF_ANNOT_STRIKEOUT,
)
_NOT_SEEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_MOST = 5_000


def lines_laid_over(page: Any) -> list[tuple[float, float, float, float]]:
    """The boxes of what is laid over a page and strikes out, frames or draws, in the page's own points: left, bottom,
    right and top. Marking in colour says nothing."""
    boxes = []
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        box = raw.FS_RECTF()
        is_seen = not raw.FPDFAnnot_GetFlags(annotation) & _NOT_SEEN
        if raw.FPDFAnnot_GetSubtype(annotation) in _OF_LINES and is_seen and raw.FPDFAnnot_GetRect(annotation, box):
            boxes.append((box.left, box.bottom, box.right, box.top))
        raw.FPDFPage_CloseAnnot(annotation)
    return boxes


def laid_down(page: Any) -> int | None:
    """Draw what is laid over a page and bears text into it, in memory.

    Gives how many things the page drew before, where it has to be loaded anew, else None. Raises ValueError where too
    much is laid over it.
    """
    count = raw.FPDFPage_GetAnnotCount(page)
    if count <= 0:
        return None
    if count > _MOST:
        raise ValueError(f"more than {_MOST} notes and fields are laid over the page")
    kept = 0
    for index in reversed(range(count)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        kind = raw.FPDFAnnot_GetSubtype(annotation) if annotation else raw.FPDF_ANNOT_UNKNOWN
        if annotation:
            raw.FPDFPage_CloseAnnot(annotation)
        if kind in _OF_TEXT:
            kept += 1
        else:
            raw.FPDFPage_RemoveAnnot(page, index)
    before: int = pdfium.count_objects(pdfium.address_of(page))
    if kept and raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
        return before
    return None
