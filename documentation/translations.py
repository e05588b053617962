"""Which Chinese guides are behind their English ones: each names, in its first line, the English text that it follows.

`python -m documentation.translations` lists them; `--mark FILE…` says of a guide that it follows the English of now.
"""

import hashlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warehouse.paths import PROJECT_ROOT

_MARK = re.compile(r"\A<!-- follows (\S+) ([0-9a-f]{12}) -->\n")
_HEADING = re.compile(r"^(#+) ", re.MULTILINE)
_FENCE = re.compile(r"^```.*?^```[^\n]*$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Translation:
    """A Chinese guide and the English one that it follows, as paths below the root; `behind` if that has changed."""

    chinese: str
    english: str
    behind: bool


def english_of(chinese: str) -> str:
    """The English guide of a Chinese one, by its place."""
    return "README.md" if chinese == "README.zh.md" else f"docs/{Path(chinese).name}"


def digest(source: str) -> str:
    """Twelve digits of SHA-256 of an English guide, in which the line that leads to the Chinese one does not count."""
    counted = "\n".join(line for line in source.splitlines() if not line.startswith("[中文]("))
    return hashlib.sha256(counted.encode()).hexdigest()[:12]


def translations(root: Path = PROJECT_ROOT) -> Iterator[Translation]:
    """The Chinese guides in order. Raises ValueError for one that does not say what it follows."""
    for path in [root / "README.zh.md", *sorted((root / "docs" / "zh").glob("*.md"))]:
        if not path.exists():
            continue
        name = path.relative_to(root).as_posix()
        mark = _MARK.match(path.read_text(encoding="utf-8"))
        if mark is None or mark[1] != english_of(name):
            raise ValueError(f"{name} does not begin with <!-- follows {english_of(name)} DIGEST -->")
        english = root / mark[1]
        yield Translation(name, mark[1], digest(english.read_text(encoding="utf-8")) != mark[2])


def outline(source: str) -> list[int]:
    """The levels of a guide's headings, in order."""
    return [len(marks) for marks in _HEADING.findall(_FENCE.sub("", source))]


def mark(root: Path, chinese: str) -> None:
    """Write into a Chinese guide that it follows the English one of now."""
    path, english = root / chinese, english_of(chinese)
    body = _MARK.sub("", path.read_text(encoding="utf-8"))
    now = digest((root / english).read_text(encoding="utf-8"))
    path.write_text(f"<!-- follows {english} {now} -->\n{body}", encoding="utf-8")


def main() -> None:
    """List what is behind, or mark the named guides."""
    if sys.argv[1:2] == ["--mark"]:
        for name in sys.argv[2:]:
            mark(PROJECT_ROOT, name)
    for translation in translations():
        if translation.behind:
            print(f"{translation.chinese} is behind {translation.english}")


if __name__ == "__main__":
    main()
