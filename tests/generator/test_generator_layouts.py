"""Layouts whose header tells where a number belongs: other orders, a column 小计, transposed, statistics."""

from collections import Counter

import pytest
from bs4 import BeautifulSoup, Tag
from plain_reader import squeeze

from benchmarks.generator.forms import KEYS, KIND_LABELS, KINDS, STATISTICS, application_items
from benchmarks.generator.make import make_report
from benchmarks.generator.model import Printed
from benchmarks.generator.plan import Options

OPTIONS = Options(seed="layouts", formats=("html",), damage="none")


def own_cells(row: Tag) -> list[Tag]:
    return list(row.find_all(["td", "th"], recursive=False))


def table_with(printed: Printed, word: str) -> list[Tag]:
    """The rows of the innermost table that holds `word`."""
    page = BeautifulSoup(printed.data.decode(printed.report["encoding"]).lstrip("\ufeff"), "lxml")
    tables = [table for table in page.find_all("table") if not table.find("table") and word in table.get_text()]
    return list(tables[0].find_all("tr"))


def expand(rows: list[Tag]) -> list[list[str]]:
    """The rows of a table with every merged cell's text in all its places."""
    places: dict[tuple[int, int], str] = {}
    for index, row in enumerate(rows):
        column = 0
        for cell in own_cells(row):
            while (index, column) in places:
                column += 1
            for down in range(int(str(cell.get("rowspan") or 1))):
                for right in range(int(str(cell.get("colspan") or 1))):
                    places[index + down, column + right] = squeeze(cell.get_text())
            column += int(str(cell.get("colspan") or 1))
    width = 1 + max(column for _, column in places)
    return [[places.get((index, column), "") for column in range(width)] for index in range(len(rows))]


def applications_places(printed: Printed) -> list[list[str]]:
    return expand(table_with(printed, "自然人"))


def truth_of(printed: Printed) -> dict[tuple[str, str], str]:
    (table,) = (table for table in printed.tables if table.section == "applications")
    return {
        (KEYS[key].row_code, KEYS[key].column_code): squeeze(raw)
        for key, raw in zip(table.keys, table.raw, strict=True)
        if not KEYS[key].row_code.startswith("subtotal_")
    }


@pytest.mark.slow
def test_the_header_tells_the_order_of_columns() -> None:
    tried: Counter[str] = Counter()
    for index in range(2500):
        printed = make_report(index, OPTIONS)
        layout = printed.report["layout"]
        if printed.report["script"] != "hans" or "official" not in layout:
            continue
        form = printed.report["applications_form"]
        if not ("order" in layout or "subtotal" in layout) or form == "undecidable":
            continue
        rows = applications_places(printed)
        read = {}
        for item in application_items(form):
            row = next(row for row in rows if squeeze(item.label) in row[:3])
            for kind, label in zip(KINDS, KIND_LABELS, strict=True):
                read[item.code, kind] = row[rows[2].index(label)]
        assert read == truth_of(printed)
        tried[layout.split("official+")[1]] += 1
    assert len(tried) > 4


@pytest.mark.slow
def test_a_transposed_table_has_a_column_for_each_item() -> None:
    tried = 0
    for index in range(1500):
        printed = make_report(index, OPTIONS)
        if printed.report["script"] != "hans" or "transposed" not in printed.report["layout"]:
            continue
        rows = applications_places(printed)
        read = {}
        for item in application_items(printed.report["applications_form"]):
            column = rows[2].index(squeeze(item.label))
            for kind, label in zip(KINDS, KIND_LABELS, strict=True):
                read[item.code, kind] = next(row for row in rows if row[1] == label)[column]
        assert read == truth_of(printed)
        tried += 1
    assert tried > 10


def test_the_statistics_table_has_its_indicators_in_order() -> None:
    tried = 0
    for index in range(600):
        printed = make_report(index, OPTIONS)
        if "statistics" not in printed.marks or printed.report["script"] != "hans":
            continue
        if "official" not in printed.report["layout"]:
            continue
        if "统计指标" not in printed.data.decode("utf-8", "ignore"):
            continue  # a province's own table, or another encoding
        rows = [[squeeze(cell.get_text()) for cell in own_cells(row)] for row in table_with(printed, "统计指标")]
        data = [row for row in rows[1:] if len(row) > 2]
        labels = [squeeze(row.label) for row in STATISTICS if row.code]
        assert [row[0] for row in data] == labels
        assert [row[2] for row in data] == [squeeze(raw) for raw in printed.tables[0].raw]
        tried += 1
    assert tried > 10
