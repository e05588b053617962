"""A seeded attacker of generated reports: `python -m tests.ingest.attacks --files N`.

Lines, cells, bars and tags of reports whose every number is known are lost or doubled. Whatever is left, a cell that is
read says what was drawn for it, or the report itself warns of it. What an attack puts in is only what stands there
already: a doubled line, a doubled cell.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import NamedTuple

from benchmarks.fidelity.flags import flags_of
from benchmarks.fidelity.truth import Key
from benchmarks.generator.forms import KEYS, UNITS
from benchmarks.generator.make import make_report
from benchmarks.generator.model import STATUSES, Printed
from benchmarks.generator.plan import Options
from ingest.parse import parse
from ingest.report import Cell, CellStatus

_SHORT = 50
_MOST = 6
_LONGEST_RUN = 24
_TAG = re.compile(r"</?(?:table|thead|tbody|tr|td|th|span|p|font)\b[^>]*>")
_CELL = re.compile(r"<t([dh])\b[^>]*>(?:(?!<t[dhr]\b).)*?</t\1>", re.DOTALL)
_ROW = re.compile(r"<tr\b[^>]*>.*?</tr>", re.DOTALL)
_TABLE = re.compile(r"<table\b.*</table>", re.DOTALL)
_HEADINGS = re.compile(
    "[项項]目|申[请請]人|自然人|法人|商[业業]|科研|社[会會]|法律服[务務]|其[他它]$|[总總合][计計]$|小[计計]"
)
_APPLICATIONS = re.compile("本年新收")
_FIRST_OF_OTHER = re.compile("1[.、．]?申[请請]人[无無]正[当當]理由逾期")
_BEHIND_OTHER = re.compile("[(（]七[)）]")


class Reading(NamedTuple):
    """What was drawn for a cell."""

    status: str
    value: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that says something else than what was drawn: the number of the report, the attack, and the cell."""

    index: int
    attack: str
    layout: str
    key: Key
    drawn: Reading | None
    read: Cell
    data: bytes


@dataclass(slots=True)
class Score:
    """What the files of one layout came to."""

    files: int = 0
    values: int = 0
    flagged: int = 0
    wrong: list[Wrong] = field(default_factory=list)


def drawn_cells(printed: Printed) -> dict[Key, Reading]:
    """What was drawn, by cell."""
    cells = {}
    for table in printed.tables:
        for place, number in enumerate(table.keys):
            key, value = KEYS[number], table.values[place]
            status, unit = STATUSES[table.statuses[place]], UNITS[table.units[place]]
            cells[Key(key.section, key.row_code, key.column_code)] = Reading(
                status, Decimal(value) if value else None, unit
            )
    return cells


def changed(parts: list[str], places: Sequence[int], times: int) -> list[str]:
    """The parts with those at these places dropped (0 times) or doubled (twice)."""
    chosen = set(places)
    return [part for place, part in enumerate(parts) for _ in range(times if place in chosen else 1)]


def some(rng: Random, places: Sequence[int], run: bool) -> list[int]:
    """A few of these places, or a run of them."""
    if run:
        start = rng.randrange(len(places))
        return list(places[start : start + rng.randint(2, _LONGEST_RUN)])
    return rng.sample(places, min(len(places), rng.randint(1, _MOST)))


def attack_lines(rng: Random, text: str, times: int, run: bool) -> str:
    """Short lines lost or doubled."""
    lines = text.split("\n")
    short = [place for place, line in enumerate(lines) if len(line) < _SHORT or "|" in line or "\t" in line]
    return "\n".join(changed(lines, some(rng, short, run), times))


def attack_cells(rng: Random, text: str, times: int, run: bool) -> str:
    """Cells of rows with bars or tabs lost or doubled, each with its bar."""
    lines = text.split("\n")
    for place in some(rng, [at for at, line in enumerate(lines) if "|" in line or "\t" in line] or [0], False):
        mark = "\t" if "\t" in lines[place] else "|"
        cells = lines[place].split(mark)
        at = some(rng, range(len(cells)), True)[:3] if run else [rng.randrange(len(cells))]
        lines[place] = mark.join(changed(cells, at, times))
    return "\n".join(lines)


def attack_headings(rng: Random, text: str, times: int, run: bool) -> str:
    """Headings above the table of applications lost (or doubled), all or some: whole lines or cells of them."""
    lines = text.split("\n")
    first = next((at for at, line in enumerate(lines) if _APPLICATIONS.search(line)), None)
    if first is None:
        return text
    above = [at for at in range(max(0, first - 24), first) if any(map(_HEADINGS.search, re.split(r"[|\t]", lines[at])))]
    if not above:
        return text
    if run:
        return "\n".join(changed(lines, above, times))
    for at in some(rng, above, False):
        mark = "\t" if "\t" in lines[at] else "|"
        cells = lines[at].split(mark)
        lines[at] = mark.join(changed(cells, some(rng, range(len(cells)), False), times))
    return "\n".join(lines)


def attack_group(rng: Random, text: str, times: int, run: bool) -> str:
    """The rows of (六)其他处理 lost, so that its subtotal is left; or all lines from their first label on."""
    lines = text.split("\n")
    start = next((at for at, line in enumerate(lines) if _FIRST_OF_OTHER.search(line)), None)
    end = next((at for at, line in enumerate(lines) if _BEHIND_OTHER.search(line)), None)
    if start is None or end is None or times:
        return text
    return "\n".join([*lines[:start], *lines[end:]])


def attack_tags(rng: Random, text: str, times: int, run: bool) -> str:
    """Tags inside the tables lost or doubled."""
    return _attack_found(rng, text, _TAG, times, run)


def attack_html_cells(rng: Random, text: str, times: int, run: bool) -> str:
    """Cells lost or doubled."""
    return _attack_found(rng, text, _CELL, times, run)


def attack_html_rows(rng: Random, text: str, times: int, run: bool) -> str:
    """Rows lost or doubled."""
    return _attack_found(rng, text, _ROW, times, run)


def attack_html_group(rng: Random, text: str, times: int, run: bool) -> str:
    """The rows of (六)其他处理 lost, so that its subtotal is left where it has a row of its own."""
    rows = list(_ROW.finditer(text))
    start = next((at for at, row in enumerate(rows) if _FIRST_OF_OTHER.search(row[0])), None)
    if start is None or times or start + 3 >= len(rows):
        return text
    return text[: rows[start].start()] + text[rows[start + 3].start() :]


def attack_html_headings(rng: Random, text: str, times: int, run: bool) -> str:
    """The headings above the table of applications lost or doubled, all or some."""
    rows = list(_ROW.finditer(text))
    first = next((at for at, row in enumerate(rows) if _APPLICATIONS.search(row[0])), None)
    if first is None:
        return text
    start = max(0, first - 3)
    if run:
        kept = "".join(row[0] * times for row in rows[start:first])
        return text[: rows[start].start()] + kept + text[rows[first].start() :] if start < first else text
    head = text[rows[start].start() : rows[first].start()]
    return text[: rows[start].start()] + _attack_found(rng, head, _CELL, times, run) + text[rows[first].start() :]


def _attack_found(rng: Random, text: str, pattern: re.Pattern[str], times: int, run: bool) -> str:
    tables = _TABLE.search(text)
    start, end = tables.span() if tables else (0, len(text))
    found = list(pattern.finditer(text, start, end))
    if not found:
        return text
    for at in sorted(some(rng, range(len(found)), run), reverse=True):
        match = found[at]
        text = text[: match.start()] + match[0] * times + text[match.end() :]
    return text


Attack = Callable[[Random, str, int, bool], str]
TEXT: tuple[Attack, ...] = (attack_lines, attack_lines, attack_cells, attack_headings, attack_group)
FLAT: tuple[Attack, ...] = (attack_lines, attack_lines, attack_headings, attack_group)
HTML: tuple[Attack, ...] = (attack_tags, attack_html_cells, attack_html_rows, attack_html_headings, attack_html_group)


def attacked(printed: Printed, rng: Random) -> tuple[str, bytes]:
    """The bytes of a report after one attack, and what the attack was."""
    text = printed.data.decode(printed.report["encoding"]).removeprefix("\ufeff")
    flat = printed.report["layout"].startswith("lines")
    attacks = HTML if printed.name.endswith("html") else FLAT if flat else TEXT
    attack, times, run = rng.choice(attacks), rng.choice((0, 0, 2)), rng.random() < 0.3
    name = f"{attack.__name__} {'dropped' if times == 0 else 'doubled'}{' in a run' if run else ''}"
    return name, attack(rng, text, times, run).encode()


def wrong_cells(data: bytes, drawn: dict[Key, Reading]) -> Iterator[tuple[Key, Cell, bool | None]]:
    """Every cell that says something: whether it says something else than was drawn without a warning, None if not."""
    report = parse(data)
    flags = None
    for cell in report.cells:
        if cell.status in (CellStatus.MISSING, CellStatus.UNREADABLE):
            continue
        key = Key(cell.section, cell.row_code, cell.column_code)
        true = drawn.get(key)
        if true is None and cell.value is None:
            continue
        if true and (cell.status, cell.value) == (true.status, true.value) and cell.unit in (true.unit, "unstated"):
            yield key, cell, None
            continue
        flags = flags or flags_of(report)
        yield key, cell, key not in flags


def attack_files(options: Options, numbers: Sequence[int], attacks: int = 1) -> dict[str, Score]:
    """Attack reports with these numbers, each several times, and compare; by layout."""
    scores: dict[str, Score] = {}
    for index in numbers:
        printed = make_report(index, options)
        drawn = drawn_cells(printed)
        if not drawn:
            continue
        layout = printed.report["layout"]
        parts = layout.split("+")
        score = scores.setdefault(parts[2] if printed.name.endswith("html") else parts[0], Score())
        for number in range(attacks):
            name, data = attacked(printed, Random(f"{options.seed}/{index}/{number}"))
            score.files += 1
            for key, cell, silent in wrong_cells(data, drawn):
                score.values += 1
                if silent:
                    score.wrong.append(Wrong(index, name, layout, key, drawn.get(key), cell, data))
                elif silent is not None:
                    score.flagged += 1
    return scores


def options_of(seed: str, formats: str = "html,text") -> Options:
    """Whole reports without errors of their publishers: whatever is wrong is the reader's."""
    return Options(seed, tuple(formats.split(",")), damage="none", mistakes=0)


def main(arguments: Sequence[str]) -> int:
    """Attack files, print what each layout came to and the first wrong cells; 1 where any was wrong in silence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--attacks", type=int, default=3, help="attacks on each file")
    parser.add_argument("--seed", default="attacks")
    parser.add_argument("--formats", default="html,text")
    parser.add_argument("--keep", default="", help="write the files with wrong cells under this folder")
    chosen = parser.parse_args(arguments)
    options = options_of(chosen.seed, chosen.formats)
    scores = attack_files(options, range(chosen.first, chosen.first + chosen.files), chosen.attacks)
    for layout, score in sorted(scores.items()):
        print(f"{layout:16} {score.files:7} files {score.values:9} values {score.flagged:5} flagged", end=" ")
        print(f"{len(score.wrong):5} wrong in silence")
    for layout, score in sorted(scores.items()):
        kinds = Counter((wrong.attack, wrong.layout, wrong.index) for wrong in score.wrong)
        for (attack, printed, index), count in kinds.items():
            example = next(w for w in score.wrong if (w.attack, w.index) == (attack, index))
            cell = example.read
            print(f"{index} {printed}: {attack}: {count}, first {'/'.join(example.key)} {example.drawn} read", end=" ")
            print(f"{cell.status} {cell.raw_text!r} at {cell.locator}")
            if chosen.keep:
                suffix = "html" if layout not in _LAYOUTS_OF_TEXT else "txt"
                with open(f"{chosen.keep}/{index}-{attack.replace(' ', '_')}.{suffix}", "wb") as file:
                    file.write(example.data)
    return int(any(score.wrong for score in scores.values()))


_LAYOUTS_OF_TEXT = ("lines", "lines_spaced", "lines_bar", "pipes", "markdown", "tabs")

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
