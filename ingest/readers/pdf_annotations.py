"""What is laid over a page of a PDF and seen there: fields that were filled in, notes typed on it, stamps."""

from typing import Any

import pypdfium2.raw as raw

from ingest.readers import pdfium

_OF_TEXT = (raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_STAMP)
_MOST = 5_000


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
