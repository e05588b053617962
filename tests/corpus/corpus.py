"""Where the corpus lies, and its truth as values."""

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "corpus"
TRUTH = Path(__file__).parent / "truth"
SAMPLES = ROOT / "samples" / "raw"

Key = tuple[str, str, str]


@dataclass(frozen=True)
class TrueCell:
    """A cell as read by hand; `value` is None where it is blank."""

    raw_text: str
    value: Decimal | None
    unit: str


def documents() -> dict[str, Path]:
    """The documents of the corpus that are here: five shipped texts, and the PDF where the shared corpus lies."""
    found = {path.name: path for path in sorted(SAMPLES.glob("0*.txt"))}
    found |= {path.name: path for path in sorted((SHARED / "raw").glob("*.pdf"))}
    return found


def true_cells(name: str) -> dict[Key, TrueCell]:
    """The true cells of a document by (section, row_code, column_code); empty for one without tables."""
    stem = name.rsplit(".", 1)[0]
    path = next(
        (folder / f"{stem}.csv" for folder in (TRUTH, SHARED / "truth") if (folder / f"{stem}.csv").exists()), None
    )
    if path is None:
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["section"], row["row_code"], row["column_code"]): TrueCell(
                row["raw_text"], Decimal(row["value"]) if row["value"] else None, row["unit"]
            )
            for row in csv.DictReader(file)
        }


def true_reports() -> dict[str, dict[str, str]]:
    """What is to be known of each report, by file name."""
    with (TRUTH / "reports.csv").open(encoding="utf-8", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file)}
