"""The hostile files, written one at a time; those that are larger than memory should hold are written in pieces."""

import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

Writer = Callable[[Path], object]
_MIB = 1 << 20
_ENTITIES = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True)
)
_PAGE = "<html><body><h1>某市2023年政府信息公开工作年度报告</h1><p>一、总体情况</p></body></html>"
_REPORT = (
    "某市2023年政府信息公开工作年度报告\n本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。\n"
    "一、总体情况\n全年主动公开政府信息12条。\n依申请公开工作有序开展。\n未发生行政复议。\n"
)
"""What makes any text behind it be read as a report, to its end."""
_RUNS = {
    "digits": "1" * 5_000_000,
    "spaces": " " * 5_000_000 + "x",
    "wide-spaces": "\u3000" * 1_600_000 + "x",
    "brackets": "(" * 5_000_000,
    "square-brackets": "[" * 5_000_000,
    "wide-brackets": "（" * 1_600_000,
    "less-than": "<" * 5_000_000,
    "open-tags": "<a " * 1_600_000,
    "open-quotes": '<a href="' * 500_000,
    "open-comments": "<!--" * 1_200_000,
    "open-sections": "<![CDATA[" * 500_000,
    "ampersands": "&" * 5_000_000,
    "charsets": "<meta charset=" * 350_000,
    "total": "共" * 1_600_000,
    "received": "收到" * 800_000,
    "years": "2020年" * 700_000,
    "numerals": "一" * 1_600_000,
    "titles": "政府信息公开工作年度报告" * 130_000,
    "counts": "本年新收政府信息公开申请1件，" * 110_000,
    "reviews": "行政复议1件、" * 240_000,
    "bars": "|" * 5_000_000,
    "tabs": "\t1" * 2_500_000,
    "lines": "1\n" * 2_500_000,
    "points": "1." * 2_500_000,
    "commas": "1," * 2_500_000,
}
_IN_PAGES = ("digits", "spaces", "brackets", "total", "received", "numerals", "titles", "counts", "reviews", "commas")


def files() -> Iterator[tuple[str, Writer]]:
    """The name of each file, and what writes it to a path."""
    for name, run in _RUNS.items():
        yield f"run-{name}.txt", _bytes(run.encode())
        yield f"report-{name}.txt", _bytes((_REPORT + run).encode())
    for name in _IN_PAGES:
        yield f"page-{name}.html", _bytes(f"<html><body><p>{_REPORT}</p><p>{_RUNS[name]}</p></body></html>".encode())
    yield "tags-nested.html", _bytes(b"<html><body>" + b"<div>" * 100_000 + _PAGE.encode())
    yield "tables-nested.html", _bytes(b"<table><tr><td>" * 100_000)
    spans = '<tr><td colspan="1000000" rowspan="1000000">1</td></tr>' * 3000
    yield "spans.html", _bytes(f"<table>{spans}</table>".encode())
    yield "entities.docx", _bytes(_zip({"[Content_Types].xml": b"<a/>", "word/document.xml": _entities("document")}))
    yield "entities.xlsx", _bytes(_zip({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": _entities("workbook")}))
    yield "part-of-zeros.docx", _bytes(_zip({"[Content_Types].xml": b"<a/>", "word/document.xml": bytes(900 * _MIB)}))
    parts = b"--b\nContent-Type: text/html\n\n<p>x</p>\n" * 50_000
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
    yield "parts.mht", _bytes(head + parts)
    yield "groups.rtf", _bytes(b"{\\rtf1" + b"{" * 200_000)
    pair = b"<</Type/Pages/Parent 2 0 R/Count 2/Kids[2 0 R 2 0 R]>>"
    tree = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 2/Kids[3 0 R 3 0 R]>>", pair]
    yield "page-tree-loop.pdf", _bytes(_pdf(tree))
    table = b"xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 3/Prev 9>>\nstartxref\n9\n%%EOF"
    yield "xref-loop.pdf", _bytes(b"%PDF-1.4\n" + table)
    packed = zlib.compress(b" " * (900 * _MIB), 9)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R>>"
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)
    one = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
    yield "stream-bomb.pdf", _bytes(_pdf([b"<</Type/Catalog/Pages 2 0 R>>", one, page, stream]))
    yield "overlapping.zip", _overlapping
    yield "nested.zip", _nested
    names = {"../../../../tmp/escaped.html": _PAGE.encode(), "/tmp/escaped.html": b"", "C:\\a.html": _PAGE.encode()}
    yield "names.zip", _bytes(_zip(names))
    yield "line-of-a-gigabyte.jsonl", _long_line
    yield "bomb.warc.gz", _warc
    yield "bomb.html.gz", _gzip


def _bytes(data: bytes) -> Writer:
    return lambda path: path.write_bytes(data)


def _entities(root: str) -> bytes:
    return f"{_ENTITIES}]><{root}>&j;</{root}>".encode()


def _zip(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _pdf(objects: list[bytes]) -> bytes:
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size, start = len(objects) + 1, len(data)
    end = b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (size, start)
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


def _overlapping(path: Path) -> None:
    """60,000 members that all are the same 60 KB, each of 60 MiB: 3.4 TiB claimed in a file of 3 MB."""
    size, count = 60 * _MIB, 60_000
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = b"".join(packer.compress(bytes(_MIB)) for _ in range(60)) + packer.flush()
    checksum = 0
    for _ in range(60):
        checksum = zlib.crc32(bytes(_MIB), checksum)
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0, checksum, len(body), size, 1, 0) + b"a"
    sizes = (checksum, len(body), size, 1, 0, 0, 0, 0, 0, 0)
    entry = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 0, *sizes) + b"a"
    place = len(local) + len(body)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, len(entry) * count, place, 0)
    path.write_bytes(local + body + entry * count + end)


def _nested(path: Path) -> None:
    """16 archives of 16 archives of 16 files of 60 MiB."""
    inner = _zip({f"{number}.txt": bytes(60 * _MIB) for number in range(16)})
    for _ in range(2):
        inner = _zip({f"{number}.zip": inner for number in range(16)})
    path.write_bytes(inner)


def _long_line(path: Path) -> None:
    """A line of a gigabyte, mostly a hole in the file, and a page behind it."""
    with path.open("wb") as file:
        file.write(b'{"url":"http://a","html":"')
        file.seek(1 << 30, 1)
        file.write(b'"}\n' + json.dumps({"url": "http://a/1", "html": _PAGE}).encode() + b"\n")


def _warc(path: Path) -> None:
    """A record that claims 20 GiB and has 3."""
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a\r\nContent-Length: {20 << 30}\r\n\r\n"
    with gzip.open(path, "wb", 9) as file:
        file.write(head.encode() + b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        for _ in range(3000):
            file.write(bytes(_MIB))


def _gzip(path: Path) -> None:
    with gzip.open(path, "wb", 9) as file:
        for _ in range(3000):
            file.write(b" " * _MIB)
