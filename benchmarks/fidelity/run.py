"""The run: reports of each damage are drawn into a folder, parsed and compared in processes, and counted."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from benchmarks.fidelity.compare import Findings, compare_files
from benchmarks.fidelity.tally import Tally
from benchmarks.fidelity.truth import TrueReport, load_truth
from benchmarks.generator.plan import DAMAGES, FORMATS, OFFICE, Options
from benchmarks.generator.run import generate

_CHUNK = 20


@dataclass(frozen=True, slots=True)
class Result:
    """What a run found, the files that it read, and the seconds that reading and comparing them took."""

    tally: Tally
    files: tuple[Path, ...]
    seconds: float


class Amount(NamedTuple):
    """How many reports to draw of each damage: as HTML and text, and of each format that is slow to write."""

    pages: int
    office: int = 0

    @property
    def total(self) -> int:
        """All reports of a run."""
        return len(DAMAGES) * (self.pages + len(_SLOW) * self.office)


_SLOW = ("mhtml", *OFFICE)


def run(
    folder: Path,
    amount: Amount,
    seed: str,
    workers: int,
    with_frames: bool,
    progress: Callable[[str, int], None] = lambda stage, files: None,
) -> Result:
    """Draw reports of each damage under `folder` and compare what is read from them with what was drawn.

    Raises FileExistsError where the folder has files of an earlier run.
    """
    drawn: list[tuple[str, str]] = []
    for damage in DAMAGES:
        for name, formats, count in (
            ("", FORMATS, amount.pages),
            *((f"-{one}", (one,), amount.office) for one in _SLOW),
        ):
            if count:
                place = f"{damage}{name}"
                options = Options(seed=seed, damage=damage, formats=formats)
                generate(
                    folder / place, count, options, workers=workers, progress=lambda files: progress("drawn", files)
                )
                drawn.append((place, damage))
    tally = Tally()
    files: list[Path] = []
    begun = time.perf_counter()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for place, damage in drawn:
            truths = list(load_truth(folder / place))
            found = _compared(pool, folder / place, truths, with_frames)
            for true, findings in zip(truths, found, strict=True):
                tally.add(damage, place, true, findings, with_frames)
                progress("compared", 1)
            files += [folder / place / "raw" / true.file for true in truths]
    return Result(tally, tuple(files), time.perf_counter() - begun)


def _compared(
    pool: ProcessPoolExecutor, folder: Path, truths: Sequence[TrueReport], with_frames: bool
) -> Iterator[Findings]:
    chunks = [truths[start : start + _CHUNK] for start in range(0, len(truths), _CHUNK)]
    for findings in pool.map(compare_files, [(folder, chunk, with_frames) for chunk in chunks]):
        yield from findings
