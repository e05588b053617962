"""ZIP archives: members by the directory, or where that is lost by what stands before each member."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress

from ingest.containers.limits import MAX_NAME
from ingest.containers.model import Budget, ContainerError, Member, Members, Source
from ingest.readers.limits import MAX_BYTES

_PIECE = 1 << 18
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_SIZES_BEHIND = 0x8
_STORED, _DEFLATED = 0, 8
_LOCAL = struct.Struct("<4s5H3I2H")
_LOCAL_SIGNATURE = b"PK\x03\x04"
_NOT_HANDED_IN = ("__MACOSX",)


def zip_members(source: Source, budget: Budget) -> Members:
    """The files of a ZIP archive, in the order of its directory. Nothing is written anywhere, whatever names say."""
    try:
        archive = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, struct.error, NotImplementedError) as error:
        yield from _salvaged(source, budget, f"its directory cannot be read ({error})")
        return
    with archive:
        for info in archive.infolist():
            label = name_of(info)
            if info.is_dir() or is_hidden(label):
                continue
            budget.count()
            yield _member(archive, info, label, budget)


def name_of(info: zipfile.ZipInfo) -> str:
    """The name of a member. One without the mark of UTF-8 is UTF-8 or GBK all the same, if its bytes are."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        with suppress(UnicodeEncodeError):
            name = text_of(name.encode("cp437"))
    return printable(name)


def text_of(name: bytes) -> str:
    """The name that bytes are: UTF-8, else GB 18030, else with escapes."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name.decode("ascii", "backslashreplace")


def printable(name: str) -> str:
    """A name as it can be stored: no NUL, no lone surrogates, of bounded length."""
    name = name.replace("\x00", "\\x00").encode("utf-8", "backslashreplace").decode("utf-8")
    return name if len(name) <= MAX_NAME else f"{name[:MAX_NAME]}…"


def is_hidden(label: str) -> bool:
    """Whether a name is hidden, as in the landing folder: what the system that packed the archive keeps for itself."""
    parts = label.replace("\\", "/").split("/")
    return any(part in _NOT_HANDED_IN or (part.startswith(".") and part not in (".", "..")) for part in parts)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, label: str, budget: Budget) -> Member:
    if info.flag_bits & _ENCRYPTED:
        return Member(label, None, info.file_size, "it is encrypted; hand it in unpacked")
    if info.file_size > MAX_BYTES:
        return Member(label, None, info.file_size, too_large(info.file_size))
    pieces: list[bytes] = []
    size = 0
    try:
        with archive.open(info) as file:
            while piece := file.read(_PIECE):
                budget.spend(len(piece))
                size += len(piece)
                if size > MAX_BYTES:
                    return Member(label, None, info.file_size, too_large(size))
                pieces.append(piece)
    except ContainerError:
        raise
    except NotImplementedError as error:
        return Member(label, None, info.file_size, f"it is packed in a way that is not read: {error}")
    except Exception as error:  # zipfile and the unpackers behind it raise anything on damaged members
        return Member(label, None, info.file_size, f"it is damaged: {type(error).__name__}: {error}")
    # The time in the directory is of the packer's file system, without a zone: not the time of a fetch.
    return Member(label, b"".join(pieces), size)


def too_large(size: int) -> str:
    """Why a member of this size is not read."""
    return f"{size:,} bytes unpacked; members over {MAX_BYTES:,} bytes are not read"


def _salvaged(source: Source, budget: Budget, why: str) -> Members:
    """The members of an archive without a directory (a download that broke off), as far as they are whole."""
    source.seek(0)
    count = 0
    for member in _by_local_headers(source, budget):
        if not is_hidden(member.label):
            budget.count()
            count += 1
            yield member
    raise ContainerError(f"{why}; {count} members before the damage were read" if count else f"{why}; nothing was read")


def _by_local_headers(source: Source, budget: Budget) -> Iterator[Member]:
    while True:
        header = source.read(_LOCAL.size)
        if len(header) < _LOCAL.size or not header.startswith(_LOCAL_SIGNATURE):
            return
        fields = _LOCAL.unpack(header)
        flags, method, checksum, packed, unpacked = fields[2], fields[3], fields[6], fields[7], fields[8]
        raw_name = source.read(fields[9])
        if not raw_name:
            return
        source.seek(fields[10], 1)
        label = printable(raw_name.decode("utf-8", "backslashreplace") if flags & _UTF8_NAME else text_of(raw_name))
        if (
            method not in (_STORED, _DEFLATED)
            or flags & (_ENCRYPTED | _SIZES_BEHIND)
            or 0xFFFFFFFF in (packed, unpacked)
        ):
            # Where the sizes stand behind the data, its end cannot be told from data that looks like it.
            return
        data = source.read(min(packed, MAX_BYTES + 1))
        if len(data) < packed:
            return
        if method == _DEFLATED:
            try:
                data = zlib.decompressobj(-15).decompress(data, MAX_BYTES + 1)
            except zlib.error:
                continue
        budget.spend(len(data))
        if label.endswith("/"):
            continue
        if len(data) != unpacked or zlib.crc32(data) != checksum:
            yield Member(label, None, unpacked, "it is damaged, or too large")
        else:
            yield Member(label, data, len(data))
