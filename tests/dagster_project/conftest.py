"""The Dagster definitions, loaded in this process on a data folder of the tests' own."""

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.ogi.builds import Build

if TYPE_CHECKING:
    import dagster as dg


@pytest.fixture(scope="session")
def definitions(built: Build, tmp_path_factory: pytest.TempPathFactory) -> Iterator["dg.Definitions"]:
    """The definitions. Their dbt manifest is that of `built`, which spares dbt a parse."""
    data = tmp_path_factory.mktemp("dagster") / "data"
    target = data / "dbt" / "target"
    target.mkdir(parents=True)
    for name in ("manifest.json", "manifest.digest"):
        shutil.copy(built.data / "dbt" / "target" / name, target / name)
    before = dict(os.environ)
    os.environ.update(OGI_DATA=str(data), DAGSTER_DISABLE_TELEMETRY="1", DBT_SEND_ANONYMOUS_USAGE_STATS="false")
    # Imported here: it takes seconds, and looks for its data folder.
    from dagster_project.definitions import defs

    yield defs
    os.environ.clear()
    os.environ.update(before)
