"""A page is read the same whichever reader reads it, and a broken one only as far as its readers agree."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.generator.make import make_report
from benchmarks.generator.plan import Options
from ingest.document import Document, Grid
from ingest.parse import parse, parse_document
from ingest.readers import read
from ingest.readers.html_blocks import blocks_of, metadata_of
from ingest.readers.html_source import Irregular
from ingest.readers.html_styles import with_styles
from ingest.readers.html_tags import TagStream, repaired, stream_of
from ingest.readers.html_tree import read_tree
from ingest.report import Cell, CellStatus
from ingest.text.encoding import decode
from tests.corpus.corpus import SAMPLES

SLOW = pytest.mark.slow
REAL = (SAMPLES / "hulunbuir-2020.html").read_bytes()


def streamed(text: str, strict: bool) -> TagStream:
    return stream_of(text, text.encode("utf-8", errors="replace").lower(), strict)


def document_of(stream: TagStream) -> Document:
    blocks, faults = blocks_of(stream)
    return Document("text/html", "utf-8", blocks, tuple(metadata_of(stream)), faults)


def well_formed_pages() -> list[str]:
    options = Options(seed="readers", formats=("html",), damage="none", mistakes=0.0)
    made = [decode(make_report(index, options).data).text for index in range(40)]
    return [text.replace("\r\n", "\n") for text in (*made, decode(REAL).text)]


def test_all_three_readers_see_the_same_in_a_well_formed_page() -> None:
    read_as_it_stands = 0
    for text in well_formed_pages():
        try:
            document = document_of(streamed(text, strict=True))
        except Irregular:
            continue
        read_as_it_stands += 1
        assert document == document_of(streamed(repaired(text), strict=False))
        assert document == read_tree(text, "utf-8")
    assert read_as_it_stands > 30


MARKED = (
    "<p>新收申请<del>34</del>35件，办结12<sup>1</sup>件。</p>"
    "<p>结转<span style='text-decoration:line-through'>3</span>5件。</p>"
    "<table><tr><td style='text-decoration:line-through'>9</td><td>35<b style='vertical-align:super'>1</b></td>"
    "<td><font style='text-decoration:Line-Through'>3</font>5</td></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>"
)


def test_struck_and_raised_text_joins_no_number_in_any_reader() -> None:
    document = document_of(streamed(MARKED, strict=True))
    assert document == document_of(streamed(repaired(MARKED), strict=False))
    assert document == read_tree(MARKED, "utf-8")
    assert document.text().splitlines()[:2] == ["新收申请\ufffc35件，办结12[1]件。", "结转\ufffc5件。"]
    assert document.grids[0].rows == (("\ufffc", "35[1]", "\ufffc5"), ("1", "2", "3"))


SHEET = (
    "<style>/* x */ td.n, .off{display:none} @media print{p{display:none}} #s{text-decoration:line-through}"
    " table .up {vertical-align:super} .a:hover{display:none} i::after{display:none} .w{color:#FFF}</style>"
)


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ("<td>12<span class=off>3</span></td><td>4</td>", ("12\ufffc", "4")),
        ("<td>12<span class=off></span></td><td class='a'>4</td>", ("12", "4")),
        ("<td class='x n'>9</td><td>12</td><td>4</td>", ("12", "4")),
        ("<td id=s>12</td><td>4<b class=up>1</b></td>", ("\ufffc", "4[1]")),
        ("<td>1<font color=white>2</font></td><td class=w>4</td>", ("1\ufffc", "\ufffc")),
        ("<td class=w style='background:red'>12</td><td class=w>总计</td>", ("12", "总计")),
        ("<td>1<span style='opacity:0'>2</span></td><td><b style='opacity:0.5'>4</b></td>", ("1\ufffc", "4")),
        ("<td>1<span style='position:absolute; left: -9999px'>2</span></td><td>4</td>", ("1\ufffc", "4")),
        ("<td>1<span style='color:transparent'>2</span></td><td style='text-indent:-21pt'>4</td>", ("1\ufffc", "4")),
    ],
)
def test_what_a_page_hides_by_styles_is_no_part_of_a_number(row: str, shown: tuple[str, ...]) -> None:
    text = f"{SHEET}<p>新收3件</p><table><tr>{row}</tr><tr><td>5</td><td>6</td></tr></table>"
    document = read(f"<html><meta charset=utf-8>{text}</html>".encode())
    assert document.grids[0].rows == (shown, ("5", "6"))
    assert document.text().startswith("新收3件")
    # A page that has to be repaired.
    assert read(f"<html><meta charset=utf-8>{text}</b></div>".encode()).grids == document.grids


@pytest.mark.parametrize("part", ["<tr style='text-decoration:line-through'>", "<tbody style='opacity:0'><tr>"])
def test_a_struck_or_unseen_row_shows_no_number(part: str) -> None:
    row = "<tr><td>1</td><td>2</td></tr>"
    text = f"<table><tbody>{row}{row}</tbody>{part}<td>3</td><td>4</td></tr></table>"
    for document in (read_tree(text, "utf-8"), read(f"<html>{text}</html>".encode())):
        assert not {"3", "4"} & {cell for grid in document.grids for row in grid.rows for cell in row}


def test_rows_that_lost_their_first_tag_are_rows_in_both_trees() -> None:
    rows = "".join(f"<td>{number}</td><td>{number + 1}</td></tr>\n" for number in range(4))
    document = read(f"<html><body><table><tbody>{rows}</tbody></table></body></html>".encode())
    assert len(document.grids[0].rows) == 4
    assert document.other_reading is None


@pytest.mark.parametrize(
    "broken",
    [
        "<table><tr><td>1</td></table>2</td></tr>",
        "<table><td>1</td></table>",
        "<table><tr><td>1<tr><td>2</table>",
        "<table><tr>3<td>1</td></tr></table>",
        '<td title="a>b">1</td>',
        "<li>1<li>2",
        "1<!-- 2",
        "<div>1",
        "1</div>",
        "<b 1</b>",
        "<title>1",
        "<table><tr><td><table></td></tr></table>",
        "<svg><td>1</td></svg>",
        "<body><p>1</p><body>",
        "1 < 2",
    ],
)
def test_what_needs_a_trees_rules_is_left_to_a_tree(broken: str) -> None:
    with pytest.raises(Irregular):
        streamed(broken, strict=True)


def told(cells: tuple[Cell, ...]) -> list[tuple[str, str, str, CellStatus, object]]:
    return [(cell.section, cell.row_code, cell.column_code, cell.status, cell.value) for cell in cells]


@pytest.mark.parametrize("tag", ["<tr[^>]*>", "</tr>", "</td>", "</span>", "</?tbody>"])
def test_a_page_without_one_kind_of_tag_is_read_as_browsers_show_it(tag: str) -> None:
    whole, broken = parse(REAL), parse(re.sub(tag, "", decode(REAL).text).encode())
    assert len(whole.cells) > 150
    assert told(broken.cells) == told(whole.cells)
    assert [claim.value for claim in broken.claims] == [claim.value for claim in whole.claims]


def cells_by_another_reader(data: bytes) -> dict[tuple[str, str, str], Cell]:
    """The cells of a page as lxml's parser alone shows it."""
    decoded = decode(data)
    text = with_styles(decoded.text, decoded.text.lower().encode())
    report = parse_document("r", read_tree(text, decoded.encoding))
    return {(cell.section, cell.row_code, cell.column_code): cell for cell in report.cells}


@pytest.mark.parametrize(
    ("damage", "pages"),
    [("none", 15), ("all", 15), pytest.param("none", 300, marks=SLOW), pytest.param("all", 300, marks=SLOW)],
)
def test_no_generated_page_has_a_cell_that_another_reader_contradicts(damage: str, pages: int) -> None:
    options = Options(seed="second reader", formats=("html",), damage=damage)
    compared = 0
    for index in range(pages):
        made = make_report(index, options)
        report, others = parse(made.data), cells_by_another_reader(made.data)
        for cell in report.cells:
            other = others.get((cell.section, cell.row_code, cell.column_code))
            if cell.value is not None and other and other.value is not None:
                compared += 1
                assert (cell.value, cell.unit) == (other.value, other.unit), (made.name, cell, other)
    assert compared > 60 * pages


def with_cell(document: Document, old: str, new: str) -> Document:
    """The document with one cell's text replaced wherever it stands alone in its row."""
    blocks = tuple(
        replace(block, rows=tuple(tuple(new if cell == old else cell for cell in row) for row in block.rows))
        if isinstance(block, Grid)
        else block
        for block in document.blocks
    )
    return replace(document, blocks=blocks)


def test_a_cell_that_two_readings_dispute_is_missing_and_told() -> None:
    document = read(REAL)
    whole = parse_document("r", document)
    texts = [cell.raw_text for cell in whole.cells if cell.section == "applications" and cell.raw_text]
    once = next(text for text in texts if texts.count(text) == 1)
    other = with_cell(document, once, "987654")
    report = parse_document("r", replace(document, other_reading=other))
    lost = [cell for cell, before in zip(report.cells, whole.cells, strict=True) if cell.value != before.value]
    assert [cell.status for cell in lost] == [CellStatus.MISSING]
    assert [before.raw_text for before in whole.cells if before.row_code == lost[0].row_code].count(once) == 1
    assert "readers_disagree" in {issue.code for issue in report.issues}


def test_a_cell_that_only_one_reading_places_is_kept_where_nothing_is_disputed() -> None:
    document = read(REAL)
    whole = parse_document("r", document)
    assert not any(cell.status is CellStatus.MISSING for cell in whole.cells)
    fewer = replace(
        document,
        blocks=tuple(
            replace(block, rows=block.rows[:-3], row_locators=block.row_locators[:-3])
            if isinstance(block, Grid) and len(block.rows) > 20
            else block
            for block in document.blocks
        ),
    )
    assert any(cell.status is CellStatus.MISSING for cell in parse_document("r", fewer).cells)
    both = parse_document("r", replace(fewer, other_reading=document))
    assert told(both.cells) == told(whole.cells)
    assert "readers_disagree" not in {issue.code for issue in both.issues}


_CELLS = st.lists(
    st.sampled_from(
        ("12", " ", "&nbsp;", "一、<b>总</b>计", "<br>", "<p>3</p>", "<P ><span>1</span>&am<i>p</i>;</P>", "\n")
    ),
    max_size=4,
).map("".join)
_ROWS = st.lists(st.lists(_CELLS, min_size=3, max_size=4), min_size=1, max_size=4)


@given(_ROWS, st.sampled_from(("", " colspan=2", ' ROWSPAN="2"')))
def test_a_plain_table_is_read_as_one_whose_tags_are_looked_at_one_by_one(rows: list[list[str]], span: str) -> None:
    page = "<html><body><table>{}</table></body></html>"
    # A title that only looks like an attribute that hides, so that no cell is taken for plain.
    looked_at = ["".join(f'<td{span} title="not hidden at all">{cell}</td>' for cell in row) for row in rows]
    plain = ["".join(f"<td{span}>{cell}</td>" for cell in row) for row in rows]
    pages = [page.format("".join(f"<tr>{row}</tr>" for row in table)) for table in (plain, looked_at)]
    streams = [streamed(text, strict=False) for text in pages]
    assert [bool(stream.plain) for stream in streams] == [True, False]
    assert document_of(streams[0]).blocks == document_of(streams[1]).blocks
