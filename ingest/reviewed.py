"""The folder of reviewed files: what people decided about reports, kept as CSV beside the reports and never in them.

By default it is the folder `reviewed` at the top of the landing folder; another one can be named. None of its files is
a report, so none is parsed: each build reads them anew.
"""

from collections.abc import Iterator
from pathlib import Path

from ingest.csv_files import CsvFileError

REVIEWED = "reviewed"
OVERRIDES = "overrides.csv"
CORRECTIONS = "corrections.csv"
ACKNOWLEDGED = "acknowledged.csv"
FILES = (OVERRIDES, CORRECTIONS, ACKNOWLEDGED)
_NOTES = "README"


def reviewed_dir(raw_dir: Path, named: Path | None = None) -> Path:
    """The folder of reviewed files: the one named, else `reviewed` of the landing folder, be it there or not."""
    return named or raw_dir / REVIEWED


def check_reviewed(raw_dir: Path, reviewed: Path) -> None:
    """Refuse a folder of reviewed files in which something would be passed over in silence.

    Raises CsvFileError where it holds anything but its known files, notes (README…) and hidden files, or where the
    landing folder has one of its own beside it. Raises NotADirectoryError where it is not the default and not there.
    """
    default = raw_dir / REVIEWED
    if reviewed != default:
        if not reviewed.is_dir():
            raise NotADirectoryError(f"{reviewed} is no folder; give the folder of the reviewed files")
        if default.is_dir():
            raise CsvFileError(f"{default} is there beside {reviewed}; keep one folder of reviewed files")
    if not reviewed.is_dir():
        return
    strange = [
        path.name
        for path in sorted(reviewed.iterdir())
        if path.name not in FILES and not path.name.startswith((_NOTES, "."))
    ]
    if strange:
        raise CsvFileError(
            f"{reviewed}: only {', '.join(FILES)} and {_NOTES} files are read there; take away {', '.join(strange)}"
        )


def reviewed_files(reviewed: Path) -> Iterator[Path]:
    """The files of the folder, sorted by name; their bytes are an input of the warehouse."""
    yield from (path for name in sorted(FILES) if (path := reviewed / name).is_file())
