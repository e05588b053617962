"""What kind of container a file is, by its first bytes; looking costs the same for any size."""

import re
import struct
import zlib

from ingest.containers.model import Source

ZIP = "application/zip"
GZIP = "application/gzip"
WARC = "application/warc"
JSON_LINES = "application/x-ndjson"
PARQUET = "application/vnd.apache.parquet"

_HEAD = 4096
_DIRECTORY = 1 << 20
_END_RECORD = b"PK\x05\x06"
_JSON_OBJECT = re.compile(rb'^(?:\xef\xbb\xbf)?\s*\{\s*"')
_OFFICE = (b"word/document.xml", b"xl/workbook.xml", b"xl/workbook.bin", b"ppt/presentation.xml")
_OFFICE_FIRST = (b"[Content_Types].xml", b"mimetype", b"_rels/.rels", b"docProps/", b"OFD.xml")


def kind_of(source: Source) -> str | None:
    """The media type of a container, None for any other file. Leaves the source at its start.

    A document that happens to be a ZIP (DOCX, XLSX, OFD) is no container. Raises OSError where it cannot be read.
    """
    source.seek(0)
    head = source.read(_HEAD)
    try:
        if head.startswith((b"PK\x03\x04", _END_RECORD)):
            return None if is_office_zip(source, head) else ZIP
        if head.startswith(b"\x1f\x8b"):
            return GZIP
        if head.startswith(b"WARC/"):
            return WARC
        if head.startswith(b"PAR1"):
            return PARQUET
        return JSON_LINES if _JSON_OBJECT.match(head) else None
    finally:
        source.seek(0)


def kind_inside_gzip(head: bytes) -> str | None:
    """The media type of what a gzip stream holds, by its first packed bytes; None for a single document."""
    try:
        unpacked = zlib.decompressobj(31).decompress(head, _HEAD)
    except zlib.error:
        return None
    if unpacked.startswith(b"WARC/"):
        return WARC
    return JSON_LINES if _JSON_OBJECT.match(unpacked) else None


def is_office_zip(source: Source, head: bytes) -> bool:
    """Whether a ZIP is one document: its directory, or where that is lost its first name, says so."""
    size = source.seek(0, 2)
    source.seek(max(0, size - 0x10000 - 22))
    tail = source.read(0x10000 + 22)
    at = tail.rfind(_END_RECORD)
    if at >= 0 and len(tail) - at >= 22:
        length, offset = struct.unpack_from("<II", tail, at + 12)
        source.seek(min(offset, size))
        directory = source.read(min(length, _DIRECTORY))
        if b"[Content_Types].xml" in directory and any(name in directory for name in _OFFICE):
            return True
        if b"mimetype" in directory and b"content.xml" in directory:
            return True
        if directory.startswith(b"PK\x01\x02"):
            return b"OFD.xml" in directory
    return head[30:].startswith(_OFFICE_FIRST)
