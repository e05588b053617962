"""One scan, read by OCR and compared with the truth cell by cell."""

import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.fidelity.compare import WrongCell, compare
from benchmarks.fidelity.truth import TrueReport
from benchmarks.fidelity.verdict import WRONG, Verdict
from benchmarks.scans.pictures import Scanner, as_pdf, scanned
from ingest.parse import parse


@dataclass(slots=True)
class Reading:
    """What became of the cells of some scans. `unmarked` counts values whose reason does not say OCR."""

    scans: int = 0
    pages: int = 0
    seconds: float = 0
    right: int = 0
    not_known: int = 0
    wrong_flagged: int = 0
    wrong_silent: int = 0
    unmarked: int = 0
    titles: int = 0
    wrong: list[WrongCell] = field(default_factory=list)

    @property
    def cells(self) -> int:
        """All cells that were judged."""
        return self.right + self.not_known + self.wrong_flagged + self.wrong_silent

    def add(self, other: "Reading") -> None:
        """Count another reading in."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def scan_of(path: Path, scanner: Scanner) -> tuple[bytes, int]:
    """A PDF of the generator as a scanner sees it, and how many pages it has.

    To be made before this process parses a PDF: the reader leaves out the machine's fonts, in which the pages are set.
    """
    pages = scanned(path.read_bytes(), scanner, path.name)
    return as_pdf(pages, scanner.dpi), len(pages)


def read_scan(data: bytes, pages: int, true: TrueReport, name: str) -> Reading:
    """Read a scan by OCR, and compare."""
    begun = time.perf_counter()
    report = parse(data, ocr=True)
    seconds = time.perf_counter() - begun
    found = compare(true, report, name)
    verdicts: Counter[tuple[Verdict, bool]] = Counter()
    for (_, outcome), count in found.cells.items():
        verdicts[outcome.verdict, outcome.flagged] += count
    return Reading(
        scans=1,
        pages=pages,
        seconds=seconds,
        right=verdicts[Verdict.RIGHT, False],
        not_known=verdicts[Verdict.LOST, False] + verdicts[Verdict.UNTOLD, False],
        wrong_flagged=sum(verdicts[verdict, True] for verdict in WRONG),
        wrong_silent=sum(verdicts[verdict, False] for verdict in WRONG),
        unmarked=sum(cell.value is not None and "OCR" not in (cell.reason or "") for cell in report.cells),
        titles=int(report.title == true.facts["title"]),
        wrong=found.wrong,
    )
