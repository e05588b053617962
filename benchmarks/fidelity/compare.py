"""One file: parsed, and every cell, fact and claim compared with the truth."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from benchmarks.fidelity.facts import judge_claims, judge_facts
from benchmarks.fidelity.flags import Flags, flags_of
from benchmarks.fidelity.frames import judge_number, read_frames
from benchmarks.fidelity.truth import Key, TrueCell, TrueReport
from benchmarks.fidelity.verdict import WRONG, Verdict, judge
from ingest.parse import parse
from ingest.report import Cell, ParsedReport

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_DIGITS = re.compile(r"\d+")


class Outcome(NamedTuple):
    """What one cell came to; `flagged` says whether the report warns of a wrong one."""

    verdict: Verdict
    knowable: str
    flagged: bool


class WrongCell(NamedTuple):
    """A wrong cell, as truth and reading have it."""

    path: str
    layout: str
    key: Key
    outcome: Outcome
    true: TrueCell | None
    read: Cell


class Loss(NamedTuple):
    """Why known cells of a table were marked as not known, by the reader's own reason without its numbers."""

    section: str
    reason: str


@dataclass(slots=True)
class Findings:
    """What a file came to. `cells` counts by section, `plain` is the lookup's right and wrong cells by section."""

    file: str
    cells: Counter[tuple[str, Outcome]] = field(default_factory=Counter)
    wrong: list[WrongCell] = field(default_factory=list)
    losses: Counter[Loss] = field(default_factory=Counter)
    facts: Counter[tuple[str, str]] = field(default_factory=Counter)
    claims: Counter[tuple[str, str]] = field(default_factory=Counter)
    plain: Counter[tuple[str, Verdict]] = field(default_factory=Counter)


def compare_files(work: tuple[Path, Sequence[TrueReport], bool]) -> list[Findings]:
    """Parse and compare some files of a folder; with the flag, HTML files are read by `pandas.read_html` too."""
    folder, reports, with_frames = work
    return [_compare_file(folder / "raw" / true.file, true, with_frames) for true in reports]


def _compare_file(path: Path, true: TrueReport, with_frames: bool) -> Findings:
    data = path.read_bytes()
    findings = compare(true, parse(data), str(path))
    if with_frames and path.suffix == ".html":
        found = read_frames(data)
        for key, cell in true.cells.items():
            findings.plain[key.section, judge_number(cell, key, found)] += 1
        for key in found.keys() - true.cells.keys():
            if found[key] is not None:
                findings.plain[key.section, Verdict.INVENTED] += 1
    return findings


def compare(true: TrueReport, report: ParsedReport, path: str = "") -> Findings:
    """A reading against the truth."""
    findings = Findings(true.file, facts=judge_facts(true, report), claims=judge_claims(true, report))
    read = {Key(cell.section, cell.row_code, cell.column_code): cell for cell in report.cells}
    flags: Flags | None = None
    for key in dict.fromkeys((*true.cells, *read)):
        true_cell, cell = true.cells.get(key), read.get(key)
        verdict = judge(true_cell, cell)
        if verdict is None:
            continue
        flagged = False
        if verdict in WRONG and cell is not None:
            flags = flags or flags_of(report)
            flagged = key in flags
        outcome = Outcome(verdict, true_cell.knowable if true_cell else "", flagged)
        findings.cells[key.section, outcome] += 1
        if verdict in WRONG and cell is not None:
            findings.wrong.append(WrongCell(path, true.facts["layout"], key, outcome, true_cell, cell))
        if verdict is Verdict.LOST:
            findings.losses[Loss(key.section, _reason(cell))] += 1
    return findings


def _reason(cell: Cell | None) -> str:
    if cell is None:
        return "the reading has no such cell"
    return _DIGITS.sub("#", _QUOTED.sub("…", f"{cell.status}: {cell.reason}"))
