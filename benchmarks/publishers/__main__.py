"""The command: `python -m benchmarks.publishers`."""

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from benchmarks.publishers import corpus
from benchmarks.publishers.cases import cases
from benchmarks.publishers.run import Tally, headers, names, page
from ingest.parse import parse
from ingest.register import names as register
from ingest.register.context import context_of

app = typer.Typer(add_completion=False)
console = Console()


@app.command()
def main(
    count: Annotated[int, typer.Option(min=1, help="How many names.")] = 6000,
    header_count: Annotated[int, typer.Option(min=0, help="How many whole reports.")] = 1200,
    seed: Annotated[str, typer.Option(help="The same seed makes the same cases.")] = "publishers",
    raw: Annotated[Path, typer.Option(help="The folder of the reports that were read by hand.")] = Path("samples/raw"),
    show: Annotated[int, typer.Option(help="How many mistakes to show.")] = 20,
) -> None:
    """Precision and share resolved of names and headers, the corpus, and names a second."""
    for title, tally in (("names", names(cases(count, seed))), ("headers", headers(cases(header_count, seed + "/h")))):
        _print(title, tally, show)
    for with_manifest in (False, True):
        differences = corpus.compare(raw, with_manifest)
        console.print(f"corpus {'with' if with_manifest else 'without'} a manifest: {len(differences)} values differ")
        for difference in differences:
            console.print("   ", *difference)
    _speed(count, seed)


def _print(title: str, tally: Tally, show: int) -> None:
    table = Table("kind", "cases", "resolved", "share", "wrong", title=title)
    for kind, asked in [*tally.asked.items(), ("all", tally.asked.total())]:
        total = kind == "all"
        resolved = tally.resolved.total() if total else tally.resolved[kind]
        wrong = tally.wrong.total() if total else tally.wrong[kind]
        table.add_row(kind, str(asked), str(resolved), f"{resolved / asked:.1%}", str(wrong))
    console.print(table)
    console.print(f"precision of {title}: {tally.precision:.3%}")
    for case, shown in tally.mistakes[:show]:
        console.print(
            f"    {case.kind} {case.written} {case.year} {case.hints}: {shown}, not {case.region_id} {case.organ}"
        )


def _speed(count: int, seed: str) -> None:
    """Names a second, each name new, and what the choice takes of a parse, in one process."""
    drawn = list(cases(count, seed + "/speed"))
    register.resolve_name("洪泽区司法局")
    register._readings.cache_clear()
    begin = time.perf_counter()
    for case in drawn:
        hints = {kind: (value,) for kind, value in case.hints}
        register.resolve_name(case.written, context_of(hints, case.urls, None, case.year), case.year)
    seconds = time.perf_counter() - begin
    pages = [page(case, titled=True).encode() for case in drawn[:200]]
    begin = time.perf_counter()
    for each in pages:
        parse(each)
    parsing = (time.perf_counter() - begin) / len(pages)
    a_name = seconds / len(drawn)
    console.print(f"{len(drawn) / seconds:,.0f} names a second; {a_name / parsing:.1%} of the parse of a short page")


if __name__ == "__main__":
    app()
