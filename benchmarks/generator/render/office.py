"""What DOCX, XLSX and PDF share: the report as paragraphs and tables of placed cells, and ZIP bytes without a clock."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from random import Random

from benchmarks.generator.chance import below
from benchmarks.generator.grids.grid import Grid
from benchmarks.generator.grids.place import Placed, cut, head_and_rest, height, place
from benchmarks.generator.model import Paragraph, Table, TableBlock
from benchmarks.generator.plan import Plan
from benchmarks.generator.wording import Say

Part = Paragraph | tuple[Placed, ...]
"""A paragraph, or the cells of a table."""

_EPOCH = (2000, 1, 1, 0, 0, 0)
_DATES = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_NO_DATE = b"2000-01-01T00:00:00Z"


def parts_of(
    rng: Random,
    plan: Plan,
    blocks: Sequence[Paragraph | TableBlock],
    tables: dict[str, Table],
    grids: dict[str, Grid],
    say: Say,
) -> Iterator[Part]:
    """The report in reading order; a structure that cuts a table in two gives two."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            continue
        grid = grids[block.section]
        placed = place(grid, tables[block.section].texts, say)
        # The first headings of the disclosure table hold for its first rows alone, so nobody repeats them.
        header = 0 if block.section == "disclosure" else grid.header
        rows = height(placed)
        if plan.structure not in ("cut", "cut_header") or rows <= header + 4:
            yield tuple(placed)
            continue
        first, second = cut(placed, header + 2 + below(rng, rows - header - 3))
        yield tuple(first)
        yield tuple(head_and_rest(placed, header, second) if plan.structure == "cut_header" else second)


def without_clock(data: bytes) -> bytes:
    """A ZIP file with every date set to one and the same, so that its bytes depend on its contents alone."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("docProps/"):
                content = _DATES.sub(_NO_DATE, content)
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, content)
    return out.getvalue()
