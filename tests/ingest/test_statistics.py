"""The statistics table of 2014 to 2018 is read cell for cell, and what a damaged copy does not show for sure is not."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import forms
from ingest.forms import FORM_2014
from ingest.parse import parse
from ingest.report import Cell, CellStatus, ParsedReport
from tests.corpus.corpus import documents

QUICK = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# The form as the notice 国办发〔2014〕32号 prints it: (code, label, unit). Rows without a code are headings.
TABLE = (
    ("", "一、主动公开情况", ""),
    ("published_total", "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条"),
    ("published_normative_documents", "其中：主动公开规范性文件数", "条"),
    ("normative_documents_issued", "制发规范性文件总数", "件"),
    ("", "（二）通过不同渠道和方式公开政府信息的情况", ""),
    ("published_by_gazette", "1.政府公报公开政府信息数", "条"),
    ("published_by_website", "2.政府网站公开政府信息数", "条"),
    ("published_by_weibo", "3.政务微博公开政府信息数", "条"),
    ("published_by_wechat", "4.政务微信公开政府信息数", "条"),
    ("published_by_other", "5.其他方式公开政府信息数", "条"),
    ("", "二、回应解读情况", ""),
    ("responses_total", "（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）", "次"),
    ("", "（二）通过不同渠道和方式回应解读的情况", ""),
    ("press_conferences", "1.参加或举办新闻发布会总次数", "次"),
    ("press_conferences_by_head", "其中：主要负责同志参加新闻发布会次数", "次"),
    ("online_interviews", "2.政府网站在线访谈次数", "次"),
    ("online_interviews_by_head", "其中：主要负责同志参加政府网站在线访谈次数", "次"),
    ("interpretations", "3.政策解读稿件发布数", "篇"),
    ("weibo_wechat_responses", "4.微博微信回应事件数", "次"),
    ("other_responses", "5.其他方式回应事件数", "次"),
    ("", "三、依申请公开情况", ""),
    ("requests_received", "（一）收到申请数", "件"),
    ("requests_in_person", "1.当面申请数", "件"),
    ("requests_by_fax", "2.传真申请数", "件"),
    ("requests_online", "3.网络申请数", "件"),
    ("requests_by_letter", "4.信函申请数", "件"),
    ("requests_closed", "（二）申请办结数", "件"),
    ("closed_on_time", "1.按时办结数", "件"),
    ("closed_extended", "2.延期办结数", "件"),
    ("requests_answered", "（三）申请答复数", "件"),
    ("answered_already_public", "1.属于已主动公开范围数", "件"),
    ("answered_granted", "2.同意公开答复数", "件"),
    ("answered_partly_granted", "3.同意部分公开答复数", "件"),
    ("answered_denied", "4.不同意公开答复数", "件"),
    ("denied_state_secret", "其中：涉及国家秘密", "件"),
    ("denied_trade_secret", "涉及商业秘密", "件"),
    ("denied_privacy", "涉及个人隐私", "件"),
    ("denied_security_stability", "危及国家安全、公共安全、经济安全和社会稳定", "件"),
    ("denied_not_government_information", "不是《条例》所指政府信息", "件"),
    ("denied_other_law", "法律法规规定的其他情形", "件"),
    ("answered_not_competent", "5.不属于本行政机关公开数", "件"),
    ("answered_not_existing", "6.申请信息不存在数", "件"),
    ("answered_to_be_amended", "7.告知作出更改补充数", "件"),
    ("answered_other_channel", "8.告知通过其他途径办理数", "件"),
    ("reconsiderations", "四、行政复议数量", "件"),
    ("reconsiderations_upheld", "（一）维持具体行政行为数", "件"),
    ("reconsiderations_corrected", "（二）被依法纠错数", "件"),
    ("reconsiderations_other", "（三）其他情形数", "件"),
    ("litigations", "五、行政诉讼数量", "件"),
    ("litigations_upheld", "（一）维持具体行政行为或者驳回原告诉讼请求数", "件"),
    ("litigations_corrected", "（二）被依法纠错数", "件"),
    ("litigations_other", "（三）其他情形数", "件"),
    ("complaints", "六、举报投诉数量", "件"),
    ("fees_charged", "七、依申请公开信息收取的费用", "万元"),
    ("", "八、机构建设和保障经费情况", ""),
    ("offices", "（一）政府信息公开工作专门机构数", "个"),
    ("reading_points", "（二）设置政府信息公开查阅点数", "个"),
    ("staff", "（三）从事政府信息公开工作人员数", "人"),
    ("staff_full_time", "1.专职人员数（不包括政府公报及政府网站工作人员数）", "人"),
    ("staff_part_time", "2.兼职人员数", "人"),
    ("funding", "（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）", "万元"),
    ("", "九、政府信息公开会议和培训情况", ""),
    ("meetings", "（一）召开政府信息公开工作会议或专题会议数", "次"),
    ("trainings", "（二）举办各类培训班数", "次"),
    ("trained_persons", "（三）接受培训人员数", "人次"),
)
CODES = [code for code, _, _ in TABLE if code]
PRINTED = {code: str(101 + 3 * place) for place, code in enumerate(CODES)}
"""A number of its own for each indicator, so that any shift shows."""
MONEY = ("fees_charged", "funding")
TRUTH = {code: Decimal(text) * (10_000 if code in MONEY else 1) for code, text in PRINTED.items()}

Row = list[str]
HEAD = ["统计指标", "单位", "统计数"]
PROSE = "洪泽区人民政府2016年政府信息公开工作年度报告\n本报告所列数据的统计期限自2016年1月1日起至2016年12月31日止。\n"


def rows(cumulative: bool = False, dashes: bool = False) -> list[Row]:
    """The rows of the table below its headings."""
    result = []
    for code, label, unit in TABLE:
        more = [str(int(PRINTED[code]) * 7)] if cumulative and code else [""] * cumulative
        result.append([label, unit, PRINTED[code], *more] if code else [label, "——" if dashes else "", "", *more])
    return result


def html(lines: Sequence[Sequence[str]]) -> bytes:
    """A page with the rows as a table; a cell may begin with its own tag."""
    cells = ("".join(cell if cell.startswith("<td") else f"<td>{cell}</td>" for cell in line) for line in lines)
    body = "".join(f"<p>{line}</p>" for line in PROSE.split("\n"))
    return f"<html><body>{body}<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table></body></html>".encode()


def pipes(lines: Sequence[Sequence[str]]) -> bytes:
    """The rows as `a | b |` lines."""
    return (PROSE + "".join(f"{' | '.join(line)} |\n" for line in lines)).encode()


def markdown(lines: Sequence[Sequence[str]]) -> bytes:
    """The rows as a Markdown table."""
    printed = [f"| {' | '.join(line)} |" for line in lines]
    return "\n".join([PROSE, printed[0], "|---" * len(lines[0]) + "|", *printed[1:], ""]).encode()


def tabs(lines: Sequence[Sequence[str]]) -> bytes:
    """The rows with tabs between the cells."""
    return (PROSE + "".join("\t".join(line) + "\n" for line in lines)).encode()


def flat(lines: Sequence[Sequence[str]]) -> bytes:
    """One cell a line; empty cells leave an empty line."""
    return (PROSE + "".join(f"{cell}\n" for line in lines for cell in line)).encode()


LAYOUTS = {layout.__name__: layout for layout in (html, pipes, markdown, tabs, flat)}


def cells(report: ParsedReport) -> dict[str, Cell]:
    """The cells of the statistics table by indicator."""
    return {cell.row_code: cell for cell in report.cells if cell.section == "statistics"}


def values(data: bytes) -> dict[str, Decimal]:
    """The numbers that were read."""
    return {code: cell.value for code, cell in cells(parse(data)).items() if cell.value is not None}


def assert_nothing_wrong(data: bytes) -> None:
    """No cell holds anything but its own number or, where its text is lost, nothing."""
    for code, cell in cells(parse(data)).items():
        if cell.status is CellStatus.MISSING:
            assert cell.value is None
            assert cell.reason
        else:
            assert cell.value == TRUTH[code], (code, cell)


def replaced(code: str, label: str | None = None, unit: str | None = None, value: str | None = None) -> list[Row]:
    """The whole table with one row changed."""
    at = next(at for at, (other, _, _) in enumerate(TABLE) if other == code)
    lines = rows()
    lines[at] = [new if new is not None else old for new, old in zip((label, unit, value), lines[at], strict=True)]
    return [HEAD, *lines]


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("dashes", [False, True])
def test_a_whole_table_gives_all_its_numbers(layout, dashes: bool) -> None:  # type: ignore[no-untyped-def]
    report = parse(layout([HEAD, *rows(dashes=dashes)]))
    assert {code: cell.value for code, cell in cells(report).items()} == TRUTH
    assert len(TRUTH) == 58
    assert report.status == "parsed"
    assert [report.disclosure_form, report.applications_form, report.reviews_form] == [FORM_2014] * 3
    assert all(cell.section == "statistics" for cell in report.cells)


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("cumulative_first", [False, True])
def test_the_sum_of_all_years_is_never_taken_for_the_years(layout, cumulative_first: bool) -> None:  # type: ignore[no-untyped-def]
    lines = [["统计指标", "单位", "本年度", "历年累计"], *rows(cumulative=True)]
    if cumulative_first:
        lines = [[label, unit, total, year] for label, unit, year, total in lines]
    assert values(layout(lines)) == TRUTH


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("heading", ["历年累计", "2015年", "区直单位统计数", "本年累计"])
def test_without_a_column_of_the_year_nothing_is_read(layout, heading: str) -> None:  # type: ignore[no-untyped-def]
    assert not values(layout([["统计指标", "单位", heading], *rows()]))
    assert not values(layout([["统计指标", "单位", "区政府统计数", heading], *rows(cumulative=True)]))


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_without_any_headings_two_numbers_a_row_are_not_read(layout) -> None:  # type: ignore[no-untyped-def]
    assert not values(layout(rows(cumulative=True)))
    assert_nothing_wrong(layout(rows()))


def test_labels_that_two_indicators_share_are_told_by_the_rows_around_them() -> None:
    shared = {
        "press_conferences_by_head": "其中：主要负责同志参加",
        "online_interviews_by_head": "其中：主要负责同志参加",
    }
    shared |= {
        "litigations_upheld": "（一）维持具体行政行为数",
        "requests_in_person": "当面",
        "requests_by_fax": "传真",
    }
    shared |= {"requests_online": "网络", "requests_by_letter": "信函", "staff_full_time": "①专职"}
    lines = [
        HEAD,
        *([shared.get(code, label), *line[1:]] for (code, label, _), line in zip(TABLE, rows(), strict=True)),
    ]
    for layout in LAYOUTS.values():
        assert values(layout(lines)) == TRUTH


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_a_shared_label_behind_lost_rows_is_not_read(layout) -> None:  # type: ignore[no-untyped-def]
    gone = ("reconsiderations_corrected", "reconsiderations_other", "litigations", "litigations_upheld")
    lines = [HEAD, *(line for (code, _, _), line in zip(TABLE, rows(), strict=True) if code not in gone)]
    read = values(layout(lines))
    assert not {code for code in read if code.endswith(("s_corrected", "s_other")) and code != "other_responses"}
    assert_nothing_wrong(layout(lines))


def test_a_short_label_far_from_its_whole_is_not_read() -> None:
    lines = replaced("requests_online", "网络")
    del lines[lines.index(["2.传真申请数", "件", PRINTED["requests_by_fax"]])]
    assert "requests_online" not in values(html(lines))


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("published_total", "1、全年主动公开政府信息总数（单位：条）"),
        ("published_by_website", "②通过政府网站公开政府信息数量"),
        ("responses_total", "(1)回应公众关注热点或重大舆情数(次)"),
        ("requests_received", "本年度收到申请总数"),
        ("denied_not_government_information", "不是“条例”所指政府信息数"),
        ("reconsiderations", "四、政府信息公开行政复议数(件)"),
        ("reconsiderations_corrected", "2.被依法纠错"),
        ("complaints", "六、政府信息公开举报投诉数量"),
        ("offices", "专门机构数（个）"),
        ("staff", "（三）从事政府信息公开工作人员数（=1+2）"),
        ("trained_persons", "接受培训人次"),
        ("answered_granted", "同意公开答复数"),
        ("closed_on_time", "１．按時辦結數"),
        ("requests_online", "3.网上申请数"),
    ],
)
def test_labels_vary(code: str, label: str) -> None:
    for layout in LAYOUTS.values():
        assert values(layout(replaced(code, label))) == TRUTH


def test_a_label_that_lost_its_not_is_not_the_other_one() -> None:
    for label in ("4.同意公开答复数", "同意公开答复数"):
        lines = [line for line in replaced("answered_denied", label) if line[0] != "2.同意公开答复数"]
        for layout in LAYOUTS.values():
            assert "answered_granted" not in values(layout(lines))
            assert_nothing_wrong(layout(lines))


def test_a_label_that_could_be_anothers_counts_where_those_others_stand_beside_it() -> None:
    lines = [line for line in replaced("answered_granted", "同意公开答复数") if "已主动公开范围" not in line[0]]
    for layout in (html, pipes, markdown, tabs):
        assert values(layout(lines))["answered_granted"] == TRUTH["answered_granted"]


def test_a_damaged_label_is_told_by_its_neighbours() -> None:
    for layout in LAYOUTS.values():
        report = parse(layout(replaced("answered_other_channel", "8.告知通过途径办理数")))
        cell = cells(report)["answered_other_channel"]
        assert cell.value == TRUTH["answered_other_channel"]
        assert cell.reason
        assert "damaged" in cell.reason
        assert any(issue.code == "label_damaged" for issue in report.issues)


@pytest.mark.parametrize(
    ("label", "unit", "value", "amount", "stated"),
    [
        ("依申请公开信息收取的费用", "万元", "1.5", "15000", "CNY"),
        ("依申请公开信息收取的费用（万元）", "", "1.5", "15000", "CNY"),
        ("依申请公开信息收取的费用", "", "1.5万元", "15000", "CNY"),
        ("依申请公开信息收取的费用", "元", "1500", "1500", "CNY"),
        ("依申请公开信息收取的费用", "", "1.5", "1.5", "unstated"),
    ],
)
def test_money_is_in_cny_only_where_its_unit_is_stated(
    label: str, unit: str, value: str, amount: str, stated: str
) -> None:
    for layout in (html, pipes, tabs):
        cell = cells(parse(layout(replaced("fees_charged", label, unit, value))))["fees_charged"]
        assert (cell.value, cell.unit) == (Decimal(amount), stated)


def test_a_count_in_another_rows_unit_is_not_read() -> None:
    for layout in LAYOUTS.values():
        assert "meetings" not in values(layout(replaced("meetings", unit="万元")))
        assert "funding" not in values(layout(replaced("funding", unit="人")))


def test_what_a_cell_holds_is_told() -> None:
    for content, status in (
        ("", "blank"),
        ("——", "dash"),
        ("无", "dash"),
        ("详见附件", "unreadable"),
        ("1 063", "reported"),
    ):
        for layout in (html, pipes, markdown, tabs):
            assert cells(parse(layout(replaced("trainings", value=content))))["trainings"].status == status


def test_labels_spread_over_columns_by_rowspan() -> None:
    lines: list[Row] = [['<td colspan="2">统计指标</td>', "单位", "统计数"]]
    parts = CODES[CODES.index("requests_in_person") : CODES.index("requests_closed")]
    for (code, label, unit), line in zip(TABLE, rows(), strict=True):
        if code == "requests_received":
            lines.append([f'<td rowspan="5">{label}</td>', "合计", unit, line[2]])
        elif code in parts:
            lines.append([label.replace("申请数", ""), unit, line[2]])
        elif code:
            lines.append([f'<td colspan="2">{label}</td>', unit, line[2]])
        else:
            lines.append([f'<td colspan="4">{label}</td>'])
    assert values(html(lines)) == TRUTH


@pytest.mark.parametrize("layout", [html, pipes, markdown, tabs])
@pytest.mark.parametrize("row_by_row", [False, True])
def test_two_blocks_side_by_side(layout, row_by_row: bool) -> None:  # type: ignore[no-untyped-def]
    lines = [line for (code, _, _), line in zip(TABLE, rows(), strict=True) if code]
    left, right = (lines[::2], lines[1::2]) if row_by_row else (lines[:29], lines[29:])
    assert values(layout([HEAD * 2, *(one + two for one, two in zip(left, right, strict=True))])) == TRUTH


def test_a_column_of_numbers_before_the_labels() -> None:
    lines = [["序号", *HEAD], *([str(place), *line] for place, line in enumerate(rows(), start=1))]
    for layout in (html, pipes, markdown, tabs):
        assert values(layout(lines)) == TRUTH


def test_a_code_between_unit_and_number_is_not_the_number() -> None:
    head = ["指标名称", "计量单位", "代码", "本期实际", "本年累计"]
    lines = [[line[0], line[1], f"{place:02}", line[2], "9"] for place, line in enumerate(rows(), start=1)]
    for layout in LAYOUTS.values():
        assert not values(layout([head, *lines]))


def test_a_table_in_two_pieces_with_its_headings_or_without() -> None:
    for second in ([HEAD], []):
        first, rest = html([HEAD, *rows()[:30]]), html([*second, *rows()[30:]])
        table = rest.decode()[rest.decode().index("<table>") :]
        assert values(first.decode().replace("</body></html>", table).encode()) == TRUTH


def test_two_tables_that_differ_are_both_withdrawn() -> None:
    other = [[line[0], line[1], "5" if line[2] else ""] for line in rows()]
    for layout in LAYOUTS.values():
        report = parse(layout([HEAD, *rows(), HEAD, *other]))
        assert not {cell.value for cell in report.cells} - {None}
        assert any(issue.code == "second_table" for issue in report.issues)
        assert values(layout([HEAD, *rows(), HEAD, *rows()])) == TRUTH


def test_a_row_that_a_page_cut_is_not_read() -> None:
    lines = [HEAD, *rows()]
    at = next(at for at, line in enumerate(lines) if line[2] == PRINTED["trainings"])
    assert "trainings" not in values(html([*lines[: at + 1], ["", "", "7"], *lines[at + 1 :]]))


@pytest.mark.parametrize("lost", [False, True])
def test_empty_lines_of_flattened_text_are_empty_cells_where_every_row_is_whole_then(lost: bool) -> None:
    table = [[HEAD[0], HEAD[1], HEAD[2]], *([cell for cell in row if cell] for row in rows() if row[1])]
    at = next(at for at, row in enumerate(table) if row[0] == "2.传真申请数")
    table[at] = [*table[at][:2], ""]
    if lost:
        del table[at + 3][2]
    read = cells(parse(flat(table)))
    assert read["requests_by_fax"].status is (CellStatus.MISSING if lost else CellStatus.BLANK)
    assert read["requests_in_person"].value == TRUTH["requests_in_person"]


def test_a_page_number_in_place_of_a_lost_blank_is_not_read() -> None:
    lines = [HEAD, *replaced("trainings", value="12")[1:]]
    text = flat(lines).decode().replace(PRINTED["staff"] + "\n", "").replace(PROSE, PROSE + "11\n")
    assert "trainings" not in values(text.encode())


def test_a_prose_report_of_those_years_stays_narrative() -> None:
    body = (
        "一、总体情况。政府信息公开工作有序推进。\n二、主动公开情况。主动公开政府信息120条。\n"
        "三、依申请公开情况。收到申请5件。\n四、行政复议数量\n无。\n"
    )
    report = parse((PROSE + body).encode())
    assert not report.cells
    assert [report.disclosure_form, report.applications_form, report.reviews_form] == ["narrative"] * 3


def test_a_provinces_own_table_of_earlier_years_is_not_this_form() -> None:
    labels = ("主动公开信息数", "收到申请数", "当面申请数", "传真申请数", "同意公开答复数", "行政复议数")
    lines = [["指标名称", "计量单位", "本年度", "历年累计"], *([label, "件", "5", "9"] for label in labels)]
    for layout in LAYOUTS.values():
        assert not values(layout(lines))


def test_a_counted_row_of_one_line_needs_no_next_row_of_the_form() -> None:
    table = [HEAD, *(row for row in rows() if "办结" not in row[0])]
    for layout in (pipes, markdown, tabs):
        assert values(layout(table))["requests_by_letter"] == TRUTH["requests_by_letter"]
    # Put together of two lines, it may have the number of a lost row.
    broken = pipes(table).decode().replace("4.信函申请数 | 件 |", "4.信函申请数 |\n件 |")
    assert "requests_by_letter" not in values(broken.encode())
    assert_nothing_wrong(broken.encode())


def test_reports_of_later_forms_have_no_statistics() -> None:
    for path in documents().values():
        report = parse(path.read_bytes())
        assert not cells(report)
        assert FORM_2014 not in (report.disclosure_form, report.applications_form, report.reviews_form)


def test_the_table_beside_a_later_form_is_told_and_not_read() -> None:
    sample = next(path for name, path in documents().items() if name.startswith("000_")).read_text(encoding="utf-8")
    report = parse((sample + "\n" + flat([HEAD, *rows()]).decode()).encode())
    assert not cells(report)
    assert any(issue.code == "statistics_beside_tables" for issue in report.issues)


def test_every_cell_of_the_form_is_there_and_says_why_it_is_missing() -> None:
    report = parse(html([HEAD, *rows()[:12]]))
    assert list(cells(report)) == [cell.key.row_code for cell in forms.cells("statistics", FORM_2014)]
    missing = [cell for cell in report.cells if cell.status is CellStatus.MISSING]
    assert len(missing) == 49
    assert all(cell.reason for cell in missing)
    assert report.status == "partial"


TABLES = {
    "plain": [HEAD, *rows()],
    "dashes": [HEAD, *rows(dashes=True)],
    "cumulative": [["统计指标", "单位", "本年度", "历年累计"], *rows(cumulative=True)],
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
@QUICK
@given(data=st.data())
def test_lines_lost_from_flattened_text(table: list[Row], data: st.DataObject) -> None:
    lines = flat(table).decode().split("\n")
    first = data.draw(st.integers(2, len(lines) - 8))
    near = st.sets(st.integers(first, first + 7), max_size=6)
    far = st.sets(st.integers(2, len(lines) - 1), max_size=6)
    lost = data.draw(near) | data.draw(far)
    assert_nothing_wrong("\n".join(line for at, line in enumerate(lines) if at not in lost).encode())


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("layout", [html, pipes, markdown, tabs])
@QUICK
@given(data=st.data())
def test_cells_lost_from_rows(layout, table: list[Row], data: st.DataObject) -> None:  # type: ignore[no-untyped-def]
    lines = [list(line) for line in table]
    for _ in range(data.draw(st.integers(1, 6))):
        line = data.draw(st.sampled_from([line for line in lines if line]))
        del line[data.draw(st.integers(0, len(line) - 1))]
    assert_nothing_wrong(layout(lines))


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@QUICK
@given(data=st.data())
def test_rows_lost(layout, table: list[Row], data: st.DataObject) -> None:  # type: ignore[no-untyped-def]
    first = data.draw(st.integers(0, len(table) - 8))
    lost = data.draw(st.sets(st.integers(first, first + 7))) | data.draw(st.sets(st.integers(0, len(table) - 1)))
    assert_nothing_wrong(layout([line for at, line in enumerate(table) if at not in lost]))


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@QUICK
@given(data=st.data())
def test_characters_lost_from_labels(layout, data: st.DataObject) -> None:  # type: ignore[no-untyped-def]
    lines = [HEAD, *rows()]
    for line in data.draw(st.lists(st.sampled_from(lines[1:]), min_size=1, max_size=5)):
        start = data.draw(st.integers(0, len(line[0])))
        line[0] = line[0][:start] + line[0][start + data.draw(st.integers(1, 4)) :]
    assert_nothing_wrong(layout(lines))


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@QUICK
@given(data=st.data())
def test_a_file_cut_anywhere(layout, data: st.DataObject) -> None:  # type: ignore[no-untyped-def]
    content = layout([HEAD, *rows()])
    assert_nothing_wrong(content[: data.draw(st.integers(0, len(content)))])


@QUICK
@given(data=st.data())
def test_tags_lost_from_spread_labels(data: st.DataObject) -> None:
    lines: list[Row] = [['<td colspan="2">统计指标</td>', "单位", "统计数"]]
    for (code, label, unit), line in zip(TABLE, rows(), strict=True):
        if code == "requests_received":
            lines.append([f'<td rowspan="5">{label}</td>', "合计", unit, line[2]])
        elif code in CODES[17:21]:
            lines.append([label, unit, line[2]])
        elif code:
            lines.append([f'<td colspan="2">{label}</td>', unit, line[2]])
    for _ in range(data.draw(st.integers(1, 4))):
        line = data.draw(st.sampled_from([line for line in lines if line]))
        del line[data.draw(st.integers(0, len(line) - 1))]
    assert_nothing_wrong(html(lines))


def test_a_row_of_a_provincial_table_broken_in_its_label_is_read_where_its_last_piece_is_of_no_other_label() -> None:
    """No form says which row follows 行政复议数 there, so only the line of the number tells whose it is."""
    head = ["政府信息公开情况统计表", "指标名称 | 计量单位 | 统计数 |", "主动公开信息数 | 条 | 7 |"]
    rest = [
        "对申请的答复总数 | 条 | 4 |",
        "行政复",
        "议数 | 件 | 2 |",
        "行政诉讼数 | 件 | 1 |",
        "举报投诉数 | 件 | 0 |",
    ]
    title = "洪泽区人民政府2012年政府信息公开工作年度报告"
    for asked, read_values in (
        (["收到申请总数 | 条 | 4 |", "当面", "申请数 | 条 | 3 |"], {"requests_in_person": None, "reconsiderations": 2}),
        (["收到申请总数 | 条 | 4 |", "当面申请数 | 条 | 3 |"], {"requests_in_person": 3, "reconsiderations": 2}),
    ):
        report = parse("\n".join([title, *head, *asked, *rest, "以上。"]).encode())
        found = {cell.row_code: cell.value for cell in report.cells}
        assert {code: found[code] for code in read_values} == read_values


def test_a_blank_that_ends_a_table_is_one_where_its_row_is_closed() -> None:
    title = "洪泽区人民政府2012年政府信息公开工作年度报告"
    lines = ["|指标名称|计量单位|统计数|", "|---|---|---|", "|主动公开信息数|条|7|", "|收到申请总数|条|4|"]
    lines += ["|行政复议数|件|1|", "|举报投诉数|件||"]
    cells = {cell.row_code: cell for cell in parse("\n".join([title, "", *lines, ""]).encode()).cells}
    assert cells["complaints"].status is CellStatus.BLANK
    tabbed = [line.strip("|").replace("|", "\t") for line in lines if "---" not in line]
    cut = {cell.row_code: cell for cell in parse("\n".join([title, "", *tabbed]).encode()).cells}
    assert cut["complaints"].status is CellStatus.MISSING


@pytest.mark.parametrize("layout", [html, pipes], ids=["html", "pipes"])
@pytest.mark.parametrize("heading", ["单", "量单", "某某"])
def test_a_unit_beside_the_label_counts_under_a_damaged_heading(layout, heading: str) -> None:  # type: ignore[no-untyped-def]
    read = cells(parse(layout([[HEAD[0], heading, HEAD[2]], *rows()])))
    assert (read["funding"].value, read["funding"].unit) == (TRUTH["funding"], "CNY")
    assert read["staff"].value == TRUTH["staff"]
