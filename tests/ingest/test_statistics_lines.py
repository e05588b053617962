"""The statistics table with one cell a line: words in place of numbers, empty lines, headings that lost characters."""

import pytest

from ingest.parse import parse
from ingest.report import CellStatus
from tests.ingest.test_statistics import HEAD, TRUTH, assert_nothing_wrong, cells, flat, pipes, replaced, rows, values


@pytest.mark.parametrize("word", ["见附表", "未统计", "（略）", "#REF!"])
def test_a_word_that_stands_for_a_number_is_an_unreadable_cell(word: str) -> None:
    read = cells(parse(flat(replaced("staff", value=word))))
    assert read["staff"].status is CellStatus.UNREADABLE
    assert read["staff"].raw_text == word
    assert {code for code, cell in read.items() if cell.value != TRUTH[code]} == {"staff"}


def test_a_word_of_another_kind_is_no_cell() -> None:
    read = cells(parse(flat(replaced("staff", value="附件"))))
    assert read["staff"].status is CellStatus.MISSING


@pytest.mark.parametrize("between", ["", "\n"])
def test_many_empty_lines_are_empty_cells_beside_a_row_that_lost_its_own_where_lines_stand_close(between: str) -> None:
    table = [cell for line in [HEAD, *rows()] for cell in (line if line[1] else line[:1])]
    staff = next(at for at, cell in enumerate(table) if "工作人员数" in cell)
    units = [at for at, cell in enumerate(table[:staff]) if cell == "件"]
    for at in units[:8]:
        table[at + 1] = ""
    del table[staff + 2]
    text = flat([[cell] for cell in table]).decode()
    data = between.join(f"{line}\n" for line in text.split("\n")).encode()
    read = cells(parse(data))
    blank = sum(cell.status is CellStatus.BLANK for cell in read.values())
    assert blank == (0 if between else 8)
    assert read["staff"].status is CellStatus.MISSING


@pytest.mark.parametrize(
    ("left", "is_read"), [("九、政府信息公开会训情况", True), ("九、政府信况", False), ("政府信息公开会训情况", False)]
)
def test_a_heading_is_told_by_its_number_and_what_is_left_of_it(left: str, is_read: bool) -> None:
    lines = [[left] if "会议和培训情况" in line[0] else line if line[1] else line[:1] for line in [HEAD, *rows()]]
    data = flat(lines)
    assert_nothing_wrong(data)
    assert ("funding" in values(data)) is is_read


@pytest.mark.parametrize("broken", ["统计(\njì)指标", "统计(j\nì)指标", "统计\n指标"])
def test_a_first_heading_broken_within_a_reading_is_put_together(broken: str) -> None:
    text = pipes([HEAD, *rows()]).decode().replace("统计指标", broken, 1)
    assert values(text.encode()) == TRUTH
