"""Calling dbt: where its project lies, what it is told, and its manifest."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from filelock import FileLock

from ingest.lake.location import is_url
from warehouse import publish
from warehouse.inputs import dbt_digest
from warehouse.paths import DBT_PROJECT, DataPaths

WITHOUT_SEEDS = ("--exclude", "resource_type:seed", "--indirect-selection", "cautious")
"""For a build on a copy of what is published: while the project is the same, so are its seeds, which came with it.
Tests that look at seeds alone are left out with them, those that look at a model as well are not."""


def environment(paths: DataPaths) -> dict[str, str]:
    """The variables that the dbt project reads: the database to build, and the lake with how it is read."""
    remote = is_url(paths.lake_location)
    return {
        "OGI_DATABASE": str(paths.unpublished),
        "OGI_LAKE": str(paths.lake),
        "OGI_DBT_TARGET": "object_store" if remote else "local",
        **({"OGI_LAKE_PROTOCOL": paths.lake_location.partition("://")[0]} if remote else {}),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }


def executable() -> str:
    """The `dbt` of this environment."""
    return str(Path(sys.executable).with_name("dbt"))


def ensure_manifest(paths: DataPaths) -> Path:
    """The path of a manifest of the dbt project as it is now; dbt parses the project only where it changed.

    Raises RuntimeError with dbt's own output where the project does not parse.
    """
    target = paths.dbt_target
    manifest, stamp = target / "manifest.json", target / "manifest.digest"
    target.mkdir(parents=True, exist_ok=True)
    with FileLock(target / "manifest.lock"):
        if stamp.exists() and stamp.read_text() == dbt_digest() and _is_whole(manifest):
            return manifest
        stamp.unlink(missing_ok=True)
        command = [
            executable(),
            "--no-use-colors",
            "parse",
            "--project-dir",
            str(DBT_PROJECT),
            "--profiles-dir",
            str(DBT_PROJECT),
            "--target-path",
            str(target),
            "--log-path",
            str(paths.dbt_logs),
        ]
        done = subprocess.run(
            command, env={**os.environ, **environment(paths)}, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"dbt could not parse {DBT_PROJECT}:\n{done.stdout}\n{done.stderr}")
        stamp.write_text(dbt_digest())
    return manifest


def _is_whole(manifest: Path) -> bool:
    """Whether a manifest can be read: each build of dbt writes it anew in its place, and may be killed meanwhile."""
    try:
        return "nodes" in json.loads(manifest.read_bytes())
    except (OSError, ValueError):
        return False


def run_dbt(paths: DataPaths, arguments: Sequence[str]) -> int:
    """Run a dbt command on the unpublished database, its output shown as it comes; returns dbt's exit code.

    Commands that only read or test get a copy of the published database, the others build a new one. The caller holds
    the build lock.
    """
    builds = bool(arguments) and arguments[0] in _BUILDING
    if builds:
        publish.start(paths.unpublished)
    elif not paths.unpublished.exists():
        publish.start_from(paths.warehouse, paths.unpublished)
    if "--vars" in arguments:
        # The manifest will be of these variables: a build has to parse the project again.
        (paths.dbt_target / "manifest.digest").unlink(missing_ok=True)
    command = [
        executable(),
        *arguments,
        "--project-dir",
        str(DBT_PROJECT),
        "--profiles-dir",
        str(DBT_PROJECT),
        "--target-path",
        str(paths.dbt_target),
        "--log-path",
        str(paths.dbt_logs),
    ]
    return subprocess.run(command, env={**os.environ, **environment(paths)}, check=False).returncode


_BUILDING = frozenset(("build", "run", "seed"))
