"""A seeded fuzzer: real files of every format, damaged at random, are parsed; `python -m tests.ingest.fuzz --files N`.

Nothing that bytes hold may make the parser or a container's reader raise. Office documents are damaged in their XML
too, which damage to the ZIP around it seldom reaches.
"""

import argparse
import io
import random
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.containers import is_container, walk
from ingest.parse import parse
from tests.corpus.corpus import documents
from tests.ingest.containers import write_json_lines, write_parquet, write_warc, write_zip
from tests.ingest.office import docx_bytes, html_bytes, mhtml_bytes, report, xls_bytes, xlsx_bytes

_HOSTILE = (
    b"\x00",
    b"\xff" * 8,
    b"<",
    b">",
    b"</w:tbl>",
    b"<w:tc>",
    b'"',
    b"&a;",
    b"PK\x03\x04",
    b"-1",
    b"99999999999",
    b"\n",
)
_PDF_BYTES = 400_000


@dataclass(frozen=True)
class Failure:
    """A damaged file that made something raise: the file that it was, the number of its damage, and the traceback."""

    name: str
    number: int
    error: str


def seeds(folder: Path) -> dict[str, bytes]:
    """Whole files of every format by name: the corpus, and one written report in each other format and container."""
    parts = report()
    page = html_bytes(parts)
    found = {name: path.read_bytes() for name, path in documents().items() if path.stat().st_size < _PDF_BYTES}
    found |= {
        "report.docx": docx_bytes(parts),
        "report.xlsx": xlsx_bytes(parts),
        "report.xls": xls_bytes(parts),
        "report.html": page,
        "report.mht": mhtml_bytes(page),
    }
    small = [page.decode(), "<html>另一页</html>"]
    for path in (
        write_zip(folder / "a.zip", {"a.html": page, "b.docx": found["report.docx"]}),
        write_warc(folder / "a.warc.gz", [page]),
        write_warc(folder / "a.warc", [page], packed=False),
        write_json_lines(folder / "a.jsonl", small),
        write_json_lines(folder / "a.jsonl.gz", small),
        write_parquet(folder / "a.parquet", small),
    ):
        found[path.name] = path.read_bytes()
    return found


def damaged(data: bytes, chosen: random.Random) -> bytes:
    """Bytes with some random damage: bits, pieces lost, doubled, put elsewhere, strange bytes, a cut end."""
    content = bytearray(data)
    for _ in range(chosen.choice((1, 1, 2, 4, 16, 64))):
        at = chosen.randrange(len(content) + 1)
        length = chosen.choice((1, 2, 8, 64, 1024))
        kind = chosen.randrange(6)
        if kind == 0 and at < len(content):
            content[at] ^= 1 << chosen.randrange(8)
        elif kind == 1:
            del content[at : at + length]
        elif kind == 2:
            content[at:at] = content[at : at + length]
        elif kind == 3:
            other = chosen.randrange(len(content) + 1)
            content[at : at + length] = content[other : other + length]
        elif kind == 4:
            content[at:at] = chosen.choice(_HOSTILE)
        elif chosen.random() < 0.2:
            del content[at:]
    return bytes(content)


def damaged_inside(data: bytes, chosen: random.Random) -> bytes:
    """An Office document with damage in one of its parts, packed again as if nothing had happened."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        favourites = [name for name in names if "document" in name or "sheet" in name or "styles" in name]
        hit = chosen.choice(favourites or names)
        for name in archive.namelist():
            content = archive.read(name)
            made.writestr(name, damaged(content, chosen) if name == hit else content)
    return buffer.getvalue()


def fuzz(count: int, seed: int, folder: Path) -> Iterator[tuple[str, float, Failure | None]]:
    """Damage and parse files; yields the name of each, the seconds that it took, and its failure if it was one."""
    files = seeds(folder)
    # The large ones are slow to parse: they get one turn in four.
    names = [
        name for name in sorted(files) for _ in range(1 if len(files[name]) > 100_000 or name.endswith("pdf") else 4)
    ]
    for number in range(count):
        chosen = random.Random(f"{seed}-{number}")
        name = chosen.choice(names)
        inside = name.endswith(("docx", "xlsx")) and chosen.random() < 0.7
        data = (damaged_inside if inside else damaged)(files[name], chosen)
        begun = time.perf_counter()
        failure = None
        try:
            _take(data, name, folder)
        except Exception:
            failure = Failure(name, number, traceback.format_exc(limit=-6))
        yield name, time.perf_counter() - begun, failure


def _take(data: bytes, name: str, folder: Path) -> None:
    """Parse a file, or each member of a container, as a build does."""
    path = folder / f"damaged-{name}"
    path.write_bytes(data)
    with path.open("rb") as file:
        container = is_container(path, file)
    if not container:
        parse(data)
        return
    for member in walk(path):
        if member.data is not None:
            parse(member.data)


def main() -> int:
    """Run, and print the failures and what took longest."""
    arguments = argparse.ArgumentParser(description="Parse damaged files of every format; nothing may raise.")
    arguments.add_argument("--files", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=1)
    chosen = arguments.parse_args()
    failures, slowest, counts = [], [(0.0, "", 0)], Counter[str]()
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, seconds, failure) in enumerate(fuzz(chosen.files, chosen.seed, Path(folder))):
            counts[Path(name).suffix] += 1
            slowest = sorted([*slowest, (seconds, name, number)], reverse=True)[:5]
            if failure:
                failures.append(failure)
                print(f"{failure.name} #{failure.number}\n{failure.error}", flush=True)
    print(f"{chosen.files} files in {time.perf_counter() - begun:.0f} s: {dict(counts)}; {len(failures)} failures")
    print("slowest:", ", ".join(f"{name} #{number} {seconds:.1f} s" for seconds, name, number in slowest))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
