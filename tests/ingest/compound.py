"""Writes OLE storages (MS-CFB, version 3): streams at the root and in storages below it."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_SECTOR = 512
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_NONE = 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_SMALL = 4096
"""Streams are padded to this, below which they would have to stand in a stream of small ones."""
Streams = Mapping[str, "bytes | Streams"]


@dataclass
class _Entry:
    name: str
    kind: int
    child: int = _NONE
    right: int = _NONE
    start: int = _END
    size: int = 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le") + b"\0\0"
        head = name.ljust(64, b"\0") + struct.pack("<HBBIII", len(name), self.kind, 1, _NONE, self.right, self.child)
        return head + bytes(16 + 4 + 16) + struct.pack("<IQ", self.start, self.size)


def compound(streams: Streams) -> bytes:
    """A storage that holds these streams by name; a mapping is a storage in it."""
    entries = [_Entry("Root Entry", _ROOT)]
    sectors: list[bytes] = []
    table: list[int] = []
    entries[0].child = _put(streams, entries, sectors, table)
    directory = b"".join(entry.packed() for entry in entries)
    first = _chained(directory.ljust(-(-len(directory) // _SECTOR) * _SECTOR, b"\0"), sectors, table)
    count = 1
    while count * (_SECTOR // 4) < len(table) + count:
        count += 1
    places = list(range(len(table), len(table) + count))
    table += [_TABLE] * count
    table += [_FREE] * (count * (_SECTOR // 4) - len(table))
    sectors += [_words(table[at : at + _SECTOR // 4]) for at in range(0, len(table), _SECTOR // 4)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, count, first, 0, 4096, _END, 0, _END, 0)
    head += _words(places + [_FREE] * (109 - count))
    return head + b"".join(sectors)


def _put(streams: Streams, entries: list[_Entry], sectors: list[bytes], table: list[int]) -> int:
    """Add the entries of one storage, each the right neighbour of the one before; returns the first one's number."""
    first = last = _NONE
    for name in sorted(streams, key=lambda name: (len(name), name.upper())):
        content = streams[name]
        number = len(entries)
        entry = _Entry(name, _STREAM if isinstance(content, bytes) else _STORAGE)
        entries.append(entry)
        if isinstance(content, bytes):
            whole = content.ljust(max(_SMALL, -(-len(content) // _SECTOR) * _SECTOR), b"\0")
            entry.size, entry.start = max(len(content), _SMALL), _chained(whole, sectors, table)
        else:
            entry.child = _put(content, entries, sectors, table)
        if last == _NONE:
            first = number
        else:
            entries[last].right = number
        last = number
    return first


def _chained(whole: bytes, sectors: list[bytes], table: list[int]) -> int:
    """Put bytes into sectors of their own; returns the number of the first."""
    start = len(sectors)
    pieces = [whole[at : at + _SECTOR] for at in range(0, len(whole), _SECTOR)]
    sectors += pieces
    table += [*range(start + 1, start + len(pieces)), _END]
    return start


def _words(numbers: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers)
