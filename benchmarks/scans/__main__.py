"""The command: `python -m benchmarks.scans`."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.fidelity.truth import TrueReport, load_truth
from benchmarks.generator.plan import Options
from benchmarks.generator.run import generate
from benchmarks.scans.measure import Reading, read_scan, scan_of
from benchmarks.scans.pictures import SCANNERS, Scanner
from ingest.readers import tesseract

app = typer.Typer(add_completion=False)
_DRAWN_FOR_ONE = 3
"""Of so many drawn reports one at least has the tables of 2019 or 2021."""


_HEADINGS = (
    *("scans", "reports", "pages", "cells", "right", "not known"),
    *("wrong, flagged", "wrong in silence", "titles", "s a page"),
)


@app.command()
def main(
    reports: Annotated[int, typer.Option(min=1, help="How many reports for each way of scanning.")] = 6,
    seed: Annotated[str, typer.Option(help="Any word. The same seed draws the same reports.")] = "scans",
) -> None:
    """Scan PDF reports whose every number is known, read them by OCR and count what became of the cells.

    A scan is pictures of the pages and nothing else: at 150, 200 and 300 dpi, clean or a little turned with noise. A
    value is right, or not known (missing, with the reason), or wrong; wrong in silence there must be none.
    """
    if tesseract.program() is None:
        raise typer.BadParameter(tesseract.MISSING)
    whole = Reading()
    typer.echo(f"| {' | '.join(_HEADINGS)} |")
    typer.echo("|---" * len(_HEADINGS) + "|")
    with tempfile.TemporaryDirectory(prefix="scans-") as folder:
        drawn = [
            (scanner, _scans(Path(folder), reports, f"{seed}-{number}", scanner))
            for number, scanner in enumerate(SCANNERS)
        ]
        for scanner, scans in drawn:
            total = Reading()
            for scan, pages, true in scans:
                total.add(read_scan(scan.read_bytes(), pages, true, f"{scanner.name} {true.file}"))
            typer.echo(_row(scanner.name, total))
            whole.add(total)
    typer.echo(_row("all", whole))
    for cell in whole.wrong:
        typer.echo(f"wrong: {cell.path} {'/'.join(cell.key)}: {cell.read.value}, true {cell.true}")
    typer.echo(f"values not marked as OCR: {whole.unmarked}")


def _scans(folder: Path, reports: int, seed: str, scanner: Scanner) -> list[tuple[Path, int, TrueReport]]:
    """Scans of such reports as files, with their numbers of pages and the truth. All are made before one is read."""
    found = []
    for true in _drawn(folder / seed, reports, seed):
        data, pages = scan_of(folder / seed / "raw" / true.file, scanner)
        scan = folder / seed / f"{true.file}.scan"
        scan.write_bytes(data)
        found.append((scan, pages, true))
    return found


def _drawn(place: Path, reports: int, seed: str) -> list[TrueReport]:
    """Undamaged PDF reports with an applications table; one in seven with an error of its publisher's."""
    generate(place, reports * _DRAWN_FOR_ONE, Options(seed=seed, formats=("pdf",), damage="none", mistakes=0.15))
    with_table = [true for true in load_truth(place) if any(key.section == "applications" for key in true.cells)]
    return with_table[:reports]


def _row(name: str, reading: Reading) -> str:
    numbers = (reading.scans, reading.pages, reading.cells, reading.right, reading.not_known)
    wrong = (reading.wrong_flagged, reading.wrong_silent, reading.titles)
    shown = " | ".join(f"{number:,}" for number in (*numbers, *wrong))
    return f"| {name} | {shown} | {reading.seconds / max(reading.pages, 1):.1f} |"


if __name__ == "__main__":
    app()
