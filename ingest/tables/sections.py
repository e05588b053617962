"""All tables of a document: grids first, flattened lines where no grid has the table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest import forms as form_tables
from ingest.document import Document, Grid, Paragraph
from ingest.tables import applications, disclosure, flattened, reviews, statistics
from ingest.tables.agreement import agreed
from ingest.tables.blanks import lines_stand_close, with_empty_cells
from ingest.tables.other_row import as_of_form_2019
from ingest.tables.reading import Absent, Printed, SectionReading

_MAXIMUM_NAME = 40


@dataclass(frozen=True, slots=True)
class Tables:
    """What was found of each of the three tables, and of the statistics table that stood in their place before 2019."""

    disclosure: SectionReading
    applications: SectionReading
    reviews: SectionReading
    statistics: SectionReading

    @property
    def any_of_2019_found(self) -> bool:
        """Whether the document shows any of the three tables in force since 2019."""
        return any(reading.form for reading in (self.disclosure, self.applications, self.reviews))

    @property
    def any_found(self) -> bool:
        """Whether the document shows any of the tables."""
        return self.any_of_2019_found or self.statistics.form is not None


def read_tables(document: Document) -> Tables:
    """Read the tables of a document, each judged by itself."""
    grids = document.grids
    lines = flattened.best_lines(document)
    readings: list[SectionReading] = []
    for read_grids, read_lines in (
        (disclosure.read_grids, flattened.read_disclosure),
        (applications.read_grids, flattened.read_applications),
        (reviews.read_grids, flattened.read_reviews),
    ):
        reading = read_grids(grids)
        readings.append(reading if reading.form else read_lines(lines))
    if any(reading.form for reading in readings) and not _names_indicators(grids, lines):
        # Beside a later form nothing is read of it; that it stands there is only told.
        readings.append(SectionReading(form_tables.statistics.SECTION))
    else:
        reading = statistics.read_grids(grids)
        readings.append(reading if reading.form else _flat_statistics(document, lines))
    return Tables(*readings)


def _flat_statistics(document: Document, lines: Sequence[Paragraph]) -> SectionReading:
    """The statistics table from text, its empty lines as empty cells where then every row that it shows is read.

    Where lines stand close, a lost one leaves no gap: there it is enough that each row is read as before, and that so
    many more are that few are left.
    """
    plain = statistics.read_lines(lines)
    if (
        plain.form is None
        or not document.blank_lines
        or not any(isinstance(one, Absent) for one in plain.found.values())
    ):
        return plain
    spread = statistics.read_lines(with_empty_cells(document))
    whole = spread.found.keys() == plain.found.keys() and all(isinstance(one, Printed) for one in spread.found.values())
    return spread if whole or (lines_stand_close(document) and _says_more(spread, plain)) else plain


def _says_more(spread: SectionReading, plain: SectionReading) -> bool:
    """Whether a reading has every cell that another has read in its place, and more others than it leaves unread."""
    read = {key: found for key, found in plain.found.items() if isinstance(found, Printed)}
    more = {key: found for key, found in spread.found.items() if isinstance(found, Printed)}
    same = all(key in more and more[key].locator == found.locator for key, found in read.items())
    return same and len(more) - len(read) > len(spread.found) - len(more)


def _names_indicators(grids: Sequence[Grid], lines: Sequence[Paragraph]) -> bool:
    """Whether any cell or line names an indicator of the statistics table, and nothing of the later forms."""
    texts = set[str | None]().union(*(grid.texts() for grid in grids))
    texts.update(line.text for line in lines if len(line.text) <= _MAXIMUM_NAME)
    return any(map(statistics.names_indicator, texts))


def told_by_the_rest(tables: Tables, in_force: str | None) -> Tables:
    """The tables, with what only the form of 2019 has where the form in force in the report's year tells it, or, where
    no year is known, the table of article 20."""
    if (in_force or tables.disclosure.form) != form_tables.FORM_2019:
        return tables
    return replace(tables, applications=as_of_form_2019(tables.applications))


def agreed_tables(first: Tables, second: Tables) -> Tables:
    """The tables of a file that was read in two ways, as far as the two agree."""
    return Tables(
        agreed(first.disclosure, second.disclosure),
        agreed(first.applications, second.applications),
        agreed(first.reviews, second.reviews),
        agreed(first.statistics, second.statistics),
    )
