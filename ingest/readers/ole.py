"""What an OLE storage is (the file of Office 97 to 2003 and of WPS): told by the streams at its root.

WPS Writer writes Word's own streams and puts streams of its own beside them, which LibreOffice passes over. Streams of
embedded objects lie deeper and say nothing of the file.
"""

import io
from typing import Any

OLE = "application/x-ole-storage"
DOC = "application/msword"
XLS = "application/vnd.ms-excel"
WORKS = "application/vnd.ms-works"
ENCRYPTED = "application/x-encrypted"
_WORD = "WordDocument"
_STREAMS = (
    (_WORD, DOC),
    ("EncryptedPackage", ENCRYPTED),
    ("Workbook", XLS),
    ("Book", XLS),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("MatOST", WORKS),
)
_STREAM = 2
_ROOT = 0
_WORKS_SIGN = b"CHNK"
_WORD_SIGNS = (0xA5EC, 0xA5DC)
"""How the stream of Word 97 and later begins, and that of Word 6 and 95."""
_FLAGS = slice(10, 12)
_ENCRYPTED_FLAG = 0x0100


def kind_of_ole(data: bytes) -> str:
    """The media type of the document that an OLE storage is; OLE itself where that is none of those known."""
    storage = _storage(data)
    if storage is None:
        # Its directory is lost; a name of a stream is written in it in this way.
        return next((kind for name, kind in _STREAMS if f"{name}\0".encode("utf-16-le") in data), OLE)
    names = {entry.name for entry in storage.dirlist if entry.etype == _STREAM and entry.parent == _ROOT}
    kind = next((kind for name, kind in _STREAMS if name in names), OLE)
    if kind == DOC and _is_encrypted(_stream(storage, _WORD)):
        return ENCRYPTED
    if kind == OLE and _stream(storage, "CONTENTS").startswith(_WORKS_SIGN):
        return WORKS
    return kind


def _is_encrypted(stream: bytes) -> bool:
    sign = int.from_bytes(stream[:2], "little")
    return sign in _WORD_SIGNS and bool(int.from_bytes(stream[_FLAGS], "little") & _ENCRYPTED_FLAG)


def _storage(data: bytes) -> Any | None:
    """The storage opened; None where it is damaged."""
    # Imported here: it takes longer to load than a text to be parsed.
    from xlrd.compdoc import CompDoc

    try:
        return CompDoc(data, logfile=io.StringIO())
    except Exception:  # xlrd raises anything on damaged storages, RecursionError for a long chain of names included
        return None


def _stream(storage: Any, name: str) -> bytes:
    """A stream at the root; empty where there is none, or a damaged one."""
    try:
        return bytes(storage.get_named_stream(name) or b"")
    except Exception:  # as above
        return b""
