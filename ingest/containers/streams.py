"""Unpacking a gzip stream piece by piece, however much it claims to hold."""

import io
import zlib
from collections import deque
from typing import Any

from ingest.containers.model import Budget, ContainerError, Source

_PIECE = 1 << 16
_LINE_PIECE = 1 << 22
_WITH_HEADER = 31


class GzipMembers(io.RawIOBase):
    """The unpacked bytes of a gzip file, which may be many gzip members one behind another (as in WARC files).

    Raises ContainerError where the bytes are damaged or cut, or unpack to too much: never a short reading in silence.
    """

    def __init__(self, source: Source, budget: Budget) -> None:
        super().__init__()
        self._source, self._budget = source, budget
        self._inflate = zlib.decompressobj(_WITH_HEADER)
        self._pending = b""
        self._read = 0
        self._unpacked = 0
        self._begun = False
        self.starts: deque[tuple[int, int]] = deque(((0, 0),))
        """Where gzip members start: (offset in what is unpacked, offset in the file). The reader takes them away."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        wanted = len(buffer)
        while True:
            if not self._pending and not self._inflate.eof:
                self._pending = self._source.read(_PIECE)
                self._read += len(self._pending)
                if not self._pending:
                    if self._begun:
                        raise ContainerError("the gzip stream is cut")
                    return 0
            if self._inflate.eof:
                if not self._next_member():
                    return 0
                continue
            try:
                piece = self._inflate.decompress(self._pending, wanted)
            except zlib.error as error:
                if self._unpacked and not self._begun:
                    return 0  # padding or junk behind the last member, which gunzip ignores too
                raise ContainerError(f"the gzip stream is damaged: {error}") from error
            self._begun = True
            self._pending = self._inflate.unconsumed_tail
            if piece:
                self._budget.spend(len(piece))
                self._unpacked += len(piece)
                buffer[: len(piece)] = piece
                return len(piece)

    def _next_member(self) -> bool:
        rest = self._inflate.unused_data or self._source.read(_PIECE)
        if not self._inflate.unused_data:
            self._read += len(rest)
        rest = rest.lstrip(b"\0")
        if not rest:
            return False
        self._inflate = zlib.decompressobj(_WITH_HEADER)
        self._pending, self._begun = rest, False
        self.starts.append((self._unpacked, self._read - len(rest)))
        return True


class Counted:
    """A stream whose position is known: bytes and lines taken from it are counted."""

    def __init__(self, stream: io.BufferedIOBase) -> None:
        self._stream = stream
        self.position = 0

    def read(self, size: int) -> bytes:
        """At most `size` bytes; fewer only at the end."""
        data = self._stream.read(size)
        self.position += len(data)
        return data

    def readline(self, limit: int) -> bytes:
        """A line with its end, or its first `limit` bytes."""
        line = self._stream.readline(limit)
        self.position += len(line)
        return line

    def skip(self, size: int) -> int:
        """Pass over bytes; returns how many there were."""
        left = size
        while left and (piece := self.read(min(left, _PIECE))):
            left -= len(piece)
        return size - left

    def skip_line(self) -> int:
        """Pass over the rest of a line; returns how long it was."""
        begun = self.position
        while (piece := self.readline(_LINE_PIECE)) and not piece.endswith(b"\n"):
            pass
        return self.position - begun
