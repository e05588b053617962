"""WARC and WET files, plain and gzip: the pages that a crawler fetched (ISO 28500).

Read here and not by a library: those at hand read a line of any length into memory and swallow a damaged gzip stream,
so that half a page would pass for a whole one.
"""

import re
import zlib
from collections.abc import Callable

from ingest.containers.limits import MAX_HEADER
from ingest.containers.model import Budget, ContainerError, Member, Members, point_in_time
from ingest.containers.streams import Counted
from ingest.containers.zips import too_large
from ingest.readers.limits import MAX_BYTES

_WITH_PAGES = frozenset(("response", "resource", "conversion"))
_FURNITURE = re.compile(
    r"^(?:image/(?!tiff)|video/|audio/|font/|text/css|text/javascript|application/(?:x-)?javascript)"
)
_CHUNK_SIZE = re.compile(rb"^\s*([0-9A-Fa-f]{1,12})\s*(?:;.*)?\r?\n$")
_REDIRECTION = range(300, 400)

Offset = Callable[[int], str]
"""From a position in the unpacked stream to what it is called: for gzip the offset that CDX indexes use."""


def warc_members(lines: Counted, budget: Budget, offset: Offset) -> Members:
    """The pages of a WARC or WET file, named by the offset of their record.

    Requests, redirections, notes of the crawler and what serves the look of a page alone are passed over.
    """
    while True:
        begun, line = lines.position, lines.readline(MAX_HEADER)
        if not line:
            return
        if not line.strip():
            continue
        if not line.startswith(b"WARC/"):
            raise ContainerError(f"no WARC record begins at {offset(begun)}; what stands before it was read")
        headers = _headers(lines)
        try:
            length = int(headers["content-length"])
        except (KeyError, ValueError):
            raise ContainerError(f"the record at {offset(begun)} does not state its length") from None
        if length < 0:
            raise ContainerError(f"the record at {offset(begun)} states a negative length")
        end = lines.position + length
        if headers.get("warc-type", "").lower() in _WITH_PAGES:
            member = _page(lines, headers, length, offset(begun), budget)
            if member:
                budget.count()
                yield member
        missing = end - lines.position
        if missing and lines.skip(missing) < missing:
            raise ContainerError(f"the record at {offset(begun)} is cut")


def _headers(lines: Counted) -> dict[str, str]:
    """Header lines up to the blank one; of a name that comes twice the first counts."""
    headers: dict[str, str] = {}
    left = MAX_HEADER
    while left > 0:
        line = lines.readline(left)
        left -= len(line)
        if not line.strip():
            return headers
        name, _, value = line.decode("utf-8", "replace").partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    raise ContainerError("a header of a record is longer than any real one")


def _page(lines: Counted, headers: dict[str, str], length: int, label: str, budget: Budget) -> Member | None:
    """The page in a record's block, None for what is passed over; never reads beyond the block."""
    url = headers.get("warc-target-uri", "").strip("<> ") or None
    fetched = point_in_time(headers.get("warc-date"))
    kind = headers.get("content-type", "").lower()
    if length > MAX_BYTES:
        return Member(label, None, length, too_large(length), url, fetched)
    block = lines.read(length)
    if len(block) < length:
        return Member(label, None, len(block), "the record is cut", url, fetched)
    issue = None
    if kind.startswith("application/http") or block.startswith(b"HTTP/"):
        status, http, body = _http(block)
        if status in _REDIRECTION:
            budget.passed_over += 1
            return None
        kind = http.get("content-type", "").lower()
        if not _FURNITURE.match(kind):
            try:
                block = _decoded(body, http, budget)
            except ValueError as error:
                issue = f"its HTTP body is damaged: {error}"
    if _FURNITURE.match(kind) or not block:
        budget.passed_over += 1
        return None
    if headers.get("warc-truncated"):
        issue = f"the crawler cut it ({headers['warc-truncated']})"
    return Member(label, None if issue else block, len(block), issue, url, fetched)


def _http(block: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an HTTP response."""
    head, blank, body = block.partition(b"\r\n\r\n")
    if not blank or len(head) > MAX_HEADER:
        head, _, body = block.partition(b"\n\n")
    first, *lines = head[:MAX_HEADER].decode("utf-8", "replace").splitlines() or [""]
    words = first.split()
    status = int(words[1]) if len(words) > 1 and words[1].isdecimal() and len(words[1]) == 3 else 0
    headers: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    return status, headers, body


def _decoded(body: bytes, headers: dict[str, str], budget: Budget) -> bytes:
    """A body without its transfer and content encodings. Raises ValueError where it is not whole.

    Many crawlers store the body decoded and keep the header: what does not begin as the header says is left as it is.
    """
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    for encoding in reversed(headers.get("content-encoding", "").lower().replace(" ", "").split(",")):
        if encoding in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
            body = _inflated(body, 31, budget)
        elif encoding == "deflate" and body[:1] == b"\x78":
            body = _inflated(body, 15, budget)
        elif encoding in ("br", "zstd") and _is_binary(body):
            raise ValueError(f"its content encoding {encoding} is not read")
    return body


def _is_binary(body: bytes) -> bool:
    return bool(re.search(rb"[\x00-\x08\x0e-\x1a]", body[:512]))


def _unchunked(body: bytes) -> bytes:
    pieces: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\n", at, at + 200)
        size = _CHUNK_SIZE.match(body[at : end + 1]) if end >= 0 else None
        if not size:
            if not pieces:
                return body  # stored without its chunks
            raise ValueError("its chunks break off")
        length = int(size[1], 16)
        if not length:
            return b"".join(pieces)
        piece = body[end + 1 : end + 1 + length]
        if len(piece) < length:
            raise ValueError("its chunks break off")
        pieces.append(piece)
        at = end + 1 + length
        at += 2 if body[at : at + 2] == b"\r\n" else 1


def _inflated(body: bytes, window: int, budget: Budget) -> bytes:
    inflate = zlib.decompressobj(window)
    try:
        data = inflate.decompress(body, MAX_BYTES + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    budget.spend(len(data))
    if len(data) > MAX_BYTES:
        raise ValueError(too_large(len(data)))
    if not inflate.eof:
        raise ValueError("its packed bytes are cut")
    return data
