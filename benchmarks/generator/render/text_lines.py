"""Tables with one cell a line: close together, with empty lines between, or with a bar after each cell."""

from random import Random

from benchmarks.generator.chance import below
from benchmarks.generator.damage.losses import Line


def break_label(text: str) -> list[str]:
    """A label over two lines: 结果维持 as 结果 and 维持, a long one where its line was full."""
    middle = 2 if len(text) == 4 else (3 if len(text) < 9 else len(text) * 3 // 5)
    return [text[:middle], text[middle:]]


def lines(
    rows: list[list[Line]], header: int, layout: str, rng: Random, break_heads: bool, break_labels: bool, indent: str
) -> list[str]:
    """The lines of a table; `layout` is `lines`, `lines_spaced` or `lines_bar`."""
    out: list[str] = []
    for index, row in enumerate(rows):
        for text, ref in row:
            if ref < 0:
                long = len(text) > 14 and break_labels and below(rng, 3) == 0
                if long or (break_heads and index < header and 4 <= len(text) < 9 and text.isalpha()):
                    out += break_label(text)
                    continue
            out.append(text)
    if layout == "lines_bar":
        return [f"{line} |" if line else "|" for line in out]
    return [indent + line if line else line for line in out] if indent else out
