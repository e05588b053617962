"""Text with one cell a line: an empty line is an empty cell only where the whole document bears it out."""

import pytest

from ingest.report import CellStatus
from tests.ingest.pages import HEADINGS, RESULTS, cells, first_of_group, label, numbers, review_keys, true_cells, wrong

PROSE = (
    "洪泽区人民政府2023年政府信息公开工作年度报告",
    "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
    "三、收到和处理政府信息公开申请情况",
)
DISCLOSURE = ("第二十条第（一）项", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
_DECISIONS = ("信息内容", "本年处理决定数量")
OTHER_ITEMS = (
    *("第二十条第（五）项", *_DECISIONS, "行政许可", "5"),
    *("第二十条第（六）项", *_DECISIONS, "行政处罚", "6", "行政强制", "7"),
    *("第二十条第（八）项", "信息内容", "本年收费金额（单位：万元）", "行政事业性收费", "8"),
)


def some_blank() -> dict[str, list[str]]:
    """The numbers of the form with some cells left empty and their totals still right."""
    rows = numbers()
    for values in list(rows.values())[3:9]:
        values[6] = str(int(values[6]) - int(values[1]))
        values[1] = ""
    rows["other_misc"] = [""] * 7
    return rows


def flat(rows: dict[str, list[str]], documents: list[list[str]], parted: str = "\n") -> bytes:
    """A text of one cell a line; `parted` stands between any two lines."""
    lines = [*PROSE, *DISCLOSURE]
    for name, values in zip(("规章", "行政规范性文件"), documents, strict=True):
        lines += [name, *values]
    lines += [*OTHER_ITEMS, "申请人情况", HEADINGS[0], "法人或其他组织", *HEADINGS[1:]]
    for code, values in rows.items():
        lines += [*filter(None, [first_of_group(code)]), label(code), *values]
    return parted.join([*lines, "四、政府信息公开行政复议、行政诉讼情况"]).encode()


def document_cells(documents: list[list[str]]) -> dict[tuple[str, str, str], str]:
    codes = ("issued", "repealed", "in_force")
    items = ("regulations", "normative_documents")
    return {
        ("disclosure", item, code): value
        for item, values in zip(items, documents, strict=True)
        for code, value in zip(codes, values, strict=True)
    }


@pytest.mark.parametrize("parted", ["\n", "\n\n"])
def test_empty_lines_are_empty_cells(parted: str) -> None:
    rows, documents = some_blank(), [["", "", ""], ["3", "", "8"]]
    data = flat(rows, documents, parted)
    truth = true_cells(rows) | document_cells(documents)
    assert not wrong(data, truth)
    read_cells = cells(data)
    assert all(read_cells[key].status is (CellStatus.REPORTED if truth[key] else CellStatus.BLANK) for key in truth)


def test_empty_lines_between_rows_do_not_stand_for_vanished_cells() -> None:
    rows, documents = some_blank(), [["", "", ""], ["3", "", "8"]]
    shown = {code: [value for value in values if value] for code, values in rows.items()}
    printed = [[value for value in values if value] for values in documents]
    data = flat(shown, printed).replace(b"\n8\n", b"\n8\n\n")
    assert not wrong(data, true_cells(rows) | document_cells(documents))
    assert cells(data)[("disclosure", "normative_documents", "issued")].status is CellStatus.MISSING


def test_a_page_number_is_no_empty_cell() -> None:
    rows, documents = some_blank(), [["1", "2", "3"], ["3", "", "8"]]
    del rows["granted"][4]
    data = flat(rows, documents).replace("（二）".encode(), "- 3 -\n（二）".encode())
    data = data.replace("(二)".encode(), "- 3 -\n(二)".encode())
    truth = {key: value for key, value in true_cells(some_blank()).items() if key[1] != "granted"}
    assert not wrong(data, truth)
    granted = {cell.status for key, cell in cells(data).items() if key[:2] == ("applications", "granted")}
    assert granted == {CellStatus.MISSING}


def to_part_five(rows: dict[str, list[str]], values: list[str]) -> list[str]:
    """The lines of a whole text with the tables of applications and reviews."""
    channels = ["行政复议", "行政诉讼", *RESULTS, "未经复议直接起诉", "复议后起诉", *RESULTS, *RESULTS]
    lines = flat(rows, [["1", "2", "3"], ["3", "4", "8"]]).decode().split("\n")
    return [*lines, *channels, *values, "五、存在的主要问题及改进情况", "针对存在问题，切实抓好以下工作。"]


LAST_BLANK = [str(number) for number in (1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)] + [""]


def test_an_empty_line_behind_a_last_row_is_a_cell_where_nothing_but_cells_makes_empty_lines() -> None:
    rows = some_blank() | {"carried_out": ["1", "0", "0", "0", "0", "", ""]}
    lines = to_part_five(rows, LAST_BLANK)
    read = cells("\n".join(lines).encode())
    assert read["applications", "carried_out", "total"].status is CellStatus.BLANK
    assert [read[key].status for key in review_keys()][-2:] == [CellStatus.REPORTED, CellStatus.BLANK]


@pytest.mark.parametrize("elsewhere", ["二、主动公开", "三、收到和处理政府信息公开申请情况", "针对存在问题"])
def test_an_empty_line_behind_a_last_row_is_none_where_others_part_paragraphs(elsewhere: str) -> None:
    lines = to_part_five(some_blank(), LAST_BLANK)
    lines.insert(2, "二、主动公开政府信息情况")
    at = next(at for at, line in enumerate(lines) if line.startswith(elsewhere))
    read = cells("\n".join([*lines[:at], "", *lines[at:]]).encode())
    assert {read[key].status for key in review_keys()} == {CellStatus.MISSING}


def test_an_empty_line_behind_a_last_row_is_none_where_lines_are_parted() -> None:
    read = cells("\n\n".join(to_part_five(some_blank(), LAST_BLANK)).encode())
    assert {read[key].status for key in review_keys()} == {CellStatus.MISSING}


def test_labels_of_blocks_are_known_in_traditional_characters_behind_an_empty_cell() -> None:
    rows, documents = some_blank(), [["1", "2", "3"], ["3", "4", ""]]
    data = flat(rows, documents).decode().replace("第二十条", "第二十條").encode()
    assert cells(data)["disclosure", "normative_documents", "in_force"].status is CellStatus.BLANK


def test_a_group_heading_and_its_first_label_count_as_the_row_behind_an_empty_cell() -> None:
    rows = some_blank()
    rows["partly_granted"] = ["0"] * 6 + [""]
    text = flat(rows, [["1", "2", "3"], ["3", "4", "5"]]).decode()
    assert cells(text.encode())["applications", "partly_granted", "total"].status is CellStatus.BLANK
    heading = first_of_group("denied_state_secret")
    assert heading is not None
    lost = text.replace(f"{heading}\n", "")
    assert cells(lost.encode())["applications", "partly_granted", "total"].status is CellStatus.MISSING


@pytest.mark.parametrize(("blank", "bar"), [(True, ""), (False, " |"), (False, "")])
def test_a_row_that_does_not_add_up_is_read_where_blanks_cannot_have_vanished(blank: bool, bar: str) -> None:
    rows = {code: ["0"] * 7 for code in numbers()}
    rows["granted"] = ["0", "0", "0", "0", "0", "0", "3"]
    if blank:
        rows["closed_total"][1] = ""
    text = flat(rows, [["1", "2", "3"], ["3", "4", "5"]]).decode()
    total = cells(f"{bar}\n".join(text.split("\n")).encode())["applications", "granted", "total"]
    assert total.status is (CellStatus.REPORTED if blank or bar else CellStatus.MISSING)


@pytest.mark.parametrize("page_number", [False, True])
def test_a_cell_lost_from_one_table_leaves_the_whole_rows_of_another(page_number: bool) -> None:
    rows, documents = numbers(), [["1", "2", "3"], ["3", "4", "8"]]
    del rows["granted"][4]
    lines = flat(rows, documents).decode().split("\n")
    data = "\n".join([*lines[:2], *(["2"] if page_number else []), *lines[2:]]).encode()
    read = cells(data)
    status = CellStatus.MISSING if page_number else CellStatus.REPORTED
    assert {read[key].status for key in document_cells(documents)} == {status}
    assert read["applications", "granted", "natural_person"].status is CellStatus.MISSING


@pytest.mark.parametrize("whole", [True, False])
def test_rows_under_other_headings_tell_as_well_that_only_cells_are_empty(whole: bool) -> None:
    """The order of the columns is another than the form's; that the rows are whole is seen all the same."""
    rows = some_blank()
    if not whole:
        del rows["granted"][4]
    text = "\n".join(to_part_five(rows, LAST_BLANK))
    data = text.replace("\n自然人\n法人或其他组织\n", "\n总计\n自然人\n法人或其他组织\n", 1)
    data = data.replace("\n法律服务机构\n其他\n总计\n", "\n法律服务机构\n其他\n", 1)
    read = cells(data.encode())
    assert {read[key].status for key in review_keys()} == (
        {CellStatus.REPORTED, CellStatus.BLANK} if whole else {CellStatus.MISSING}
    )
    assert read["applications", "granted", "business"].status is CellStatus.MISSING


@pytest.mark.parametrize("followed", ["信访举报投诉类申请", "五、存在的主要问题及改进情况"])
def test_values_behind_a_last_label_may_be_those_of_the_next_table(followed: str) -> None:
    """Lines lost from the label of a last row on, up to the middle of the next table."""
    lines = to_part_five(numbers(), [str(number) for number in range(15)])
    if followed.startswith("五"):
        end = lines.index(followed)
        kept = [*lines[: lines.index(label("carried_out")) + 1], *lines[end - 7 :]]
        keys = [key for key in true_cells(numbers()) if key[1] == "carried_out"]
    else:
        at = next(at for at, line in enumerate(lines) if line.endswith(followed))
        kept = [*lines[: lines.index("行政事业性收费") + 1], "0", *lines[at:]]
        keys = [("disclosure", "fees", "amount")]
    read = cells("\n".join(kept).encode())
    assert {read[key].status for key in keys} == {CellStatus.MISSING}


def test_two_values_closer_than_lines_stand_may_be_one_that_is_there_twice() -> None:
    """Its row lost no cell: the blank one is among the empty lines."""
    documents = [["1", "2", "3"], ["21", "", "8"]]
    text = flat(numbers(), documents, "\n\n").decode()
    assert cells(text.encode())["disclosure", "normative_documents", "repealed"].status is CellStatus.BLANK
    doubled = text.replace("\n21\n", "\n21\n21\n").encode()
    assert not wrong(doubled, true_cells(numbers()) | document_cells(documents))


@pytest.mark.parametrize("blanks_elsewhere", [False, True])
def test_a_row_with_the_only_empty_lines_is_read_where_it_adds_up(blanks_elsewhere: bool) -> None:
    """A number may be lost from it, and a stray empty line stand where the row then goes on."""
    rows = some_blank() if blanks_elsewhere else numbers()
    documents = [["1", "2", "3"], ["4", "5", "8"]]
    before = ["申请人情况", "行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", *RESULTS * 3]
    values = ["1", "0", "2", "3", "6", "4", "5", "0", "1", "10", "7", "0", "0", "1", "8"]
    torn = [*values[:9], *values[10:11], "", *values[11:]]
    data = (
        flat(rows, documents) + "\n".join(["", *before, *torn, "五、存在的主要问题及改进情况", "问题不少。"]).encode()
    )
    channel = ("reviews", "litigation_direct", "total")
    assert cells(data)[channel].status is (CellStatus.REPORTED if blanks_elsewhere else CellStatus.MISSING)
