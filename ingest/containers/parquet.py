"""Parquet of a crawl: a row a page, with an address, a time and the page or its text."""

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.containers.json_lines import CONTENT_NAMES, TIME_NAMES, URL_NAMES, member_of_row
from ingest.containers.limits import BATCH_ROWS
from ingest.containers.model import Budget, ContainerError, Members, Source


def parquet_members(source: Source, budget: Budget) -> Members:
    """The pages of a Parquet file, named by their row, read a few rows at a time."""
    try:
        file = pq.ParquetFile(source, pre_buffer=False, buffer_size=1 << 20)
        # Flat columns only: what lies in a list or a struct is no page.
        names = {name.lower(): name for name in file.schema_arrow.names if not pa.types.is_nested(_type(file, name))}
        wanted = [names[name] for name in (*URL_NAMES, *TIME_NAMES, *CONTENT_NAMES) if name in names]
        if not any(name in names for name in CONTENT_NAMES):
            raise ContainerError(f"it has no column of pages: none of {', '.join(CONTENT_NAMES)}")
        number = 0
        for batch in file.iter_batches(batch_size=BATCH_ROWS, columns=wanted, use_threads=False):
            budget.spend(batch.nbytes)
            for row in batch.to_pylist():
                number += 1
                budget.count()
                yield member_of_row(str(number), {name.lower(): value for name, value in row.items()})
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise ContainerError(f"the Parquet file is damaged: {error}") from error


def _type(file: pq.ParquetFile, name: str) -> pa.DataType:
    return file.schema_arrow.field(file.schema_arrow.names.index(name)).type
