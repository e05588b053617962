"""The generated seeds of dbt say what the forms say."""

import csv
import io
from pathlib import Path

import pytest

from ingest.forms import IDENTITIES, TABLE_FORMS, applications, cells
from ingest.forms.export import render, write
from ingest.register import export as register

SEEDS = Path(__file__).parents[2] / "dbt" / "seeds"


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render()[f"{name}.csv"])))


@pytest.mark.parametrize("name", sorted(render()))
def test_a_seed_on_disk_is_what_the_forms_give(name: str) -> None:
    on_disk = (SEEDS / name).read_bytes()
    assert on_disk == render()[name].encode(), "run: python -m ingest.forms.export dbt/seeds"


def test_no_seed_lies_there_that_neither_forms_nor_register_give() -> None:
    by_hand = {"metrics.csv"}
    assert {path.name for path in SEEDS.glob("*.csv")} == set(render()) | set(register.render()) | by_hand


def test_writing_gives_the_rendered_bytes(tmp_path: Path) -> None:
    write(tmp_path)
    assert {path.name: path.read_bytes().decode() for path in tmp_path.iterdir()} == render()


def test_form_cells_are_all_cells_of_all_forms_in_printed_order() -> None:
    for form in TABLE_FORMS:
        exported = [
            (row["row_code"], row["column_code"], row["unit"])
            for row in rows("form_cells")
            if row["form_code"] == form and row["section"] == applications.SECTION
        ]
        expected = [(c.key.row_code, c.key.column_code, c.unit) for c in cells(applications.SECTION, form)]
        assert exported == expected
    assert [sum(row["form_code"] == form for row in rows("form_cells")) for form in TABLE_FORMS] == [198, 200]


def test_every_term_of_every_identity_is_a_cell_of_some_form() -> None:
    known = {(row["section"], row["row_code"], row["column_code"]) for row in rows("form_cells")}
    terms = rows("identity_terms")
    assert {(t["section"], t["row_code"], t["column_code"]) for t in terms if t["source"] == "cell"} <= known
    assert {t["identity_code"] for t in terms} == {identity.code for identity in IDENTITIES}


def test_the_seventh_kind_of_applicant_is_no_column_of_a_form() -> None:
    codes = [row["applicant_type_code"] for row in rows("applicant_types")]
    assert codes == [*applications.APPLICANT_CODES, "unallocated"]
