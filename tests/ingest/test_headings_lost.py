"""Without headings that name the columns, the kinds of applicant are not known, however well the numbers add up."""

from collections.abc import Callable

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
    true_cells,
    wrong,
)

PROSE = "洪泽区人民政府2023年政府信息公开工作年度报告\n本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。\n"
KINDS = ("natural_person", "business", "other_organisation")


def reordered(rows: dict[str, list[str]]) -> dict[str, list[str]]:
    """The rows as printed with the total first."""
    return {code: [values[-1], *values[:-1]] for code, values in rows.items()}


def piped(rows: dict[str, list[str]], headings: tuple[str, ...] = ()) -> bytes:
    """The table of applications in bars, headings in one row, none where none are given."""
    lines = [f"项目 |  | {' | '.join(headings)} |"] if headings else []
    for code, values in rows.items():
        lines.append(f"{first_of_group(code) or ''} | {label(code)} | {' | '.join(values)} |")
    return (PROSE + "\n".join(lines) + "\n").encode()


def headless(rows: dict[str, list[str]]) -> bytes:
    """The same as a page."""
    whole = applications_html(rows)
    return page("<table>" + whole[whole.index("</tr>") + len("</tr>") :])


@pytest.mark.parametrize("printed", [headless, piped])
@pytest.mark.parametrize("order", ["form", "total first"])
def test_kinds_of_applicant_are_not_read_without_headings_and_the_total_is_where_sums_tell_it(
    printed: Callable[[dict[str, list[str]]], bytes], order: str
) -> None:
    rows = numbers()
    data = printed(rows if order == "form" else reordered(rows))
    read = cells(data)
    assert not wrong(data, true_cells(rows))
    assert all(read["applications", code, kind].status is CellStatus.MISSING for code in rows for kind in KINDS)
    assert all("headings" in (read["applications", code, kind].reason or "") for code in rows for kind in KINDS)
    assert all(read["applications", code, "total"].status is CellStatus.REPORTED for code in rows)


def test_a_total_is_not_read_without_headings_where_two_columns_could_be_it() -> None:
    """Natural persons alone, or last year's with the kinds of another: the column of the total is not told."""
    rows = {code: [str(at + 1), *["0"] * 5, str(at + 1)] for at, code in enumerate(numbers())}
    read = cells(headless(rows))
    assert {read["applications", code, "total"].status for code in rows} == {CellStatus.MISSING}


def test_a_row_whose_cells_all_say_the_same_needs_no_headings() -> None:
    rows = numbers()
    rows["granted"], rows["partly_granted"] = ["0"] * 7, [""] * 7
    for data in (headless(rows), piped(rows)):
        read = cells(data)
        assert {read[key].value for key in true_cells({"granted": rows["granted"]})} == {0}
        assert {read[key].status for key in true_cells({"partly_granted": rows["partly_granted"]})} == {
            CellStatus.BLANK
        }


def test_the_rest_of_a_table_stands_under_the_headings_of_its_first_piece() -> None:
    rows = numbers()
    first = dict(list(rows.items())[:9])
    rest = {code: values for code, values in rows.items() if code not in first}
    whole = applications_html(rest)
    data = page(applications_html(first), "<table>" + whole[whole.index("</tr>") + len("</tr>") :])
    assert {cells(data)[key].status for key in true_cells(rows)} == {CellStatus.REPORTED}
    assert not wrong(data, true_cells(rows))


@pytest.mark.parametrize("group", ["法人或其他组织", "各类单位", None])
def test_headings_in_two_rows_name_columns_only_where_a_cell_spans_the_lower_ones(group: str | None) -> None:
    """In the order 商业企业 … 自然人, 总计, the cells beside a lost one move to the left."""
    kinds, rows = HEADINGS[1:-1], numbers()
    over = f'<td colspan="5">{group}</td>' if group else ""
    head = (
        f'<tr><td rowspan="2">项目</td>{over}<td rowspan="2">自然人</td><td rowspan="2">总计</td></tr>'
        f"<tr>{''.join(f'<td>{kind}</td>' for kind in kinds)}</tr>"
    )
    lines = []
    for code, values in rows.items():
        row = [*values[1:-1], values[0], values[-1]]
        lines.append(f"<tr><td>{label(code)}</td>{''.join(f'<td>{value}</td>' for value in row)}</tr>")
    data = page(f"<table>{head}{''.join(lines)}</table>")
    assert not wrong(data, true_cells(rows))
    read = {cells(data)[key].status for key in true_cells(rows)}
    assert read == ({CellStatus.REPORTED} if group else {CellStatus.MISSING})


def test_a_row_of_headings_that_is_there_twice_gives_no_other_order() -> None:
    """Where spans do not add up, the lower headings begin at the left edge."""
    rows = {code: ["0"] * 7 for code in numbers()} | {"new_requests": ["2", *["0"] * 5, "2"]}
    upper = "<td></td><td></td><td></td><td>自然人</td><td colspan='5'>法人或其他组织</td><td>总计</td>"
    kinds = [f"<td{' colspan=2' if kind == '社会公益组织' else ''}>{kind}</td>" for kind in HEADINGS[1:-1]]
    lines = [upper, "".join(kinds)]
    for code, values in rows.items():
        lines.append(f"<td colspan='3'>{label(code)}</td>{''.join(f'<td>{value}</td>' for value in values)}")
    for doubled in (lines, [lines[0], lines[1], *lines[1:]], [lines[0], *lines]):
        data = page(f"<table>{''.join(f'<tr>{line}</tr>' for line in doubled)}</table>")
        assert not wrong(data, true_cells(rows))
        assert cells(data)["applications", "new_requests", "natural_person"].value == 2


def test_headings_repeated_inside_a_group_lead_out_of_it_no_more_than_the_rows_around_them() -> None:
    """总计 stands first in a row of headings that comes again above 3.其他."""
    rows = numbers()
    whole = applications_html(reordered(rows), (HEADINGS[-1], *HEADINGS[:-1]))
    head = whole[whole.index("<tr>") : whole.index("</tr>") + len("</tr>")]
    again = head.replace("<td></td><td>项目</td>", "").replace("<td>总计</td>", "<td>总计</td><td></td><td></td>")
    misc = f"<tr><td></td><td>{label('other_misc')}</td>"
    data = page(whole.replace(misc, again + misc))
    assert not wrong(data, true_cells(rows))
    assert {cells(data)[key].status for key in true_cells(rows)} == {CellStatus.REPORTED}
