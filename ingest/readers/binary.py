"""Files that are no text: told by their first bytes, and given to the one reader for their kind."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

from ingest.document import Document, Fault
from ingest.readers import libreoffice
from ingest.readers.flat_xml import SUFFIXES as FLAT_SUFFIXES
from ingest.readers.office import OfficeError, Package
from ingest.readers.ole import DOC, ENCRYPTED, OLE, WORKS, XLS, kind_of_ole

PDF = "application/pdf"
ZIP = "application/zip"
RTF = "application/rtf"
ODT = "application/vnd.oasis.opendocument.text"
SIGNATURES = (
    (b"%PDF-", PDF),
    (b"PK\x03\x04", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"{\\rtf", RTF),
    (b"\x1f\x8b", "application/gzip"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"RIFF", "image/webp"),
    (b"Rar!", "application/vnd.rar"),
    (b"7z\xbc\xaf", "application/x-7z-compressed"),
)
_SUFFIXES = {DOC: ".doc", RTF: ".rtf", ODT: ".odt", **FLAT_SUFFIXES}
_CONTAINERS = frozenset((ZIP, "application/gzip", "application/vnd.rar", "application/x-7z-compressed"))


def kind_of(data: bytes) -> str | None:
    """The media type of bytes that are no text; None for all others."""
    for signature, media_type in SIGNATURES:
        if data.startswith(signature) or (media_type == PDF and signature in data[:1024]):
            if media_type == "image/bmp" and not _is_bitmap(data):
                continue
            if media_type == "image/webp" and data[8:12] != b"WEBP":
                continue
            return kind_of_ole(data) if media_type == OLE else _kind_of_zip(data) if media_type == ZIP else media_type
    return None


def _is_bitmap(data: bytes) -> bool:
    """Whether bytes that begin with the letters BM are a picture: their header says how long they are."""
    return len(data) > 26 and data[6:10] == b"\0\0\0\0" and int.from_bytes(data[14:18], "little") in (12, 40, 108, 124)


def _kind_of_zip(data: bytes) -> str:
    from ingest.readers import docx, xlsx

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.lower() for name in archive.namelist()}
        if "mimetype" in names and "content.xml" in names:
            kind = Package(io.BytesIO(data)).bytes("mimetype")[:100].decode("ascii", "replace").strip()
            return kind if kind.startswith("application/vnd.oasis.opendocument") else ZIP
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
        # A document that was cut names its parts before them.
        head = data[:4096]
        return docx.MEDIA_TYPE if b"word/" in head else xlsx.MEDIA_TYPE if b"xl/" in head else ZIP
    if docx.MAIN_PART in names or any(name.startswith("word/document") for name in names):
        return docx.MEDIA_TYPE
    if xlsx.MAIN_PART in names:
        return xlsx.MEDIA_TYPE
    return "application/ofd" if "ofd.xml" in names else ZIP


def read_binary(data: bytes, media_type: str) -> Document:
    """Read bytes of a known media type. What cannot be read comes back without blocks, with a Fault that says why."""
    if media_type.startswith("image/"):
        return unread(media_type, Fault("scanned", "a picture; its text would have to be read by OCR"))
    if media_type in _SUFFIXES:
        return _through_libreoffice(data, media_type)
    reader = _reader_of(media_type)
    if reader is None:
        return unread(media_type, Fault("unsupported_format", _why_not(media_type)))
    try:
        return reader(data)
    except RecursionError:
        return unread(media_type, Fault("document_damaged", "it is nested deeper than any document"))
    except ValueError as error:
        return unread(media_type, Fault("pdf_damaged" if media_type == PDF else "document_damaged", str(error)))


def _reader_of(media_type: str) -> Callable[[bytes], Document] | None:
    # Imported here: the libraries take longer to load than a text to be parsed.
    from ingest.readers import docx, xlsx

    if media_type == PDF:
        from ingest.readers.pdf import read_pdf

        return read_pdf
    if media_type == XLS:
        from ingest.readers.xls import read_xls

        return read_xls
    return {docx.MEDIA_TYPE: docx.read_docx, xlsx.MEDIA_TYPE: xlsx.read_xlsx}.get(media_type)


def _why_not(media_type: str) -> str:
    if media_type in _CONTAINERS:
        return f"{media_type} holds other files and is no document itself; a ZIP in the landing folder is opened"
    if media_type == ENCRYPTED:
        return "the document is encrypted; hand it in without its password"
    if media_type == WORKS:
        return "a document of Microsoft Works is not read; hand it in as DOCX"
    return f"{media_type} is not read"


def _through_libreoffice(data: bytes, media_type: str) -> Document:
    from ingest.readers.docx import read_docx

    if libreoffice.program() is None:
        return unread(media_type, Fault("libreoffice_missing", libreoffice.MISSING))
    try:
        document = read_docx(libreoffice.to_docx(data, _SUFFIXES[media_type]))
    except libreoffice.ConversionTimeoutError as error:
        return unread(media_type, Fault("libreoffice_timeout", str(error)))
    except (libreoffice.ConversionError, OfficeError) as error:
        return unread(media_type, Fault("document_damaged", str(error)))
    return replace(document, media_type=media_type, through=libreoffice.NAME)


def unread(media_type: str, fault: Fault) -> Document:
    """A file of which nothing could be read."""
    return Document(media_type, None, (), faults=(fault,))
