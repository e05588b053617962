"""The lake: the same contents give the same bytes, what is killed leaves whole parts, and a newer parser supersedes."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingest.lake import ensure_tables, known_parses, put_in_place, read_rows, remove_leftovers, write_parses
from ingest.lake.schema import TABLES
from ingest.landing import READ, VANISHED, LandedFile, scan
from ingest.manifest import ManifestRow
from ingest.parse import parse, report_id_of
from ingest.report import Cell, CellStatus, Issue, ParsedReport, ReportStatus, Severity
from ingest.update import Update, update_lake, update_publishers
from tests.corpus.corpus import SAMPLES
from tests.ogi.builds import contents, stamps

TEXTS = ("001_7364606721a9d05b.txt", "003_f0de7e2adad4453a.txt", "004_e8085fb6e78f54c1.txt")


def report(number: int, version: str = "1", cells: int = 2) -> ParsedReport:
    return ParsedReport(
        f"{number:064x}",
        ReportStatus.PARSED,
        "text/plain",
        title=f"report {number} of parser {version}",
        parser_version=version,
        cells=tuple(
            Cell("applications", f"row_{row}", "total", CellStatus.BLANK, "", None, "request", f"line {row}")
            for row in range(cells)
        ),
        issues=(Issue("some", Severity.INFO, version),),
    )


def write(lake: Path, reports: Sequence[ParsedReport]) -> None:
    ensure_tables(lake)
    list(write_parses(lake, reports))


def titles(lake: Path) -> list[str]:
    return [row["title"] for row in read_rows(lake, "reports", known_parses(lake), ["title"])]


def update(lake: Path, raw: Path, workers: int | None = None) -> Update:
    return update_lake(lake, scan(raw, lake.with_name("hashes.parquet")), {}, workers)


def copy_samples(raw: Path, *names: str) -> Path:
    raw.mkdir()
    for name in names:
        (raw / name).write_bytes((SAMPLES / name).read_bytes())
    return raw


# The same input, the same lake


def test_the_same_contents_give_the_same_lake_to_the_byte_however_many_work_on_it(tmp_path: Path) -> None:
    raw = copy_samples(tmp_path / "raw", *TEXTS, "hulunbuir-2020.html")
    one = update(tmp_path / "one" / "lake", raw, workers=1)
    two = update(tmp_path / "two" / "lake", raw, workers=2)
    assert one.parsed == two.parsed == 4
    update_publishers(tmp_path / "one" / "lake", {})
    update_publishers(tmp_path / "two" / "lake", {})
    assert contents(tmp_path / "one" / "lake") == contents(tmp_path / "two" / "lake")


def test_what_was_decided_before_is_as_if_decided_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a file came, one went and the manifest said more; and where the table of before is damaged."""
    said = {TEXTS[0]: ManifestRow(TEXTS[0], line=2, agency_name="某某市财政局", report_year=2020)}
    raw, lake = copy_samples(tmp_path / "raw", *TEXTS[:2]), tmp_path / "lake"
    update(lake, raw)
    update_publishers(lake, {})
    shutil.copy(SAMPLES / TEXTS[2], raw)
    (raw / TEXTS[1]).unlink()
    update(lake, raw)
    update_publishers(lake, said)
    decided = contents(lake / "publishers") | contents(lake / "agencies")
    anew = tmp_path / "anew"
    update(anew / "lake", raw)
    update_publishers(anew / "lake", said)
    assert decided == contents(anew / "lake" / "publishers") | contents(anew / "lake" / "agencies")
    damaged = lake / "publishers" / "publishers.parquet"
    damaged.write_bytes(damaged.read_bytes()[:-40])
    update_publishers(lake, said)
    assert decided == contents(lake / "publishers") | contents(lake / "agencies")
    with monkeypatch.context() as patched:
        patched.setattr("ingest.publishers.choose", None)
        update_publishers(lake, said)
    assert decided == contents(lake / "publishers") | contents(lake / "agencies")


def test_the_lake_is_what_parsing_the_bytes_gives(tmp_path: Path) -> None:
    update(tmp_path / "lake", copy_samples(tmp_path / "raw", TEXTS[0]))
    expected = parse((SAMPLES / TEXTS[0]).read_bytes())
    cells = pq.read_table(tmp_path / "lake" / "cells").to_pylist()
    assert [(row["section"], row["row_code"], row["column_code"], row["value"], row["locator"]) for row in cells] == [
        (cell.section, cell.row_code, cell.column_code, cell.value, cell.locator) for cell in expected.cells
    ]
    assert {row["report_id"] for row in cells} == {expected.report_id}


def test_an_update_of_what_is_known_parses_and_writes_nothing_anew(tmp_path: Path) -> None:
    raw = copy_samples(tmp_path / "raw", *TEXTS)
    lake = tmp_path / "lake"
    update(lake, raw)
    parsed = [lake / table for table in ("cells", "claims", "evidence", "issues", "reports")]
    before = stamps(*parsed)
    (raw / TEXTS[0]).rename(raw / "renamed.txt")
    again = update(lake, raw)
    assert (again.contents, again.parsed) == (3, 0)
    assert stamps(*parsed) == before
    assert "renamed.txt" in pq.read_table(lake / "files")["source_path"].to_pylist()


def test_every_table_can_be_read_when_nothing_was_handed_in(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    assert update(tmp_path / "lake", tmp_path / "raw").contents == 0
    for name, schema in TABLES.items():
        assert pq.read_table(tmp_path / "lake" / name).schema.names == schema.names


# Files that are no longer what they were


def landed(path: Path, data: bytes, source_path: str | None = None) -> LandedFile:
    return LandedFile(str(path), source_path or path.name, READ, report_id_of(data), len(data))


def test_a_file_that_vanishes_before_it_is_parsed_is_told_and_the_run_goes_on(tmp_path: Path) -> None:
    data = (SAMPLES / TEXTS[2]).read_bytes()
    here = tmp_path / "here.txt"
    here.write_bytes(data)
    files = (landed(tmp_path / "gone.txt", b"was here"), landed(here, data))
    result = update_lake(tmp_path / "lake", files, {})
    rows = pq.read_table(tmp_path / "lake" / "files").to_pylist()
    assert [(row["source_path"], row["status"], row["report_id"]) for row in rows] == [
        ("gone.txt", VANISHED, None),
        ("here.txt", READ, report_id_of(data)),
    ]
    assert "vanished" in rows[0]["issue"]
    assert set(known_parses(tmp_path / "lake")) == {report_id_of(data)}
    assert result.parsed == 1


def test_a_file_that_changes_before_it_is_parsed_is_left_for_the_next_build(tmp_path: Path) -> None:
    path = tmp_path / "changing.txt"
    path.write_bytes((SAMPLES / TEXTS[2]).read_bytes())
    update_lake(tmp_path / "lake", (landed(path, b"what it was when it was hashed"),), {})
    (row,) = pq.read_table(tmp_path / "lake" / "files").to_pylist()
    assert (row["status"], row["report_id"]) == (VANISHED, None)
    assert "changed" in row["issue"]
    assert known_parses(tmp_path / "lake") == {}


def test_a_copy_is_read_where_another_vanished(tmp_path: Path) -> None:
    data = (SAMPLES / TEXTS[2]).read_bytes()
    copy = tmp_path / "copy.txt"
    copy.write_bytes(data)
    update_lake(tmp_path / "lake", (landed(tmp_path / "a-gone.txt", data), landed(copy, data)), {})
    rows = {row["source_path"]: row["status"] for row in pq.read_table(tmp_path / "lake" / "files").to_pylist()}
    assert rows["copy.txt"] == READ
    assert set(known_parses(tmp_path / "lake")) == {report_id_of(data)}


# Parts


def test_many_reports_go_to_batched_parts_and_none_is_lost(tmp_path: Path) -> None:
    write(tmp_path, [report(number) for number in range(2500)])
    assert len(list((tmp_path / "reports").glob("part-*"))) == 3
    assert len(known_parses(tmp_path)) == 2500
    assert pq.read_table(tmp_path / "cells").num_rows == 5000


def test_a_part_is_named_by_what_it_holds(tmp_path: Path) -> None:
    write(tmp_path / "a", [report(1), report(2)])
    write(tmp_path / "b", [report(2), report(1)])
    write(tmp_path / "c", [report(1), report(3)])
    write(tmp_path / "d", [report(1, "2"), report(2, "2")])
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    names = [{path.name for path in (tmp_path / lake / "reports").glob("part-*")} for lake in "acd"]
    assert len(set.union(*names)) == 3


@pytest.mark.parametrize("newest_first", [True, False])
def test_a_newer_parser_supersedes_and_ten_comes_after_nine(tmp_path: Path, newest_first: bool) -> None:
    versions = ["1.10", "1.9"] if newest_first else ["1.9", "1.10"]
    for version in versions:
        write(tmp_path, [report(1, version, cells=3 if version == "1.10" else 5)])
    write(tmp_path, [report(2, "1.9")])
    assert sorted(titles(tmp_path)) == ["report 1 of parser 1.10", "report 2 of parser 1.9"]
    cells = [row["report_id"] for row in read_rows(tmp_path, "cells", known_parses(tmp_path), ["row_code"])]
    assert cells.count(report(1).report_id) == 3


def test_a_content_that_two_writers_parsed_counts_once(tmp_path: Path) -> None:
    write(tmp_path, [report(1), report(2)])
    write(tmp_path, [report(2), report(3)])
    assert sorted(titles(tmp_path)) == [f"report {number} of parser 1" for number in (1, 2, 3)]
    assert len(list(read_rows(tmp_path, "cells", known_parses(tmp_path), ["row_code"]))) == 6


def test_contents_of_an_older_parser_are_parsed_anew(tmp_path: Path) -> None:
    raw = copy_samples(tmp_path / "raw", TEXTS[2])
    lake = tmp_path / "lake"
    older = replace(parse((raw / TEXTS[2]).read_bytes()), parser_version="0.9", title="as the older parser read it")
    write(lake, [older])
    assert update(lake, raw).parsed == 1
    assert titles(lake) == [parse((raw / TEXTS[2]).read_bytes()).title]


# What a killed writer leaves


def test_a_file_is_put_in_place_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "table.parquet"
    put_in_place(path, pa.table({"a": [1]}))

    def fail(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="no space left"):
        put_in_place(path, pa.table({"a": [2]}))
    assert pq.read_table(path).to_pydict() == {"a": [1]}
    assert [found.name for found in tmp_path.iterdir()] == ["table.parquet"]


def test_a_part_without_its_reports_is_removed_and_its_contents_are_parsed_again(tmp_path: Path) -> None:
    raw = copy_samples(tmp_path / "raw", *TEXTS)
    lake = tmp_path / "lake"
    update(lake, raw)
    whole = contents(lake)
    for path in (lake / "reports").glob("part-*"):
        path.unlink()
    (lake / "cells" / ".part-0.parquet.77.tmp").write_bytes(b"half a file")
    (lake / "cells" / "part-of-another-killed-run.parquet").write_bytes(b"")
    assert update(lake, raw).parsed == len(TEXTS)
    assert contents(lake) == whole


def test_nothing_whole_is_removed_with_leftovers(tmp_path: Path) -> None:
    write(tmp_path, [report(1), report(2)])
    before = contents(tmp_path)
    assert remove_leftovers(tmp_path) == 0
    assert contents(tmp_path) == before


def test_the_empty_part_of_an_older_version_is_replaced(tmp_path: Path) -> None:
    """Readers take a table's columns from it, and would miss those that came since."""
    ensure_tables(tmp_path)
    path = tmp_path / "publishers" / "empty.parquet"
    before = stamps(tmp_path)
    ensure_tables(tmp_path)
    assert stamps(tmp_path) == before
    put_in_place(path, pq.read_table(path).drop_columns(["report_year"]))
    ensure_tables(tmp_path)
    assert pq.read_schema(path).equals(TABLES["publishers"])
