"""Documents that are one XML file, with no ZIP around it: told by their root element.

Without this they would pass for HTML or text with strange tags.
"""

import re

WORD_XML = "application/msword-xml"
"""Word 2003's own; WPS writes it too."""
UOF_TEXT = "application/vnd.uof.text"
"""标文通 (GB/T 20916), the standard of Chinese office programs."""
FLAT_ODT = "application/vnd.oasis.opendocument.text-flat-xml"
SUFFIXES = {WORD_XML: ".xml", UOF_TEXT: ".uot", FLAT_ODT: ".fodt"}
_HEAD = 16 * 1024
_BEFORE = rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*\?>\s*|<!--[^>]*-->\s*)*"
"""What may stand before the root: no document type, behind which anything may hide."""
_ROOT = re.compile(_BEFORE + rb"<(w:wordDocument|uof:UOF|office:document|Workbook)\b([^>]*)", re.ASCII)
_SAID = re.compile(rb'mimetype="([^"]*)"')
_EXCEL = b"schemas-microsoft-com:office:spreadsheet"
_OTHERS = {
    b"uof:UOF": "application/vnd.uof",
    b"office:document": "application/vnd.oasis.opendocument-flat-xml",
    b"Workbook": "application/vnd.ms-excel-xml",
}


def kind_of_xml(data: bytes) -> str | None:
    """The media type of a document in one XML file; None for all else, HTML and other XML included."""
    found = _ROOT.match(data[:_HEAD])
    if not found:
        return None
    name, attributes = found.groups()
    if name == b"w:wordDocument":
        return WORD_XML
    if name == b"Workbook":
        return _OTHERS[name] if _EXCEL in attributes else None
    # One root for texts, sheets and slides: it says which it is. One that says nothing is left to LibreOffice.
    said = _SAID.search(attributes)
    if said and b"text" not in said[1]:
        return _OTHERS[name]
    return UOF_TEXT if name == b"uof:UOF" else FLAT_ODT
