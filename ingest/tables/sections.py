"""All tables of a document: grids first, flattened lines where no grid has the table."""

from dataclasses import dataclass

from ingest.document import Document
from ingest.tables import applications, disclosure, flattened, reviews
from ingest.tables.reading import SectionReading


@dataclass(frozen=True, slots=True)
class Tables:
    """What was found of each of the three tables."""

    disclosure: SectionReading
    applications: SectionReading
    reviews: SectionReading

    @property
    def any_found(self) -> bool:
        """Whether the document shows any of the tables."""
        return any(reading.form for reading in (self.disclosure, self.applications, self.reviews))


def read_tables(document: Document) -> Tables:
    """Read the three tables of a document, each judged by itself."""
    grids = document.grids
    lines = tuple(document.lines())
    readings = []
    for read_grids, read_lines in (
        (disclosure.read_grids, flattened.read_disclosure),
        (applications.read_grids, flattened.read_applications),
        (reviews.read_grids, flattened.read_reviews),
    ):
        reading = read_grids(grids)
        readings.append(reading if reading.form else read_lines(lines))
    return Tables(*readings)
