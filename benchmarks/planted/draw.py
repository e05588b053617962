"""Reports without an error, as cells, and errors of known kinds planted into them."""

from collections.abc import Callable, Mapping
from random import Random

from benchmarks.generator.draw.applications import draw_applications, draw_size
from benchmarks.generator.draw.reviews import draw_reviews
from checks.identities import Held
from ingest import forms
from ingest.forms.model import FORM_2019, FORM_2021, CellKey

Cells = Mapping[CellKey, Held]
_SHARE_OF_BLANK_ZEROS = 0.3


def draw_cells(rng: Random) -> dict[CellKey, Held]:
    """The applications and reviews of a generated report that fulfils every identity; in some, zeros are left blank."""
    form = rng.choice((FORM_2019, FORM_2021))
    size = max(8, draw_size(rng))
    numbers = [number for row in (*draw_applications(rng, form, size), *draw_reviews(rng, size)) for number in row]
    keys = [cell.key for section in ("applications", "reviews") for cell in forms.cells(section, form)]
    blank = rng.random() < _SHARE_OF_BLANK_ZEROS
    return {key: Held(None if blank and not number else number) for key, number in zip(keys, numbers, strict=True)}


def _number(cells: Cells, key: CellKey) -> int:
    return int(cells[key].counted)


def _one_cell(change: Callable[[Random, str], str], among: Callable[[CellKey], bool] = lambda key: True):
    """Plants a change of the digits of one cell, drawn from those that can suffer it."""

    def plant(rng: Random, cells: Cells) -> dict[CellKey, Held]:
        for _ in range(50):
            key = rng.choice([key for key in cells if among(key)])
            printed = int(change(rng, str(_number(cells, key))) or 0)
            if printed != _number(cells, key):
                return {key: Held(printed)}
        return {}

    return plant


def _replace(rng: Random, digits: str) -> str:
    place = rng.randrange(len(digits))
    return digits[:place] + rng.choice("0123456789") + digits[place + 1 :]


def _transpose(rng: Random, digits: str) -> str:
    if len(digits) < 2:
        return digits
    place = rng.randrange(len(digits) - 1)
    return digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]


def _drop(rng: Random, digits: str) -> str:
    place = rng.randrange(len(digits))
    return digits[:place] + digits[place + 1 :] if len(digits) > 1 else digits


def _double(rng: Random, digits: str) -> str:
    place = rng.randrange(len(digits))
    return digits[: place + 1] + digits[place:]


def _more(rng: Random, digits: str) -> str:
    return str(int(digits) + rng.randint(1, 3))


def _blank(rng: Random, cells: Cells) -> dict[CellKey, Held]:
    filled = [key for key in cells if cells[key].counted]
    return {rng.choice(filled): Held(None)} if filled else {}


def _rows(cells: Cells) -> dict[str, list[CellKey]]:
    rows: dict[str, list[CellKey]] = {}
    for key in cells:
        if key.section == "applications":
            rows.setdefault(key.row_code, []).append(key)
    return rows


def _changed(cells: Cells, printed: Mapping[CellKey, Held]) -> dict[CellKey, Held]:
    return {key: held for key, held in printed.items() if held.counted != cells[key].counted}


def _shift_row(rng: Random, cells: Cells) -> dict[CellKey, Held]:
    """The kinds of applicant of one row, each written one column too far to the right; the first is 0."""
    for _ in range(50):
        row = rng.choice(list(_rows(cells).values()))[:6]
        if not cells[row[-1]].counted:
            shifted = dict(zip(row, [Held(0), *(cells[key] for key in row[:-1])], strict=True))
            if changed := _changed(cells, shifted):
                return changed
    return {}


def _slip_rows(rng: Random, cells: Cells) -> dict[CellKey, Held]:
    """Some rows of outcomes, each written one row too far down; the first is 0 and the last is lost."""
    rows = list(_rows(cells).values())
    first = 2 + rng.randrange(len(rows) - 8)
    last = first + 1 + rng.randrange(4)
    slipped = {key: Held(0) for key in rows[first]}
    for above, below in zip(rows[first:last], rows[first + 1 : last + 1], strict=True):
        slipped |= {key: cells[source] for key, source in zip(below, above, strict=True)}
    return _changed(cells, slipped)


def _swap_columns(rng: Random, cells: Cells) -> dict[CellKey, Held]:
    """Two kinds of applicant exchanged in one row."""
    for _ in range(50):
        one, other = rng.sample(rng.choice(list(_rows(cells).values()))[:6], 2)
        if changed := _changed(cells, {one: cells[other], other: cells[one]}):
            return changed
    return {}


ONE_CELL = {
    "digit changed": _one_cell(_replace),
    "digits transposed": _one_cell(_transpose),
    "digit dropped": _one_cell(_drop),
    "digit doubled": _one_cell(_double),
    "cell blanked": _blank,
    "total altered": _one_cell(_more, lambda key: key.column_code == "total"),
}
MANY_CELLS = {"row shifted": _shift_row, "rows slipped": _slip_rows, "columns swapped": _swap_columns}
KINDS = {**ONE_CELL, **MANY_CELLS}


def plant(rng: Random, truth: Cells, kinds: tuple[str, ...]) -> dict[CellKey, Held]:
    """The report with an error of each kind, one after the other."""
    printed = dict(truth)
    for kind in kinds:
        printed |= KINDS[kind](rng, printed)
    return printed
