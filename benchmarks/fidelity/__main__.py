"""The command: `python -m benchmarks.fidelity`."""

import os
import shutil
import tempfile
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from benchmarks.fidelity.compare import WrongCell
from benchmarks.fidelity.frames import MISSING_SENTENCE, available
from benchmarks.fidelity.run import Amount, run
from benchmarks.fidelity.speed import measure
from benchmarks.fidelity.tables import render, wrong_cells

app = typer.Typer(add_completion=False, rich_markup_mode="markdown")


@app.command()
def main(
    reports: Annotated[
        int, typer.Option(min=1, help="How many HTML and text files of each damage (none, light, all).")
    ] = 1000,
    office: Annotated[int, typer.Option(min=0, help="How many of MHTML, DOCX, XLSX and PDF each, of each damage.")] = 0,
    seed: Annotated[str, typer.Option(help="Any word. The same seed draws the same reports.")] = "fidelity",
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = os.cpu_count() or 1,
    out: Annotated[Path | None, typer.Option(help="Write the tables into this Markdown file too.")] = None,
    show_wrong: Annotated[
        int, typer.Option(min=0, help="List the first K wrong cells; their files are kept for debugging.")
    ] = 0,
    keep: Annotated[
        Path | None, typer.Option(help="Keep all files and their truth in this new or empty folder.")
    ] = None,
) -> None:
    """Measure how faithfully `ingest.parse.parse` reads reports whose every number is known.

    Draws reports with `benchmarks.generator` three times over: undamaged, lightly damaged, and with all damage.
    Parses each file and compares every cell with the truth:

    * **read right**: as drawn. **lost**: marked as not known although the file shows it.

    * **wrong, flagged**: wrong, and the report itself warns of it. **wrong in silence**: there must be none.

    * **guessed**: a value where the file leaves several. Counts as wrong.

    Titles, years, forms, scripts, encodings and the claims of the prose are compared too. Where pandas can be
    imported, a column beside ours shows `pandas.read_html` with a lookup by label on the same HTML.

    Examples:

        python -m benchmarks.fidelity --reports 100

        python -m benchmarks.fidelity --reports 3000 --office 50 --out docs/fidelity.md

        python -m benchmarks.fidelity --reports 300 --seed b --show-wrong 20 --keep kept
    """
    with_frames = available()
    if not with_frames:
        typer.echo(MISSING_SENTENCE, err=True)
    with ExitStack() as stack:
        folder = keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fidelity-")))
        try:
            amount = Amount(reports, office)
            with Progress(transient=True, console=Console(stderr=True)) as bar:
                tasks = {stage: bar.add_task(stage, total=amount.total) for stage in ("drawn", "compared")}
                told = Told(amount.total)

                def progress(stage: str, files: int) -> None:
                    bar.advance(tasks[stage], files)
                    told.add(stage, files, bar.console.is_terminal)

                result = run(folder, amount, seed, workers, with_frames, progress)
        except FileExistsError as error:
            raise typer.BadParameter(str(error), param_hint="--keep") from error
        page = render(result, measure(result.files), amount, seed, with_frames)
        typer.echo(page)
        shown = result.tally.wrong[:show_wrong]
        if shown and keep is None:
            shown = _kept(shown, folder)
        for line in wrong_cells(shown):
            typer.echo(line)
    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(page, encoding="utf-8")


@dataclass(slots=True)
class Told:
    """Tells the progress a line at a time where there is no terminal to draw a bar on."""

    total: int
    done: Counter[str] = field(default_factory=Counter)

    def add(self, stage: str, files: int, is_terminal: bool) -> None:
        """Count files; every twentieth of all is told."""
        before = self.done[stage] * _STEPS // self.total
        self.done[stage] += files
        if not is_terminal and self.done[stage] * _STEPS // self.total > before:
            typer.echo(f"{stage} {self.done[stage]:,} of {self.total:,}", err=True)


_STEPS = 20


def _kept(cells: list[WrongCell], folder: Path) -> list[WrongCell]:
    """The cells with the paths of copies of their files that outlive the run."""
    place = Path(tempfile.mkdtemp(prefix="fidelity-wrong-"))
    kept = []
    for cell in cells:
        copy = place / Path(cell.path).relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(cell.path, copy)
        kept.append(cell._replace(path=str(copy)))
    return kept


if __name__ == "__main__":
    app()
