"""A lake that a disk damaged: found, told, and healed by the next update."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from ingest.lake import ensure_tables, known_parses
from ingest.lake.damage import find_damage, remove_damaged
from ingest.lake.schema import TABLES
from tests.ingest.test_lake import TEXTS, copy_samples, report, update, write
from tests.ogi.builds import contents


def part(lake: Path, table: str) -> Path:
    (found,) = (lake / table).glob("part-*")
    return found


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def flip_a_bit(path: Path) -> None:
    """Damage at the end of the first column's data, which no footer shows."""
    column = pq.read_metadata(path).row_group(0).column(0)
    data = bytearray(path.read_bytes())
    begins = min(filter(None, (column.dictionary_page_offset, column.data_page_offset)))
    data[begins + column.total_compressed_size - 8] ^= 0x10
    path.write_bytes(data)


def test_parts_that_were_cut_off_are_parsed_anew_by_the_next_update(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    raw = copy_samples(tmp_path / "raw", TEXTS[2])
    lake = tmp_path / "lake"
    update(lake, raw)
    whole = contents(lake)
    cut_off(part(lake, "cells"))
    (lake / "issues" / "empty.parquet").write_bytes(b"")
    assert update(lake, raw).parsed == 1
    assert contents(lake) == whole
    assert "cells/part-" in caplog.text


def test_a_flipped_bit_is_found_by_its_checksum_and_costs_the_part(tmp_path: Path) -> None:
    write(tmp_path, [report(number) for number in range(50)])
    assert list(find_damage(tmp_path, every_page=True)) == []
    flip_a_bit(part(tmp_path, "cells"))
    assert list(find_damage(tmp_path)) == []
    (found,) = remove_damaged(tmp_path, every_page=True)
    assert "cells/part-" in str(found)
    assert known_parses(tmp_path) == {}
    assert list(tmp_path.glob("*/part-*")) == []


def test_an_empty_part_that_was_cut_off_is_written_again(tmp_path: Path) -> None:
    ensure_tables(tmp_path)
    before = contents(tmp_path)
    for table in TABLES:
        cut_off(tmp_path / table / "empty.parquet")
    ensure_tables(tmp_path)
    assert contents(tmp_path) == before
