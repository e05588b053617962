"""The guides of the repository as pages: links are turned to where things are on the site."""

import os
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath

FILES = "files"

_FENCE = re.compile(r"(^```.*?^```[^\n]*$)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")
_MERMAID = re.compile(r"^```mermaid\n.*?^```$", re.MULTILINE | re.DOTALL)
_PAGES = ("README.md", "README.zh.md", "docs/*.md", "docs/zh/*.md")
# Opened by what the guides say of the folder, and named after it.
_MORE_PAGES = ("dbt/README.md", "samples/README.md", "benchmarks/generator/README.md", "ingest/register/data/README.md")


def guide_paths(root: Path) -> list[str]:
    """The guides below the repository's root, as posix paths in order."""
    found = [path.relative_to(root).as_posix() for pattern in _PAGES for path in sorted(root.glob(pattern))]
    return found + [name for name in _MORE_PAGES if (root / name).exists()]


def page_of(guide: str) -> str:
    """Where a guide lies on the site."""
    return {"README.md": "index.md", "README.zh.md": "zh.md"}.get(guide, guide)


def links(source: str) -> list[str]:
    """The targets of a guide's links, code left out."""
    return [match[3] for part in _FENCE.split(source)[::2] for match in _LINK.finditer(_without_code(part))]


def _without_code(part: str) -> str:
    return re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", part)


def for_site(guide: str, source: str, pages: frozenset[str], exists: Callable[[str], bool], overview: str) -> str:
    """A guide's text with its links turned to pages of the site, or to copies of files; `overview` replaces drawings.

    `pages` are the guides that are on the site, `exists` tells what else the repository has. Raises ValueError for a
    link that leads nowhere.
    """
    here = PurePosixPath(page_of(guide)).parent

    def turned(match: re.Match[str]) -> str:
        image, words, target = match.groups()
        # Pictures lie on the site where they lie in the repository.
        if image or re.match(r"[a-z]+:|#", target):
            return match[0]
        path, _, anchor = target.partition("#")
        wanted = os.path.normpath(PurePosixPath(guide).parent / path)
        if wanted in pages:
            at = page_of(wanted)
        elif exists(wanted):
            at = f"{FILES}/{wanted}"
        else:
            raise ValueError(f"{guide} links to {target}, which is not there")
        relative = os.path.relpath(at, here)
        if at.startswith(FILES):
            return f'<a href="{relative}">{words}</a>'
        return f"[{words}]({relative}{'#' + anchor if anchor else ''})"

    drawn = _MERMAID.sub(lambda _: overview, source)
    parts = _FENCE.split(drawn)
    parts[::2] = [_LINK.sub(turned, part) for part in parts[::2]]
    return "".join(parts)


def linked_files(root: Path) -> set[str]:
    """Files of the repository that guides link to and that are no guides."""
    guides = set(guide_paths(root))
    found: set[str] = set()
    for guide in guides:
        for target in links((root / guide).read_text(encoding="utf-8")):
            if not re.match(r"[a-z]+:|#", target):
                wanted = os.path.normpath(PurePosixPath(guide).parent / target.partition("#")[0])
                if wanted not in guides and (root / wanted).is_file():
                    found.add(wanted)
    return found
