"""The recipes of docs/clients.md, run as they stand there, in the environment that `make .venv-clients/.done` makes."""

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.clients import ask_without_pause
from tests.ogi.builds import Build, environment, ogi
from warehouse.paths import PROJECT_ROOT

CLIENTS = PROJECT_ROOT / ".venv-clients" / "bin"
NOTEBOOK = PROJECT_ROOT / "examples" / "first_look.ipynb"
QUESTION = """
    select outcome_code, cast(sum(requests) as bigint) from marts.agg_outcomes
    where is_counted_once group by outcome_code order by outcome_code
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (CLIENTS / "python").exists(), reason="needs the clients: make .venv-clients/.done"),
]


@dataclass(frozen=True, slots=True)
class Recipe:
    name: str
    kind: str
    code: str


def recipes() -> list[Recipe]:
    """The first code block under each heading of the guide."""
    guide = (PROJECT_ROOT / "docs" / "clients.md").read_text(encoding="utf-8")
    found = re.findall(r"^## ([^\n]+)\n\n```(sh|python)\n(.*?)^```", guide, re.DOTALL | re.MULTILINE)
    return [Recipe(name, kind, code) for name, kind, code in found]


def answer_of(build: Build) -> dict[str, int]:
    return {code: -1 if number is None else number for code, number in build.rows(QUESTION)}


def test_each_recipe_reads_while_a_build_runs_and_sees_the_new_one(own: Build, tmp_path: Path) -> None:
    before = answer_of(own)
    assert {recipe.name for recipe in recipes()} == {"DuckDB command line", "pandas", "Polars", "Ibis", "SQLAlchemy"}
    running = {}
    for number, recipe in enumerate(recipes()):
        file = tmp_path / f"recipe{number}"
        file.write_text(recipe.code, encoding="utf-8")
        running[recipe.name] = subprocess.Popen(
            [CLIENTS / "python", ask_without_pause.__file__, recipe.kind, file],
            # The folder that holds data/, where the recipes are to be run.
            cwd=own.data.parent,
            env=environment(PATH=f"{CLIENTS}:/usr/bin:/bin", PYTHONWARNINGS="ignore"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    try:
        first = {name: process.stdout.readline() for name, process in running.items() if process.stdout}
        next(iter(sorted(own.raw.glob("*.txt")))).unlink()
        done = ogi("build", own.raw, "--data", own.data)
        assert done.returncode == 0, done.stderr
        after = answer_of(own)
        assert after != before
        for name, process in running.items():
            out, err = process.communicate(timeout=120)
            assert process.returncode == 0, f"{name}: {err}"
            *answers, asked = (first[name] + out).splitlines()
            values = [json.loads(answer.removeprefix("ANSWER ")) for answer in answers]
            assert values[0] == before, name
            assert values[-1] == after, name
            assert all(value in (before, after) for value in values), name
            # It went on asking while the build ran.
            assert int(asked.removeprefix("ASKED ")) > 10, name
    finally:
        for process in running.values():
            process.kill()
            process.communicate()


def test_the_notebook_runs_from_its_first_cell_to_its_last(built: Build, tmp_path: Path) -> None:
    run = (
        "import nbformat, sys; from nbclient import NotebookClient;"
        "book = nbformat.read(sys.argv[1], as_version=4); NotebookClient(book, kernel_name='python3').execute();"
        "print(sum(len(cell.outputs) for cell in book.cells if cell.cell_type == 'code'))"
    )
    done = subprocess.run(
        [CLIENTS / "python", "-c", run, NOTEBOOK],
        cwd=tmp_path,
        env=environment(OGI_DATA=str(built.data), HOME=str(tmp_path), IPYTHONDIR=str(tmp_path)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 4


def test_the_notebook_is_kept_without_outputs() -> None:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)


def test_reflection_works_with_what_is_locked(built: Build) -> None:
    """docs/clients.md says which versions reflect; tools such as Superset need it."""
    code = (
        "import sys; from sqlalchemy import MetaData, Table, create_engine; from sqlalchemy.pool import NullPool;"
        "engine = create_engine(f'duckdb:///{sys.argv[1]}?access_mode=read_only', poolclass=NullPool);"
        "print(*Table('fct_outcomes', MetaData(), schema='marts', autoload_with=engine).columns.keys())"
    )
    done = subprocess.run(
        [CLIENTS / "python", "-W", "ignore", "-c", code, built.warehouse], capture_output=True, text=True, check=False
    )
    assert done.stdout.split()[:3] == ["report_id", "applicant_type_code", "outcome_code"], done.stderr
