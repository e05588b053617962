"""What is written can be read back, is the same for the same seed, and is in the encoding that the truth names."""

import csv
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from plain_reader import Cells, html_rows, markdown_rows, pipe_rows, read_rows, tokens_as_rows

from benchmarks.generator.forms import KEYS
from benchmarks.generator.make import make_report
from benchmarks.generator.model import KNOWN, Printed
from benchmarks.generator.plan import Options
from benchmarks.generator.run import generate


def known_cells(printed: Printed) -> Cells:
    """The printed text of every cell that a reader must get."""
    return {
        KEYS[key][:3]: raw.strip()
        for table in printed.tables
        for key, raw, knowable in zip(table.keys, table.raw, printed.marks[table.section].knowable, strict=True)
        if knowable == KNOWN
    }


def plain(printed: Printed) -> bool:
    """Whether the trivial reader is meant for this report."""
    return printed.report["script"] == "hans" and "applications" in printed.marks


@pytest.mark.slow
def test_a_trivial_reader_gets_the_truth_of_html() -> None:
    tried: Counter[str] = Counter()
    for index in range(900):
        printed = make_report(index, Options(seed="back", formats=("html",), damage="none"))
        structure = printed.report["layout"].split("+", 2)[-1]
        if structure in ("official", "spans_off", "three_in_one", "cut", "cut_header", "repeated_header") and plain(
            printed
        ):
            text = printed.data.decode(printed.report["encoding"]).lstrip("\ufeff")
            forms = {table.section: table.form for table in printed.tables}
            assert read_rows(html_rows(text), forms) == known_cells(printed)
            tried[structure] += 1
    assert len(tried) == 6
    assert min(tried.values()) > 5


def test_a_trivial_reader_gets_the_truth_of_text() -> None:
    readers = {"lines": tokens_as_rows, "lines_bar": tokens_as_rows, "pipes": pipe_rows, "markdown": markdown_rows}
    tried: Counter[str] = Counter()
    for index in range(900):
        printed = make_report(index, Options(seed="back", formats=("text",), damage="none"))
        layout = printed.report["layout"]
        if layout not in readers or not plain(printed):
            continue
        text = printed.data.decode(printed.report["encoding"]).lstrip("\ufeff")
        if "行政复议" not in text or "五、" not in text:
            continue
        forms = {table.section: table.form for table in printed.tables}
        truth = known_cells(printed)
        cells = {name: raw for name, raw in read_rows(readers[layout](text), forms).items() if name in truth}
        # Labels broken over lines are beyond this reader; what it finds must be right.
        assert len(cells) > 0.8 * len(truth)
        assert cells == {name: truth[name] for name in cells}
        tried[layout] += 1
    assert len(tried) == 4
    assert min(tried.values()) > 5


def test_the_same_seed_gives_the_same_bytes_in_any_order() -> None:
    options = Options(seed="same")
    forward = [make_report(index, options).data for index in range(60)]
    backward = [make_report(index, options).data for index in reversed(range(60))]
    assert forward == backward[::-1]
    assert forward != [make_report(index, Options(seed="other")).data for index in range(60)]


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_panel_has_one_report_of_each_publisher_and_year() -> None:
    options = Options(seed="panel", panel=True, damage="none")
    reports = [make_report(index, options).report for index in range(30)]
    assert [int(report["report_year"]) for report in reports] == [*range(2016, 2026)] * 3
    for report in reports:
        assert (int(report["report_year"]) < 2019) == (report["disclosure_form"] in ("form_2014", "narrative"))
    assert len({report["agency_name"] for report in reports if report["agency_name"]}) == 3


@pytest.mark.slow
def test_processes_change_nothing(tmp_path: Path) -> None:
    generate(tmp_path / "one", 1100, Options(seed="p"), workers=1)
    generate(tmp_path / "two", 1100, Options(seed="p"), workers=2)
    assert _tree(tmp_path / "one") == _tree(tmp_path / "two")


def test_a_run_can_be_repeated_in_part(tmp_path: Path) -> None:
    generate(tmp_path / "all", 30, Options(seed="part"))
    generate(tmp_path / "one", 1, Options(seed="part"), first=17)
    (alone,) = (tmp_path / "one" / "raw").iterdir()
    assert alone.read_bytes() == (tmp_path / "all" / "raw" / alone.name).read_bytes()


def test_the_truth_files_agree_with_each_other(tmp_path: Path) -> None:
    totals = generate(tmp_path, 400, Options(seed="truth"))
    cells = pq.read_table(tmp_path / "truth" / "cells.parquet").to_pylist()
    with (tmp_path / "truth" / "reports.csv").open(encoding="utf-8", newline="") as file:
        reports = {row["file"]: row for row in csv.DictReader(file)}
    assert set(reports) == {path.name for path in (tmp_path / "raw").iterdir()}
    assert totals.cells == len(cells)
    assert len({(cell["file"], cell["section"], cell["row_code"], cell["column_code"]) for cell in cells}) == len(cells)
    for cell in cells:
        if cell["status"] == "missing":
            assert cell["knowable"] != "known"
        if cell["knowable"] == "unknowable":
            assert set(reports[cell["file"]]["damage"].split("+")) & {"vanished", "repeated", "cut"}
    with_tables = {cell["file"] for cell in cells}
    assert with_tables == {name for name, row in reports.items() if row["disclosure_form"] != "narrative"}


def test_csv_holds_what_parquet_holds(tmp_path: Path) -> None:
    generate(tmp_path / "parquet", 40, Options(seed="c"))
    generate(tmp_path / "csv", 40, Options(seed="c"), as_csv=True)
    with (tmp_path / "csv" / "truth" / "cells.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows == pq.read_table(tmp_path / "parquet" / "truth" / "cells.parquet").to_pylist()


def test_the_bytes_are_in_the_encoding_that_the_truth_names() -> None:
    seen: Counter[str] = Counter()
    for index in range(800):
        printed = make_report(index, Options(seed="bytes"))
        printed.data.decode(printed.report["encoding"])
        seen[printed.report["encoding"]] += 1
    assert set(seen) == {"utf-8", "gb18030", "big5", "big5hkscs", "utf-16-le", "utf-16-be"}


def test_every_form_script_and_damage_is_drawn() -> None:
    reports = [make_report(index, Options(seed="mixture")).report for index in range(2500)]
    assert {report["applications_form"] for report in reports} >= {"form_2014", "form_2019", "form_2021", "narrative"}
    assert any(report["disclosure_form"] != report["applications_form"] for report in reports)
    assert {report["script"] for report in reports} == {"hans", "hant", "hant_tw", "hant_hk", "mixed"}
    damage = {name for report in reports for name in report["damage"].split("+") if name}
    assert damage == {
        "lost_characters",
        "label_characters",
        "junk_tags",
        "gambling",
        "foreign_links",
        "page_numbers",
        "wrong_declaration",
        "lost_cell",
        "vanished",
        "repeated",
        "cut",
    }


def test_a_folder_with_files_is_left_alone(tmp_path: Path) -> None:
    generate(tmp_path, 1, Options())
    with pytest.raises(FileExistsError):
        generate(tmp_path, 1, Options())


def test_options_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="formats"):
        Options(formats=("odt",))
    with pytest.raises(ValueError, match="damage"):
        Options(damage="some")
    with pytest.raises(ValueError, match="mistakes"):
        Options(mistakes=2.0)
    with pytest.raises(ValueError, match="numbered from 0"):
        make_report(-1, Options())
