"""Flattened text that was cut, or whose labels and headings lost characters: what still stands there is read."""

import pytest

from ingest.report import CellStatus
from tests.ingest.pages import cells, label, numbers, review_keys, true_cells, wrong
from tests.ingest.test_empty_lines import LAST_BLANK, document_cells, flat, some_blank, to_part_five

DOCUMENTS = [["1", "2", "3"], ["3", "4", "8"]]


def _cut_behind(line: str, more: int) -> bytes:
    lines = flat(numbers(), DOCUMENTS).decode().split("\n")
    return ("\n".join(lines[: lines.index(line) + 1 + more]) + "\n").encode()


@pytest.mark.parametrize(("more", "read"), [(7, True), (6, False), (8, True), (9, True)])
def test_a_row_is_read_where_the_text_ends_behind_it_or_in_the_next(more: int, read: bool) -> None:
    """Behind 7 values nothing, or the next label, or that and a value."""
    data = _cut_behind(label("denied_third_party"), more)
    truth = true_cells(numbers())
    assert not wrong(data, truth)
    status = CellStatus.REPORTED if read else CellStatus.MISSING
    keys = [key for key in truth if key[1] == "denied_third_party"]
    assert {cells(data)[key].status for key in keys} == {status}
    behind = [key for key in truth if key[1] == "denied_internal_affairs"]
    assert {cells(data)[key].status for key in behind} == {CellStatus.MISSING}


def test_a_number_that_the_text_ends_in_leaves_its_row_missing() -> None:
    data = _cut_behind(label("denied_third_party"), 7).rstrip()
    assert cells(data)["applications", "denied_third_party", "natural_person"].status is CellStatus.MISSING


@pytest.mark.parametrize("ends", [True, False])
def test_a_row_that_the_text_ends_in_tells_of_no_cells_lost_elsewhere(ends: bool) -> None:
    """The same row, short in the middle of a text, does: then a page number may stand for a lost cell of another."""
    lines = flat(numbers(), DOCUMENTS).decode().split("\n")
    lines.insert(2, "7")
    at = lines.index(label("denied_third_party"))
    kept = [*lines[: at + 5], *([""] if ends else lines[at + 6 :])]
    read = cells("\n".join(kept).encode())
    status = CellStatus.REPORTED if ends else CellStatus.MISSING
    assert {read[key].status for key in document_cells(DOCUMENTS)} == {status}


@pytest.mark.parametrize(
    ("left", "status"),
    [("其他对外管项", CellStatus.REPORTED), ("其他对外", CellStatus.MISSING), ("其他管理对外事项", CellStatus.MISSING)],
)
def test_a_long_label_without_number_is_told_by_what_is_left_of_it(left: str, status: CellStatus) -> None:
    columns = ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]
    lines = ["某县2019年政府信息公开工作年度报告", "第二十条第（五）项", *columns, "行政许可", "5", "6", "7"]
    lines += [left, "8", "9", "10", "第二十条第（六）项", *columns, "行政处罚", "1", "2", "3"]
    lines += ["行政强制", "4", "5", "6"]
    read = cells("\n".join([*lines, "第二十条第（八）项", ""]).encode())
    assert read["disclosure", "other_services", "prior_year_items"].status is status
    assert read["disclosure", "licensing", "decisions"].status is status
    assert read["disclosure", "penalties", "decisions"].value == 3


@pytest.mark.parametrize(
    ("left", "status"),
    [("3.补正后申容仍不明确", CellStatus.BLANK), ("3.补正后申请内容仍", CellStatus.MISSING)],
)
def test_an_empty_line_behind_a_label_that_shows_its_end_is_a_cell(left: str, status: CellStatus) -> None:
    rows = some_blank() | {"unavailable_unclear": ["", "1", "0", "0", "0", "0", "1"]}
    text = flat(rows, DOCUMENTS).decode().replace(label("unavailable_unclear"), left)
    assert cells(text.encode())["applications", "unavailable_unclear", "natural_person"].status is status


@pytest.mark.parametrize(("first", "status"), [("1", CellStatus.BLANK), ("2", CellStatus.MISSING)])
def test_a_last_blank_is_a_cell_beside_a_row_that_lost_one_where_its_row_adds_up(
    first: str, status: CellStatus
) -> None:
    rows = some_blank()
    del rows["granted"][4]
    read = cells("\n".join(to_part_five(rows, [first, *LAST_BLANK[1:]])).encode())
    assert read[review_keys()[-1]].status is status


@pytest.mark.parametrize(
    ("left", "shown"), [("4.無正當理由覆申請", True), ("4.無正當理由大量反申請", True), ("4.覆申請", False)]
)
def test_a_damaged_label_in_traditional_characters(left: str, shown: bool) -> None:
    text = flat(numbers(), DOCUMENTS).decode().replace(label("rejected_excessive"), left)
    assert not wrong(text.encode(), true_cells(numbers()))
    status = cells(text.encode())["applications", "rejected_excessive", "total"].status
    assert status is (CellStatus.REPORTED if shown else CellStatus.MISSING)


@pytest.mark.parametrize("markup", ['<wbr id="a1"></wbr>', "某某"])
def test_empty_lines_beside_markup_are_its_own(markup: str) -> None:
    """Beside words they part paragraphs, so that one behind the last row may do so too."""
    lines = to_part_five(some_blank(), LAST_BLANK)
    read = cells("\n".join([markup, "", "", *lines]).encode())
    assert read[review_keys()[-1]].status is (CellStatus.BLANK if "<" in markup else CellStatus.MISSING)


@pytest.mark.parametrize(("between", "status"), [("- 5 -", CellStatus.BLANK), ("- 5 -\n- 6 -", CellStatus.MISSING)])
def test_a_page_number_among_the_values_of_a_last_row_parts_nothing(between: str, status: CellStatus) -> None:
    values = [*LAST_BLANK[:-1], f"{between}\n"]
    read = cells("\n".join(to_part_five(some_blank(), values)).encode())
    assert read[review_keys()[-1]].status is status


def test_an_empty_line_among_values_that_are_whole_without_it_is_a_cell_where_lines_stand_close() -> None:
    """One of 15 reviews is blank, and another is there twice."""
    values = ["0"] * 3 + ["\n0"] + ["0"] * 11
    data = "\n".join(to_part_five(numbers(), values)).encode()
    assert {cells(data)[key].status for key in review_keys()} == {CellStatus.MISSING}
    assert cells(data)["applications", "granted", "total"].status is CellStatus.REPORTED
    values = ["0"] * 3 + [""] + ["0"] * 11
    read = cells("\n".join(to_part_five(numbers(), values)).encode())
    assert [read[key].status for key in review_keys()][3] is CellStatus.BLANK
