"""(六)其他处理 with numbers: a row of form_2019, or the printed subtotal of a group of form_2021 whose rows are lost.

Where the heading of another group stands without cells for numbers, or with empty ones above rows that are not all
empty, the table prints no subtotals, and the numbers are the row's. Otherwise only the year tells, or, where no year is
known, the table of article 20.
"""

from collections.abc import Mapping
from dataclasses import replace

from ingest.forms import FORM_2019, CellKey, applications
from ingest.tables.reading import Absent, Printed, SectionReading

_NOT_TOLD = "the row may be the subtotal of a group whose rows are lost: nothing tells which form this is"


def withhold_unless_told(reading: SectionReading, bare_groups: Mapping[str, bool]) -> None:
    """Take the numbers of a row 其他处理 out of a reading of form_2019 where they may be a subtotal.

    `bare_groups` are the groups whose headings stand without numbers: whether no cell for any stands there either.
    """
    if reading.form != FORM_2019:
        return
    keys = [CellKey(applications.SECTION, applications.OTHER, column.code) for column in applications.COLUMNS]
    printed = {key: found for key in keys if isinstance(found := reading.found.get(key), Printed)}
    if not any(found.text for found in printed.values()) or _prints_no_subtotals(reading, bare_groups):
        return
    reading.withheld = dict(printed)
    reading.found.update((key, Absent(_NOT_TOLD, found.locator)) for key, found in printed.items())
    reading.form_told = False


def _prints_no_subtotals(reading: SectionReading, bare_groups: Mapping[str, bool]) -> bool:
    if any(key.row_code.startswith("subtotal_") for key in reading.found):
        return False
    rows = {row.code for row in applications.ROWS if row.group in bare_groups and row.code != applications.OTHER}
    return any(bare_groups.values()) or any(
        key.row_code in rows and isinstance(found, Printed) and bool(found.text.strip())
        for key, found in reading.found.items()
    )


def as_of_form_2019(reading: SectionReading) -> SectionReading:
    """The reading with what was withheld, where something else tells that the form is that of 2019."""
    if not reading.withheld:
        return reading
    return replace(reading, found={**reading.found, **reading.withheld}, form_told=True, withheld={})
