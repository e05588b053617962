"""Containers as crawlers and people make them, written by other programs than those that read them."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

URL = "https://example.gov.cn/report/{}.html"
TIME = "2021-03-10T08:00:00Z"


def write_zip(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def zip_bytes(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def write_json_lines(path: Path, pages: list[str], name: str = "html") -> Path:
    rows = [{"url": URL.format(number), name: page, "fetched_at": TIME} for number, page in enumerate(pages, start=1)]
    data = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def write_parquet(path: Path, pages: list[str], name: str = "html") -> Path:
    urls = [URL.format(number) for number in range(1, len(pages) + 1)]
    pq.write_table(pa.table({"url": urls, "crawl_time": [TIME] * len(pages), name: pages}), path, row_group_size=2)
    return path


def write_warc(path: Path, pages: list[bytes], packed: bool = True, kind: str = "response", **headers: str) -> Path:
    """A WARC with a request before each page and a picture and a redirection at its end; `conversion` makes a WET."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "a crawler"}))
        for number, page in enumerate(pages, start=1):
            _record(writer, URL.format(number), kind, page, "200 OK", {"Content-Type": "text/html", **headers})
        if kind == "response":
            _record(
                writer, "https://example.gov.cn/logo.png", kind, b"\x89PNG", "200 OK", {"Content-Type": "image/png"}
            )
            _record(writer, "https://example.gov.cn/old", kind, b"moved", "302 Found", {"Location": "/new"})
    return path


def _record(writer: WARCWriter, url: str, kind: str, data: bytes, status: str, headers: dict[str, str]) -> None:
    http = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1") if kind == "response" else None
    record = writer.create_warc_record(
        url, kind, io.BytesIO(data), http_headers=http, warc_headers_dict={"WARC-Date": TIME}
    )
    writer.write_record(record)
