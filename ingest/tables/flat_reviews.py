"""The table of reviews in flattened text: three times five headings and 15 values, or a row of five a channel."""

from collections.abc import Sequence
from functools import lru_cache

from ingest.document import Paragraph
from ingest.forms import reviews
from ingest.tables import reviews as review_tables
from ingest.tables.flat_lines import FlatRow, FlatTable, match_column, match_row, trimmed, values_from


@lru_cache(maxsize=2)
def reviews_table(lines: tuple[Paragraph, ...]) -> FlatTable:
    """The tables of reviews as rows of 15 values, before it is decided which can be believed."""
    wanted = review_tables.RESULTS * len(reviews.ROWS)
    rows: list[FlatRow] = []
    codes: list[str] = []
    channels: list[str] = []
    index = 0
    while index < len(lines):
        column = match_column(review_tables.COLUMNS, lines, index)
        if column:
            codes.append(column[0].code)
            index += column[1]
            continue
        channel = match_row(review_tables.ROWS, lines, index, "")
        if channel and tuple(codes) == review_tables.RESULTS and (found := _channel_rows(lines, index)):
            values, end = found
            rows.append(FlatRow(reviews.SECTION, review_tables.KEYS, tuple(values), lines[index], end))
            codes, channels, index = [], [], end
            continue
        if channel and not channel[0].damage:
            channels.extend([] if channel[0].is_group else [channel[0].row.code])
            index += channel[1]
            continue
        values = values_from(lines, index)
        if values and len(codes) >= len(review_tables.RESULTS):
            whole = tuple(codes[-len(wanted) :]) == wanted
            if whole and tuple(channels[-len(review_tables.CHANNELS) :]) == review_tables.CHANNELS:
                kept = trimmed(values, len(review_tables.KEYS), lines)
                at, end = lines[index], index + len(values)
                ends = end >= len(lines)
                rows.append(FlatRow(reviews.SECTION, review_tables.KEYS, tuple(kept), at, end, ends_text=ends))
        codes, channels = [], []
        index += len(values) or 1
    return FlatTable(tuple(rows))


def _channel_rows(lines: Sequence[Paragraph], index: int) -> tuple[list[Paragraph], int] | None:
    """The 15 values of a table with a row of five for each channel, and the line behind it; None where it is none."""
    shown: list[Paragraph] = []
    for code in review_tables.CHANNELS:
        label = match_row(review_tables.ROWS, lines, index, "") if index < len(lines) else None
        if label and label[0].is_group:
            index += label[1]
            label = match_row(review_tables.ROWS, lines, index, "") if index < len(lines) else None
        if not label or label[0].damage or label[0].row.code != code:
            return None
        values = values_from(lines, index + label[1])
        if code == review_tables.CHANNELS[-1]:
            values = trimmed(values, len(review_tables.RESULTS), lines)
        if len(values) != len(review_tables.RESULTS):
            return None
        shown += values
        index += label[1] + len(values)
    return shown, index
