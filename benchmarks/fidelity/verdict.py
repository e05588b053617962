"""What a reading of one cell is worth, by the rules of the generator's README."""

import unicodedata
from enum import StrEnum

from benchmarks.fidelity.truth import TrueCell
from ingest.report import Cell, CellStatus

NOT_KNOWN = (CellStatus.MISSING, CellStatus.UNREADABLE)


class Verdict(StrEnum):
    """`wrong`, `guessed` and `invented` are the wrong ones."""

    RIGHT = "right"
    """The status and the value of the truth."""
    UNTOLD = "untold"
    """Not known, and rightly so: the file does not tell, or leaves it to arithmetic."""
    LOST = "lost"
    """Marked as not known though the file shows it."""
    WRONG = "wrong"
    """Another value or another status."""
    GUESSED = "guessed"
    """A value where the file leaves several, even the one that was drawn."""
    INVENTED = "invented"
    """A value for a cell that the report does not have."""


WRONG = frozenset((Verdict.WRONG, Verdict.GUESSED, Verdict.INVENTED))


def judge(true: TrueCell | None, read: Cell | None) -> Verdict | None:
    """The verdict on one cell; `read` is None where the reading has no such cell, `true` where the report has none.

    None where neither says anything: no such cell, and no value for it.
    """
    gives_value = read is not None and read.value is not None
    if true is None:
        return Verdict.INVENTED if gives_value else None
    if true.knowable == "unknowable":
        return Verdict.GUESSED if gives_value else Verdict.UNTOLD
    if read is not None and _agrees(true, read):
        return Verdict.RIGHT
    if read is None or read.status in NOT_KNOWN:
        return Verdict.LOST if true.knowable == "known" else Verdict.UNTOLD
    return Verdict.WRONG


def _agrees(true: TrueCell, read: Cell) -> bool:
    if read.status not in _drawn_statuses(true) or read.value != true.value:
        return False
    # An amount in CNY taken for one of no stated unit is another amount.
    return read.value is None or read.unit == true.unit


def _drawn_statuses(true: TrueCell) -> tuple[str, ...]:
    """The status that the cell was drawn with; of a lost one without number only whether it was blank is known."""
    if true.status != CellStatus.MISSING:
        return (true.status,)
    if true.value is not None:
        return (CellStatus.REPORTED,)
    if not unicodedata.normalize("NFKC", true.raw_text).strip():
        return (CellStatus.BLANK,)
    return (CellStatus.DASH, CellStatus.UNREADABLE)
