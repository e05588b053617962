"""The sums of many files, by what the files are."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from benchmarks.fidelity.compare import Findings, Loss, WrongCell
from benchmarks.fidelity.truth import TrueReport
from benchmarks.fidelity.verdict import WRONG, Verdict

Row = tuple[str, ...]
_HTML_LAYOUT_PARTS = 3
TOTAL = "total"
_KINDS = {"txt": "text", "mht": "mhtml", **{name: name for name in ("html", "docx", "xlsx", "pdf")}}
_PAGES = ("html", "mhtml")


@dataclass(slots=True)
class Score:
    """The counts of one row of a table."""

    files: int = 0
    cells: int = 0
    known: int = 0
    known_right: int = 0
    right: int = 0
    untold: int = 0
    lost: int = 0
    flagged: int = 0
    silent: int = 0
    guessed: int = 0
    plain_files: int = 0
    plain_right: int = 0
    plain_wrong: int = 0

    def add(self, findings: Findings, with_plain: bool, section: str | None = None) -> None:
        """Count a file, or one section of it."""
        outcomes = [(outcome, count) for (name, outcome), count in findings.cells.items() if section in (None, name)]
        if section is not None and not outcomes:
            return
        self.files += 1
        for (verdict, knowable, flagged), count in outcomes:
            self.cells += count if verdict is not Verdict.INVENTED else 0
            self.known += count if knowable == "known" else 0
            self.known_right += count if knowable == "known" and verdict is Verdict.RIGHT else 0
            self.right += count if verdict is Verdict.RIGHT else 0
            self.untold += count if verdict is Verdict.UNTOLD else 0
            self.lost += count if verdict is Verdict.LOST else 0
            self.flagged += count if verdict in WRONG and flagged else 0
            self.silent += count if verdict in WRONG and not flagged else 0
            self.guessed += count if verdict in (Verdict.GUESSED, Verdict.INVENTED) else 0
        self.plain_files += with_plain
        for (name, verdict), count in findings.plain.items():
            if section in (None, name):
                self.plain_right += count if verdict is Verdict.RIGHT else 0
                self.plain_wrong += count if verdict in WRONG else 0


@dataclass(slots=True)
class Tally:
    """All counts of a run. `losses` has the count and the first file of each cause."""

    layouts: dict[Row, Score] = field(default_factory=dict)
    properties: dict[Row, Score] = field(default_factory=dict)
    facts: Counter[tuple[str, str]] = field(default_factory=Counter)
    claims: Counter[tuple[str, str]] = field(default_factory=Counter)
    marked: Counter[tuple[str, bool]] = field(default_factory=Counter)
    losses: Counter[Loss] = field(default_factory=Counter)
    examples: dict[Loss, str] = field(default_factory=dict)
    wrong: list[WrongCell] = field(default_factory=list)

    def add(self, damage: str, folder: str, true: TrueReport, findings: Findings, with_plain: bool) -> None:
        """Count one file of the run with this damage."""
        plain = with_plain and true.file.endswith(".html")
        kind = _KINDS[true.file.rpartition(".")[2]]
        layout = _structure(kind, true.facts["layout"])
        whole: list[Row] = [(kind, layout, damage), (kind, TOTAL, damage), (kind, TOTAL, TOTAL), (TOTAL, TOTAL, TOTAL)]
        for row in whole:
            self.layouts.setdefault(row, Score()).add(findings, plain)
        for row in _properties(kind, true):
            self.properties.setdefault(row, Score()).add(findings, plain)
        for section in dict.fromkeys(name for name, _ in findings.cells):
            self.properties.setdefault(("table", section), Score()).add(findings, plain, section)
        self.facts.update(findings.facts)
        self.claims.update(findings.claims)
        for verdict in (name for (fact, name), count in findings.facts.items() if fact == "contaminated" and count):
            self.marked[verdict, true.facts["contaminated"] == "true"] += 1
        self.losses.update(findings.losses)
        for loss in findings.losses:
            self.examples.setdefault(loss, f"{folder}/{true.file}")
        self.wrong.extend(findings.wrong)


def _structure(kind: str, layout: str) -> str:
    """What names a layout in the first table: the structure of the HTML, or how the text prints cells."""
    parts = layout.split("+")
    return parts[_HTML_LAYOUT_PARTS - 1] if kind in _PAGES else parts[0]


def _properties(kind: str, true: TrueReport) -> Iterator[Row]:
    facts = true.facts
    yield "script", facts["script_variant"]
    yield "encoding", facts["encoding"] or "none (binary)"
    parts = facts["layout"].split("+")
    if kind in _PAGES:
        yield "page", parts[0]
        yield "markup", parts[1]
    special = parts[_HTML_LAYOUT_PARTS if kind in _PAGES else 1 :]
    for name in special or ("none",):
        yield "variation", re.sub(r"^order\d+$", "order of columns", name)
    for name in facts["damage"].split("+") if facts["damage"] else ("none",):
        yield "damage", name


def ordered(rows: Iterable[Row]) -> list[Row]:
    """Rows by name, totals last."""
    order = {"none": "0", "light": "1", "all": "2"}
    return sorted(rows, key=lambda row: [(name == TOTAL, order.get(name, name)) for name in row])
