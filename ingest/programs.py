"""Outside programs that some files cannot be read without, and how a parse says whether it had them.

A parse is a function of the bytes and of its `parser_version`. So a parse that an outside program took part in, or
that lacked one, has a version of its own: `N` is a reading by this software alone, `N.0.K` one that lacked the programs
K, `N.1` one through a program. In the order of versions a later one supersedes an earlier one, and what lacked a
program is parsed again when the program is there. One that took too long counts as not there, for the machine may have
been busy: the next parse tries again.
"""

from ingest.document import Document
from ingest.readers import libreoffice, tesseract
from ingest.report import PARSER_VERSION

LIBREOFFICE = 1
OCR = 2
_LACKING = {"libreoffice_missing": LIBREOFFICE, "libreoffice_timeout": LIBREOFFICE, "scanned": OCR}


def available(ocr_wanted: bool) -> int:
    """The programs that a parse may use now, as the sum of their numbers. OCR only where it is wanted."""
    has_ocr = ocr_wanted and tesseract.program() is not None
    return (LIBREOFFICE if libreoffice.program() else 0) + (OCR if has_ocr else 0)


def version_of(document: Document) -> str:
    """The parser version of a document's parse."""
    if document.through:
        return f"{PARSER_VERSION}.1"
    lacking = sum(_LACKING.get(code, 0) for code in {fault.code for fault in document.faults})
    return f"{PARSER_VERSION}.0.{lacking}" if lacking else PARSER_VERSION


def stands(version: str, programs: int) -> bool:
    """Whether a parse of this version is what parsing again with these programs would give."""
    base, _, rest = version.partition(".")
    if base != PARSER_VERSION:
        return version == PARSER_VERSION
    lacked = rest.removeprefix("0.")
    return not (rest.startswith("0.") and lacked.isdecimal() and int(lacked) & programs)
