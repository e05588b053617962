"""Writes the dashboards as they are in Superset back into `bi/assets`, so that a change made by mouse can be committed.

What Superset numbers anew in every database (ids of charts and of what a filter reaches) is left out: what was not
changed gives the same bytes. A file keeps its name as long as its object keeps its identity (`uuid`).
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from bi.places import ASSETS, BiPaths
from bi.prepare import WAREHOUSE_NAMED, Tell, as_admin, load

FOLDERS = ("datasets", "charts", "dashboards")
_NUMBERED = ("chartsInScope", "tabsInScope")


def export(paths: BiPaths, tell: Tell, folder: Path = ASSETS) -> list[Path]:
    """Write every published dashboard with its charts and datasets; returns the files whose text changed."""
    tell("exporting the dashboards")
    with load().app_context(), as_admin():
        texts = dict(_exported())
    names = _names(folder)
    changed = []
    for name, text in texts.items():
        content = yaml.safe_load(text)
        kind = name.split("/", 1)[0]
        if kind not in FOLDERS:
            continue
        path = names.get(content["uuid"]) or folder / kind / _new_name(kind, content)
        if write(path, tidied(kind, content, str(paths.data.warehouse))):
            changed.append(path)
    tell(f"{len(changed)} of {len(texts)} files changed" + "".join(f"\n    {path}" for path in changed))
    return changed


def _exported() -> Iterator[tuple[str, str]]:
    from superset import db
    from superset.commands.dashboard.export import ExportDashboardsCommand
    from superset.models.dashboard import Dashboard

    ids = [number for (number,) in db.session.query(Dashboard.id).filter(Dashboard.published.is_(True))]
    files: Iterator[tuple[str, Callable[[], str]]] = ExportDashboardsCommand(ids).run()
    for name, content in files:
        yield name, content()


def _names(folder: Path) -> dict[str, Path]:
    """The files that are there, by the identity of what they hold."""
    files = [path for kind in FOLDERS for path in sorted((folder / kind).rglob("*.yaml"))]
    return {yaml.safe_load(path.read_text(encoding="utf-8"))["uuid"]: path for path in files}


def _new_name(kind: str, content: dict[str, Any]) -> str:
    title = content.get("table_name") or content.get("slug") or content["slice_name"]
    name = re.sub(r"[^0-9a-z]+", "_", str(title).lower()).strip("_") or content["uuid"]
    return f"OGI/{name}.yaml" if kind == "datasets" else f"{name}.yaml"


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as they are."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write what stands twice twice."""
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def tidied(kind: str, content: dict[str, Any], warehouse: str) -> str:
    """The YAML text of one object without what differs from database to database."""
    if kind == "charts":
        content["query_context"] = None
        for key in ("datasource", "slice_id", "dashboards", "url_params", "extra_form_data"):
            content["params"].pop(key, None)
    if kind == "datasets":
        # Superset gives them in whatever order its database has them.
        content["metrics"].sort(key=lambda metric: str(metric["metric_name"]))
        content["columns"].sort(key=lambda column: str(column["column_name"]))
    if kind == "dashboards":
        content.pop("tags", None)
        content.pop("theme_uuid", None)
        _without_numbers(content)
    text: str = yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    return text.replace(f"duckdb:///{warehouse}", WAREHOUSE_NAMED)


def _without_numbers(dashboard: dict[str, Any]) -> None:
    """Number the charts of a dashboard from 1 on in their order, also where filters leave them out."""
    components = [one for one in dashboard["position"].values() if isinstance(one, dict) and one.get("type") == "CHART"]
    numbers = {}
    for number, component in enumerate(sorted(components, key=lambda one: str(one["id"])), 1):
        numbers[component["meta"]["chartId"]] = number
        component["meta"]["chartId"] = number
    metadata = dashboard["metadata"]
    for key in ("chart_configuration", "global_chart_configuration", "map_label_colors"):
        metadata[key] = {}
    for key in ("shared_label_colors", "color_scheme_domain"):
        metadata[key] = []
    for one in metadata.get("native_filter_configuration", []):
        for key in _NUMBERED:
            one[key] = []
        one["scope"]["excluded"] = sorted(numbers[chart] for chart in one["scope"]["excluded"] if chart in numbers)
        for target in one.get("targets", []):
            target.pop("datasetId", None)


def write(path: Path, text: str) -> bool:
    """Write a file; returns whether its text changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.write_text(text, encoding="utf-8")
    return True
