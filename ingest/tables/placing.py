"""Which cells of a row are its values: the geometry of tables whose spans may not add up.

Nothing here knows a form. A row is a label's column and the cells behind it; `width` values are wanted from each row.
A reading is accepted only where the row itself, or the other rows of its table, leave no second one.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ingest.document import Placement

_ROWS_THAT_TELL = 3
_NEARLY_ALL = 0.8
_LITTLE = 2
LACKS_A_PLACE = "the row is narrower than its table, whose every row is filled up: a cell of it is lost"
STANDS_OUT = "the row is wider than its table: a cell too many may have pushed its last one out"
Tail = tuple[tuple[int, str], ...]
"""The cells behind a row's label: (column, text), without the places that spans cover."""


class Placed(NamedTuple):
    """The columns of a row's values, in order; None with the reason where they cannot be told."""

    columns: tuple[int, ...] | None
    reason: str | None = None


def place(
    tails: Sequence[Tail],
    row_widths: Sequence[int],
    width: int,
    placement: Placement,
    header: tuple[int, ...] | None,
    header_width: int = 0,
    in_turn: bool = False,
    padding_told: bool = False,
    header_filled_up: bool = False,
    all_filled_up: bool = False,
) -> list[Placed]:
    """Place the values of the rows of one table.

    `row_widths` are the full widths of the rows, `header` the columns of the table's headings where they are known
    (true columns only in a ruled table), `header_width` the full width of the row of headings, `in_turn` whether rows
    of exactly the wanted cells are read by their turn in a ruled table (`whole`), `padding_told` whether the cells of a
    counted table are without those that only fill rows up, `header_filled_up` whether its headings are followed by
    blanks, and the last of these rows ends the table, `all_filled_up` whether its text fills up the last row as well.
    One result a row.
    """
    if placement is Placement.RULED:
        return _place_ruled(tails, width, header, in_turn)
    usual_width = Counter(row_widths).most_common(1)[0][0] if row_widths else 0
    usual_width, unfilled = max(usual_width, header_width), None if all_filled_up else header_filled_up
    return _place_counted(tails, row_widths, width, header, usual_width, padding_told, unfilled)


def whole(rows: Iterable[tuple[Tail, int]]) -> bool:
    """Whether nearly every row of a ruled table has exactly the wanted cells behind its label.

    Then its spans, which may not add up, tell nothing more. `rows` are the cells behind labels with the number wanted.
    """
    exact = [len(tail) == width for tail, width in rows]
    return sum(exact) >= max(_ROWS_THAT_TELL, len(exact) * _NEARLY_ALL)


def _place_ruled(tails: Sequence[Tail], width: int, header: tuple[int, ...] | None, in_turn: bool) -> list[Placed]:
    clean = Counter(
        tuple([column for column, _ in tail]) for tail in tails if len(tail) == width and all(text for _, text in tail)
    )
    usual = clean.most_common(1)[0][0] if clean else None
    # Where whole rows stand elsewhere than the headings, the spans of the headings do not add up.
    trusted = [columns for columns in ((header,) if usual in (None, header) else (usual,)) if columns]
    results = []
    for tail in tails:
        if in_turn and len(tail) == width:
            results.append(Placed(tuple([column for column, _ in tail])))
        elif fitting := next((columns for columns in trusted if _fits(tail, columns)), None):
            # Where the other rows have no cell too many, this one may have pushed a blank of its own out at either end.
            pushed = in_turn and len(tail) > width and not _filled(tail, fitting)
            results.append(Placed(None, _misfit(tail, width)) if pushed else Placed(fitting))
        elif len(tail) == width and all(text for _, text in tail):
            results.append(Placed(tuple(column for column, _ in tail), "counted: the row stands in other columns"))
        elif len(tail) == width and not trusted:
            results.append(Placed(tuple(column for column, _ in tail)))
        else:
            results.append(Placed(None, _misfit(tail, width)))
    return results


def doubt_of_width(
    widths: Counter[int], row_width: int, tail: Tail, placed: Placed, width: int, filled_up: bool
) -> str | None:
    """Why a row that differs a little in width from most of its grid may have gained or lost a cell; None where not.

    With a cell too many, it may have pushed its last one, a blank, behind the others' end. With one too few, in a text
    that fills every row up, a blank among its values may be one that fills it up. `widths` are those of all rows.
    """
    if placed.columns is None:
        return None
    near = range(1, _LITTLE + 1)
    if len(tail) > width and max(widths[row_width - less] for less in near) > widths[row_width]:
        return STANDS_OUT
    if filled_up and max(widths[row_width + more] for more in near) > widths[row_width]:
        return None if _filled(tail, placed.columns) else LACKS_A_PLACE
    return None


def _filled(tail: Tail, columns: Sequence[int]) -> bool:
    texts = dict(tail)
    return all(texts[column] for column in columns)


def _fits(tail: Tail, columns: tuple[int, ...]) -> bool:
    present = {column for column, _ in tail}
    return present.issuperset(columns) and not any(text and column not in columns for column, text in tail)


def _place_counted(
    tails: Sequence[Tail],
    row_widths: Sequence[int],
    width: int,
    header: tuple[int, ...] | None,
    usual_width: int,
    padding_told: bool,
    last_unfilled: bool | None,
) -> list[Placed]:
    """`last_unfilled` says that the last row is narrower than the others; None that it never is."""
    packed = aligned = 0
    for tail, row_width in zip(tails, row_widths, strict=True):
        if len(tail) > width and row_width >= usual_width:
            at_left, at_right = _blank(tail[width:]), _blank(tail[:-width])
            packed += at_left and not at_right
            aligned += at_right and not at_left
    results = []
    for number, (tail, row_width) in enumerate(zip(tails, row_widths, strict=True), start=1):
        columns: Tail | None = None
        full = row_width >= usual_width
        # The last row of a table often has no bars to fill it up.
        is_last = number == len(tails) and last_unfilled is not None
        unfilled = is_last and (packed > 0 or last_unfilled is True) and not aligned
        ended = number == len(tails) and _blank(tail)
        if len(tail) == width and (padding_told or full or unfilled or ended or all(text for _, text in tail)):
            columns = tail
        elif len(tail) >= width and full and _blank(tail):
            columns = tail[:width]
        elif len(tail) > width and full:
            if packed and not aligned and _blank(tail[width:]):
                columns = tail[:width]
            elif aligned and not packed and _blank(tail[:-width]):
                columns = tail[-width:]
            elif not packed and not aligned and header and _fits(tail, header):
                columns = tuple(cell for cell in tail if cell[0] in header)
        elif len(tail) > width and all(text for _, text in tail[:width]) and _blank(tail[width:]) and not aligned:
            columns = tail[:width]
        if columns is None:
            results.append(Placed(None, _misfit(tail, width)))
        else:
            results.append(Placed(tuple(column for column, _ in columns)))
    return results


def _blank(cells: Tail) -> bool:
    return not any(text for _, text in cells)


def _misfit(tail: Tail, width: int) -> str:
    filled = sum(1 for _, text in tail if text)
    return (
        f"the row shows {len(tail)} cells ({filled} filled) where the form has {width}; which is which cannot be told"
    )
