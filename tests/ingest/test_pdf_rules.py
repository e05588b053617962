"""Rules make the tables that pdfplumber finds among the same lines, whatever the rules."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pdfplumber import table as plumber

from ingest.readers.pdf_drawn import Rule
from ingest.readers.pdf_rules import tables_of

_NEAR = 3
PLACES = st.builds(lambda place, off: 40.0 * place + off, st.integers(0, 4), st.sampled_from((0.0, 0.5, 2.0, 5.0)))
RULES = st.lists(
    st.builds(lambda at, one, other: Rule(at, min(one, other), max(one, other)), PLACES, PLACES, PLACES).filter(
        lambda rule: rule.end - rule.start >= 1
    ),
    max_size=12,
)


def edge(rule: Rule, orientation: str) -> dict[str, Any]:
    length = rule.end - rule.start
    if orientation == "h":
        box = {"x0": rule.start, "x1": rule.end, "top": rule.at, "bottom": rule.at, "width": length, "height": 0.0}
    else:
        box = {"x0": rule.at, "x1": rule.at, "top": rule.start, "bottom": rule.end, "width": 0.0, "height": length}
    return box | {"object_type": "line", "orientation": orientation}


def plumbed(level: list[Rule], upright: list[Rule]) -> list[list[tuple[float, ...]]]:
    edges = [edge(rule, "h") for rule in level] + [edge(rule, "v") for rule in upright]
    snapped = plumber.snap_edges(edges, _NEAR, _NEAR)
    # What it moves to one place it leaves there but for the last bits of a number, and takes it for several lines.
    exact = [
        {name: round(value, 6) if isinstance(value, float) else value for name, value in found.items()}
        for found in snapped
    ]
    merged = plumber.merge_edges(exact, 0, 0, _NEAR, _NEAR) if edges else []
    long = plumber.utils.filter_edges(merged, min_length=_NEAR)
    cells = plumber.intersections_to_cells(plumber.edges_to_intersections(long, _NEAR, _NEAR))
    return rounded([table for table in plumber.cells_to_tables(cells) if len({cell[0] for cell in table}) > 1])


def rounded(tables: list[Any]) -> list[list[tuple[float, ...]]]:
    return sorted(sorted(tuple(round(side, 3) for side in cell) for cell in table) for table in tables)


@given(RULES, RULES)
def test_rules_make_the_tables_that_pdfplumber_finds(level: list[Rule], upright: list[Rule]) -> None:
    ours = [[cell for row in table.rows for cell in row if cell] for table in tables_of(level, upright)]
    assert rounded(ours) == plumbed(level, upright)
