"""Writing Markdown that says what was given to it, whatever that holds."""

import re
from collections.abc import Iterable, Sequence

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_SPACE = re.compile(r"\s+")


def text(value: object) -> str:
    """A value as plain words on one line: every mark that could mean something to Markdown or HTML is escaped.

    Null is empty. What documents say (titles, sentences, file names) passes through here, and nothing else may.
    """
    if value is None:
        return ""
    visible = "".join(character if character.isprintable() else " " for character in str(value))
    return _PUNCTUATION.sub(r"\\\1", _SPACE.sub(" ", visible).strip())


def words(description: str) -> str:
    """A description of ours as one line: what stands in backticks is code, all else plain words."""
    parts = re.split(r"`([^`]+)`", description)
    return "".join(code(part) if index % 2 else _kept_spaces(part) for index, part in enumerate(parts))


def _kept_spaces(part: str) -> str:
    """Plain words with the space at their ends, which parts them from code."""
    return f"{' ' * part[:1].isspace()}{text(part)}{' ' * (len(part) > 1 and part[-1:].isspace())}"


def code(value: object) -> str:
    """A name of ours (a table, a code) as code; anything that could end the code is left out."""
    return f"`{_SPACE.sub(' ', str(value)).replace('`', '').replace('|', '')}`" if value not in (None, "") else ""


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown already; headings that end in `#` are of numbers."""
    lines = [
        f"| {' | '.join(name.rstrip('#') for name in header)} |",
        f"|{'|'.join('--:' if name.endswith('#') else '---' for name in header)}|",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]
    return "\n".join(lines) + "\n"


def page(title: str, *parts: str) -> str:
    """A page: its heading, and its parts with an empty line between."""
    return "\n\n".join([f"# {title}", *(part.strip("\n") for part in parts if part)]) + "\n"


def contents(entries: Iterable[str], caption: str = "", hidden: bool = True, depth: int = 1) -> str:
    """The directive that puts pages into the navigation."""
    options = [f":maxdepth: {depth}", *([":hidden:"] if hidden else []), *([f":caption: {caption}"] if caption else [])]
    return "\n".join(["```{toctree}", *options, "", *entries, "```"])


def number(value: object) -> str:
    """A number for people: whole ones without their zeros, thousands apart."""
    if value is None:
        return ""
    plain = f"{value:,}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
