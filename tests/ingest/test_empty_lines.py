"""Text with one cell a line: an empty line is an empty cell only where the whole document bears it out."""

import pytest

from ingest.report import CellStatus
from tests.ingest.pages import HEADINGS, cells, first_of_group, label, numbers, true_cells, wrong

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
