"""The statistics table from text with one cell a line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.document import Paragraph
from ingest.forms import statistics
from ingest.tables.flat_lines import cell_text, stands_for_number
from ingest.tables.reading import Absent, Printed, SectionReading
from ingest.tables.statistics.names import (
    MAXIMUM_LABEL,
    MAXIMUM_PIECES,
    MAXIMUM_VALUE,
    OFFICIAL,
    Name,
    column_kind,
    damaged_heading,
    is_no_unit,
    may_begin,
    name_of,
    unit_of,
)
from ingest.tables.statistics.rows import MISFIT, StatisticsRow, read_tables
from ingest.text.characters import squeeze
from ingest.text.numbers import looks_like_value
from ingest.text.remember import Remembered

_MAXIMUM_LINE = 70
_STRAY = re.compile(r"\d{1,4}")


@dataclass(frozen=True, slots=True)
class _Token:
    """A line of flattened text, or several that are one label, and what it is."""

    kind: str
    line: Paragraph
    text: str
    name: Name | None = None


def _plain_kind(text: str) -> str:
    """What a line is that names nothing."""
    if not text:
        return "blank"
    if len(text) <= MAXIMUM_VALUE and (looks_like_value(text) or stands_for_number(text)):
        return "value"
    return "unit" if unit_of(text) else "foreign"


_KINDS = Remembered(_plain_kind)


def _tokens(lines: Sequence[Paragraph]) -> Iterator[_Token]:
    """The lines as labels, headings, units, values and others; the longest whole label wins."""
    texts = [cell_text(line) for line in lines]
    kinds = [_KINDS[text] for text in texts]
    at = 0
    while at < len(lines):
        short = kinds[at] == "foreign" and len(texts[at]) <= _MAXIMUM_LINE
        found = _label_at(lines, texts, kinds, at) if short and may_begin(texts[at]) else None
        if found:
            token, pieces = found
            yield token
            at += pieces
            continue
        yield _Token(kinds[at], lines[at], texts[at])
        at += 1


def _label_at(
    lines: Sequence[Paragraph], texts: Sequence[str], kinds: Sequence[str], at: int
) -> tuple[_Token, int] | None:
    # A whole heading of a column is no part of what follows: 本年度 and 一、主动公开情况.
    for pieces in (1,) if column_kind(texts[at]) else range(MAXIMUM_PIECES, 0, -1):
        if any(kind != "foreign" for kind in kinds[at : at + pieces]) or at + pieces > len(lines):
            continue
        text = "".join(texts[at : at + pieces])
        if len(text) > MAXIMUM_LABEL:
            continue
        name = name_of(text)
        kind = column_kind(text) if pieces < MAXIMUM_PIECES else ""
        if kind:
            return _Token("column", lines[at], kind, name), pieces
        if name.known:
            return _Token("heading" if name.heading is not None else "label", lines[at], text, name), pieces
    return None


def read_lines(lines: Sequence[Paragraph]) -> SectionReading:
    """The statistics table from text with one cell a line: label, unit, value.

    A row is read where exactly the cells that the headings name follow its label, and then the next label of the form.
    """
    tokens = _with_damaged_headings(list(_tokens(lines)))
    labels = [at for at, token in enumerate(tokens) if token.kind == "label"]
    if not labels:
        return SectionReading(statistics.SECTION)
    start, kinds, official = _flat_kinds(tokens, labels[0])
    rows: list[StatisticsRow] = []
    tails: list[list[_Token]] = []
    strays = [token for token in tokens[:start] if token.kind == "value"]
    at = start
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if token.kind in ("label", "foreign"):
            tail, at = _run(tokens, at, ("unit", "value", "blank"))
            if token.kind == "label" or any(part.kind == "value" for part in tail):
                name = token.name or name_of(token.text)
                rows.append(StatisticsRow(name, Absent(MISFIT, token.line.locator), "", token.line.locator))
                tails.append(tail)
            elif rows:
                rows[-1].follows = False
        elif token.kind == "heading":
            dashes, at = _run(tokens, at, ("value", "blank"))
            strays += [part for part in dashes if not is_no_unit(part.text)]
            if rows and token.name and token.name.heading is not None:
                rows[-1].headings |= {token.name.heading}
                rows[-1].follows = rows[-1].follows and all(is_no_unit(part.text) for part in dashes)
        elif token.kind != "column" and rows:
            rows[-1].follows = False
            strays += [token] if token.kind == "value" else []
    if kinds is None:
        units = sum(bool(tail) and tail[0].kind == "unit" for tail in tails)
        kinds = ("unit", "count") if units * 2 > len(tails) else ("count",)
    _read_tails(rows, tails, kinds, strays)
    return read_tables(rows, official, in_order=True)


def _with_damaged_headings(tokens: list[_Token]) -> list[_Token]:
    """The tokens, with lines behind which no cell stands as the headings that are left of them."""
    for at in range(1, len(tokens) - 1):
        token = tokens[at]
        if token.kind != "foreign" or len(token.text) > _MAXIMUM_LINE or tokens[at + 1].kind != "label":
            continue
        place = damaged_heading(token.text)
        if place is not None:
            tokens[at] = replace(token, kind="heading", name=Name(token.text, heading=place))
    return tokens


def _run(tokens: Sequence[_Token], at: int, kinds: Sequence[str]) -> tuple[list[_Token], int]:
    end = at
    while end < len(tokens) and tokens[end].kind in kinds:
        end += 1
    return list(tokens[at:end]), end


def _flat_kinds(tokens: Sequence[_Token], first: int) -> tuple[int, tuple[str, ...] | None, bool]:
    """Where the table begins, at the first label or a damaged one before it; what the headings before it name, in order
    (None where there are none, empty where they make no sense); and whether they are the form's own."""
    at = first
    while at > 0 and (
        tokens[at - 1].kind in ("heading", "value", "unit", "blank")
        or (tokens[at - 1].kind == "foreign" and tokens[at].kind in ("unit", "value"))
    ):
        at -= 1
    end = at
    while at > 0 and tokens[at - 1].kind in ("column", "blank"):
        at -= 1
    columns = [token for token in tokens[at:end] if token.kind == "column"]
    kinds = [token.text for token in columns]
    if not kinds:
        near = any(token.kind == "column" for token in tokens[max(0, end - 8) : end])
        return first, (() if near else None), False
    official = any(token.name and token.name.key in OFFICIAL for token in columns) and "unit" in kinds
    if "indicator" in kinds:
        kinds = kinds[kinds.index("indicator") + 1 :]
    sensible = set(kinds) <= {"unit", "count", "number"} and kinds.count("count") == 1
    return end, (tuple(kinds) if sensible else ()), official


def _read_tails(
    rows: Sequence[StatisticsRow], tails: Sequence[list[_Token]], kinds: tuple[str, ...], strays: Sequence[_Token]
) -> None:
    """Give the rows their values, where what follows their labels is what the headings name."""
    wanted = ["unit" if kind == "unit" else "value" for kind in kinds]
    exact = long = short = 0
    stray = any(_STRAY.fullmatch(squeeze(token.text)) for token in strays)
    for row, tail in zip(rows, tails, strict=True):
        shown = ["value" if part.kind == "blank" else part.kind for part in tail]
        if not kinds or shown != wanted:
            values = shown.count("value")
            long += values > wanted.count("value")
            short += values < wanted.count("value")
            stray = stray or values > wanted.count("value")
            row.holds = values > 0
            continue
        exact += 1
        value = tail[kinds.index("count")]
        row.found = Printed(value.text, value.line.locator)
        row.unit = next((unit_of(part.text) for part in tail if part.kind == "unit"), "")
        row.holds = value.kind == "value"
    reason = None
    if not kinds:
        reason = "the headings before the table do not say which number is the year's"
    elif long > exact:
        reason = "more numbers follow the labels than the headings name"
    elif short and stray:
        # Empty cells have vanished, and other numbers stand among the cells: a page number may stand for a lost one.
        reason = "empty cells are lost in this text, and numbers that belong to no row stand in it"
    if reason:
        for row in rows:
            row.found = Absent(reason, row.locator)
