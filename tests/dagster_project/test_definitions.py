"""What Dagster shows: every step an asset, every dbt test a check, one job that makes everything."""

import json
import os
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from tests.ogi.builds import Build


@pytest.fixture(scope="module")
def nodes(built: Build) -> dict[str, Any]:
    """dbt's own list of what the project has."""
    manifest: dict[str, Any] = json.loads((built.data / "dbt" / "target" / "manifest.json").read_text())
    nodes: dict[str, Any] = manifest["nodes"]
    return nodes


@pytest.fixture(scope="module")
def graph(definitions: dg.Definitions) -> Any:
    return definitions.resolve_asset_graph()


def test_the_definitions_can_be_loaded(definitions: dg.Definitions) -> None:
    dg.Definitions.validate_loadable(definitions)


def test_the_job_makes_every_asset_and_runs_every_check(definitions: dg.Definitions, graph: Any) -> None:
    layer = definitions.resolve_job_def("build").asset_layer
    assert set(layer.executable_asset_keys) == set(graph.executable_asset_keys)
    assert set(layer.asset_graph.asset_check_keys) == set(graph.asset_check_keys)


def test_every_model_and_seed_is_an_asset(graph: Any, nodes: dict[str, Any]) -> None:
    expected = {node["name"] for node in nodes.values() if node["resource_type"] in ("model", "seed")}
    assert len(expected) > 30
    assert expected <= {key.path[-1] for key in graph.executable_asset_keys}


@pytest.fixture(scope="module")
def tests(nodes: dict[str, Any]) -> dict[str, Any]:
    """dbt's tests by name."""
    return {node["name"]: node for node in nodes.values() if node["resource_type"] == "test"}


def test_every_dbt_test_is_a_check(graph: Any, tests: dict[str, Any]) -> None:
    assert len(tests) > 30
    assert sorted(tests.keys() - {key.name for key in graph.asset_check_keys}) == []


def test_every_check_has_a_name_that_can_be_typed(graph: Any) -> None:
    assert [key.name for key in graph.asset_check_keys if not key.name.isidentifier()] == []


def test_every_asset_says_what_it_is(graph: Any) -> None:
    assert [node.key for node in graph.asset_nodes if not node.description] == []


def test_a_check_says_what_its_dbt_test_says(graph: Any, tests: dict[str, Any]) -> None:
    described = {key.name: graph.get(key).description for key in graph.asset_check_keys}
    expected = {name: test["description"] for name, test in tests.items() if test["description"]}
    assert len(expected) >= 4
    assert {name: described[name] for name in expected} == expected


def test_the_published_warehouse_is_made_of_every_mart_and_comes_from_the_landing_folder(graph: Any) -> None:
    published = dg.AssetKey("published_warehouse")
    marts = {key for key in graph.executable_asset_keys if key.path[0] in ("marts", "reading")}
    assert dg.AssetKey(["reading", "annual_reports"]) in marts
    assert marts <= graph.get(published).parent_keys
    assert dg.AssetKey("raw_files") in graph.get_ancestor_asset_keys(published)


# The sensor


class Watch:
    """Asks the sensor again and again, each time with the cursor that it left."""

    def __init__(self, definitions: dg.Definitions, raw: Path) -> None:
        from dagster_project.resources import Folders

        self.sensor = definitions.resolve_sensor_def("landing_sensor")
        self.folders = Folders(raw=str(raw))
        self.cursor: str | None = None

    def look(self) -> list[dg.RunRequest]:
        """The runs that the sensor asks for at this look."""
        with dg.DagsterInstance.ephemeral() as instance:
            context = dg.build_sensor_context(
                instance=instance, cursor=self.cursor, resources={"folders": self.folders}
            )
            result = self.sensor.evaluate_tick(context)
        self.cursor = result.cursor
        return list(result.run_requests or ())


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "first.txt").write_text("first")
    return folder


@pytest.fixture
def watch(definitions: dg.Definitions, raw: Path) -> Watch:
    return Watch(definitions, raw)


def test_the_sensor_is_off_until_somebody_turns_it_on(watch: Watch) -> None:
    assert watch.sensor.default_status is dg.DefaultSensorStatus.STOPPED


def test_a_folder_that_settled_asks_for_one_run(watch: Watch) -> None:
    assert [len(watch.look()) for _ in range(5)] == [0, 1, 0, 0, 0]


def test_many_new_files_ask_for_one_run(watch: Watch, raw: Path) -> None:
    _settle(watch)
    for number in range(100):
        (raw / f"{number}.txt").write_text("text")
    assert [len(watch.look()) for _ in range(4)] == [0, 1, 0, 0]


def test_a_copy_under_way_is_waited_for(watch: Watch, raw: Path) -> None:
    _settle(watch)
    for number in range(5):
        (raw / "growing.pdf").write_bytes(b"x" * (number + 1))
        assert watch.look() == []
    assert len(watch.look()) == 1


@pytest.mark.parametrize("change", ["change", "remove", "manifest"])
def test_each_kind_of_change_asks_for_a_run(watch: Watch, raw: Path, change: str) -> None:
    _settle(watch)
    if change == "change":
        (raw / "first.txt").write_text("changed")
    elif change == "remove":
        (raw / "first.txt").unlink()
    else:
        (raw / "manifest.csv").write_text("source_path\nfirst.txt\n")
    assert [len(watch.look()) for _ in range(3)] == [0, 1, 0]


def test_a_folder_that_is_again_what_it_was_asks_for_a_run_again(watch: Watch, raw: Path) -> None:
    """Dagster starts no second run with a run key that it has seen, so the key must not be the folder's state alone."""
    state = (raw / "first.txt").stat()
    keys = [request.run_key for _ in range(3) for request in watch.look()]
    (raw / "second.txt").write_text("second")
    keys += [request.run_key for _ in range(3) for request in watch.look()]
    (raw / "second.txt").unlink()
    os.utime(raw / "first.txt", ns=(state.st_atime_ns, state.st_mtime_ns))
    keys += [request.run_key for _ in range(3) for request in watch.look()]
    assert len(keys) == 3
    assert len(set(keys)) == 3


def test_the_sensor_asks_for_the_job_that_builds_everything(watch: Watch) -> None:
    assert watch.sensor.job_name == "build"


def _settle(watch: Watch) -> None:
    while watch.look() or not watch.cursor or "requested" not in watch.cursor:
        pass
