"""Damaged files of every format make nothing raise: a short run always, ten thousand in `make test-all`."""

from pathlib import Path

import pytest

from tests.ingest.fuzz import fuzz


@pytest.mark.parametrize("count", [25, pytest.param(10_000, marks=pytest.mark.slow)])
def test_nothing_that_bytes_hold_makes_the_parser_raise(count: int, tmp_path: Path) -> None:
    failures = [failure for _, _, failure in fuzz(count, seed=count, folder=tmp_path) if failure]
    assert not failures, "\n".join(f"{failure.name} #{failure.number}\n{failure.error}" for failure in failures[:5])
