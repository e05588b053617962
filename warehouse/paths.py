"""Where everything lies below the data folder, and where the project itself lies."""

import os
from dataclasses import dataclass
from pathlib import Path

from ingest.lake.location import LakePath, lake_at

PROJECT_ROOT = Path(__file__).resolve().parent.parent
DBT_PROJECT = PROJECT_ROOT / "dbt"
RAW_VARIABLE = "OGI_RAW"
DATA_VARIABLE = "OGI_DATA"
REVIEWED_VARIABLE = "OGI_REVIEWED"
LAKE_VARIABLE = "OGI_LAKE"
CLUSTER_VARIABLE = "OGI_CLUSTER"
OCR_VARIABLE = "OGI_OCR"


@dataclass(frozen=True, slots=True)
class DataPaths:
    """The folders and files of one data folder. Its lake may lie elsewhere, at a path or an fsspec URL."""

    data: Path
    lake_location: str = ""

    @property
    def lake(self) -> LakePath:
        """The lake's Parquet tables. Raises LakeLocationError where its URL cannot be used."""
        return lake_at(self.lake_location) if self.lake_location else self.data / "lake"

    @property
    def warehouse(self) -> Path:
        """The published database, the one that readers open."""
        return self.data / "warehouse.duckdb"

    @property
    def unpublished(self) -> Path:
        """The database that a build writes, before it is audited and published."""
        return self.data / "build" / "warehouse.duckdb"

    @property
    def hashes(self) -> Path:
        """The remembered hashes of the landing folder's files."""
        return self.data / "state" / "hashes.parquet"

    @property
    def lock(self) -> Path:
        """Held by the one build that may write."""
        return self.data / "state" / "build.lock"

    @property
    def dbt_target(self) -> Path:
        """What dbt compiles: manifest, run results, parsing cache."""
        return self.data / "dbt" / "target"

    @property
    def dbt_logs(self) -> Path:
        """dbt's own log."""
        return self.data / "dbt" / "logs"

    @property
    def dagster_home(self) -> Path:
        """Dagster's run history."""
        return self.data / "dagster"


def raw_dir() -> Path:
    """The landing folder: $OGI_RAW, else the samples shipped with the project."""
    return Path(os.environ.get(RAW_VARIABLE) or PROJECT_ROOT / "samples" / "raw").resolve()


def named_reviewed_dir() -> Path | None:
    """The folder of reviewed files that $OGI_REVIEWED names; None for the default, `reviewed` of the landing folder."""
    named = os.environ.get(REVIEWED_VARIABLE)
    return Path(named).resolve() if named else None


def data_paths() -> DataPaths:
    """The data folder: $OGI_DATA, else `data/` of the checkout; and its lake."""
    return DataPaths(Path(os.environ.get(DATA_VARIABLE) or PROJECT_ROOT / "data").resolve(), lake_location())


def lake_location() -> str:
    """Where $OGI_LAKE says that the lake lies; empty for the folder `lake` of the data folder."""
    return os.environ.get(LAKE_VARIABLE, "")


def ocr_wanted() -> bool:
    """Whether $OGI_OCR asks for scans to be read by OCR."""
    return os.environ.get(OCR_VARIABLE, "") not in ("", "0")
