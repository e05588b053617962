"""The run: reports of each damage are drawn into a folder, parsed and compared in processes, and counted."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from benchmarks.fidelity.compare import Findings, compare_files
from benchmarks.fidelity.tally import Tally
from benchmarks.fidelity.truth import TrueReport, load_truth
from benchmarks.generator.plan import DAMAGES, Options
from benchmarks.generator.run import generate

_CHUNK = 20


@dataclass(frozen=True, slots=True)
class Result:
    """What a run found, the files that it read, and the seconds that reading and comparing them took."""

    tally: Tally
    files: tuple[Path, ...]
    seconds: float


def run(
    folder: Path,
    reports: int,
    seed: str,
    workers: int,
    with_frames: bool,
    progress: Callable[[str, int], None] = lambda stage, files: None,
) -> Result:
    """Draw `reports` reports of each damage under `folder` and compare what is read from them with what was drawn.

    Raises FileExistsError where the folder has files of an earlier run.
    """
    for damage in DAMAGES:
        options = Options(seed=seed, damage=damage)
        generate(folder / damage, reports, options, workers=workers, progress=lambda files: progress("drawn", files))
    tally = Tally()
    files: list[Path] = []
    begun = time.perf_counter()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for damage in DAMAGES:
            truths = list(load_truth(folder / damage))
            found = _compared(pool, folder / damage, truths, with_frames)
            for true, findings in zip(truths, found, strict=True):
                tally.add(damage, damage, true, findings, with_frames)
                progress("compared", 1)
            files += [folder / damage / "raw" / true.file for true in truths]
    return Result(tally, tuple(files), time.perf_counter() - begun)


def _compared(
    pool: ProcessPoolExecutor, folder: Path, truths: Sequence[TrueReport], with_frames: bool
) -> Iterator[Findings]:
    chunks = [truths[start : start + _CHUNK] for start in range(0, len(truths), _CHUNK)]
    for findings in pool.map(compare_files, [(folder, chunk, with_frames) for chunk in chunks]):
        yield from findings
