"""The command: `python -m benchmarks.generator OUT_DIR --reports N --seed S`."""

import os
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from benchmarks.generator.bundle import KINDS, bundle
from benchmarks.generator.plan import ALL_FORMATS, DAMAGES, FORMATS, Options
from benchmarks.generator.run import generate

app = typer.Typer(add_completion=False, rich_markup_mode="markdown")


@app.command()
def main(
    out_dir: Annotated[Path, typer.Argument(help="A new or empty folder; gets `raw/` and `truth/`.")],
    reports: Annotated[int, typer.Option(min=1, help="How many reports, one file each.")] = 1000,
    seed: Annotated[str, typer.Option(help="Any word. The same seed gives the same bytes.")] = "0",
    formats: Annotated[str, typer.Option(help=f"Comma-separated, of: {', '.join(ALL_FORMATS)}.")] = ",".join(FORMATS),
    damage: Annotated[
        str,
        typer.Option(
            help="**none**: every layout, script and encoding, nothing lost. **light**: adds wrong declarations, junk "
            "tags, gambling words, foreign links, page numbers, characters lost in prose. **all**: adds lost cells, "
            "vanished blanks, repeated lines dropped, cut files, labels with characters lost."
        ),
    ] = "all",
    mistakes: Annotated[
        float, typer.Option(min=0, max=1, help="The share of reports whose publisher erred (see errors.csv).")
    ] = 0.15,
    first: Annotated[
        int, typer.Option(min=0, help="The number of the first report: `--first 4711 --reports 1` remakes one file.")
    ] = 0,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = os.cpu_count() or 1,
    bundles: Annotated[
        str, typer.Option(help=f"Pack the HTML and text files too, as any of: {', '.join(KINDS)}.")
    ] = "",
    panel: Annotated[
        bool,
        typer.Option(
            "--panel",
            help="Ten years, 2016 to 2025, of every body of each county, one report each, in that order.",
        ),
    ] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Write cells.csv in place of cells.parquet.")] = False,
) -> None:
    """Draw annual reports whose every number is known, to measure how faithfully a reader reads them.

    `raw/` gets the files. `truth/` gets what is in them:

    * `cells.parquet`: every cell of every table, as printed and as a value. `status` is what the file shows;
      `knowable` is what a reader may say: **known** (it must get the value), **unknowable** (position is lost: it
      must say missing, any value is wrong), **either** (the value or missing; another value is wrong).

    * `reports.csv`: form, year, script, encoding, publisher, layout and damage of each file.

    * `claims.csv`: the counts that the prose states.

    * `errors.csv`: wrong numbers of the publisher's own, and the identities that they break. The cells have them as
      printed: a reader that repairs them is wrong.

    Report number i depends on the seed, the options and i alone, so a run can be repeated in part, and a long run
    begins with a short one.

    Examples:

        python -m benchmarks.generator small --reports 1000 --seed a

        python -m benchmarks.generator crawl --reports 5000 --bundles warc,jsonl

        python -m benchmarks.generator clean --reports 20000 --formats html --damage none --mistakes 0
    """
    if damage not in DAMAGES:
        raise typer.BadParameter(f"one of {', '.join(DAMAGES)}", param_hint="--damage")
    names = tuple(name.strip() for name in formats.split(",") if name.strip())
    if not names or set(names) - set(ALL_FORMATS):
        raise typer.BadParameter(f"of {', '.join(ALL_FORMATS)}", param_hint="--formats")
    kinds = tuple(name.strip() for name in bundles.split(",") if name.strip())
    if set(kinds) - set(KINDS):
        raise typer.BadParameter(f"of {', '.join(KINDS)}", param_hint="--bundles")
    options = Options(seed=seed, formats=names, damage=damage, mistakes=mistakes, panel=panel)
    start = time.perf_counter()
    with Progress(transient=True) as bar:
        task = bar.add_task("reports", total=reports)
        try:
            totals = generate(
                out_dir,
                reports,
                options,
                first=first,
                workers=workers,
                as_csv=csv,
                progress=lambda files: bar.advance(task, files),
            )
        except FileExistsError as error:
            raise typer.BadParameter(str(error), param_hint="OUT_DIR") from error
    seconds = time.perf_counter() - start
    for kind in kinds:
        bundle(out_dir, kind)
    typer.echo(
        f"{totals.files} files, {totals.size / 1e6:.1f} MB, {totals.cells} cells in {seconds:.1f} s "
        f"({1000 * seconds / totals.files:.2f} ms a file)"
    )


if __name__ == "__main__":
    app()
