"""All tables of a document: grids first, flattened lines where no grid has the table."""

from dataclasses import dataclass

from ingest.document import Document
from ingest.tables import applications, disclosure, flattened, reviews, statistics
from ingest.tables.agreement import agreed
from ingest.tables.reading import SectionReading


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
    readings = []
    for read_grids, read_lines in (
        (disclosure.read_grids, flattened.read_disclosure),
        (applications.read_grids, flattened.read_applications),
        (reviews.read_grids, flattened.read_reviews),
        (statistics.read_grids, statistics.read_lines),
    ):
        reading = read_grids(grids)
        readings.append(reading if reading.form else read_lines(lines))
    return Tables(*readings)


def agreed_tables(first: Tables, second: Tables) -> Tables:
    """The tables of a file that was read in two ways, as far as the two agree."""
    return Tables(
        agreed(first.disclosure, second.disclosure),
        agreed(first.applications, second.applications),
        agreed(first.reviews, second.reviews),
        agreed(first.statistics, second.statistics),
    )
