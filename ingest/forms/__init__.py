"""The statutory forms as data. The one place that knows their rows, columns, labels and identities."""

from functools import lru_cache

from ingest.forms import applications, disclosure, reviews, statistics
from ingest.forms.claims import CLAIMS, Claim
from ingest.forms.identities import IDENTITIES
from ingest.forms.model import (
    FORM_2014,
    FORM_2019,
    FORM_2021,
    FORMS,
    NARRATIVE,
    TABLE_FORMS,
    CellKey,
    Column,
    FormCell,
    Identity,
    Reach,
    Row,
    Term,
)

_SECTIONS = {
    applications.SECTION: applications.cells,
    reviews.SECTION: reviews.cells,
    disclosure.SECTION: disclosure.cells,
}
SECTIONS = (disclosure.SECTION, applications.SECTION, reviews.SECTION, statistics.SECTION)


@lru_cache(maxsize=16)
def cells(section: str, form: str) -> tuple[FormCell, ...]:
    """The cells that a section has in a form, in the order of the printed table.

    Empty where the form has no such section (`narrative` has none). Raises KeyError for an unknown section.
    """
    if section == statistics.SECTION:
        return statistics.cells(form) if form == FORM_2014 else ()
    return _SECTIONS[section](form) if form in TABLE_FORMS else ()


__all__ = [
    "CLAIMS",
    "FORMS",
    "FORM_2014",
    "FORM_2019",
    "FORM_2021",
    "IDENTITIES",
    "NARRATIVE",
    "SECTIONS",
    "TABLE_FORMS",
    "CellKey",
    "Claim",
    "Column",
    "FormCell",
    "Identity",
    "Reach",
    "Row",
    "Term",
    "applications",
    "cells",
    "disclosure",
    "reviews",
    "statistics",
]
