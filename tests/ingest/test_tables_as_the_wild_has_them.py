"""Layouts in which a number could be taken for another: each is read right, or its cells are marked as not known."""

import pytest

from ingest.report import CellStatus
from tests.ingest.pages import (
    HEADINGS,
    applications_html,
    cells,
    first_of_group,
    label,
    numbers,
    page,
    read,
    review_keys,
    reviews_html,
    true_cells,
    wrong,
)

ROW = "granted"
KEY = ("applications", ROW, "natural_person")


def one_cell(html: str) -> CellStatus:
    """The status of a cell whose content is this HTML."""
    rows = numbers()
    rows[ROW][0] = html
    return cells(page(applications_html(rows)))[KEY].status


def test_a_plain_table_is_read_whole() -> None:
    rows = numbers()
    data = page(applications_html(rows), reviews_html([str(number) for number in range(20, 35)]))
    read_cells = cells(data)
    assert not wrong(data, true_cells(rows))
    assert all(read_cells[key].status is CellStatus.REPORTED for key in true_cells(rows))
    assert [str(read_cells[key].value) for key in review_keys()] == [str(number) for number in range(20, 35)]


@pytest.mark.parametrize("content", [*"/／-－—–―−∕⁄‐─", "——", "无"])
def test_a_dash_of_any_kind_is_one(content: str) -> None:
    assert one_cell(content) is CellStatus.DASH


@pytest.mark.parametrize(
    "content",
    [
        "12①",
        "12¹",
        "12<sup>1</sup>",
        "<p>3</p><p>5</p>",
        "3<br>5",
        "<del>12</del>13",
        "<img src=12.gif>",
        "<input value=12>",
        "12<span style='vertical-align: super'>1</span>",
        "12<font style='font-size:9px;vertical-align:sub'>1</font>",
        "<span style='text-decoration:line-through'>9</span>12",
        "<p style='text-decoration:line-through'>12</p>",
        "12*",
        "约12",
        "12%",
        "1,23",
        "0122",
        "1.2万",
        "12(10)",
    ],
)
def test_what_is_no_plain_number_is_unreadable(content: str) -> None:
    assert one_cell(content) is CellStatus.UNREADABLE


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("12<span style='display:none'>345</span>", 12),
        ("<span hidden>9</span>12", 12),
        ("１２", 12),
        ("1,234", 1234),
        ("1 063", 1063),
        ("12件", 12),
        ("<font><span>1</span><span>2</span></font>", 12),
        ("12.0", 12),
        ("<p>12</p>", 12),
    ],
)
def test_a_number_is_what_a_reader_of_the_page_sees(content: str, value: int) -> None:
    rows = numbers()
    rows[ROW][0] = content
    assert cells(page(applications_html(rows)))[KEY].value == value


def test_columns_in_another_order_are_read_by_their_headings() -> None:
    rows = numbers()
    moved = {code: [values[-1], *values[:-1]] for code, values in rows.items()}
    data = page(applications_html(moved, (HEADINGS[-1], *HEADINGS[:-1])))
    assert not wrong(data, true_cells(rows))
    assert cells(data)[KEY].status is CellStatus.REPORTED


@pytest.mark.parametrize(
    "headings", [tuple(f"{month}月" for month in range(1, 8)), ("甲镇", "乙镇", "丙镇", "丁镇", "戊镇", "己镇", "总计")]
)
def test_columns_that_are_not_applicants_are_not_read(headings: tuple[str, ...]) -> None:
    data = page(applications_html(numbers(), headings))
    assert {cell.status for key, cell in cells(data).items() if key[0] == "applications"} == {CellStatus.MISSING}


WITH_SUBTOTAL = (*HEADINGS[:-1], "小计", HEADINGS[-1])


def test_rows_that_say_one_thing_are_read_under_an_order_that_the_numbers_contradict() -> None:
    rows = {code: ["0"] * 8 for code in numbers()} | {"granted": [""] * 8}
    # 小计 and 总计 changed round: what stands under 小计 is the sum of all, persons among them.
    rows["closed_total"] = ["1", "0", "0", "0", "0", "0", "1", "0"]
    data = page(applications_html(rows, WITH_SUBTOTAL))
    statuses = {code: cells(data)["applications", code, "total"].status for code in rows}
    assert statuses.pop("closed_total") is CellStatus.MISSING
    assert statuses.pop("granted") is CellStatus.BLANK
    assert set(statuses.values()) == {CellStatus.REPORTED}


def test_a_total_that_is_no_sum_is_read_under_headings_that_stand_over_every_value() -> None:
    rows = {code: ["0"] * 8 for code in numbers()} | {"closed_total": [*["0"] * 7, "2"]}
    read_cells = cells(page(applications_html(rows, WITH_SUBTOTAL)))
    assert read_cells["applications", "closed_total", "total"].value == 2
    assert read_cells["applications", "closed_total", "natural_person"].value == 0


def test_a_total_between_kinds_that_one_heading_spans_is_a_wrong_span() -> None:
    rows = {code: ["0"] * 7 for code in numbers()} | {"carried_in": [*["0"] * 6, "3"]}
    data = page(spanned_html(rows, "rowspan=3 colspan=3", organisations=4, group_rows=3))
    assert not wrong(data, true_cells(rows))
    assert cells(data)["applications", "carried_in", "total"].value == 3


def test_a_subtotal_outside_the_heading_that_spans_it_is_a_wrong_span() -> None:
    rows = {code: ["0"] * 8 for code in numbers()} | {"carried_in": [*["0"] * 6, "", "0"]}
    lines = [
        "<tr><td rowspan=2>项目</td><td rowspan=2>总计</td>"
        "<td colspan=5>法人或其他组织</td><td rowspan=2>自然人</td></tr>",
        f"<tr>{''.join(f'<td>{text}</td>' for text in (*HEADINGS[1:6], '小计'))}</tr>",
        *(
            f"<tr><td>{label(code)}</td>{''.join(f'<td>{text}</td>' for text in values)}</tr>"
            for code, values in rows.items()
        ),
    ]
    found = cells(page(f"<table>{''.join(lines)}</table>"))
    assert {cell.value for key, cell in found.items() if key[:2] == ("applications", "carried_in")} == {0}


def test_blank_cells_on_the_row_of_a_group_are_blank_subtotals() -> None:
    lines = (
        ("项目", HEADINGS),
        ("（三）不予公开", ["1"] * 7),
        ("1.属于国家秘密", ["1"] * 7),
        ("（四）无法提供", [""] * 7),
        ("1.本机关不掌握相关政府信息", ["0"] * 7),
        ("（六）其他处理", [""] * 7),
        ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", ["0"] * 7),
    )
    rows = (f"<tr><td>{name}</td>{''.join(f'<td>{text}</td>' for text in texts)}</tr>" for name, texts in lines)
    found = cells(page(f"<table>{''.join(rows)}</table>"))
    assert found["applications", "subtotal_denied", "total"].value == 1
    for group in ("unavailable", "other"):
        assert found["applications", f"subtotal_{group}", "total"].status is CellStatus.BLANK


def _with_headings_again(again: tuple[str, ...], turned: bool) -> bytes:
    """The table with headings in its middle, and the columns below them turned round."""
    rows = {
        code: values[::-1] if turned and place > 3 else values for place, (code, values) in enumerate(numbers().items())
    }
    table = applications_html(rows)
    lines = table.split("<tr>")
    middle = "<td></td><td>项目</td>" + "".join(f"<td>{text}</td>" for text in again) + "</tr>"
    return page("<tr>".join([*lines[:6], middle, *lines[6:]]))


def test_rows_below_headings_repeated_in_another_order_are_not_read() -> None:
    truth = true_cells(numbers())
    data = _with_headings_again(HEADINGS[::-1], turned=True)
    assert not wrong(data, truth)
    assert {cells(data)[key].status for key in truth} == {CellStatus.REPORTED, CellStatus.MISSING}
    again = cells(_with_headings_again(HEADINGS, turned=False))
    assert {key: f"{again[key].value}" for key in truth} == truth


def test_a_row_cut_by_a_page_is_not_read_as_blank() -> None:
    rows = numbers()
    table = applications_html(rows)
    plain = f"<tr><td></td><td>{label(ROW)}</td>" if f"<tr><td></td><td>{label(ROW)}" in table else None
    assert plain
    start = table.index(plain)
    end = table.index("</tr>", start) + len("</tr>")
    blank = plain + "<td></td>" * 7 + "</tr></table><table><tr><td></td><td></td>"
    cut = table[:start] + blank + "".join(f"<td>{value}</td>" for value in rows[ROW]) + "</tr>" + table[end:]
    data = page(cut)
    assert not wrong(data, true_cells(rows))
    assert cells(data)[KEY].status is CellStatus.MISSING


def test_last_years_table_does_not_fill_what_this_years_lacks() -> None:
    rows, last_year = numbers(10), numbers(70)
    broken = {code: (values[:-2] if code == ROW else values) for code, values in rows.items()}
    data = page(applications_html(broken), "<p>附：2022年</p>", applications_html(last_year))
    assert not wrong(data, true_cells(rows))
    assert any(issue.code == "second_table" for issue in read(data).issues)


@pytest.mark.parametrize("caption", ["附：2022年", "附件1：2022年行政复议情况表", "2022年度政府信息公开情况"])
def test_a_lone_table_under_another_year_is_not_read(caption: str) -> None:
    tables = applications_html(numbers()), f"<p>{caption}</p>", reviews_html([str(n) for n in range(20, 35)])
    read_cells = cells(page(*tables))
    assert {read_cells[key].status for key in review_keys()} == {CellStatus.MISSING}
    assert {read_cells[key].status for key in true_cells(numbers())} == {CellStatus.REPORTED}
    assert "table_of_another_year" in {issue.code for issue in read(page(*tables)).issues}
    same = cells(page(*tables).replace(b"2022", b"2023"))
    assert {same[key].status for key in review_keys()} == {CellStatus.REPORTED}


def test_a_row_that_gained_a_cell_in_a_table_that_lost_a_column_is_not_read() -> None:
    rows = {code: values[1:] for code, values in numbers().items()}
    rows[ROW] = [rows[ROW][0], *rows[ROW]]
    found = cells(page(applications_html(rows), reviews_html([str(n) for n in range(20, 35)])))
    assert {found[key].status for key in true_cells(numbers())} == {CellStatus.MISSING}


def test_a_table_with_rows_named_alike_is_not_the_forms() -> None:
    rows_of_another = (
        "<tr><td>渠道</td><td>数量</td></tr><tr><td>其他</td><td>8</td></tr><tr><td>总计</td><td>9</td></tr>"
    )
    other = f"<table>{rows_of_another}</table>"
    rows = {code: values for code, values in numbers().items() if not code.startswith("other_")}
    read_cells = cells(page(applications_html(rows), other))
    assert {cell.status for key, cell in read_cells.items() if key[1].startswith("other")} == {CellStatus.MISSING}
    assert not wrong(page(applications_html(rows), other), true_cells(rows))


@pytest.mark.parametrize(
    "channels",
    [("行政复议", "复议后起诉", "未经复议直接起诉"), ("2021年", "2022年", "2023年"), ("行政复议", "行政诉讼", "合计")],
)
def test_reviews_under_other_channels_are_not_read(channels: tuple[str, str, str]) -> None:
    read_cells = cells(page(applications_html(numbers()), reviews_html([str(n) for n in range(20, 35)], channels)))
    assert {read_cells[key].status for key in review_keys()} == {CellStatus.MISSING}


def test_a_row_that_counts_the_columns_is_not_data() -> None:
    read_cells = cells(page(applications_html(numbers()), reviews_html([str(n) for n in range(1, 16)])))
    assert {read_cells[key].status for key in review_keys()} == {CellStatus.MISSING}


def test_reviews_without_any_number_are_blank() -> None:
    read_cells = cells(page(applications_html(numbers()), reviews_html([""] * 15)))
    assert {read_cells[key].status for key in review_keys()} == {CellStatus.BLANK}


@pytest.mark.parametrize(
    ("heading", "cell", "value", "unit"),
    [
        ("本年收费金额(单位:万元)", "12.5", "125000", "CNY"),
        ("本年收费金额(单位:元)", "12.5", "12.5", "CNY"),
        ("本年收费金额", "12.5", "12.5", "unstated"),
        ("本年收费金额", "3亿元", "300000000", "CNY"),
        ("本年收费金额(单位:万元)", "12元", "12", "CNY"),
        ("本年收费金额(元)(万元)", "12", "12", "unstated"),
        ("本年收費金額（單(dān)位：萬元）", "12.5", "125000", "CNY"),
    ],
)
def test_money_is_stored_in_the_unit_that_is_stated(heading: str, cell: str, value: str, unit: str) -> None:
    table = (
        "<table><tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>"
        "<tr><td>规章</td><td>1</td><td>2</td><td>3</td></tr>"
        f"<tr><td>信息内容</td><td colspan=3>{heading}</td></tr>"
        f"<tr><td>行政事业性收费</td><td colspan=3>{cell}</td></tr></table>"
    )
    fee = cells(page(table))[("disclosure", "fees", "amount")]
    assert fee.value is not None
    assert (f"{fee.value.normalize():f}", fee.unit) == (value, unit)


@pytest.mark.parametrize("heading", ["本年收费金额(单位元)", "本年收費金額(單位元)", "本年收費金額(單(dān)位元)"])
def test_money_under_a_unit_that_lost_its_sign_is_unreadable(heading: str) -> None:
    table = (
        "<table><tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政许可</td><td>3</td></tr>"
        f"<tr><td>信息内容</td><td>{heading}</td></tr><tr><td>行政事业性收费</td><td>12.5</td></tr></table>"
    )
    assert cells(page(table))[("disclosure", "fees", "amount")].status is CellStatus.UNREADABLE


def test_an_amount_larger_than_the_lake_can_hold_is_unreadable() -> None:
    table = (
        "<table><tr><td>信息内容</td><td>本年收费金额(单位:亿元)</td></tr>"
        f"<tr><td>行政事业性收费</td><td>{'9' * 14}</td></tr></table>"
    )
    assert cells(page(table))[("disclosure", "fees", "amount")].status is CellStatus.UNREADABLE


def transposed_html(rows: dict[str, list[str]], lost: tuple[int, int] | None = None) -> str:
    """The table of applications with a row for each kind of applicant; `lost` is a row and a cell that is not there."""
    lines = ["<tr><td>申请人情况</td>" + "".join(f"<td>{label(code)}</td>" for code in rows) + "</tr>"]
    for place, heading in enumerate(HEADINGS):
        values = [row[place] for row in rows.values()]
        if lost and lost[0] == place:
            del values[lost[1]]
        lines.append(f"<tr><td>{heading}</td>" + "".join(f"<td>{value}</td>" for value in values) + "</tr>")
    return f"<table>{''.join(lines)}</table>"


def test_a_transposed_table_is_read_whole() -> None:
    rows = {code: values for code, values in numbers().items() if not code.startswith("other_")}
    data = page(transposed_html(rows))
    assert not wrong(data, true_cells(rows))
    read_cells = cells(data)
    assert all(read_cells[key].status is CellStatus.REPORTED for key in true_cells(rows))
    assert read_cells[("applications", "carried_in", "research")].locator == "table 1, row 4, column 3"


@pytest.mark.parametrize("lost", [(0, 0), (3, 5), (6, 20)])
def test_a_transposed_table_that_lost_a_cell_is_not_read(lost: tuple[int, int]) -> None:
    rows = {code: values for code, values in numbers().items() if not code.startswith("other_")}
    data = page(transposed_html(rows, lost), reviews_html([str(number) for number in range(20, 35)]))
    assert not wrong(data, true_cells(rows))
    assert {cells(data)[key].status for key in true_cells(rows)} == {CellStatus.MISSING}


def spanned_html(rows: dict[str, list[str]], corner: str, organisations: int, group_rows: int) -> str:
    """The table of applications as the form prints it, with these spans of its corner, its headings and its groups."""
    person, *kinds, total = HEADINGS
    lines = [
        f"<tr><td {corner}>（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td>"
        "<td colspan=7>申请人情况</td></tr>",
        f"<tr><td rowspan=2>{person}</td><td colspan={organisations}>法人或其他组织</td>"
        f"<td rowspan=2>{total}</td></tr>",
        "<tr>" + "".join(f"<td>{kind}</td>" for kind in kinds) + "</tr>",
    ]
    for code, values in rows.items():
        group = first_of_group(code)
        head = f"<td rowspan={group_rows}>{group}</td>" if group else ""
        cells_shown = "".join(f"<td>{value}</td>" for value in values)
        lines.append(f"<tr>{head}<td colspan=2>{label(code)}</td>{cells_shown}</tr>")
    return f"<table>{''.join(lines)}</table>"


@pytest.mark.parametrize("corner", ["rowspan=3 colspan=3", "rowspan=2 colspan=3", "rowspan=4 colspan=2", ""])
@pytest.mark.parametrize(("organisations", "group_rows"), [(5, 3), (4, 1), (6, 9)])
def test_spans_that_do_not_add_up_move_no_number(corner: str, organisations: int, group_rows: int) -> None:
    rows = numbers()
    rows[ROW][2] = rows["other_misc"][0] = ""
    data = page(spanned_html(rows, corner, organisations, group_rows))
    assert not wrong(data, true_cells(rows))
    assert CellStatus.MISSING not in {cells(data)[key].status for key in true_cells(rows)}


def test_reviews_whose_spans_do_not_add_up_are_read_by_turn() -> None:
    values = [str(number) for number in range(20, 35)]
    data = page(reviews_html(values).replace('colspan="5" rowspan="2"', 'colspan="3"'))
    assert [str(cells(data)[key].value) for key in review_keys()] == values


def test_a_word_among_the_numbers_of_reviews_is_an_unreadable_cell() -> None:
    values = [str(number) for number in range(20, 35)]
    values[5] = "（略）"
    found = [cells(page(reviews_html(values)))[key] for key in review_keys()]
    assert found[5].status is CellStatus.UNREADABLE
    assert [str(cell.value) for cell in found[6:]] == values[6:]


def test_an_item_that_lost_a_cell_under_a_lost_heading_is_not_read() -> None:
    table = (
        "<table><tr><td>信息内容</td><td>本年制发件数</td><td>现行有效件数</td></tr>"
        "<tr><td>规章</td><td>1</td><td>3</td></tr><tr><td>行政规范性文件</td><td>4</td><td>5</td><td>6</td></tr>"
        "<tr><td>信息内容</td><td colspan=3>本年处理决定数量</td></tr>"
        "<tr><td>行政许可</td><td colspan=3>7</td></tr></table>"
    )
    found = {key[1:]: cell.status for key, cell in cells(page(table)).items() if key[0] == "disclosure"}
    assert found[("licensing", "decisions")] is CellStatus.REPORTED
    lost = {status for (row, _), status in found.items() if row in ("regulations", "normative_documents")}
    assert lost == {CellStatus.MISSING}


def test_a_row_with_a_cell_too_many_is_not_read_where_all_others_have_as_many_as_the_form() -> None:
    """Its label spans a column less: with its first cell, a blank, left out it would stand under the headings."""
    rows = numbers()
    rows["granted"] = ["", "0", "4", "0", "", "0", "4"]
    whole = applications_html(rows).replace("<tr><td></td><td>", '<tr><td colspan="2">')
    assert cells(page(whole))["applications", "granted", "research"].value == 4
    line = next(line for line in whole.split("<tr>") if label("granted") in line)
    doubled = "".join(f"<td>{text}</td>" for text in (label("granted"), "", *rows["granted"]))
    data = page(whole.replace(line, doubled + "</tr>"))
    assert not wrong(data, true_cells(rows))
    assert cells(data)["applications", "granted", "research"].status is CellStatus.MISSING
