"""The queries that the guides show run on the warehouse of the samples."""

import re

import pytest

from documentation.guides import guide_paths
from tests.ogi.builds import Build
from warehouse.paths import PROJECT_ROOT

_QUERY = re.compile(r"^\s*\.venv/bin/ogi query \"([^\"]+)\"", re.MULTILINE)
QUERIES = sorted(
    {
        " ".join(query.split())
        for guide in guide_paths(PROJECT_ROOT)
        for query in _QUERY.findall((PROJECT_ROOT / guide).read_text(encoding="utf-8"))
    }
)


def test_the_guides_show_queries() -> None:
    assert len(QUERIES) >= 5


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_a_guide_runs(built: Build, query: str) -> None:
    built.rows(query)
