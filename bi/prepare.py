"""Sets Superset up in one process: its database, roles, the admin, and the dashboards of `bi/assets`.

Each step is done again only where what it depends on has changed, so that a second start is quick.
"""

import contextlib
import hashlib
import io
import json
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import yaml

from bi.places import ADMIN, ASSETS, BiPaths, secret

Tell = Callable[[str], None]
WAREHOUSE_NAMED = "duckdb:////warehouse.duckdb"
"""How the connection is written in the YAML; the path of the published warehouse is put in its place."""


def contents(folder: Path, warehouse: Path) -> dict[str, str]:
    """The YAML files of a folder by their path in it, as Superset's import takes them."""
    texts = {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.yaml"))}
    return {name: text.replace(WAREHOUSE_NAMED, f"duckdb:///{warehouse}") for name, text in texts.items()}


def missing_tables(paths: BiPaths) -> list[str]:
    """The tables that the datasets name and the published warehouse does not have."""
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((ASSETS / "datasets").rglob("*.yaml"))]
    named = {f"{dataset['schema']}.{dataset['table_name']}" for dataset in files if not dataset["sql"]}
    with duckdb.connect(str(paths.data.warehouse), read_only=True) as connection:
        rows = connection.execute("select table_schema || '.' || table_name from information_schema.tables").fetchall()
    return sorted(named - {name for (name,) in rows})


def digest(texts: Iterable[str]) -> str:
    """A digest of texts in their order."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def wanted(paths: BiPaths) -> dict[str, str]:
    """What each step depends on: the version for the database and roles, the YAML files for the dashboards."""
    files = contents(ASSETS, paths.data.warehouse)
    return {"superset": version("apache-superset"), "assets": digest(f"{n}\0{t}" for n, t in files.items())}


def done(paths: BiPaths) -> dict[str, str]:
    """What was set up last; nothing where the metadata is not there."""
    if not (paths.metadata.exists() and paths.done.exists()):
        return {}
    recorded: dict[str, str] = json.loads(paths.done.read_text(encoding="utf-8"))
    return recorded


def prepare(paths: BiPaths, tell: Tell) -> str | None:
    """Bring Superset's database up to date; returns the admin's password where the admin was made just now."""
    now, before = wanted(paths), done(paths)
    if now == before:
        return None
    tell("loading Superset")
    app = load()
    password = None
    with app.app_context():
        if now["superset"] != before.get("superset"):
            password = _database_and_roles(paths, tell)
            _record(paths, {"superset": now["superset"]})
        tell("importing the dashboards")
        with as_admin():
            import_assets(contents(ASSETS, paths.data.warehouse))
        _record(paths, now)
    return password


def load() -> Any:
    """Superset's application, loaded without a word about it."""
    with contextlib.redirect_stdout(io.StringIO()):
        from superset.app import create_app

        return create_app()


def _record(paths: BiPaths, steps: dict[str, str]) -> None:
    paths.done.write_text(json.dumps(steps, indent=1), encoding="utf-8")


def _database_and_roles(paths: BiPaths, tell: Tell) -> str | None:
    from flask_migrate import upgrade
    from superset import appbuilder, security_manager
    from superset.migrations import __file__ as migrations

    tell("making its own database")
    with contextlib.redirect_stdout(io.StringIO()):
        upgrade(directory=str(Path(migrations).parent))
    paths.metadata.chmod(0o600)
    tell("making roles and permissions")
    appbuilder.add_permissions(update_perms=True)
    security_manager.sync_role_definitions()
    if security_manager.find_user(ADMIN):
        return None
    password, _ = secret(paths.password, 24)
    role = security_manager.find_role("Admin")
    if not security_manager.add_user(ADMIN, "OGI", "Admin", "admin@localhost", role, password):
        raise RuntimeError("Superset did not make its admin")
    return password


def as_admin() -> AbstractContextManager[Any]:
    """Run what follows with the admin's rights."""
    from superset import security_manager
    from superset.utils.core import override_user

    return override_user(security_manager.find_user(ADMIN))  # type: ignore[no-any-return]


def import_assets(files: dict[str, str]) -> None:
    """Import databases, datasets, charts and dashboards over those of the same identity."""
    from superset.commands.importers.v1.assets import ImportAssetsCommand

    ImportAssetsCommand(files).run()
