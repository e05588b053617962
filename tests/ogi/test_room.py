"""A build that cannot fit on its disk is not begun."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from ogi.run import BuildFailed, require_room
from warehouse.paths import DataPaths

MIB = 1024 * 1024


@pytest.mark.parametrize(("free", "fits"), [(63, False), (64, True)])
def test_an_empty_data_folder_needs_a_little_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, fits: bool
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free * MIB))
    if fits:
        require_room(DataPaths(tmp_path))
    else:
        with pytest.raises(BuildFailed, match="has 63 MiB free"):
            require_room(DataPaths(tmp_path))


def test_a_published_warehouse_needs_as_much_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "warehouse.duckdb").write_bytes(b"\0" * (2 * MIB))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=65 * MIB))
    with pytest.raises(BuildFailed, match="needs some 66 MiB"):
        require_room(DataPaths(tmp_path))
