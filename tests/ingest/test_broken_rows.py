"""Tables of `a | b |` lines and flattened ones whose rows are broken, padded, or a row for each channel."""

import pytest

from ingest.report import CellStatus
from tests.ingest.pages import HEADINGS, RESULTS, cells, first_of_group, label, numbers, review_keys, true_cells, wrong

PROSE = "洪泽区人民政府2023年政府信息公开工作年度报告\n本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。\n"
CHANNELS = (("行政复议",), ("行政诉讼", "未经复议直接起诉"), ("复议后起诉",))
VALUES = [str(number) for number in (1, 0, 2, 3, 6, 4, 5, 0, 0, 9, 0, 0, 0, 7, 7)]


def piped(rows: dict[str, list[str]]) -> str:
    """The table of applications, bars in place of merged cells."""
    person, *kinds, total = HEADINGS
    lines = [
        "项目 | 申请人情况 | ||||||||",
        f"{person} | 法人或其他组织 | {total} | |||||||",
        f"{' | '.join(kinds)} | |||||",
    ]
    for code, values in rows.items():
        row = [*filter(None, [first_of_group(code)]), label(code), *values]
        lines.append(f"{' | '.join(row)} | {'|' * (10 - len(row))}".rstrip())
    return PROSE + "\n".join(lines) + "\n"


def test_labels_broken_over_two_lines_are_put_together() -> None:
    rows = numbers()
    text = (
        piped(rows)
        .replace("商业企业", "商业\n企业")
        .replace("（七）总计", "（七）\n总计")
        .replace("(七)总计", "(七)\n总计")
    )
    text = text.replace("重复申请", "重复\n申请")
    data = text.encode()
    assert not wrong(data, true_cells(rows))
    assert {cells(data)[key].status for key in true_cells(rows)} == {CellStatus.REPORTED}


def test_digits_on_both_sides_of_a_break_are_not_put_together() -> None:
    rows = numbers()
    rows["granted"][2] = "1\n2"
    data = piped(rows).encode()
    del rows["granted"]
    truth = true_cells(rows)
    assert not wrong(data, truth)
    assert cells(data)[("applications", "granted", "research")].value is None


@pytest.mark.parametrize("bars", [True, False])
def test_reviews_with_a_row_for_each_channel(bars: bool) -> None:
    lines = [["类别", *RESULTS]]
    for at, names in enumerate(CHANNELS):
        lines.append([*names, *VALUES[at * 5 : at * 5 + 5]])
    if bars:
        text = "\n".join(f"{' | '.join(line)} | {'|' * (7 - len(line))}" for line in lines)
    else:
        text = "\n".join(cell for line in lines for cell in line)
    read_cells = cells(
        (piped(numbers()) + "\n\n" + text + "\n").encode() if bars else (PROSE + text + "\n五、问题\n").encode()
    )
    assert [str(read_cells[key].value) for key in review_keys()] == VALUES


@pytest.mark.parametrize("cut", [False, True])
def test_channels_of_blanks_filled_up_with_bars_are_blank(cut: bool) -> None:
    lines = ["类别 | " + " | ".join(RESULTS) + " | |", "行政复议 |  |  |  |  |  | |"]
    lines += ["1 | 0 | 0 | 0 | 1 | |"] * cut
    lines += ["行政诉讼 | 未经复议直接起诉 |  |  |  |  |  |", "复议后起诉 | 0 | 0 | 0 | 1 | 1 |"]
    read_cells = cells((piped(numbers()) + "\n\n" + "\n".join(lines) + "\n五、问题\n").encode())
    statuses = [read_cells[key].status for key in review_keys()]
    assert statuses == ([CellStatus.MISSING] * 15 if cut else [CellStatus.BLANK] * 10 + [CellStatus.REPORTED] * 5)


def test_a_channel_that_lost_a_value_is_not_read() -> None:
    lines = [
        "类别",
        *RESULTS,
        "行政复议",
        *VALUES[:5],
        "行政诉讼",
        "未经复议直接起诉",
        *VALUES[5:9],
        "复议后起诉",
        *VALUES[10:],
    ]
    read_cells = cells((PROSE + "\n".join(lines) + "\n五、问题\n").encode())
    assert not any(read_cells[key].value for key in review_keys() if key in read_cells)


def test_headings_of_channels_are_no_row_of_blank_values() -> None:
    lines = (
        f"行政复议 | 行政诉讼 | {'|' * 13}",
        f"{' | '.join(RESULTS)} | 未经复\n议直接起诉 | 复议后起诉 | {'|' * 8}",
        f"{' | '.join(RESULTS)} | 结果\n维持 | {' | '.join(RESULTS[1:4])} | 总\n计 | |||||",
        f"{' | '.join(VALUES)} |",
    )
    read_cells = cells((piped(numbers()) + "\n\n" + "\n".join(lines) + "\n").encode())
    for key, value in zip(review_keys(), VALUES, strict=True):
        assert read_cells[key].status is CellStatus.MISSING or str(read_cells[key].value) == value


def test_headings_broken_at_every_cell_are_put_together() -> None:
    lines = (
        f"行政\n复议 | 行政\n诉讼 | {'|' * 13}",
        f"结果\n维持 | 结果\n纠正 | {' | '.join(RESULTS[2:])} | 未经复\n议直接起诉 | 复议后起诉 | {'|' * 8}",
        f"结果\n维持 | 结果\n纠正 | {' | '.join(RESULTS[2:])} | {' | '.join(RESULTS[:4])} | 总\n计 | {'|' * 5}",
        f"{' | '.join(VALUES)} |",
    )
    read_cells = cells((piped(numbers()) + "\n\n" + "\n".join(lines) + "\n").encode())
    assert [str(read_cells[key].value) for key in review_keys()] == VALUES


def test_dashes_behind_the_last_heading_are_cells() -> None:
    channels = ["行政复议", "行政诉讼", *RESULTS, "未经复议直接起诉", "复议后起诉", *RESULTS, *RESULTS]
    read_cells = cells((PROSE + "\n".join([*channels, *["——"] * 15]) + "\n五、问题\n").encode())
    assert {read_cells[key].status for key in review_keys()} == {CellStatus.DASH}


def test_words_in_place_of_numbers_are_unreadable_and_leave_their_row() -> None:
    rows = numbers()
    flat = [*HEADINGS]
    for code, values in rows.items():
        flat += [*filter(None, [first_of_group(code)]), label(code), *values]
    place = flat.index(label("granted"))
    flat[place + 3] = "（略）"
    read_cells = cells((PROSE + "\n".join(flat) + "\n四、政府信息公开行政复议、行政诉讼情况\n").encode())
    row = [read_cells[("applications", "granted", column)] for column in ("natural_person", "research", "total")]
    assert [cell.status for cell in row] == [CellStatus.REPORTED, CellStatus.UNREADABLE, CellStatus.REPORTED]


def test_headings_repeated_over_merged_columns_count_once() -> None:
    lines = (
        "| 信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |",
        "| 行政许可 | 1 | 2 | 3 |",
        "| 信息内容 | 采购项目数量 | 采购总金额（万元） | 采购总金额（万元） |",
        "| 政府集中采购 | 42 | 9.5 |  |",
    )
    read_cells = cells((PROSE + "\n".join(lines) + "\n").encode())
    assert read_cells[("disclosure", "procurement", "projects")].value == 42
    assert read_cells[("disclosure", "procurement", "amount")].value == 95000


def test_bars_that_fill_a_row_up_are_no_blank_cells() -> None:
    rows = numbers()
    rows["granted"] = ["0", "", "0", "0", "", "0", ""]
    data = piped(rows).encode()
    assert not wrong(data, true_cells(rows))
    assert cells(data)[("applications", "granted", "total")].status is CellStatus.BLANK
    lost = piped(rows).replace(
        f"{label('denied_state_secret')} | {rows['denied_state_secret'][0]} | ", f"{label('denied_state_secret')} | "
    )
    assert lost.encode() != data
    # The row that lost a cell has one bar more to fill it up.
    lost = "\n".join(f"{line}|" if "国家秘密" in line else line for line in lost.split("\n"))
    assert cells(lost.encode())[("applications", "denied_state_secret", "total")].status is CellStatus.MISSING


def test_a_table_of_bars_most_of_whose_cells_are_line_breaks() -> None:
    rows = {code: values if code in ("granted", "closed_total") else [""] * 7 for code, values in numbers().items()}
    data = piped(rows).replace("|  |", "|\n|").replace("|  |", "|\n|").encode()
    read_cells = cells(data)
    assert data.count(b"\n|") > 100
    assert not wrong(data, true_cells(rows))
    assert read_cells[("applications", "granted", "total")].status is CellStatus.REPORTED
    assert read_cells[("applications", "carried_in", "total")].status is CellStatus.BLANK


def test_headings_broken_over_lines_stand_over_rows_of_which_the_last_is_not_filled_up() -> None:
    lines = ["类别 | 结果", "维持 | 结果", "纠正 | 其他结果 | 尚未", "审结 | 总计 | |", "行政"]
    lines += ["复议 | 1 | 0 | 0 | 0 | 1 | |", "行政", "诉讼 | 未经复", "议直接起诉 | 0 | 2 | 0 | 0 | 2 |"]
    lines += ["复议后起诉 | 0 | 0 | 3 | 0 | 3 |"]
    read_cells = cells((piped(numbers()) + "四、行政复议情况\n" + "\n".join(lines) + "\n五、问题\n").encode())
    values = [str(read_cells[key].value) for key in review_keys()]
    assert values == ["1", "0", "0", "0", "1", "0", "2", "0", "0", "2", "0", "0", "3", "0", "3"]


def broken_blanks(rows: dict[str, list[str]]) -> str:
    """The table of applications with its empty cells printed as line breaks."""
    return piped(rows).replace("|  |", "|\n|").replace("|  |", "|\n|")


def test_the_last_row_of_a_table_right_before_another_is_put_together_though_it_is_not_filled_up() -> None:
    rows = numbers()
    rows["granted"][2] = rows["rejected_repeat"][4] = rows["carried_out"][1] = rows["carried_out"][4] = ""
    lines = broken_blanks(rows).rstrip("\n").split("\n")
    lines[-1] = lines[-1].rstrip("|").rstrip() + " |"
    lines += [f"行政复议 | 行政诉讼 | {'|' * 13}", f"{' | '.join(RESULTS)} | 未经复议直接起诉 | 复议后起诉 | {'|' * 8}"]
    lines += [f"{' | '.join(RESULTS * 2)} | |||||", " | ".join(VALUES) + " |"]
    data = ("\n".join(lines) + "\n").encode()
    assert not wrong(data, true_cells(rows))
    carried = [cells(data)["applications", "carried_out", code].status for code in ("business", "total")]
    assert carried == [CellStatus.BLANK, CellStatus.REPORTED]


def test_a_row_wider_than_its_table_may_have_lost_a_blank_at_its_end() -> None:
    rows = {code: [*values[:-1], ""] if code == "denied_state_secret" else values for code, values in numbers().items()}
    assert not wrong(piped(rows).encode(), true_cells(rows))
    line = next(line for line in piped(numbers()).split("\n") if "重复申请" in line)
    parts = line.rstrip("| ").split(" | ")
    doubled = " | ".join([*parts[:3], *parts[2:-1], "", ""]) + " |||"
    data = piped(numbers()).replace(line, doubled).encode()
    read_cells = cells(data)
    assert read_cells["applications", "rejected_repeat", "business"].status is CellStatus.MISSING


def test_a_channel_that_lost_a_cell_is_not_read_where_every_row_is_filled_up() -> None:
    """In Markdown a merged label leaves a blank, which makes five cells of four."""
    rows = [["行政复议", "", "1", "0", "0", "0", "1"], ["行政诉讼", "未经复议直接起诉", *"00000"]]
    lines = ["|类别||" + "|".join(RESULTS) + "|", "|---" * 7 + "|", *(f"|{'|'.join(row)}|" for row in rows)]
    lines.append("||复议后起诉|0|0|0|2|2|")
    for lost in (False, True):
        text = "\n".join(lines).replace("|行政复议||1|0|", "|行政复议||0|" if lost else "|行政复议||1|0|")
        read = cells((piped(numbers()) + "\n四、复议诉讼\n\n" + text + "\n\n五、问题\n").encode())
        status = CellStatus.MISSING if lost else CellStatus.REPORTED
        assert [read[key].status for key in review_keys()[:5]] == [status] * 5


def test_a_channel_that_lost_a_cell_is_not_read_where_a_bar_fills_its_row_up() -> None:
    lines = [f"类别 | {' | '.join(RESULTS)} | |", "行政复议 | 0 | 0 | 0 | 0 | |"]
    lines += ["行政诉讼 | 未经复议直接起诉 | 0 | 0 | 0 | 0 | 0 |", "复议后起诉 | 0 | 0 | 0 | 0 | 0 |"]
    read = cells((piped(numbers()) + "四、复议诉讼\n" + "\n".join(lines) + "\n五、问题\n").encode())
    assert {read[key].status for key in review_keys()[:5]} == {CellStatus.MISSING}


@pytest.mark.parametrize(
    "broken", ["一、本\n年新收", "一\n、本年新收", "一、本(běn)年(n\nián)新收", "一、本年(n\nián)新收"]
)
def test_a_label_broken_behind_its_number_or_within_a_reading_is_put_together(broken: str) -> None:
    rows = numbers()
    data = piped(rows).replace("一、本年新收", broken, 1).encode()
    assert not wrong(data, true_cells(rows))
    read = {cells(data)[key].status for key in true_cells(rows) if key[1] == "new_requests"}
    assert read == ({CellStatus.MISSING} if broken.startswith("一\n") else {CellStatus.REPORTED})


def test_two_rows_that_lost_cells_where_they_meet_are_not_put_together() -> None:
    """Together they are as wide as the rows beside them, and the blank at the end is another row's."""
    blocks = """\
| 第二十条第（一）项 |  |  |  |
| --- | --- | --- | --- |
| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
| 规章 | 1 | 2 | 3 |
| 行政规范性文件 | 4 | 5
| 第二十条第（五）项 |  |
| 信息内容 | 本年处理决定数量 |  |  |
| 行政许可 | 7 |  |  |
| 第二十条第（六）项 |  |  |  |
| 信息内容 | 本年处理决定数量 |  |  |
| 行政处罚 | 8 |  |  |
| 行政强制 | 9 |  |  |
"""
    read_cells = cells((PROSE + blocks).encode())
    assert read_cells["disclosure", "regulations", "in_force"].status is CellStatus.REPORTED
    assert read_cells["disclosure", "penalties", "decisions"].status is CellStatus.REPORTED
    assert read_cells["disclosure", "normative_documents", "in_force"].status is CellStatus.MISSING
