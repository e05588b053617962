"""Reading the statistics table of 2014 to 2018: one number an indicator, from grids and from flattened text.

Every layout is first turned into one sequence of labelled rows. Then each row's label is told by itself or, where two
indicators share a label, by the rows around it; only then is it decided which rows can be believed.
"""

from ingest.tables.statistics.grids import read_grids
from ingest.tables.statistics.lines import read_lines
from ingest.tables.statistics.names import names_indicator

__all__ = ["names_indicator", "read_grids", "read_lines"]
