"""What assets are given: where the files lie, the one lock of a build, and whom to tell of progress."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
from filelock import FileLock, Timeout

from ingest.reviewed import reviewed_dir
from ingest.update import Progress
from warehouse.paths import (
    DATA_VARIABLE,
    RAW_VARIABLE,
    DataPaths,
    data_paths,
    lake_location,
    named_reviewed_dir,
    ocr_wanted,
    raw_dir,
)

BUSY = "another build is writing to {data}; let it end, then start again (nothing was changed)"


class Folders(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The landing folder, the folder of reviewed files (empty for the landing folder's own), the data folder, where the
    lake lies (a path or an fsspec URL; empty for the data folder's own); and whether scans are read by OCR."""

    raw: str = str(raw_dir())
    reviewed: str = str(named_reviewed_dir() or "")
    data: str = str(data_paths().data)
    lake: str = lake_location()
    ocr: bool = ocr_wanted()

    @property
    def raw_dir(self) -> Path:
        """The landing folder."""
        return Path(self.raw)

    @property
    def reviewed_dir(self) -> Path:
        """The folder of reviewed files, whether or not it is there."""
        return reviewed_dir(self.raw_dir, Path(self.reviewed) if self.reviewed else None)

    @property
    def paths(self) -> DataPaths:
        """Everything below the data folder."""
        return DataPaths(Path(self.data), self.lake)


class BuildLock(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Held by a run for as long as it works on a data folder; a second run fails with a clear message."""

    folders: dg.ResourceDependency[Folders]

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Generator["BuildLock", None, None]:
        """Take the lock, or fail the run at once. The lock goes with its process, however that ends."""
        path = self.folders.paths.lock
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(path, timeout=0):
                yield self
        except Timeout:
            raise dg.Failure(BUSY.format(data=self.folders.data), allow_retries=False) from None


class ProgressReporter(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Is told how far the parsing is. Here it is silent; the command line puts a progress bar in its place."""

    def parsing(self) -> Progress | None:
        """A function to call with the number of contents parsed and to parse; None where nobody listens."""
        return None

    def step(self, message: str) -> None:
        """Told when a step begins."""


__all__ = ["BUSY", "DATA_VARIABLE", "RAW_VARIABLE", "BuildLock", "Folders", "ProgressReporter"]
