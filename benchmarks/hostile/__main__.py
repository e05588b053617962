"""The command: `python -m benchmarks.hostile`."""

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Annotated

import psutil
import typer

from benchmarks.hostile.files import files
from ingest.bounded import BoundedParser, Order
from ingest.containers import is_container
from ingest.containers.process import ContainerReader
from ingest.parse import report_id_of
from ingest.readers.limits import MAX_BYTES, PARSE_MEMORY_BYTES, PARSE_SECONDS

app = typer.Typer(add_completion=False)
_LONGEST = 100
_EVERY_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Cost:
    """What one file came to, and what it cost; `peak_bytes` is the memory of the process that took it."""

    seconds: float
    peak_bytes: int
    end: str


@app.command()
def main(
    only: Annotated[str, typer.Option(help="Take the files alone whose names begin so.")] = "",
    keep: Annotated[Path | None, typer.Option(help="Write the files into this folder and do nothing else.")] = None,
) -> None:
    """Hand hostile files to the parser and to the reader of containers, bounded as in a build, and tell their cost."""
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
    else:
        typer.echo("| file | MB | s | peak MB | ends as |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        for name, write in files():
            if not name.startswith(only):
                continue
            path = (keep or Path(folder)) / name
            write(path)
            if keep:
                continue
            size = path.stat().st_size
            cost = measure(path)
            path.unlink()
            numbers = f"{size / 1e6:.1f} | {cost.seconds:.1f} | {cost.peak_bytes / 1e6:.0f}"
            typer.echo(f"| {name} | {numbers} | {cost.end[:_LONGEST]} |")


def measure(path: Path) -> Cost:
    """Take one file as a build takes it, in a process of its own."""
    with path.open("rb") as file:
        container = is_container(path, file)
    return _of_container(path) if container else _of_document(path)


def _of_document(path: Path) -> Cost:
    data = path.read_bytes() if path.stat().st_size <= MAX_BYTES else b""
    parser = BoundedParser()
    # The process has been loaded before the time begins.
    parser.parse(Order(report_id_of(b"x"), data=b"x"), PARSE_SECONDS, PARSE_MEMORY_BYTES)
    with Watched() as watched:
        answer = parser.parse(Order(report_id_of(data), data=data), PARSE_SECONDS, PARSE_MEMORY_BYTES)
    parser.close()
    report = answer.load()
    if report is None:
        return Cost(watched.seconds, watched.peak, f"ended: {answer.failure}")
    said = f": {report.issues[0].message}" if report.issues else ""
    return Cost(watched.seconds, watched.peak, f"{report.status}{said}")


def _of_container(path: Path) -> Cost:
    with ContainerReader() as reader, Watched() as watched:
        members = list(reader.members(str(path)))
    *inside, whole = members
    return Cost(watched.seconds, watched.peak, f"container of {len(inside):,} members: {whole.issue}")


class Watched:
    """Notes the seconds that something takes and the highest memory of this process's children meanwhile."""

    def __enter__(self) -> "Watched":
        self.peak = 0
        self._done = Event()
        self._thread = Thread(target=self._watch, daemon=True)
        self._thread.start()
        self._begun = time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.perf_counter() - self._begun
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(_EVERY_SECONDS):
            for child in psutil.Process().children(recursive=True):
                try:
                    self.peak = max(self.peak, child.memory_info().rss)
                except psutil.Error:
                    continue


if __name__ == "__main__":
    app()
