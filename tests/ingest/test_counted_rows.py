"""Rows of `a | b |` lines and tabs: the last of a table, one of dashes, one whose first cell is empty."""

import pytest

from ingest.report import Cell, CellStatus
from tests.ingest.pages import RESULTS, Key, cells, label, numbers, review_keys, true_cells, wrong
from tests.ingest.test_broken_rows import PROSE, VALUES, piped

HEAD_OF_REVIEWS = (
    ["行政复议", *[""] * 4, "行政诉讼", *[""] * 9],
    [*RESULTS, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4],
    [*RESULTS * 3],
)
PART_FOUR = "四、政府信息公开行政复议、行政诉讼情况\n"
PART_FIVE = "五、存在的主要问题及改进情况\n"


def statuses(read: dict[Key, Cell]) -> set[CellStatus]:
    """The statuses of the reviews."""
    return {read[key].status for key in review_keys()}


@pytest.mark.parametrize("separator", ["\t", " | "])
@pytest.mark.parametrize("dash", ["-", "--"])
def test_a_row_of_dashes_is_no_rule(separator: str, dash: str) -> None:
    rows = [separator.join(row) + separator.strip(" \t") for row in (*HEAD_OF_REVIEWS, [dash] * 15)]
    text = PROSE + "\n".join(rows) + f"\n{PART_FIVE}"
    if separator == "\t":
        assert statuses(cells(text.encode())) == {CellStatus.DASH}
    else:
        ruled = [f"| {row}" for row in (*rows[:1], "--- |" * 15, *rows[1:])]
        assert statuses(cells((PROSE + "\n".join(ruled) + f"\n{PART_FIVE}").encode())) == {CellStatus.DASH}


def _disclosure(*last: str) -> str:
    return "\n".join(
        (PROSE, "信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |", "行政许可 | 1 | 2 | 3 |", *last, "")
    )


@pytest.mark.parametrize(("row", "amount"), [("业性收费 | 1 | 9 |", 9), ("业性收费 | 9 |", None)])
def test_a_last_row_broken_in_its_label_is_put_together(row: str, amount: int | None) -> None:
    lines = ("信息内容 | 上一年项目数量 | 本年增/减 | |", "行政事", row, "三、收到和处理政府信息公开申请情况")
    fees = cells(_disclosure(*lines).encode())["disclosure", "fees", "change"]
    assert (fees.value, fees.status) == (amount, CellStatus.MISSING if amount is None else CellStatus.REPORTED)


def test_a_last_item_that_is_not_filled_up_may_have_a_blank_cell() -> None:
    head = "信息内容 | 采购项目数量 | 采购总金额（万元） | |"
    read = cells(_disclosure(head, "政府集中采购 |  | 9.5 |", "三、收到和处理政府信息公开申请情况").encode())
    assert read["disclosure", "procurement", "projects"].status is CellStatus.BLANK
    assert read["disclosure", "procurement", "amount"].value == 95000
    # In the middle of a table it may have lost a cell.
    read = cells(_disclosure(head, "政府集中采购 |  | 9.5 |", "行政强制 | 1 | 2 | 3 |").encode())
    assert read["disclosure", "procurement", "amount"].status is CellStatus.MISSING


def test_bars_alone_behind_the_last_label_are_its_blank_cells() -> None:
    head = "信息内容 | 采购项目数量 | 采购总金额（万元） | |"
    for bars, status in (("|\n|", CellStatus.BLANK), ("|", CellStatus.MISSING)):
        read = cells(_disclosure(head, f"政府集中采购 |\n{bars}", "三、收到和处理政府信息公开申请情况").encode())
        assert read["disclosure", "procurement", "amount"].status is status


def test_a_row_whose_first_cell_is_empty_does_not_go_on_from_the_broken_headings_above_it() -> None:
    values = ["", *VALUES[1:]]
    lines = (
        f"行政复议 | 行政诉讼 | {'|' * 13}",
        f"结果维持 | 结果纠正 | {' | '.join(RESULTS[2:])} | 未经复议直接起诉 | 复议后起诉 | {'|' * 8}",
        f"结果\n维持 | 结果\n纠正 | {' | '.join(RESULTS[2:])} | {' | '.join(RESULTS)} | {'|' * 5}",
        f"{' | '.join(values)} |",
    )
    read = cells((PART_FOUR.join((piped(numbers()), "\n".join(lines))) + f"\n{PART_FIVE}").encode())
    assert [str(read[key].value) for key in review_keys()[1:]] == values[1:]
    assert read[review_keys()[0]].status is CellStatus.BLANK


def test_a_heading_repeated_in_every_row_begins_no_group() -> None:
    rows = {code: values for code, values in numbers().items() if code.startswith("other_")}
    groups = [["（六）其他处理"] * 2 + [""] * 7, *([label(code)] * 2 + values for code, values in rows.items())]
    heads = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    lines = ["\t".join(row) for row in (["项目"] * 3 + heads, *(["三、本年度办理结果", *row] for row in groups))]
    data = (PROSE + "\n".join(lines) + "\n四、政府信息公开行政复议、行政诉讼情况\n").encode()
    assert not wrong(data, true_cells(rows))
    assert cells(data)["applications", "other_misc", "total"].status is CellStatus.REPORTED


def test_a_channel_filled_up_as_its_headings_are() -> None:
    lines = [f"类别 | {' | '.join(RESULTS)} | |", "行政复议 |  | 0 |  | 0 | 0 | |"]
    lines += ["行政诉讼 | 未经复议直接起诉 | 0 | 0 | 0 | 0 | 0 |", "复议后起诉 | 0 | 0 | 0 | 1 | 1 |"]
    read = cells((PART_FOUR.join((piped(numbers()), "\n".join(lines))) + f"\n{PART_FIVE}").encode())
    assert [read[key].status for key in review_keys()[:5]] == [CellStatus.BLANK, CellStatus.REPORTED] * 2 + [
        CellStatus.REPORTED
    ]
    # One that lost a cell has one bar more, so none under the last heading.
    lines[1] = "行政复议 |  | 0 |  | 0 | | |"
    read = cells((PART_FOUR.join((piped(numbers()), "\n".join(lines))) + f"\n{PART_FIVE}").encode())
    assert {read[key].status for key in review_keys()[:5]} == {CellStatus.MISSING}


def _of_order(order: list[int], rows: dict[str, list[str]]) -> bytes:
    """Rows between tabs, with 总计 and 自然人 before the kinds of organisation; the values in this order."""
    above = ["", "总计", "自然人", "法人或其他组织", *[""] * 4]
    below = [*[""] * 3, "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    lines = [above, below, *([label(code), *(values[at] for at in order)] for code, values in rows.items())]
    return (PROSE + "\n".join("\t".join(line) for line in lines) + f"\n{PART_FOUR}").encode()


def test_a_total_that_is_no_sum_is_read_between_tabs_under_headings_that_stand_over_it() -> None:
    rows = {code: ["0"] * 7 for code in numbers()} | {"carried_in": ["0"] * 6 + ["2"]}
    data = _of_order([6, 0, 1, 2, 3, 4, 5], rows)
    assert not wrong(data, true_cells(rows))
    assert cells(data)["applications", "carried_in", "total"].value == 2
    # Numbers that add up in the form's order speak against the headings.
    rows = {code: ["1", "0", "0", "0", "0", "2", "3"] for code in numbers()}
    assert {cell.status for key, cell in cells(_of_order(list(range(7)), rows)).items() if key[1] == "granted"} == {
        CellStatus.MISSING
    }


@pytest.mark.parametrize("printed", ["4", ""])
def test_blank_cells_of_a_group_are_subtotals_where_another_group_prints_its_own(printed: str) -> None:
    heads = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    lines = [
        ["项目", *heads],
        ["（三）不予公开", *[printed] * 7],
        ["1.属于国家秘密", *["4"] * 7],
        ["（四）无法提供", *[""] * 7],
        ["1.本机关不掌握相关政府信息", *["0"] * 7],
    ]
    data = (PROSE + "\n".join("\t".join(line) for line in lines) + f"\n{PART_FOUR}").encode()
    blank = cells(data).get(("applications", "subtotal_unavailable", "total"))
    assert (blank.status if blank else None) == (CellStatus.BLANK if printed else None)


@pytest.mark.parametrize("lost", ["value", "leading bar"])
def test_a_markdown_table_in_which_cells_are_lost_gives_no_blank_of_another_place(lost: str) -> None:
    lines = ["| 第二十条第（五）项 |  |  |  |", "| --- | --- | --- | --- |", "| 信息内容 | 本年处理决定数量 |  |  |"]
    lines += ["| 行政许可 | 37 |  |  |", "| 第二十条第（六）项 |  |  |  |", "| 信息内容 | 本年处理决定数量 |  |  |"]
    lines += ["| 行政处罚 | 4 |  |  |", "| 行政强制 |  |  |  |"]
    if lost == "value":
        lines[2], lines[3] = "| 本年处理决定数量 |  |  |", "| 行政许可 |  |  |"
    else:
        lines[3] = lines[3].removeprefix("| ")
    read = cells(("\n".join([PROSE, *lines, "三、申请"]) + "\n").encode())
    licensing = read["disclosure", "licensing", "decisions"]
    assert (licensing.status, licensing.value) == (
        (CellStatus.MISSING, None) if lost == "value" else (CellStatus.REPORTED, 37)
    )
    assert read["disclosure", "coercion", "decisions"].status is CellStatus.BLANK


def test_a_row_with_the_next_caption_among_its_values_is_not_read() -> None:
    lines = ["信息内容 | 上一年项目数量 | 本年增/减 | |", "行政事业性收费 | 第二十条第（九）项 | ||"]
    lines += ["信息内容 | 采购项目数量 | 采购总金额（单位：万元） | |", "政府集中采购 | 0 | 6.8 |"]
    read = cells(("\n".join([PROSE, *lines, "三、申请"]) + "\n").encode())
    assert read["disclosure", "fees", "change"].status is CellStatus.MISSING


def test_an_order_of_headings_by_their_turn_stands_over_rows_of_exactly_as_many_cells() -> None:
    """总计 before the others in a table of bars, whose only number is a total that is no sum."""
    rows = {code: ["0"] * 7 for code in numbers()} | {"carried_in": ["0"] * 6 + ["2"]}
    text = piped({code: [values[-1], *values[:-1]] for code, values in rows.items()})
    data = text.replace("自然人 | 法人或其他组织 | 总计 |", "总计 | 自然人 | 法人或其他组织 |").encode()
    assert not wrong(data, true_cells(rows))
    assert cells(data)["applications", "carried_in", "total"].value == 2
    # One row with a cell less or more, and none can be told by its turn.
    lines = data.decode().split("\n")
    at = next(at for at, line in enumerate(lines) if "重复申请" in line)
    for broken in (lines[at].replace("| 0 |", "|", 1), lines[at].replace("| 0 |", "| 0 | 0 |", 1)):
        less = "\n".join([*lines[:at], broken, *lines[at + 1 :]]).encode()
        assert cells(less)["applications", "carried_in", "total"].status is CellStatus.MISSING
    # Numbers that add up in the form's order alone speak against the headings.
    rows = {code: ["1", "0", "0", "0", "0", "2", "3"] for code in numbers()}
    data = piped(rows).replace("自然人 | 法人或其他组织 | 总计 |", "总计 | 自然人 | 法人或其他组织 |").encode()
    assert cells(data)["applications", "granted", "total"].status is CellStatus.MISSING


@pytest.mark.parametrize("cells_lost", [False, True])
def test_a_channel_with_a_total_alone_is_read_where_every_row_is_written_out(cells_lost: bool) -> None:
    lines = [f"| 类别 |  | {' | '.join(RESULTS)} |", "|---|---|---|---|---|---|---|", "| 行政复议 |  |  |  |  |  | 2 |"]
    lines += ["| 行政诉讼 | 未经复议直接起诉 | 0 | 0 | 0 | 0 | 0 |", "|  | 复议后起诉 | 0 | 0 | 0 | 1 | 1 |"]
    if cells_lost:
        lines[2] = "| 行政复议 |  |  |  |  | 2 |"
    read = cells((PART_FOUR.join((piped(numbers()), "\n".join(lines))) + f"\n{PART_FIVE}").encode())
    total = read["reviews", "reconsideration", "total"]
    assert (total.status, total.value) == ((CellStatus.MISSING, None) if cells_lost else (CellStatus.REPORTED, 2))


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ("行政许可 | 5 | ||", CellStatus.REPORTED),
        ("行政许可 |  | ||", CellStatus.BLANK),
        ("行政许可 | ||", CellStatus.MISSING),
        ("行政许可 | 5 | ||\n|", CellStatus.MISSING),
    ],
)
def test_an_item_that_lost_its_only_value_or_has_a_bar_too_many_is_not_read(row: str, status: CellStatus) -> None:
    heads = "信息内容 | 本年处理决定数量 ||" if status is CellStatus.MISSING else "信息内容 | 本年处理决定数量 | ||"
    lines = ["第二十条第（一）项 | |||", "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |"]
    lines += ["规章 | 1 | 2 | 3 |", "行政规范性文件 | 0 | 0 | 1 |", "第二十条第（五）项 | |||", heads, row]
    lines += [
        "第二十条第（六）项 | |||",
        "信息内容 | 本年处理决定数量 | ||",
        "行政处罚 | 14 | ||",
        "行政强制 | 15 | ||",
    ]
    lines += ["第二十条第（八）项 | |||", "信息内容 | 本年收费金额 | ||", "行政事业性收费 | 1997993元 |", ""]
    read = cells((PROSE + "\n".join(lines)).encode())
    assert read["disclosure", "licensing", "decisions"].status is status
    assert read["disclosure", "regulations", "in_force"].value == 3
    assert read["disclosure", "penalties", "decisions"].value == 14
