"""Whatever is lost from a real document, a cell is what the whole document says, or it is marked as not known."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.parse import parse
from ingest.report import CellStatus
from tests.corpus.corpus import SAMPLES, Key, TrueCell, true_cells

FLAT = ("000_68d8aa62729ba635.txt", "003_f0de7e2adad4453a.txt")
PIPED = ("001_7364606721a9d05b.txt", "002_44d6bdc10f146279.txt")
QUICK = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def assert_nothing_wrong(data: bytes, truth: dict[Key, TrueCell]) -> None:
    for cell in parse(data).cells:
        key = (cell.section, cell.row_code, cell.column_code)
        if cell.status in (CellStatus.MISSING, CellStatus.UNREADABLE):
            assert cell.value is None
            continue
        assert key in truth, key
        assert (cell.value, cell.status is CellStatus.BLANK) == (truth[key].value, truth[key].value is None), (
            key,
            cell,
        )


def lines_of(name: str) -> list[str]:
    return (SAMPLES / name).read_text(encoding="utf-8").split("\n")


def table_lines(lines: Sequence[str]) -> list[int]:
    """The indices of the short lines, where the flattened tables are."""
    return [index for index, line in enumerate(lines) if 0 < len(line.strip()) < 50]


@pytest.mark.parametrize("name", FLAT)
@QUICK
@given(data=st.data())
def test_lines_lost_from_a_flattened_table(name: str, data: st.DataObject) -> None:
    lines = lines_of(name)
    lost = data.draw(st.sets(st.sampled_from(table_lines(lines)), min_size=1, max_size=6))
    kept = "\n".join(line for index, line in enumerate(lines) if index not in lost)
    assert_nothing_wrong(kept.encode(), true_cells(name))


@pytest.mark.parametrize(
    "lost",
    [
        pytest.param(("2820790", "第二十条第(六)项"), id="with the heading of the next items"),
        pytest.param(("205754.1719万元", "公开发布总数量"), id="with a remark that no form has"),
    ],
)
def test_the_last_cell_of_a_row_lost_with_the_line_behind_it_is_no_empty_cell(lost: tuple[str, str]) -> None:
    """Where empty lines part the others, two lost lines leave the gap that one empty cell makes."""
    lines = lines_of(FLAT[0])
    places = [index for index, line in enumerate(lines) if any(text in line for text in lost)]
    assert len(places) == 2
    kept = "\n".join(line for index, line in enumerate(lines) if index not in places)
    assert_nothing_wrong(kept.encode(), true_cells(FLAT[0]))


@pytest.mark.parametrize("name", FLAT)
def test_every_repeated_line_dropped(name: str) -> None:
    """An extractor that drops lines it has seen before leaves tables of which most cells cannot be known."""
    kept = list(dict.fromkeys(line.strip() for line in lines_of(name)))
    report = parse("\n".join(kept).encode())
    assert_nothing_wrong("\n".join(kept).encode(), true_cells(name))
    lost = [cell for cell in report.cells if cell.status is CellStatus.MISSING]
    assert len(lost) > 100
    assert all(cell.reason for cell in lost)


@pytest.mark.parametrize("name", PIPED)
@QUICK
@given(data=st.data())
def test_a_cell_lost_from_a_piped_row(name: str, data: st.DataObject) -> None:
    lines = lines_of(name)
    row = data.draw(st.sampled_from([index for index, line in enumerate(lines) if line.count("|") >= 2]))
    cells = lines[row].split("|")
    del cells[data.draw(st.integers(0, len(cells) - 1))]
    lines[row] = "|".join(cells)
    assert_nothing_wrong("\n".join(lines).encode(), true_cells(name))


@pytest.mark.parametrize("name", [*FLAT, *PIPED, "hulunbuir-2020.html"])
@QUICK
@given(data=st.data())
def test_a_file_cut_anywhere(name: str, data: st.DataObject) -> None:
    content = (SAMPLES / name).read_bytes()
    end = data.draw(st.integers(0, len(content)))
    assert_nothing_wrong(content[:end], true_cells("002_44d6bdc10f146279.txt" if name.endswith("html") else name))


@QUICK
@given(data=st.data())
def test_a_td_lost_from_the_html(data: st.DataObject) -> None:
    content = (SAMPLES / "hulunbuir-2020.html").read_text(encoding="utf-8")
    starts = [index for index in range(len(content)) if content.startswith("<td", index)]
    start = data.draw(st.sampled_from(starts))
    end = content.index("</td>", start) + len("</td>")
    assert_nothing_wrong((content[:start] + content[end:]).encode(), true_cells("002_44d6bdc10f146279.txt"))


@QUICK
@given(data=st.data())
def test_rows_lost_or_doubled_in_the_html(data: st.DataObject) -> None:
    content = (SAMPLES / "hulunbuir-2020.html").read_text(encoding="utf-8")
    rows = content.split("<tr")
    index = data.draw(st.integers(1, len(rows) - 1))
    times = data.draw(st.sampled_from((0, 2)))
    changed = "<tr".join([*rows[:index], *[rows[index]] * times, *rows[index + 1 :]])
    assert_nothing_wrong(changed.encode(), true_cells("002_44d6bdc10f146279.txt"))
