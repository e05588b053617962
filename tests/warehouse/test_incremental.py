"""Whatever comes, goes or is decided: a build on the published database gives what one from nothing gives."""

import csv
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.generator.make import make_report
from benchmarks.generator.plan import Options
from checks.suspects import update_suspects
from ingest.decisions import (
    ACKNOWLEDGED_COLUMNS,
    CORRECTION_COLUMNS,
    read_acknowledged,
    read_corrections,
    update_decisions,
)
from ingest.lake import put_in_place
from ingest.landing import scan
from ingest.manifest import read_manifest
from ingest.overrides import read_overrides
from ingest.report import PARSER_VERSION
from ingest.update import update_lake, update_publishers
from warehouse import incremental, publish
from warehouse.dbt import environment
from warehouse.inputs import rules_digest
from warehouse.paths import DBT_PROJECT, DataPaths

DECIDED = {"why": "to try it", "who": "reviewer", "when": "2026-03-01"}
PUBLISHERS, YEARS = 3, 10


class Folder:
    """A landing folder that changes at random, and its data folder."""

    def __init__(self, place: Path, seed: int) -> None:
        self.raw, self.paths = place / "raw", DataPaths(place / "data")
        self.reviewed = self.raw / "reviewed"
        self.reviewed.mkdir(parents=True)
        self.chance = random.Random(seed)
        self.drawn = 0
        for _ in range(12):
            self.add()

    def files(self) -> list[Path]:
        return sorted(path for path in self.raw.glob("*.html"))

    def _report(self) -> bytes:
        """A report of one of a few publishers and years: often there is one of the same or the next year."""
        self.drawn += 1
        index = self.chance.randrange(PUBLISHERS) * YEARS + self.chance.randrange(YEARS)
        mistakes = self.chance.choice((0.0, 1.0))
        options = Options(seed=str(self.drawn % 3), formats=("html",), panel=True, damage="light", mistakes=mistakes)
        return make_report(index, options).data

    def add(self) -> str:
        (self.raw / f"{self.drawn:03d}.html").write_bytes(self._report())
        return "add"

    def remove(self) -> str:
        self.chance.choice(self.files()).unlink()
        return "remove"

    def change(self) -> str:
        self.chance.choice(self.files()).write_bytes(self._report())
        return "change"

    def rename(self) -> str:
        path = self.chance.choice(self.files())
        path.rename(path.with_name(f"{path.stem}-{self.chance.choice(('again', '更正'))}.html"))
        return "rename"

    def copy(self) -> str:
        path = self.chance.choice(self.files())
        shutil.copyfile(path, path.with_name(f"copy-{path.name}"))
        return "copy"

    def name_publishers(self) -> str:
        """The manifest and the overrides say of a few files whose they are."""
        for name, folder, decided in (("manifest", self.raw, {}), ("overrides", self.reviewed, DECIDED)):
            chosen = self.chance.sample(self.files(), self.chance.randrange(3))
            years = [str(self.chance.randrange(2019, 2023)) for _ in chosen]
            rows = [
                {"source_path": path.name, "agency_name": "淮安市财政局", "report_year": year, "scope": "agency"}
                | decided
                for path, year in zip(chosen, years, strict=True)
            ]
            _write(folder / f"{name}.csv", rows)
        return "name publishers"

    def correct(self) -> str:
        """A few cells are corrected; what was corrected before no longer is."""
        cells = self.published(
            """select report_id, section, row_code, column_code, status, value from staging.stg_cells
               where column_code <> 'total' order by all"""
        )
        lines = [
            {
                **dict(zip(CORRECTION_COLUMNS[2:5], cell[1:4], strict=True)),
                "report_id": cell[0],
                "from": str(cell[5]) if cell[4] == "reported" else cell[4],
                "to": str(int(cell[5] or 0) + 1),
                **DECIDED,
            }
            for cell in self.chance.sample(cells, min(len(cells), self.chance.randrange(4)))
        ]
        _write(self.reviewed / "corrections.csv", lines)
        return "correct"

    def acknowledge(self) -> str:
        failing = self.published(
            """select report_id, identity_code, member_code, difference from marts.fct_identity_checks
               where status = 'fails' order by all"""
        )
        chosen = self.chance.sample(failing, min(len(failing), self.chance.randrange(4)))
        names = (ACKNOWLEDGED_COLUMNS[0], *ACKNOWLEDGED_COLUMNS[2:5])
        _write(
            self.reviewed / "acknowledged.csv",
            [dict(zip(names, map(str, one), strict=True)) | DECIDED for one in chosen],
        )
        return "acknowledge"

    def lose_lake(self) -> str:
        """The same contents lie in other parts, for they were parsed together."""
        shutil.rmtree(self.paths.lake)
        return "lose the lake"

    def age_lake(self) -> str:
        """Everything was parsed by an older parser, whose parts have other names."""
        for path in self.paths.lake.glob("*/part-*.parquet"):
            table = pq.read_table(path)
            if path.parent.name == "reports":
                old = pa.array(["0.1"] * len(table), pa.string())
                table = table.set_column(table.column_names.index("parser_version"), "parser_version", old)
            path.unlink()
            put_in_place(path.with_name(path.name.replace("part-", "part-0")), table)
        return "age the lake"

    def step(self) -> list[str]:
        """Up to four changes at once; returns what they were."""
        ways: list[Callable[[], str]] = [self.add, self.change, self.correct, self.name_publishers, self.acknowledge]
        if len(self.files()) > 4:
            ways += [self.remove, self.rename, self.copy]
        if self.chance.random() < 0.1:
            return [self.chance.choice((self.lose_lake, self.age_lake))()]
        return [self.chance.choice(ways)() for _ in range(self.chance.randrange(1, 5))]

    def fill_lake(self) -> None:
        """All that stands before dbt in a build."""
        manifest = read_manifest(self.raw)
        update_lake(self.paths.lake, scan(self.raw, self.paths.hashes), manifest, workers=1)
        update_publishers(self.paths.lake, manifest, read_overrides(self.reviewed))
        update_decisions(self.paths.lake, read_corrections(self.reviewed), read_acknowledged(self.reviewed))
        update_suspects(self.paths.lake)

    def run_dbt(self, *arguments: str) -> None:
        """Every model, without the tests, in the unpublished database."""
        paths = self.paths
        command = [str(Path(sys.executable).with_name("dbt")), "--no-use-colors", "build"]
        command += ["--exclude-resource-type", "test", "unit_test", *arguments]
        folders = {"--project-dir": DBT_PROJECT, "--profiles-dir": DBT_PROJECT}
        folders |= {"--target-path": paths.dbt_target, "--log-path": paths.dbt_logs}
        command += [str(part) for option in folders.items() for part in option]
        done = subprocess.run(
            command, env=os.environ | environment(paths), capture_output=True, text=True, check=False, timeout=1800
        )
        assert done.returncode == 0, done.stdout[-3000:]

    def build_on_published(self, meanwhile: Callable[[], None] | None = None) -> bool:
        """Build and publish as `ogi build` does; returns whether it stood on the published database."""
        stands = incremental.start(self.paths.warehouse, self.paths.unpublished, rules_digest())
        self.run_dbt()
        if meanwhile:
            meanwhile()
        publish.mark_whole(self.paths.unpublished, "inputs", rules_digest())
        publish.publish(self.paths.unpublished, self.paths.warehouse)
        return stands

    def build_from_nothing(self) -> Path:
        """Build the same lake from nothing, beside what is published."""
        publish.start(self.paths.unpublished)
        self.run_dbt()
        return self.paths.unpublished

    def published(self, query: str) -> list[tuple[object, ...]]:
        if not self.paths.warehouse.exists():
            return []
        with duckdb.connect(str(self.paths.warehouse), read_only=True) as connection:
            return connection.execute(query).fetchall()


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    """Write a CSV file with a line for each row; none where there is no row."""
    if not rows:
        path.unlink(missing_ok=True)
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def differences(left: Path, right: Path) -> dict[str, tuple[int, int]]:
    """The tables that differ: the rows that only the left one has, and those that only the right one has."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{left}' as l (read_only); attach '{right}' as r (read_only)")

        def tables(name: str) -> set[str]:
            query = """select schema_name || '.' || table_name from duckdb_tables()
                where database_name = ? and schema_name not in ('audit', 'before')"""
            return {str(row[0]) for row in connection.execute(query, [name]).fetchall()}

        def only(one: str, other: str, table: str) -> int:
            query = f"select count(*) from (from {one}.{table} except all from {other}.{table})"
            return int(connection.execute(query).fetchall()[0][0])

        names = tables("l")
        assert names == tables("r")
        assert "marts.fct_identity_checks" in names
        counted = {name: (only("l", "r", name), only("r", "l", name)) for name in sorted(names)}
        return {name: counts for name, counts in counted.items() if counts != (0, 0)}


def try_steps(place: Path, seed: int, steps: int) -> None:
    folder = Folder(place, seed)
    folder.fill_lake()
    assert not folder.build_on_published()
    told = []
    for _ in range(steps):
        told.append(folder.step())
        folder.fill_lake()
        assert folder.build_on_published()
        assert differences(folder.paths.warehouse, folder.build_from_nothing()) == {}, told


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_build_on_the_published_database_is_one_from_nothing(tmp_path: Path, seed: int) -> None:
    try_steps(tmp_path, seed, 6)


@pytest.mark.slow
def test_a_newer_parser_reads_everything_again_and_nobody_waits_for_it(tmp_path: Path) -> None:
    query = "select report_id, parser_version from marts.dim_report order by report_id"
    folder, served = Folder(tmp_path, 7), list[object]()
    folder.fill_lake()
    folder.age_lake()
    folder.build_on_published()
    before = folder.published(query)
    assert {version for _, version in before} == {"0.1"}

    with duckdb.connect(str(folder.paths.warehouse), read_only=True) as reader:
        folder.fill_lake()
        assert folder.build_on_published(lambda: served.append(folder.published(query)))
        served.append(reader.execute(query).fetchall())
    assert served == [before, before]
    assert folder.published(query) == [(report_id, PARSER_VERSION) for report_id, _ in before]


def _published(place: Path, rules: str) -> DataPaths:
    """A small database, published as a build by some rules."""
    paths = DataPaths(place)
    publish.start(paths.unpublished)
    with duckdb.connect(str(paths.unpublished)) as connection:
        connection.execute("create schema intermediate; create schema staging")
        for table in ("intermediate.base_newest_parses", "intermediate.int_previous_reports"):
            connection.execute(f"create table {table} as select 'a' as report_id")
        for table in ("staging.stg_corrections", "staging.stg_acknowledged"):
            connection.execute(f"create table {table} (report_id varchar)")
    publish.mark_whole(paths.unpublished, "inputs", rules)
    publish.publish(paths.unpublished, paths.warehouse)
    return paths


def test_a_build_stands_on_a_copy_of_what_the_same_rules_made(tmp_path: Path) -> None:
    paths = _published(tmp_path, "rules")
    before = paths.warehouse.read_bytes()
    assert incremental.start(paths.warehouse, paths.unpublished, "rules")
    with duckdb.connect(str(paths.unpublished)) as connection:
        assert connection.execute("from before.parses").fetchall() == [("a",)]
        connection.execute("insert into intermediate.base_newest_parses values ('b')")
    assert paths.warehouse.read_bytes() == before

    publish.mark_whole(paths.unpublished, "other inputs", "rules")
    publish.publish(paths.unpublished, paths.warehouse)
    with duckdb.connect(str(paths.warehouse), read_only=True) as connection:
        assert connection.execute("from intermediate.base_newest_parses").fetchall() == [("a",), ("b",)]
        assert connection.execute("from duckdb_schemas() where schema_name = 'before'").fetchall() == []


@pytest.mark.parametrize("fault", ["other rules", "no rules", "nothing published", "damaged", "other tables"])
def test_where_in_doubt_a_build_begins_from_nothing(tmp_path: Path, fault: str) -> None:
    paths = _published(tmp_path, "" if fault == "no rules" else "rules")
    if fault == "nothing published":
        paths.warehouse.unlink()
    elif fault == "damaged":
        paths.warehouse.write_bytes(paths.warehouse.read_bytes()[:9000])
    elif fault == "other tables":
        with duckdb.connect(str(paths.warehouse)) as connection:
            connection.execute("drop table staging.stg_corrections")
    assert not incremental.start(paths.warehouse, paths.unpublished, {"other rules": "new"}.get(fault, "rules"))
    assert list(paths.unpublished.parent.iterdir()) == []
