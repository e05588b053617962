"""Whatever lies in the landing folder ends as rows that say what it is; it never stops a build."""

from collections import Counter

import pytest

from ingest.readers.limits import MAX_BYTES
from tests.corpus.corpus import true_cells
from tests.ogi.bad_files import COPIES, CUT, ODD_NAMES
from tests.ogi.builds import Build


def test_bad_files_stop_no_build(all_kinds: Build) -> None:
    assert all_kinds.done.returncode == 0, all_kinds.done.stderr


def test_every_file_has_one_row(all_kinds: Build) -> None:
    lying = [path for path in all_kinds.raw.rglob("*") if not path.is_dir() or path.is_symlink()]
    by_people = [path for path in lying if path.name == "manifest.csv" or path.parent.name == "reviewed"]
    expected = len(lying) - len(by_people)
    assert expected > COPIES
    assert all_kinds.rows("select count(*), count(distinct source_path) from staging.stg_files") == [
        (expected, expected)
    ]


def test_every_content_has_one_report(all_kinds: Build) -> None:
    contents = all_kinds.rows("select distinct report_id from staging.stg_files where report_id is not null order by 1")
    assert all_kinds.rows("select report_id from marts.dim_report order by 1") == contents


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("bad/empty.txt", "unreadable", "empty_file"),
        ("bad/spaces.txt", "unreadable", "empty_file"),
        ("bad/junk.html", "unreadable", "binary_junk"),
        ("bad/junk.pdf", "unreadable", "pdf_damaged"),
        ("bad/archive.rar", "unreadable", "unsupported_format"),
        ("bad/large.txt", "unreadable", "file_too_large"),
        ("bad/login.html", "not_a_report", "not_a_report"),
    ],
)
def test_an_issue_says_what_is_wrong_with_a_file(all_kinds: Build, name: str, status: str, code: str) -> None:
    report_id = all_kinds.report_id(name)
    assert all_kinds.rows("select status from marts.dim_report where report_id = ?", report_id) == [(status,)]
    issues = all_kinds.rows("select code, severity, message from staging.stg_issues where report_id = ?", report_id)
    assert [(found, severity) for found, severity, _ in issues] == [(code, "error")]
    assert all(message for *_, message in issues)
    assert all_kinds.rows("select count(*) from staging.stg_cells where report_id = ?", report_id) == [(0,)]


def test_the_size_of_a_file_is_told_with_the_bound_that_it_breaks(all_kinds: Build) -> None:
    report_id = all_kinds.report_id("bad/large.txt")
    ((message,),) = all_kinds.rows("select message from staging.stg_issues where report_id = ?", report_id)
    assert str(MAX_BYTES) in message
    assert str(MAX_BYTES + 1) in message


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        (CUT[0], "003_f0de7e2adad4453a.txt"),
        (CUT[1], "002_44d6bdc10f146279.txt"),
        (CUT[2], "003_f0de7e2adad4453a.txt"),
    ],
)
def test_a_cut_report_says_so_and_says_nothing_false(all_kinds: Build, name: str, whole: str) -> None:
    report_id = all_kinds.report_id(name)
    assert all_kinds.rows("select status from marts.dim_report where report_id = ?", report_id) in (
        [("partial",)],
        [("unreadable",)],
    )
    assert all_kinds.rows("select count(*) > 0 from staging.stg_issues where report_id = ?", report_id) == [(True,)]
    truth = true_cells(whole)
    for section, row, column, value, status in all_kinds.rows(
        "select section, row_code, column_code, value, status from staging.stg_cells where report_id = ?", report_id
    ):
        if status in ("missing", "unreadable"):
            assert value is None
        else:
            assert value == truth[section, row, column].value, (section, row, column)


def test_a_cut_text_keeps_what_was_before_the_cut(all_kinds: Build) -> None:
    statuses = Counter(
        status
        for (status,) in all_kinds.rows(
            "select status from staging.stg_cells where report_id = ?", all_kinds.report_id(CUT[0])
        )
    )
    assert statuses["reported"] > 0
    assert statuses["missing"] > 0
    assert statuses.total() == len(true_cells("003_f0de7e2adad4453a.txt"))


@pytest.mark.parametrize("name", [*ODD_NAMES, "not\\xffutf-8.txt"])
def test_a_file_of_any_name_is_read(all_kinds: Build, name: str) -> None:
    report_id = all_kinds.report_id(f"odd/{name}")
    assert all_kinds.rows("select status, source_path from marts.dim_report where report_id = ?", report_id) == [
        ("parsed", f"odd/{name}")
    ]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("link.txt", "symbolic link"),
        ("linked_folder", "symbolic link"),
        ("dangling", "symbolic link"),
        ("pipe.txt", "not a regular file"),
    ],
)
def test_what_is_no_file_is_told_and_never_opened(all_kinds: Build, name: str, reason: str) -> None:
    ((status, report_id, issue),) = all_kinds.rows(
        "select status, report_id, issue from staging.stg_files where source_path = ?", f"odd/{name}"
    )
    assert (status, report_id) == ("unreadable", None)
    assert reason in issue


def test_copies_of_a_file_are_one_report(all_kinds: Build) -> None:
    copies = "select report_id from staging.stg_files where source_path like 'copies/%'"
    assert all_kinds.rows(f"select count(*), count(distinct report_id) from ({copies})") == [(COPIES, 1)]
    assert all_kinds.rows(f"select source_path from marts.dim_report where report_id in ({copies})") == [
        ("copies/0000.txt",)
    ]


def test_no_file_makes_the_parser_fail(all_kinds: Build) -> None:
    assert all_kinds.rows("select * from staging.stg_issues where code = 'parser_fault'") == []


def test_the_summary_tells_of_the_files_that_were_not_read(all_kinds: Build) -> None:
    ((read,),) = all_kinds.rows("select count(*) from staging.stg_files where status = 'read'")
    files = next(line for line in all_kinds.done.stdout.splitlines() if line.startswith("files"))
    assert f"{read:,} read" in files
    assert "4 unreadable" in files
