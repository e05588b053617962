"""Pictures of what is made of what, from the raw file to the chart, as SVG that links to the tables' pages."""

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

_HEIGHT, _GAP_X, _GAP_Y, _MARGIN, _TOP = 24, 36, 7, 8, 26
# Of a character of the names, which are of 11 pixels.
_CHARACTER, _LONGEST = 6.2, 34
_ROUNDS = 6

LAYERS = ("raw", "lake", "seeds", "staging", "intermediate", "marts", "reading", "chart")
# What stands in one column: nothing of the one is made of the other.
_COLUMN = {"seeds": "lake"}
_TITLES = {"raw": "landing folder", "lake": "lake, seeds", "chart": "charts"}


@dataclass(frozen=True, slots=True)
class Step:
    """A box of the picture: `layer` is its column's name, `link` a page or empty."""

    name: str
    layer: str
    parents: tuple[str, ...]
    link: str = ""


def around(steps: Mapping[str, Step], name: str) -> dict[str, Step]:
    """The step, all that it is made of, and all that is made of it."""
    children: dict[str, list[str]] = {}
    for step in steps.values():
        for parent in step.parents:
            children.setdefault(parent, []).append(step.name)
    above = _reached(name, lambda found: steps[found].parents if found in steps else ())
    below = _reached(name, lambda found: tuple(children.get(found, ())))
    return {found: step for found, step in steps.items() if found in above | below}


def _reached(start: str, following: Callable[[str], Sequence[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        for name in following(waiting.pop()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def picture(steps: Mapping[str, Step], middle: str = "", fit: bool = False) -> str:
    """The steps as SVG: a column for each depth within a layer, an arrow from each part to what is made of it.

    `middle` is drawn bold; with `fit` a wide screen shows it whole. The same steps give the same bytes.
    """
    columns = _columns(steps)
    rows = max((len(column) for column, _ in columns), default=1)
    widths = [round(16 + _CHARACTER * max(len(_short(name)) for name in column)) for column, _ in columns]
    left = [_MARGIN + sum(widths[:index]) + index * _GAP_X for index in range(len(columns))]
    width = _MARGIN + (left[-1] + widths[-1] if columns else 0)
    height = _TOP + _MARGIN + rows * (_HEIGHT + _GAP_Y)
    place: dict[str, tuple[int, int, int]] = {}
    for index, (column, _) in enumerate(columns):
        offset = (rows - len(column)) * (_HEIGHT + _GAP_Y) // 2
        for row, name in enumerate(column):
            place[name] = (left[index], _TOP + offset + row * (_HEIGHT + _GAP_Y), widths[index])
    shape = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    parts = [
        f'<div class="lineage{" fit" if fit else ""}"><svg {shape} role="img" '
        f'aria-label="lineage{" of " + html.escape(middle) if middle else ""}" xmlns="http://www.w3.org/2000/svg">'
    ]
    said = ""
    for index, (_, layer) in enumerate(columns):
        if layer != said:
            parts.append(f'<text class="layer" x="{left[index]}" y="14">{_TITLES.get(layer, layer)}</text>')
            said = layer
    for name in sorted(steps):
        parts += [_arrow(place[parent], place[name]) for parent in sorted(steps[name].parents) if parent in place]
    for name, at in place.items():
        parts.append(_box(steps[name], at, name == middle))
    return "".join([*parts, "</svg></div>"])


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def _arrow(start: tuple[int, int, int], end: tuple[int, int, int]) -> str:
    x1, y1 = start[0] + start[2], start[1] + _HEIGHT / 2
    x2, y2 = end[0], end[1] + _HEIGHT / 2
    bend = max((x2 - x1) / 2, 16)
    return f'<path d="M{x1:g} {y1:g}C{x1 + bend:g} {y1:g} {x2 - bend:g} {y2:g} {x2:g} {y2:g}"/>'


def _box(step: Step, at: tuple[int, int, int], bold: bool) -> str:
    x, y, width = at
    kind = f"{step.layer}{' middle' if bold else ''}"
    box = (
        f'<g class="{kind}"><title>{html.escape(step.name)}</title>'
        f'<rect x="{x}" y="{y}" width="{width}" height="{_HEIGHT}" rx="4"/>'
        f'<text x="{x + 8}" y="{y + 16}">{html.escape(_short(step.name))}</text></g>'
    )
    return f'<a href="{html.escape(step.link)}">{box}</a>' if step.link else box


def _columns(steps: Mapping[str, Step]) -> list[tuple[list[str], str]]:
    """The names of each column, in an order that keeps arrows short, with the column's layer."""
    depth: dict[str, int] = {}

    def deep(name: str) -> int:
        """How many steps of its own layer a step stands on."""
        if name not in depth:
            step = steps[name]
            depth[name] = 0
            own = [deep(parent) for parent in step.parents if parent in steps and steps[parent].layer == step.layer]
            depth[name] = 1 + max(own) if own else 0
        return depth[name]

    cells: dict[tuple[int, int], list[str]] = {}
    for name in sorted(steps):
        layer = _COLUMN.get(steps[name].layer, steps[name].layer)
        cells.setdefault((LAYERS.index(layer), deep(name)), []).append(name)
    ordered = [cells[key] for key in sorted(cells)]
    layers = [LAYERS[key[0]] for key in sorted(cells)]
    for _ in range(_ROUNDS):
        for index, column in enumerate(ordered):
            position = {name: row / len(other) for other in ordered for row, name in enumerate(other)}
            near = {name: (_middle(name, steps, position), name) for name in column}
            ordered[index] = sorted(column, key=near.__getitem__)
    return list(zip(ordered, layers, strict=True))


def _middle(name: str, steps: Mapping[str, Step], position: Mapping[str, float]) -> float:
    near = [position[parent] for parent in steps[name].parents if parent in position]
    near += [position[step.name] for step in steps.values() if name in step.parents]
    return round(sum(near) / len(near), 6) if near else 0.5


def raw_html(content: str) -> str:
    """The directive that puts HTML of ours on a page as it is."""
    return "\n".join(["```{raw} html", content, "```"])
