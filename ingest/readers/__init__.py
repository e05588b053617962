"""From bytes to a Document: what kind of file it is, and the one reader for that kind."""

import re
from dataclasses import replace

from ingest.document import Document, Fault
from ingest.readers.binary import kind_of, read_binary, unread
from ingest.readers.flat_xml import kind_of_xml
from ingest.readers.html import read_html
from ingest.readers.junk import LINK_HOST, junk_tags, link_host
from ingest.readers.limits import MAX_BYTES, MAX_HTML_BYTES
from ingest.readers.mhtml import MEDIA_TYPE as MHTML
from ingest.readers.mhtml import html_parts, is_mhtml, joined
from ingest.readers.ocr import is_scan, read_scan
from ingest.readers.text import read_text
from ingest.text.encoding import Decoded, decode, mojibake

_HTML = re.compile(r"<(?:!doctype\s+html|html|body|head|table)\b", re.IGNORECASE)
_HTML_CLOSING = re.compile(r"</(?:p|div|tr|td|span|li)>", re.IGNORECASE)
_FRAGMENT_TAGS = 30
_SOMETHING = re.compile(rb"[^ \t\r\n\x00]")
_CUT_NUMBER = re.compile(r"(?:^|[|>\t\n])[ \t\u3000]*([+\-增减]?[0-9０-９][0-9０-９,.]{0,20})$(?![\n])")
_CUT_TAIL = 64
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read(data: bytes, ocr: bool = False) -> Document:
    """Read a file's bytes into a Document; never raises for anything the bytes hold. With `ocr`, scans are read too.

    What cannot be read comes back without blocks and with a Fault that says why: `empty_file`, `file_too_large`,
    `unsupported_format`, `binary_junk`, `mojibake`, `scanned`, `pdf_damaged`, `document_damaged`,
    `libreoffice_missing`, `libreoffice_timeout`.
    """
    if not _SOMETHING.search(data):
        return unread("text/plain", Fault("empty_file", "the file holds nothing but white space"))
    if len(data) > MAX_BYTES:
        return unread("application/octet-stream", too_large(len(data)))
    media_type = kind_of(data) or kind_of_xml(data)
    if media_type:
        document = read_binary(data, media_type)
        return read_scan(data, document) if ocr and is_scan(document) else document
    return _read_mhtml(data) if is_mhtml(data) else _read_textual(data)


def too_large(byte_count: int) -> Fault:
    """The fault of a file over the bound on size."""
    return Fault("file_too_large", f"{byte_count} bytes; files over {MAX_BYTES} bytes are not parsed")


def _read_mhtml(data: bytes) -> Document:
    try:
        parts = html_parts(data)
    except ValueError as error:
        return unread(MHTML, Fault("document_damaged", str(error)))
    return joined([_read_textual(part) for part in parts])


def _read_textual(data: bytes) -> Document:
    decoded = decode(data)
    sample = decoded.text[:20_000]
    undecodable = decoded.replaced / (len(decoded.text) or 1)
    if undecodable > 0.1 or len(_CONTROL.findall(sample)) > len(sample) * 0.02:
        return unread("application/octet-stream", Fault("binary_junk", "the bytes are no text in any known encoding"))
    if misread := mojibake(decoded.text):
        message = f"the characters are mojibake: {misread}, and saved so"
        return replace(unread("text/plain", Fault("mojibake", message)), encoding=decoded.encoding)
    decoded, cut = _without_cut_end(decoded)
    if _HTML.search(decoded.text) or len(_HTML_CLOSING.findall(decoded.text)) >= _FRAGMENT_TAGS:
        if len(data) > MAX_HTML_BYTES:
            return unread("text/html", Fault("file_too_large", f"{len(data)} bytes of HTML are not parsed"))
        document = read_html(decoded)
        host = link_host(decoded.text)
        metadata = (*document.metadata, (LINK_HOST, host)) if host else document.metadata
        document = replace(document, metadata=metadata, junk=junk_tags(decoded.text))
    else:
        document = read_text(decoded)
    faults = [*document.faults, *cut]
    if decoded.replaced:
        message = f"{decoded.replaced} characters could not be read as {decoded.encoding}"
        faults.append(Fault("undecodable_characters", message))
    return replace(document, faults=tuple(faults))


def _without_cut_end(decoded: Decoded) -> tuple[Decoded, tuple[Fault, ...]]:
    """The text without the number that it ends in the middle of: a file cut there may have lost digits.

    Whole files end with a line break, a closing tag or a sentence.
    """
    text = decoded.text.rstrip(" \t\x00\u3000")
    offset = max(0, len(text) - _CUT_TAIL)
    found = _CUT_NUMBER.search(text[offset:])
    if not found:
        return decoded, ()
    fault = Fault("document_cut", f"the file ends in the number {found[1]!r}, which may go on; it was not read")
    return replace(decoded, text=decoded.text[: offset + found.start(1)]), (fault,)


__all__ = ["read", "too_large"]
