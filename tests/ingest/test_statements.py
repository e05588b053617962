"""What people say wins over the text, overrides over the manifest, and a line that counts for nothing is told."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.csv_files import CsvFileError
from ingest.manifest import ManifestRow
from ingest.overrides import Override, read_overrides
from ingest.statements import Statement, by_report, rows, statements

A, B = "a" * 64, "b" * 64
FILES = {"a.txt": A, "copy.txt": A, "b.txt": B, "archive.zip": None}
DAY = date(2026, 3, 1)


def override(line: int, **columns: Any) -> Override:
    return Override(line, "the sign on the door", "reviewer", DAY, **columns)


def manifest(*entries: ManifestRow) -> dict[str, ManifestRow]:
    return {entry.source_path: entry for entry in entries}


def problems(said: tuple[Statement, ...]) -> dict[tuple[str, int], str | None]:
    return {(row["origin"], row["line"]): row["problem"] for row in rows(said, FILES)}


def test_overrides_come_before_the_manifest_and_those_of_a_content_before_those_of_a_path() -> None:
    said = statements(
        FILES,
        manifest(ManifestRow("copy.txt", scope="agency", line=3), ManifestRow("a.txt", scope="agency", line=2)),
        [override(2, source_path="copy.txt", report_year=2020), override(3, report_id=A, report_year=2020)],
    )
    assert [(statement.origin, statement.line) for statement in by_report(said)[A]] == [
        ("override", 3),
        ("override", 2),
        ("manifest", 2),
        ("manifest", 3),
    ]
    assert set(problems(said).values()) == {None}


def test_a_line_that_is_of_no_report_is_told() -> None:
    said = statements(
        FILES,
        manifest(
            ManifestRow("gone.txt", report_year=2020, line=2),
            ManifestRow("archive.zip", report_year=2020, line=3),
            ManifestRow("archive.zip.2", source_url="https://example.org/", line=4),
        )
        | {"archive.zip": ManifestRow("archive.zip", source_url="https://example.org/", line=5)},
        [override(2, report_id="c" * 64, scope="agency"), override(3, source_path="Gone.txt", scope="agency")],
    )
    told = problems(said)
    assert told["override", 2] == "no file in the landing folder has this content"
    assert "no file in the landing folder has this path" == told["override", 3] == told["manifest", 2]
    assert told["manifest", 4] == "no file in the landing folder has this path"
    # Where a container came from is said of no report.
    assert told["manifest", 5] is None
    assert by_report(said) == {}


def test_of_two_lines_that_contradict_each_other_the_later_is_told() -> None:
    said = statements(
        FILES,
        manifest(ManifestRow("a.txt", agency_name="甲局", line=2), ManifestRow("copy.txt", agency_name="乙局", line=3)),
        [
            override(2, source_path="a.txt", report_year=2019, scope="agency"),
            override(3, report_id=A, report_year=2020, scope="agency"),
            override(4, report_id=B, report_year=2018),
        ],
    )
    assert problems(said) == {
        ("override", 3): None,
        ("override", 4): None,
        ("override", 2): "report_year contradicts line 3 of overrides.csv, which counts",
        ("manifest", 2): None,
        ("manifest", 3): "agency_name contradicts line 2 of manifest.csv, which counts",
    }


HEAD = "report_id,source_path,agency_name,region_code,report_year,scope,why,who,when\n"


def overrides(folder: Path, text: str) -> tuple[Override, ...]:
    (folder / "overrides.csv").write_text(text, encoding="utf-8")
    return read_overrides(folder)


def test_overrides_are_read(tmp_path: Path) -> None:
    assert read_overrides(tmp_path) == ()
    text = (
        f"{HEAD}{A},,甲局,320300,2020,agency,的确,reviewer,2026-03-01\n\n,a/b.txt,,,,jurisdiction,why,who,2026-03-02\n"
    )
    assert overrides(tmp_path, text) == (
        Override(2, "的确", "reviewer", DAY, A, None, "甲局", "320300", 2020, "agency"),
        Override(4, "why", "who", date(2026, 3, 2), None, "a/b.txt", scope="jurisdiction"),
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"{A},a.txt,甲局,,,,why,who,2026-03-01", "either report_id or source_path"),
        (",,甲局,,,,why,who,2026-03-01", "either report_id or source_path"),
        ("abc,,甲局,,,,why,who,2026-03-01", "64 hexadecimal digits"),
        (f"{A},,,,,,why,who,2026-03-01", "decides nothing"),
        (f"{A},,甲局,3203,,,why,who,2026-03-01", "not six digits"),
        (f"{A},,甲局,,20,,why,who,2026-03-01", "years are like 2020"),
        (f"{A},,甲局,,,city,why,who,2026-03-01", "it can be jurisdiction or agency"),
        (f"{A},,甲局,,,,,who,2026-03-01", "why is empty"),
        (f"{A},,甲局,,,,why,,2026-03-01", "who is empty"),
        (f"{A},,甲局,,,,why,who,", "when is empty"),
        (f"{A},,甲局,,,,why,who,1 March", "dates are like"),
    ],
)
def test_a_faulty_override_says_where_and_what(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(CsvFileError) as raised:
        overrides(tmp_path, f"{HEAD}{A},,甲局,,,,why,who,2026-03-01\n{line}\n")
    assert f"{tmp_path / 'overrides.csv'}, line 3: " in str(raised.value)
    assert said in str(raised.value)
