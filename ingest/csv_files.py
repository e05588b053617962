"""CSV files that people write: read strictly, and a fault is told with its file and line."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

SCOPES = ("jurisdiction", "agency")
_YEARS = (1990, 2100)
_REGION_CODE = re.compile(r"[1-9][0-9]{5}")


class CsvFileError(ValueError):
    """A file written by hand cannot be used as it is; the message says which file, which line, and what to do."""


@dataclass(frozen=True, slots=True)
class CsvLine:
    """One line of a file. `number` is the line on which it ends, the heading being line 1; no value is empty text."""

    path: Path
    number: int
    values: Mapping[str, str | None]

    def error(self, problem: object) -> CsvFileError:
        """The error that tells a problem of this line."""
        return CsvFileError(f"{self.path}, line {self.number}: {problem}")

    def required(self, name: str) -> str:
        """A value that has to be there. Raises CsvFileError."""
        value = self.values[name]
        if value is None:
            raise self.error(f"{name} is empty")
        return value

    def scope(self, name: str = "scope") -> str | None:
        """`jurisdiction`, `agency` or None. Raises CsvFileError."""
        value = self.values[name]
        if value is not None and value not in SCOPES:
            raise self.error(f"{name} is {value!r}; it can be {' or '.join(SCOPES)}")
        return value

    def year(self, name: str = "report_year") -> int | None:
        """A year like 2020. Raises CsvFileError."""
        value = self.values[name]
        if value is None:
            return None
        if not re.fullmatch(r"[0-9]{4}", value) or not _YEARS[0] <= int(value) <= _YEARS[1]:
            raise self.error(f"{name} is {value!r}; years are like 2020")
        return int(value)

    def region_code(self, name: str = "region_code") -> str | None:
        """Six digits of GB/T 2260, whether or not there is such a region. Raises CsvFileError."""
        value = self.values[name]
        if value is not None and not _REGION_CODE.fullmatch(value):
            raise self.error(f"{name} is {value!r}, not six digits of GB/T 2260")
        return value

    def day(self, name: str) -> date:
        """A date like 2021-03-10 that has to be there. Raises CsvFileError."""
        try:
            return date.fromisoformat(self.required(name))
        except ValueError as error:
            if isinstance(error, CsvFileError):
                raise
            raise self.error(f"{name} is {self.values[name]!r}; dates are like 2021-03-10") from error

    def moment(self, name: str) -> datetime | None:
        """A time like 2021-03-10T08:00:00Z, of UTC where no offset is given. Raises CsvFileError."""
        value = self.values[name]
        if value is None:
            return None
        try:
            moment = datetime.fromisoformat(value)
        except ValueError as error:
            raise self.error(f"{name} is {value!r}; times are like 2021-03-10T08:00:00Z") from error
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def read_csv(
    path: Path, columns: Sequence[str], required: Sequence[str] = (), aliases: Mapping[str, str] | None = None
) -> Iterator[CsvLine]:
    """The lines of a UTF-8 file whose first line names its columns; none where there is no file.

    It may leave out any column but the `required` ones and name no others; `aliases` maps further names to columns.
    Blank lines are passed over. Raises CsvFileError.
    """
    if not path.is_file():
        return
    known = aliases or {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            named = [known.get(name.strip(), name.strip()) for name in next(reader, [])]
            _check_heading(path, named, columns, required)
            for row in reader:
                if not any(value.strip() for value in row):
                    continue
                if len(row) > len(named):
                    raise CsvFileError(
                        f"{path}, line {reader.line_num}: {len(row)} values under {len(named)} headings; "
                        "put a value that holds a comma in quotation marks"
                    )
                values = dict(zip(named, (value.strip() or None for value in row), strict=False))
                yield CsvLine(path, reader.line_num, {name: values.get(name) for name in columns})
    except UnicodeDecodeError as error:
        raise CsvFileError(f"{path}: not UTF-8 ({error.reason} at byte {error.start}); save it as UTF-8") from error
    except csv.Error as error:
        raise CsvFileError(f"{path}, line {reader.line_num}: not readable as CSV: {error}") from error


def _check_heading(path: Path, named: Sequence[str], columns: Sequence[str], required: Sequence[str]) -> None:
    missing = [name for name in required if name not in named]
    unknown = sorted(set(named) - set(columns))
    twice = sorted({name for name in named if named.count(name) > 1})
    if missing or unknown or twice:
        faults = (("missing", missing), ("unknown", unknown), ("named twice", twice))
        said = "; ".join(f"{fault}: {', '.join(names)}" for fault, names in faults if names)
        raise CsvFileError(f"{path}: the first line names the columns, which can be {', '.join(columns)}; {said}")
