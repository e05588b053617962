"""Labels that OCR misread are put right by the frame of the form, and by nothing less."""

from collections.abc import Callable

import pytest

from ingest.document import Document, Grid, Placement
from ingest.forms import FORM_2019, FORM_2021, applications
from ingest.tables.misread_labels import with_labels_of_the_form
from tests.ingest.pages import HEADINGS, first_of_group

Rows = list[list[str | None]]


def table(form: str) -> Rows:
    """The table of applications as a scan shows it, its groups in a column beside its rows."""
    found: Rows = [
        [None, None, "申请人情况", *[None] * 6],
        [None, None, "自然人", "法人或其他组织", None, None, None, None, "总计"],
        [None, None, None, *HEADINGS[1:6], None],
    ]
    for place, row in enumerate(applications.rows(form)):
        label = f"{row.ordinal}{row.label}"
        group = first_of_group(row.code) if form == FORM_2021 else None
        found.append([group or None, label, *(str(place * 7 + column) for column in range(7))])
    return found


def document(rows: Rows) -> Document:
    locators = tuple(f"row {number}" for number in range(1, len(rows) + 1))
    return Document("application/pdf", None, (Grid(tuple(map(tuple, rows)), locators, Placement.RULED),))


def labels(rows: Rows) -> list[str | None]:
    return [row[1] for row in with_labels_of_the_form(document(rows)).grids[0].rows]


def as_read(rows: Rows) -> Rows:
    """What OCR makes of some labels: characters changed, lost, put in, and one label of which nothing is left."""
    misread = {
        "2其他法律行政法规禁止公开": "2其他法律行政法规荣止公开",
        "7属于行政执法案卷": "属於行政执法案矢",
        "1本机关不掌握相关政府信息": "LABRBH AS SA BOTfal",
        "(七)总计": "(七)继计",
        "四结转下年度继续办理": "四、千转下年度凰续办理",
        "自然人": "自然入",
        "社会公益组织": "社会公益租纳",
        "总计": "翻计",
        "(四)无法提供": "《四)无法提仁",
    }
    return [[misread.get(text or "", text) for text in row] for row in rows]


@pytest.mark.parametrize("form", [FORM_2019, FORM_2021])
def test_misread_labels_and_headings_are_those_of_the_form_and_no_number_changes(form: str) -> None:
    rows = as_read(table(form))
    mended = with_labels_of_the_form(document(rows))
    shown = mended.grids[0].rows
    told = [row[1] for row in shown[3:]]
    printed = [row.label for row in applications.rows(form)]
    assert [label.endswith(row) for label, row in zip(map(str, told), printed, strict=True)] == [True] * len(printed)
    assert [row[2:] for row in shown[3:]] == [tuple(row[2:]) for row in rows[3:]]
    assert (shown[1][2], shown[1][8], shown[2][5]) == ("自然人", "总计", "社会公益组织")
    assert [fault.code for fault in mended.faults] == ["labels_misread"]


def swapped(rows: Rows) -> Rows:
    rows[6][1], rows[9][1] = rows[9][1], rows[6][1]
    rows[12][1], rows[15][1] = rows[15][1], rows[12][1]
    rows[7][1], rows[18][1] = rows[18][1], rows[7][1]
    return rows


def without_a_row(rows: Rows) -> Rows:
    return [*rows[:9], *rows[10:]]


def twice(rows: Rows) -> Rows:
    return [*rows[:9], *rows[8:]]


def mostly_unread(rows: Rows) -> Rows:
    return [
        [text if place % 2 or column != 1 else "一二三" for column, text in enumerate(row)]
        for place, row in enumerate(rows)
    ]


def with_a_gap(rows: Rows) -> Rows:
    return [*rows[:9], ["", "", *[""] * 7], *rows[9:]]


@pytest.mark.parametrize("damage", [swapped, without_a_row, twice, mostly_unread, with_a_gap])
@pytest.mark.parametrize("form", [FORM_2019, FORM_2021])
def test_where_the_rows_are_not_plainly_those_of_the_form_no_label_is_touched(
    form: str, damage: Callable[[Rows], Rows]
) -> None:
    rows = damage(as_read(table(form)))
    assert labels(rows) == [row[1] for row in rows]


def test_headings_in_another_order_are_named_where_each_is_plain_and_else_not_touched() -> None:
    rows = as_read(table(FORM_2021))
    rows[1][2], rows[1][8] = "总计", "自然入"
    shown = with_labels_of_the_form(document(rows)).grids[0].rows
    assert (shown[1][2], shown[1][8], shown[2][5]) == ("总计", "自然人", "社会公益组织")
    rows[1][2], rows[1][8] = "翻讦", "自然入"
    shown = with_labels_of_the_form(document(rows)).grids[0].rows
    assert (shown[1][2], shown[1][8], shown[2][5]) == ("翻讦", "自然入", "社会公益租纳")


def test_other_tables_are_left_alone() -> None:
    rows: Rows = [["", f"第{number}项工作的情况", *map(str, range(7))] for number in range(20)]
    assert with_labels_of_the_form(document(rows)) == document(rows)
