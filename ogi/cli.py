"""`ogi`: the warehouse of China's open-government-information annual reports, from the command line."""

import os
import sys
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ogi.options import (
    EXIT_FAILED,
    EXIT_USAGE,
    DataDir,
    LakeAt,
    Ocr,
    RawDir,
    ReviewedDir,
    check_ocr,
    failed,
    paths_of,
    published_in,
)
from ogi.run import BuildFailed, prepare_home, timed
from ogi.run import build as run_build
from ogi.show import as_json, show_report, show_summary
from warehouse.paths import CLUSTER_VARIABLE, PROJECT_ROOT, named_reviewed_dir, raw_dir

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    help=(
        "Turn raw annual reports on open government information (政府信息公开工作年度报告) "
        "into a tested DuckDB warehouse.\n\n"
        "Start with [bold]ogi build[/], look at one file with [bold]ogi parse FILE[/], "
        "open the UI with [bold]ogi ui[/]."
    ),
)


@app.command()
def build(
    raw: RawDir = None,
    data: DataDir = None,
    lake: LakeAt = None,
    reviewed: ReviewedDir = None,
    ocr: Ocr = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Build every model from nothing, whatever is published.")
    ] = False,
    allow_empty: Annotated[
        bool,
        typer.Option(
            "--allow-empty", help="Take an empty landing folder for what it is, not for a mount that is gone."
        ),
    ] = False,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            metavar="ADDRESS",
            help="Parse on a Dask cluster: the address of its scheduler, such as tcp://10.0.0.5:8786. Its workers get "
            "bytes and need not see the landing folder, but the same version of this package. Default: $OGI_CLUSTER.",
            show_default=False,
        ),
    ] = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show Dagster's log instead of the bar alone.")
    ] = False,
) -> None:
    """Parse what is new, build and test the models, and publish the warehouse.

    Runs the same Dagster assets as the UI, in this process. Only new or changed files are parsed, and where nothing
    changed nothing is done. Leaves DATA/warehouse.duckdb and DATA/lake/.

    Exit code: 0 published or already current, whatever the files were (the summary and the tables tell); 1 an error of
    the software stopped the publishing, and the warehouse is as it was; 2 wrong arguments.
    """
    console = Console(stderr=True)
    paths = paths_of(data, lake)
    raw = raw or raw_dir()
    if not raw.is_dir():
        failed(f"{raw} is no folder; give the folder that holds the report files", EXIT_USAGE)
    check_ocr(ocr)
    if cluster:
        os.environ[CLUSTER_VARIABLE] = cluster
    begun = time.monotonic()
    try:
        worked = run_build(raw, paths, console, rebuild, verbose, reviewed or named_reviewed_dir(), allow_empty, ocr)
    except BuildFailed as error:
        failed(f"not published: {error}")
    from warehouse.summary import summarise

    done = f"published in {timed(begun)}" if worked else f"nothing to do ({timed(begun)}): the warehouse is current"
    show_summary(Console(), summarise(paths.warehouse), paths, done)


@app.command()
def parse(
    file: Annotated[Path, typer.Argument(help="A report file.", exists=True, dir_okay=False, readable=True)],
    json: Annotated[bool, typer.Option("--json", help="Print everything that was read as JSON.")] = False,
    ocr: Ocr = False,
) -> None:
    """Show what is read from one file, laid out like the form itself, with its issues. Nothing is stored.

    Exit code: 0 the file was read whole; 1 cells are missing, or it is no report or unreadable; 2 wrong arguments.
    """
    from ingest.landing import landed_file
    from ingest.report import ReportStatus
    from ingest.workers import parse_files

    check_ocr(ocr)
    landed = landed_file(file)
    # In a process of its own, as in a build: a hostile file is ended at its bounds.
    outcome = next(parse_files([landed], workers=1, ocr=ocr)) if landed.report_id else None
    report = outcome.report if outcome else None
    if report is None:
        failed(f"{file}: {outcome.issue if outcome else landed.issue}")
    if json:
        typer.echo(as_json(report))
    else:
        console = Console()
        # The table of applications needs the width, whatever a pipe says of the terminal.
        show_report(Console(width=max(console.width, 124)), file, report)
    whole = report.status is ReportStatus.PARSED or (report.status is ReportStatus.NO_TABLES and not report.cells)
    raise typer.Exit(0 if whole else EXIT_FAILED)


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A draft: one report file.", exists=True, dir_okay=False, readable=True)],
    data: Annotated[
        Path | None,
        typer.Option(
            "--data",
            help="Also compare with the publisher's report of the year before, from this data folder's warehouse.",
            file_okay=False,
            resolve_path=True,
        ),
    ] = None,
    publisher: Annotated[
        str | None, typer.Option(help="Full name of the publisher, where the draft does not name it.")
    ] = None,
    year: Annotated[int | None, typer.Option(help="Year of the report, where the draft does not say it.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    junit: Annotated[
        Path | None, typer.Option("--junit", metavar="FILE", help="Also write JUnit XML to a file.", dir_okay=False)
    ] = None,
    lang: Annotated[
        str | None, typer.Option("--lang", help="zh or en. Default: by the locale, else zh.", metavar="zh|en")
    ] = None,
) -> None:
    """Check a draft before it is published: do its numbers agree, and if not, which cell is likely wrong.

    Reads any format that a build reads, evaluates every identity (勾稽关系) within the tables and against the prose,
    and proposes the smallest changes that make the tables agree, each with its place in the document. Nothing is
    stored or changed. Neither Dagster nor dbt is started.

    Examples:

      ogi check 2024年报.docx

      ogi check 2024年报.html --data /srv/ogi --publisher 徐州市人民政府 --year 2024

      ogi check draft.pdf --lang en --json > findings.json

      ogi check draft.docx --junit report.xml

    Exit code: 0 all holds; 1 something fails, or a cell cannot be read; 2 wrong arguments, or no report can be read
    from the file.
    """
    from ogi.check_command import CannotCheckError, run

    try:
        sound = run(file, data, publisher, year, json, junit, lang)
    except CannotCheckError as error:
        failed(str(error), EXIT_USAGE)
    raise typer.Exit(0 if sound else EXIT_FAILED)


@app.command()
def explain(
    report: Annotated[str, typer.Argument(help="A source_path, or at least six characters of a report_id.")],
    section: Annotated[str, typer.Argument(help="applications, reviews, disclosure or statistics.")],
    row: Annotated[str, typer.Argument(help="Row code, such as new_requests.")],
    column: Annotated[str, typer.Argument(help="Column code, such as natural_person or total.")],
    raw: Annotated[
        Path | None,
        typer.Option("--raw", help="The landing folder. Default: $OGI_RAW, else the samples shipped.", file_okay=False),
    ] = None,
    data: DataDir = None,
) -> None:
    """Show where a number comes from: its text, the place in the source around it, why it was read so, its identities.

    Exit code: 0 shown; 1 there is no such report or cell; 2 wrong arguments.
    """
    from ogi.explain import CannotExplainError, show

    paths = published_in(data)
    console = Console()
    try:
        show(Console(width=max(console.width, 124)), paths, raw or raw_dir(), report, (section, row, column))
    except CannotExplainError as error:
        failed(str(error))


@app.command()
def summary(data: DataDir = None) -> None:
    """Show what the published warehouse holds. Exit code 1 where nothing was published yet, or it cannot be read."""
    import duckdb

    from warehouse.summary import summarise

    paths = published_in(data)
    try:
        counts = summarise(paths.warehouse)
    except duckdb.Error as error:
        failed(f"{paths.warehouse} cannot be read: {error}")
    show_summary(Console(), counts, paths, "published")


@app.command()
def query(
    sql: Annotated[
        str, typer.Argument(help="A query; schemas are marts, staging, intermediate, seeds, test_failures.")
    ],
    data: DataDir = None,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV instead of a table.")] = False,
) -> None:
    """Ask the published warehouse one question, read-only. Exit code 1 where the query fails."""
    import duckdb

    from ogi.query_command import run

    paths = published_in(data)
    try:
        run(paths.warehouse, sql, csv)
    except duckdb.Error as error:
        failed(str(error))


@app.command()
def export(
    out: Annotated[
        Path,
        typer.Option("--out", help="A new folder, or that of an earlier export, which is replaced.", resolve_path=True),
    ],
    data: DataDir = None,
    file_format: Annotated[
        str, typer.Option("--format", help="parquet, csv, or xlsx (the reading views, unless --tables names others).")
    ] = "parquet",
    tables: Annotated[
        str | None, typer.Option("--tables", help="Names with commas between. Default: all marts and reading views.")
    ] = None,
    year: Annotated[str | None, typer.Option("--year", help="Report years: 2022, 2019-2022 or 2019,2021.")] = None,
    region: Annotated[
        str | None, typer.Option("--region", help="A region's name, code or region_id: all that lies in it today.")
    ] = None,
    where: Annotated[
        str | None, typer.Option("--where", help="Reports by a condition on marts.dim_report: \"status = 'parsed'\".")
    ] = None,
) -> None:
    """Write the published warehouse as files with a datapackage.json that describes every column.

    Exit code: 0 written; 1 it cannot be, and what was there is as it was; 2 wrong arguments.
    """
    from ogi.export_command import run, years_of
    from warehouse.export import FORMATS, Selection

    if file_format not in FORMATS:
        failed(f"--format is one of {', '.join(FORMATS)}", EXIT_USAGE)
    try:
        years = years_of(year)
    except ValueError:
        failed(f"--year {year} is no year, range of years or list of them", EXIT_USAGE)
    wanted = tuple(name.strip() for name in (tables or "").split(",") if name.strip())
    if not run(published_in(data), out, file_format, wanted, Selection(years, region, where)):
        raise typer.Exit(EXIT_FAILED)


@app.command()
def unresolved(
    data: DataDir = None,
    csv: Annotated[bool, typer.Option("--csv", help="Print lines for overrides.csv instead of a table.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print everything known of each report as JSON.")] = False,
) -> None:
    """List the reports whose publisher, region, year or scope nothing decides, with the evidence and the candidates.

    Decide in reviewed/overrides.csv: `--csv` prints a line for each report, with its evidence in `why`. A line that is
    pasted without a decision is refused by the next build.

    Exit code: 0 listed, whatever there is; 1 nothing was published yet, or it cannot be read; 2 wrong arguments.
    """
    import duckdb

    from ogi.unresolved import find_unresolved, show, write_csv, write_json

    if csv and json:
        raise typer.BadParameter("give either --csv or --json")
    paths = published_in(data)
    try:
        reports = find_unresolved(paths.warehouse)
        if csv:
            write_csv(sys.stdout, reports)
        elif json:
            write_json(sys.stdout, reports)
        else:
            show(Console(), reports)
    except duckdb.Error as error:
        failed(f"{paths.warehouse} cannot be read: {error}")


@app.command()
def postgres(
    url: Annotated[
        str,
        typer.Argument(
            help="Where to: postgresql://USER@HOST:5432/DATABASE. Leave the password to PGPASSWORD or ~/.pgpass.",
            envvar="OGI_POSTGRES",
            show_default=False,
        ),
    ],
    data: DataDir = None,
    schema: Annotated[str, typer.Option(help="Schema to write, replaced whole by each run.")] = "ogi",
    reader: Annotated[
        list[str] | None, typer.Option(help="A role that may read the schema; can be given more than once.")
    ] = None,
) -> None:
    """Copy the published warehouse into a PostgreSQL server: marts and reading views, with keys and comments.

    Who reads there meanwhile sees the old copy until the new one is whole; a run that fails leaves the old one. Where
    views of yours stand on the old tables, it says so and copies nothing. Needs the package psycopg.

    Exit code: 0 copied; 1 not copied, and what was there stands; 2 wrong arguments.
    """
    from ogi.postgres_command import run

    raise typer.Exit(0 if run(published_in(data), url, schema, reader or []) else EXIT_FAILED)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def dbt(context: typer.Context, data: DataDir = None, lake: LakeAt = None) -> None:
    """Run dbt on a copy of the warehouse: `ogi dbt -- test --select identity_holds__balance`.

    dbt gets this project, the lake of the data folder, and DATA/build/warehouse.duckdb: a copy of the published
    database, or a new one for `build`, `run` and `seed`. The published database is never written to. Exit code: dbt's.
    """
    from filelock import FileLock, Timeout

    from warehouse.dbt import run_dbt

    paths = paths_of(data, lake)
    try:
        if not (paths.lake / "files").is_dir():
            failed(f"{paths.lake} holds no lake; run `ogi build` first")
        with FileLock(paths.lock, timeout=0):
            raise typer.Exit(run_dbt(paths, context.args))
    except Timeout:
        failed("a build is writing to this data folder; start again when it ended")


@app.command()
def compact(
    data: DataDir = None,
    lake: LakeAt = None,
    verify: Annotated[
        bool,
        typer.Option("--verify", help="Read every page and compare its checksum; damaged parts are removed."),
    ] = False,
    forget_removed: Annotated[
        bool,
        typer.Option(
            "--forget-removed",
            help="Leave out what was parsed of files that are no longer in the landing folder. Where one comes back, "
            "it is parsed again.",
        ),
    ] = False,
) -> None:
    """Merge the lake's parts into fewer, without parses that newer ones superseded. No number changes.

    A build does it by itself where parts became many; this does it wherever the lake gets smaller. It may be killed at
    any moment and started again. Exit code: 0 done; 1 there is no lake, or a build is running; 2 wrong arguments.
    """
    from ogi.compact import CannotCompactError, run

    try:
        for line in run(paths_of(data, lake), verify, forget_removed):
            typer.echo(line)
    except CannotCompactError as error:
        failed(str(error))


@app.command()
def ui(
    raw: RawDir = None,
    data: DataDir = None,
    lake: LakeAt = None,
    reviewed: ReviewedDir = None,
    ocr: Ocr = False,
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.", min=1, max=65535)] = 3000,
) -> None:
    """Start the Dagster UI (and its daemon, for the sensor) on the run history of the data folder."""
    paths = paths_of(data, lake)
    environment = {**os.environ, **prepare_home(raw or raw_dir(), paths, reviewed or named_reviewed_dir(), ocr)}
    dagster = str(Path(sys.executable).with_name("dagster"))
    workspace = str(PROJECT_ROOT / "workspace.yaml")
    Console(stderr=True).print(f"http://127.0.0.1:{port}  (Ctrl+C ends it)")
    os.execve(dagster, [dagster, "dev", "-w", workspace, "-h", "127.0.0.1", "-p", str(port)], environment)


if __name__ == "__main__":
    app()
