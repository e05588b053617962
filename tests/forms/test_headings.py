"""The headings of the wide reading table come from the forms, and dbt has them as they are."""

from pathlib import Path

from ingest.forms import applications
from ingest.forms.headings import headings, render

MACRO = Path(__file__).parents[2] / "dbt" / "macros" / "form_headings.sql"


def test_the_macro_on_disk_is_what_the_forms_give() -> None:
    assert MACRO.read_text(encoding="utf-8") == render(), "run: make seeds"


def test_every_outcome_of_the_form_has_a_heading_that_names_its_group() -> None:
    found = headings()["outcomes"]
    groups = {group.code: group.label for group in applications.GROUPS}
    for row in (row for row in applications.ROWS if row.group):
        assert found[row.code].startswith(groups.get(row.group, row.label[:4])), row.code


def test_no_two_columns_of_a_kind_have_the_same_heading() -> None:
    for kind, found in headings().items():
        assert len(set(found.values())) == len(found), kind
