"""The tables of a run, in Markdown."""

import unicodedata
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from platform import python_version

from benchmarks.fidelity.compare import WrongCell
from benchmarks.fidelity.facts import ABSENT, INVENTED, RIGHT, WRONG
from benchmarks.fidelity.run import Amount, Result
from benchmarks.fidelity.speed import Speed
from benchmarks.fidelity.tally import Row, Score, Tally, ordered
from ingest.report import PARSER_VERSION

_CAUSES = 30
_COUNTS = (
    "files",
    "cells",
    "read right",
    "of the known",
    "rightly not known",
    "lost",
    "wrong, flagged",
    "wrong in silence",
    "of these guessed",
)
_PLAIN = ("pandas: right", "pandas: wrong")


def render(result: Result, speed: Speed, amount: Amount, seed: str, with_frames: bool) -> str:
    """The whole page."""
    parts = [
        "# Fidelity",
        f"`{_command(amount, seed)}` drew {len(result.files):,} reports, {amount.pages:,} of each damage as HTML and "
        f"text{_office(amount)}, and compared every cell that was read with the one that was drawn. "
        "A file of the tables can be drawn again alone: "
        f"`python -m benchmarks.generator DIR --seed {seed} --damage DAMAGE --reports 1 --first NUMBER` (of another "
        f"format with `--formats docx`). {_versions()}",
        _LEGEND + (_PLAIN_LEGEND if with_frames else ""),
        "## By layout",
        _scores(("format", "layout", "damage"), result.tally.layouts, with_frames),
        "## By what the files are",
        _scores(("property", "is"), result.tally.properties, with_frames),
        "## Why known cells were lost",
        _losses(result.tally),
        "## Facts of the report",
        _facts(result.tally),
        _marks(result.tally),
        "## Claims of the prose",
        _claims(result.tally),
        "## Speed",
        _speed(speed, result.seconds),
    ]
    return "\n\n".join(parts) + "\n"


_LEGEND = """\
* **cells**: in the truth; each is in one of the columns from *read right* to *wrong in silence*.
* **read right**: status, value and unit as drawn; **of the known**: the share of the cells that a reader must get.
* **rightly not known**: marked as missing or unreadable where the file does not tell, or leaves it to arithmetic.
* **lost**: marked as not known (or not among the cells) though the file shows it.
* **wrong, flagged**: another value or status, and an issue names the cell, its row or its table, or one of the \
identities 1 to 4 fails on it. **wrong in silence**: without such a sign.
* **guessed**: a value where the file leaves several, even if it is the drawn one, or for a cell that the report does \
not have (these are wrong beyond *cells*)."""
_PLAIN_LEGEND = """
* **pandas**: numbers by `pandas.read_html` and a lookup of the printed labels in the same HTML files; amounts are \
right as printed too, and no number is right for a blank, a dash or a text."""


def _command(amount: Amount, seed: str) -> str:
    office = f" --office {amount.office}" if amount.office else ""
    return f"python -m benchmarks.fidelity --reports {amount.pages} --seed {seed}{office}"


def _office(amount: Amount) -> str:
    return f" and {amount.office:,} of each damage as MHTML, DOCX, XLSX and PDF each" if amount.office else ""


_LIBRARIES = ("lxml", "selectolax", "pypdfium2", "openpyxl", "opencc", "pandas")


def _versions() -> str:
    names = (
        "lxml",
        "selectolax",
        "pypdfium2",
        "python-docx",
        "openpyxl",
        "opencc",
        "pandas",
    )
    found = [f"{name} {version(name)}" for name in names if _installed(name)]
    return f"Parser version {PARSER_VERSION}, Python {python_version()}, {', '.join(found)}."


def _installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def _marks(tally: Tally) -> str:
    """How well contaminated files are told, in a sentence."""
    found, missed = tally.marked[RIGHT, True], tally.marked[WRONG, True] + tally.marked[ABSENT, True]
    false, clean = tally.marked[WRONG, False], tally.marked[RIGHT, False]
    precision = f"{found / (found + false):.2%}" if found + false else "none marked"
    recall = f"{found / (found + missed):.2%}" if found + missed else "none to find"
    return (
        f"Contaminated files: {found:,} found, {missed:,} not, {false:,} clean ones marked of {false + clean:,} "
        f"(precision {precision}, recall {recall})."
    )


def markdown(heads: Sequence[str], rows: Sequence[Sequence[str]], names: int = 1) -> str:
    """A Markdown table that lines up in a terminal too; the first `names` columns are words, the others numbers."""
    widths = [max(_width(line[place]) for line in (heads, *rows)) for place in range(len(heads))]

    def line(cells: Sequence[str]) -> str:
        padded = (
            cell + " " * (width - _width(cell)) if place < names else " " * (width - _width(cell)) + cell
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return f"| {' | '.join(padded)} |"

    rule = ["-" * (width + 2) if place < names else "-" * (width + 1) + ":" for place, width in enumerate(widths)]
    return "\n".join([line(heads), f"|{'|'.join(rule)}|", *map(line, rows)])


def wrong_cells(cells: Sequence[WrongCell]) -> Iterator[str]:
    """One line a wrong cell: its file, its name, the truth and the reading."""
    for cell in cells:
        flag = "flagged" if cell.outcome.flagged else "silent"
        true = cell.true
        drawn = (
            f"{true.status} {true.raw_text!r} = {true.value} {true.unit} ({true.knowable})" if true else "no such cell"
        )
        read = cell.read
        said = f"{read.status} {read.raw_text!r} = {read.value} {read.unit} at {read.locator}"
        yield (
            f"{cell.path} [{cell.layout}] {'/'.join(cell.key)}: {cell.outcome.verdict}, {flag}\n"
            f"    drawn {drawn}\n    read  {said}{f': {read.reason}' if read.reason else ''}"
        )


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _scores(names: Row, scores: dict[Row, Score], with_frames: bool) -> str:
    heads = (*names, *_COUNTS, *(_PLAIN if with_frames else ()))
    rows = []
    for row in ordered(scores):
        score = scores[row]
        counts = [f"{score.files:,}", f"{score.cells:,}", f"{score.right:,}"]
        counts.append(f"{score.known_right / score.known:.2%}" if score.known else "")
        counts += [f"{count:,}" for count in (score.untold, score.lost, score.flagged, score.silent, score.guessed)]
        if with_frames:
            counts += [f"{count:,}" if score.plain_files else "" for count in (score.plain_right, score.plain_wrong)]
        rows.append([*row, *counts])
    return markdown(heads, rows, len(names))


def _losses(tally: Tally) -> str:
    if not tally.losses:
        return "None was."
    rows = [
        [loss.section, loss.reason.replace("|", "\\|"), tally.examples[loss], f"{count:,}"]
        for loss, count in tally.losses.most_common(_CAUSES)
    ]
    rest = sum(tally.losses.values()) - sum(count for _, count in tally.losses.most_common(_CAUSES))
    if rest:
        rows.append(["", "all others", "", f"{rest:,}"])
    return markdown(("table", "the reader's reason", "first such file", "cells"), rows, 3)


def _facts(tally: Tally) -> str:
    names = dict.fromkeys(name for name, _ in tally.facts)
    rows = [[name, *(f"{tally.facts[name, verdict]:,}" for verdict in (RIGHT, WRONG, ABSENT))] for name in names]
    return markdown(("fact", "right", "wrong", "absent"), rows)


def _claims(tally: Tally) -> str:
    rows = []
    for code in sorted({code for code, _ in tally.claims}):
        right, wrong, invented, absent = (tally.claims[code, verdict] for verdict in (RIGHT, WRONG, INVENTED, ABSENT))
        said, stated = right + wrong + invented, right + wrong + absent
        shares = [f"{right / whole:.2%}" if whole else "" for whole in (said, stated)]
        rows.append([code, *(f"{count:,}" for count in (right, wrong, invented, absent)), *shares])
    return markdown(("claim", "right", "wrong", "not stated", "absent", "precision", "recall"), rows)


def _speed(speed: Speed, seconds: float) -> str:
    return (
        f"In one process, {speed.html_files} HTML and {speed.text_files} text files: "
        f"{speed.files_per_second:.0f} files a second ({_rate(speed.html_files, speed.html_seconds)} of HTML, "
        f"{_rate(speed.text_files, speed.text_seconds)} of text). The parse of an HTML file takes "
        f"{speed.ratio:.1f} times as long as `lxml.html.fromstring` on the same bytes in the same run. "
        f"The whole comparison took {seconds:.0f} s."
    )


def _rate(files: int, seconds: float) -> str:
    return f"{files / seconds:.0f}" if seconds else "none"
