"""`python -m documentation --data DATA --out FOLDER`: writes the site's pages, for Sphinx to make HTML of.

DATA is a data folder that was built (`make docs` builds the samples): its warehouse gives the types of columns and the
quality page, its manifest of dbt everything else of the dictionary.
"""

import argparse
import shutil
from pathlib import Path

from documentation import dictionary, form_pages, quality_page
from documentation.guides import FILES, for_site, guide_paths, linked_files, page_of
from documentation.lineage import Step, picture, raw_html
from documentation.markdown import contents
from warehouse.dbt import ensure_manifest
from warehouse.paths import PROJECT_ROOT, DataPaths

# The order in the navigation; a guide that is not named here follows by its name.
_GUIDES = (
    *("reading", "formats", "publishers", "register", "quality", "localisation", "aggregates", "metrics", "exports"),
    *("bi", "clients", "postgresql", "operations"),
)
_RECORDS = ("fidelity", "benchmarks")
_OVERVIEW = (
    Step("landing folder", "raw", ()),
    Step("files, reports, cells, …", "lake", ("landing folder",), "dictionary/schema-lake.html"),
    Step("forms and registers", "seeds", (), "dictionary/schema-seeds.html"),
    Step("staging", "staging", ("files, reports, cells, …",), "dictionary/schema-staging.html"),
    Step("intermediate", "intermediate", ("staging", "forms and registers"), "dictionary/schema-intermediate.html"),
    Step("facts, dimensions", "marts", ("intermediate", "staging"), "dictionary/schema-marts.html"),
    Step("BI, notebooks, exports", "chart", ("facts, dimensions",)),
)


def write_pages(root: Path, paths: DataPaths, of_what: str, out: Path) -> None:
    """Write every page below a folder, which is emptied first. Raises ValueError for a link that leads nowhere."""
    manifest = ensure_manifest(paths)
    shutil.rmtree(out, ignore_errors=True)
    made = {
        **_guides(root),
        **dictionary.pages(manifest, paths.warehouse),
        **form_pages.pages(),
        **quality_page.pages(paths.warehouse, of_what),
    }
    for name, content in made.items():
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    shutil.copy(root / "docs" / "conf.py", out / "conf.py")
    if (root / "docs" / "images").is_dir():
        shutil.copytree(root / "docs" / "images", out / "docs" / "images", dirs_exist_ok=True)
    shutil.copytree(Path(__file__).parent / "static", out / "static")
    for name in sorted(linked_files(root)):
        target = out / "extra" / FILES / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / name, target)
    (out / "extra").mkdir(exist_ok=True)


def _guides(root: Path) -> dict[str, str]:
    guides = guide_paths(root)
    on_site = frozenset(guides)
    overview = raw_html(picture({step.name: step for step in _OVERVIEW}, fit=True))
    made = {
        page_of(guide): for_site(
            guide,
            (root / guide).read_text(encoding="utf-8"),
            on_site,
            lambda name: (root / name).exists(),
            overview,
        )
        for guide in guides
    }
    made["index.md"] += "\n" + _navigation(guides)
    return made


def _navigation(guides: list[str]) -> str:
    def named(folder: str, names: tuple[str, ...]) -> list[str]:
        there = {Path(guide).stem: guide for guide in guides if str(Path(guide).parent) == folder}
        chosen = [name for name in names if name in there]
        return [there[name].removesuffix(".md") for name in chosen]

    rest = tuple(sorted(Path(guide).stem for guide in guides if Path(guide).stem not in _GUIDES + _RECORDS))
    inner = [guide.removesuffix(".md") for guide in guides if guide.count("/") and guide.endswith("/README.md")]
    chinese = [*(["zh"] if "README.zh.md" in guides else []), *named("docs/zh", _GUIDES + rest)]
    return "\n\n".join(
        [
            contents(named("docs", _GUIDES + rest), "Guides"),
            *([contents(chinese, "中文")] if chinese else []),
            contents(["dictionary/index", "forms/index"], "Reference"),
            contents(["quality", *named("docs", _RECORDS)], "Figures"),
            contents(inner, "In the repository"),
        ]
    )


def main() -> None:
    """Read the arguments and write."""
    parser = argparse.ArgumentParser(prog="python -m documentation")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--of", default="the sample reports that the project ships")
    arguments = parser.parse_args()
    write_pages(PROJECT_ROOT, DataPaths(arguments.data.resolve()), arguments.of, arguments.out)


if __name__ == "__main__":
    main()
