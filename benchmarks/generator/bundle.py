"""Packs a run's files as crawlers hand them over: JSON Lines, ZIP, WARC (each record gzipped by itself)."""

import csv
import gzip
import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

KINDS = ("jsonl", "zip", "warc")
_DAY = "2026-01-05T08:00:00Z"
_EPOCH = (2026, 1, 5, 8, 0, 0)
_TYPES = {"html": "text/html", "txt": "text/plain"}


class _Page(NamedTuple):
    name: str
    data: bytes
    encoding: str
    declared: str

    @property
    def url(self) -> str:
        return f"http://www.example.gov.cn/zfxxgk/ndbg/{self.name}"


def bundle(folder: Path, kind: str, size: int = 500) -> list[Path]:
    """Pack the HTML and text files of a run under `folder` into `folder/KIND`, `size` in each; returns what it wrote.

    A page's address ends in its file's name, by which the truth knows it. The same files give the same bytes.
    Raises ValueError for a kind that is none of KINDS.
    """
    if kind not in KINDS:
        raise ValueError(f"kind must be of {KINDS}, got {kind!r}")
    target = folder / kind
    target.mkdir(exist_ok=True)
    write = {"jsonl": _write_json_lines, "zip": _write_zip, "warc": _write_warc}[kind]
    suffix = {"jsonl": "jsonl", "zip": "zip", "warc": "warc.gz"}[kind]
    written = []
    for number, pages in enumerate(_batches(_pages(folder), size)):
        path = target / f"{number:04d}.{suffix}"
        write(path, pages)
        written.append(path)
    return written


def _pages(folder: Path) -> Iterator[_Page]:
    with (folder / "truth" / "reports.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["file"].rpartition(".")[2] in _TYPES:
                data = (folder / "raw" / row["file"]).read_bytes()
                yield _Page(row["file"], data, row["encoding"], row["declared_encoding"])


def _batches(pages: Iterator[_Page], size: int) -> Iterator[list[_Page]]:
    batch: list[_Page] = []
    for page in pages:
        batch.append(page)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _write_json_lines(path: Path, pages: Sequence[_Page]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for page in pages:
            name = "html" if page.name.endswith(".html") else "text"
            row = {"url": page.url, "fetched_at": _DAY, name: page.data.decode(page.encoding).lstrip("\ufeff")}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _write_zip(path: Path, pages: Sequence[_Page]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for page in pages:
            member = zipfile.ZipInfo(f"reports/{page.name}", _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(member, page.data)


def _write_warc(path: Path, pages: Sequence[_Page]) -> None:
    with path.open("wb") as file:
        for number, page in enumerate(pages):
            charset = f"; charset={page.declared}" if page.declared else ""
            kind = _TYPES[page.name.rpartition(".")[2]]
            answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}{charset}\r\nContent-Length: {len(page.data)}\r\n\r\n"
            content = answer.encode() + page.data
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\n"
                f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\n"
                f"WARC-Target-URI: {page.url}\r\nWARC-Date: {_DAY}\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(content)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + content + b"\r\n\r\n", mtime=0))
