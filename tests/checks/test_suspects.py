"""Error localisation over a lake: what is solved, what is not solved again, and what is the same whoever solves it."""

import os
from pathlib import Path
from random import Random

import pyarrow.parquet as pq
import pytest

from benchmarks.planted.draw import KINDS, draw_cells, plant
from checks import suspects
from checks.suspects import update_suspects
from ingest.lake import ensure_tables, write_parses
from ingest.report import Cell, CellStatus, ParsedReport, ReportStatus


def _report(number: int, kinds: tuple[str, ...]) -> ParsedReport:
    rng = Random(number)
    cells = tuple(
        Cell(
            *(key.section, key.row_code, key.column_code),
            CellStatus.BLANK if held.value is None else CellStatus.REPORTED,
            raw_text=None,
            value=held.value,  # type: ignore[arg-type]
            unit="request",
            locator=None,
        )
        for key, held in plant(rng, draw_cells(rng), kinds).items()
    )
    return ParsedReport(f"{number:064x}", ReportStatus.PARSED, "text/plain", cells=cells)


def _lake(root: Path, count: int) -> Path:
    ensure_tables(root)
    rng = Random("lake")
    reports = [_report(number, tuple(rng.sample(sorted(KINDS), number % 3))) for number in range(count)]
    assert sum(write_parses(root, reports[: count // 2])) + sum(write_parses(root, reports[count // 2 :])) > 0
    return root


def _bytes(lake: Path) -> dict[str, bytes]:
    paths = [path for table in suspects.TABLES for path in (lake / table).glob("*.parquet")]
    return {str(path.relative_to(lake)): path.read_bytes() for path in paths}


def test_what_stands_is_not_solved_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lake = _lake(tmp_path, 12)
    solved = update_suspects(lake, workers=1)
    assert sum(solved.values()) == pq.read_table(lake / "localisations").num_rows > 0
    before = _bytes(lake)
    assert not update_suspects(lake, workers=1)
    assert _bytes(lake) == before
    # Other code: the old answers go, and all is solved anew.
    monkeypatch.setattr(suspects, "code_digest", lambda: "f" * 64)
    assert update_suspects(lake, workers=1) == solved
    assert len(_bytes(lake)) == len(before)
    assert {name for name in before if name in _bytes(lake)} == {name for name in before if "empty" in name}


def test_answers_without_their_part_are_removed(tmp_path: Path) -> None:
    lake = _lake(tmp_path, 6)
    update_suspects(lake, workers=1)
    gone = next((lake / "reports").glob("part-*.parquet"))
    gone.unlink()
    update_suspects(lake, workers=1)
    assert not list((lake / "suspects").glob(f"{gone.stem}*"))
    assert len(list((lake / "suspects").glob("part-*"))) == 1


@pytest.mark.slow
def test_any_number_of_processes_gives_the_same_bytes(tmp_path: Path) -> None:
    one, many = _lake(tmp_path / "one", 200), _lake(tmp_path / "many", 200)
    update_suspects(one, workers=1)
    update_suspects(many, workers=max(2, os.cpu_count() or 2))
    assert _bytes(one) == _bytes(many)
