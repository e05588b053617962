"""The reports read by hand: publisher, region, year and scope, with and without a manifest."""

import csv
from pathlib import Path

from ingest.parse import parse
from ingest.register.choice import Choice, Hints, Said, choose

TRUTH = Path(__file__).parents[2] / "tests" / "corpus" / "truth" / "reports.csv"
COLUMNS = ("agency_name", "agency_name_source", "region_code", "report_year", "scope")
# What a manifest says of the one report whose text names nobody.
MANIFEST = {"001_7364606721a9d05b.txt": "达州市商务局"}


def compare(raw: Path, with_manifest: bool) -> list[tuple[str, str, str, str]]:
    """The columns that differ from the truth: file, column, what was chosen, what is true."""
    differences = []
    with TRUTH.open(encoding="utf-8", newline="") as file:
        for truth in csv.DictReader(file):
            path = raw / truth["file"]
            if not path.is_file():
                continue
            name = MANIFEST.get(truth["file"]) if with_manifest else None
            expected = {**truth, "agency_name": name, "agency_name_source": "manifest"} if name else truth
            chosen = choice_of(path, Said("manifest", name) if name else None)
            for column in COLUMNS:
                found = getattr(chosen, column)
                if str(found if found is not None else "") != expected[column]:
                    differences.append((truth["file"], column, str(found), str(expected[column])))
    return differences


def choice_of(path: Path, said: Said | None = None) -> Choice:
    """Whose report a file is."""
    report = parse(path.read_bytes())
    kinds: dict[str, list[str]] = {}
    for hint in report.evidence:
        kinds.setdefault(hint.kind, []).append(hint.value)
    start, end = report.period_start, report.period_end
    year = start.year if start and end and start.year == end.year else None
    return choose(Hints(report.title, year, kinds, (path.name,)), said)
