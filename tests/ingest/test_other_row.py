"""(六)其他处理 with numbers is a row of form_2019, or the subtotal of a group whose three rows are lost."""

import pytest

from ingest.report import CellStatus
from tests.ingest.pages import HEADINGS, cells, first_of_group, label, numbers, read

KEY = ("applications", "other", "total")
_GROUPS = ("denied", "unavailable", "rejected")


def rows_of_2019() -> dict[str, list[str]]:
    """The numbers of a form of 2019, each row its own."""
    rows = {code: values for code, values in numbers().items() if not code.startswith("other_")}
    order = [*list(rows)[:-2], "other", *list(rows)[-2:]]
    return {code: rows.get(code, ["7", "0", "0", "0", "0", "0", "7"]) for code in order}


def text(year: int | None, subtotals: bool, bars: bool, disclosure: str = "") -> bytes:
    """The table with a row 其他处理, beside printed subtotals of the other groups or without."""
    lines = [f"洪泽区人民政府{year}年政府信息公开工作年度报告"] if year else ["政府信息公开工作年度报告"]
    lines += [line for line in disclosure.split("\n") if line]
    table = [["项目", *HEADINGS]] if bars else [["申请人情况"], [HEADINGS[0], "法人或其他组织", *HEADINGS[1:]]]
    for code, values in rows_of_2019().items():
        heading = first_of_group(code)
        if heading and heading != label("other"):
            table.append([heading, *(["9", "0", "0", "0", "0", "0", "9"] if subtotals else [])])
        table.append([label(code), *values])
    lines += [" | ".join(row) + " |" for row in table] if bars else [cell for row in table for cell in row]
    return "\n".join([*lines, "四、政府信息公开行政复议、行政诉讼情况"]).encode()


@pytest.mark.parametrize("bars", [True, False])
@pytest.mark.parametrize(
    ("year", "subtotals", "status"),
    [
        pytest.param(2023, False, CellStatus.REPORTED, id="the other groups print no subtotals"),
        pytest.param(2023, True, CellStatus.MISSING, id="they do, and both forms were in use"),
        pytest.param(2020, True, CellStatus.REPORTED, id="the form of 2021 was not yet there"),
        pytest.param(None, True, CellStatus.MISSING, id="no year is known"),
    ],
)
def test_a_row_that_may_be_a_subtotal_is_read_only_where_something_tells_the_form(
    bars: bool, year: int | None, subtotals: bool, status: CellStatus
) -> None:
    data = text(year, subtotals, bars)
    assert cells(data)["applications", "granted", "total"].status is CellStatus.REPORTED
    cell = cells(data).get(KEY)
    assert (cell.status if cell else CellStatus.MISSING) is status
    if status is CellStatus.MISSING:
        assert any(issue.code == "form_not_told" for issue in read(data).issues)


def test_where_no_year_is_known_the_table_of_article_20_tells_the_form() -> None:
    disclosure = "\n".join(
        ("第二十条第（一）项", "信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量", "规章", "1", "2", "3")
    )
    assert cells(text(None, True, False, disclosure))[KEY].status is CellStatus.REPORTED
    assert KEY not in cells(text(2023, True, False, disclosure)) or (
        cells(text(2023, True, False, disclosure))[KEY].status is CellStatus.MISSING
    )


def test_groups_filled_up_with_blanks_between_tabs_print_no_subtotals() -> None:
    """(六) has numbers of its own in such a table, which make the others' blanks no subtotals."""
    table = [["", *HEADINGS]]
    for code, values in rows_of_2019().items():
        heading = first_of_group(code)
        if heading and heading != label("other"):
            table.append([heading, *[""] * len(HEADINGS)])
        table.append([label(code), *values])
    lines = ["洪泽区人民政府2025年政府信息公开工作年度报告", *map("\t".join, table)]
    found = cells("\n".join([*lines, "四、政府信息公开行政复议、行政诉讼情况"]).encode())
    assert found[KEY].status is CellStatus.REPORTED
    assert not any(row.startswith("subtotal_") for _, row, _ in found)
