"""What people write beside the reports is read strictly: a fault is told with its file and line."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.csv_files import CsvFileError
from ingest.manifest import ManifestRow, read_manifest
from ingest.reviewed import check_reviewed


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    return folder


# The manifest


def manifest(raw: Path, text: str, encoding: str = "utf-8") -> dict[str, ManifestRow]:
    (raw / "manifest.csv").write_bytes(text.encode(encoding))
    return read_manifest(raw)


def test_no_manifest_says_nothing(raw: Path) -> None:
    assert read_manifest(raw) == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_manifest_is_read(raw: Path, encoding: str, ending: str) -> None:
    text = ending.join(
        [
            "fetched_at,source_path,agency_name,report_year,scope,region_code,source_url",
            '2021-03-10T08:00:00+08:00,a/b.txt,"某某局, 某某",2020,agency,320300,https://example.org/?a=1',
            "2021-03-10, c.txt ,,,,,",
            "",
        ]
    )
    rows = manifest(raw, text, encoding)
    assert rows["a/b.txt"] == ManifestRow(
        "a/b.txt",
        "https://example.org/?a=1",
        datetime(2021, 3, 10, tzinfo=UTC),
        "某某局, 某某",
        "320300",
        2020,
        "agency",
        2,
    )
    assert rows["c.txt"] == ManifestRow("c.txt", fetched_at=datetime(2021, 3, 10, tzinfo=UTC), line=3)


def test_the_path_may_be_headed_path(raw: Path) -> None:
    assert manifest(raw, "path,agency_name\na.txt,某局\n") == {
        "a.txt": ManifestRow("a.txt", agency_name="某局", line=2)
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "source_path"),
        ("agency_name\nx\n", "missing: source_path"),
        ("path,source_path\na.txt,a.txt\n", "named twice: source_path"),
        ("source_path,agency_name\na.txt,某局,某某\n", "line 2: 3 values under 2 headings"),
        ("source_path,colour\na.txt,red\n", "unknown: colour"),
        ("source_path,scope\na.txt,city\n", "line 2: scope is 'city'"),
        ("source_path,report_year\na.txt,2020\nb.txt,last\n", "line 3"),
        ("source_path,fetched_at\na.txt,yesterday\n", "line 2"),
        ("source_path,scope\n,agency\n", "line 2: source_path is empty"),
        ("source_path\na.txt\nb.txt\na.txt\n", "line 4: a.txt is named twice"),
        # What the warehouse would refuse later, where nobody could tell what to mend.
        ("source_path,region_code\na.txt,3203\n", "line 2"),
        ("source_path,region_code\na.txt,徐州市\n", "line 2"),
        ("source_path,report_year\na.txt,99999999999\n", "line 2"),
    ],
)
def test_a_faulty_manifest_says_where_and_what(raw: Path, text: str, said: str) -> None:
    with pytest.raises(CsvFileError) as raised:
        manifest(raw, text)
    assert said in str(raised.value)
    assert str(raw / "manifest.csv") in str(raised.value)


def test_a_manifest_in_another_encoding_is_told(raw: Path) -> None:
    with pytest.raises(CsvFileError, match="save it as UTF-8"):
        manifest(raw, "source_path,agency_name\na.txt,某某局\n", "gb18030")


# The folder of reviewed files


def test_a_strange_file_among_the_reviewed_ones_is_refused(raw: Path) -> None:
    """Else a misspelt name would undo decisions in silence."""
    (raw / "reviewed").mkdir()
    for name in ("overrides.csv", "corrections.csv", "acknowledged.csv", "README.md", ".gitkeep"):
        (raw / "reviewed" / name).touch()
    check_reviewed(raw, raw / "reviewed")
    (raw / "reviewed" / "override.csv").touch()
    with pytest.raises(CsvFileError, match=r"take away override\.csv"):
        check_reviewed(raw, raw / "reviewed")


def test_one_folder_of_reviewed_files_is_enough(raw: Path, tmp_path: Path) -> None:
    check_reviewed(raw, raw / "reviewed")
    with pytest.raises(NotADirectoryError):
        check_reviewed(raw, tmp_path / "decided")
    (tmp_path / "decided").mkdir()
    check_reviewed(raw, tmp_path / "decided")
    (raw / "reviewed").mkdir()
    with pytest.raises(CsvFileError, match="keep one folder"):
        check_reviewed(raw, tmp_path / "decided")
