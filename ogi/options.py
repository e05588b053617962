"""What the commands of `ogi` share: their folders, options and exit codes, and how each says that it failed."""

from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from ingest.lake.location import LakeLocationError, lake_at
from warehouse.paths import OCR_VARIABLE, DataPaths, data_paths

EXIT_FAILED = 1
EXIT_USAGE = 2

RawDir = Annotated[
    Path | None,
    typer.Argument(
        help="Folder with report files, in any depth: text, HTML, PDF, DOCX, XLSX, XLS, DOC and WPS (through "
        "LibreOffice), MHTML; and ZIP, JSON Lines, WARC, WET, Parquet and gzip of them. "
        "Default: $OGI_RAW, else the samples shipped.",
        exists=True,
        file_okay=False,
        readable=True,
        resolve_path=True,
        show_default=False,
    ),
]
DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data",
        help="Folder for lake and warehouse. Default: $OGI_DATA, else data/ of the checkout.",
        file_okay=False,
        resolve_path=True,
        show_default=False,
    ),
]
LakeAt = Annotated[
    str | None,
    typer.Option(
        "--lake",
        metavar="PATH|URL",
        help="Where the lake lies: a folder, or an object store such as s3://bucket/prefix (needs "
        "'ogi-warehouse\\[s3]'; credentials as S3 clients take them). Default: $OGI_LAKE, else the folder lake of the "
        "data folder.",
        show_default=False,
    ),
]
ReviewedDir = Annotated[
    Path | None,
    typer.Option(
        "--reviewed",
        help="Folder with reviewed files (overrides.csv, corrections.csv, acknowledged.csv). Default: $OGI_REVIEWED, "
        "else the folder `reviewed` at the top of the landing folder.",
        exists=True,
        file_okay=False,
        resolve_path=True,
        show_default=False,
    ),
]
Ocr = Annotated[
    bool,
    typer.Option(
        "--ocr",
        envvar=OCR_VARIABLE,
        help="Read scans with Tesseract: slow, and only what the form's own sums prove is believed. What was read so "
        "stays in the lake, marked, also for later builds without it.",
    ),
]


def failed(message: str, code: int = EXIT_FAILED) -> NoReturn:
    """End the command with a message on standard error and an exit code. Raises typer.Exit."""
    Console(stderr=True, soft_wrap=True).print(message, style="red", highlight=False, markup=False)
    raise typer.Exit(code) from None


def check_ocr(wanted: bool) -> None:
    """End the command where OCR is asked for and is not there."""
    from ingest.readers import tesseract

    if wanted and tesseract.program() is None:
        failed(f"--ocr: {tesseract.MISSING}", EXIT_USAGE)


def paths_of(data: Path | None, lake: str | None = None) -> DataPaths:
    """The data folder and its lake; ends the command where the lake's location cannot be used."""
    paths = data_paths()
    location = lake if lake is not None else paths.lake_location
    try:
        # Made absolute, for it is handed on to other processes.
        return DataPaths(data or paths.data, str(lake_at(location)) if location else "")
    except LakeLocationError as error:
        failed(str(error), EXIT_USAGE)


def published_in(data: Path | None) -> DataPaths:
    """The paths of a data folder that has a published warehouse; ends the command where it has none."""
    paths = paths_of(data)
    if not paths.warehouse.exists():
        failed(f"{paths.warehouse} does not exist; run `ogi build` first")
    return paths
