"""dbt's manifest is made again where a build that was killed, or a full disk, left half of one."""

import json
import subprocess
from pathlib import Path

import pytest

from warehouse import dbt
from warehouse.paths import DataPaths

WHOLE = json.dumps({"nodes": {}})


def test_half_a_manifest_is_made_again_and_a_whole_one_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths, parses = DataPaths(tmp_path), []

    def parse(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        parses.append(command[2])
        (paths.dbt_target / "manifest.json").write_text(WHOLE)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(dbt.subprocess, "run", parse)
    for text in (None, WHOLE, WHOLE[:-3], ""):
        if text is not None:
            (paths.dbt_target / "manifest.json").write_text(text)
        assert dbt.ensure_manifest(paths).read_text() == WHOLE
    assert parses == ["parse"] * 3
