"""The same pages read as people do it today: `pandas.read_html`, then a lookup of the form's labels.

pandas is no dependency of the project; the column is left out where it cannot be imported. It is given every
advantage that costs a user one line: punctuation does not matter, labels are simplified with OpenCC first, columns
are found by their headings, 件 and spaces are taken off a number, and an amount is right as printed too.
"""

import io
import re
import unicodedata
import warnings
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.util import find_spec
from typing import Any

from opencc import OpenCC

from benchmarks.fidelity.truth import Key, TrueCell
from benchmarks.fidelity.verdict import Verdict
from benchmarks.generator.forms import (
    CHANNELS,
    DISCLOSURE,
    FORM_2019,
    FORM_2021,
    KIND_LABELS,
    KINDS,
    RESULTS,
    STATISTICS,
    application_items,
)

MISSING_SENTENCE = "The column of pandas.read_html is left out: pandas cannot be imported here (pip install pandas)."
Rows = list[list[object]]
Found = dict[Key, Decimal | None]
"""The cells that the lookup finds; None where what is found is no number."""

_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?")


def available() -> bool:
    """Whether pandas can be used."""
    return find_spec("pandas") is not None


def read_frames(data: bytes) -> Found:
    """The cells that read_html and a lookup by label find in a page; none where it finds no table."""
    import pandas  # type: ignore[import-not-found, import-untyped, unused-ignore]  # optional, see the module

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            frames = pandas.read_html(io.BytesIO(data), flavor="lxml")
        except Exception:  # it raises of many kinds, and finds nothing then
            return {}
    found: Found = {}
    # Tables for layout hold the others: the smallest table that has a label is asked first.
    for rows in sorted(map(_rows, frames), key=len):
        for key, value in _lookup(rows):
            found.setdefault(key, value)
    return found


def judge_number(true: TrueCell, key: Key, found: Found) -> Verdict:
    """The verdict on what the lookup found for one cell. Blank, dash and text are all the same to it: no number."""
    value = found.get(key)
    if true.knowable == "unknowable":
        return Verdict.UNTOLD if value is None else Verdict.GUESSED
    if value is not None:
        agrees = true.value is not None and value in (true.value, _printed(true.raw_text))
        return Verdict.RIGHT if agrees else Verdict.WRONG
    if key in found and true.value is None:
        return Verdict.RIGHT
    return Verdict.LOST if true.knowable == "known" else Verdict.UNTOLD


def _rows(frame: Any) -> Rows:
    """The rows of a frame, its headings among them where pandas took some rows for headings."""
    rows: Rows = [list(row) for row in frame.itertuples(index=False, name=None)]
    names = [name if isinstance(name, tuple) else (name,) for name in frame.columns]
    if all(isinstance(part, int) for name in names for part in name):
        return rows
    # pandas numbers headings that are alike: 结果维持, 结果维持.1
    heads = [[re.sub(r"\.\d+$", "", str(part)) for part in line] for line in zip(*names, strict=True)]
    return [*(list[object](line) for line in heads), *rows]


_SIMPLIFIED = OpenCC("t2s")


@cache
def _bare(text: str) -> str:
    return str(_SIMPLIFIED.convert(re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text))))


def _texts(row: list[object]) -> list[str]:
    return [_bare(cell) if isinstance(cell, str) else "" for cell in row]


def _number(cell: object) -> Decimal | None:
    if isinstance(cell, str):
        cell = unicodedata.normalize("NFKC", cell).replace(",", "").replace(" ", "").removesuffix("件")
    try:
        number = Decimal(str(cell))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _printed(raw_text: str) -> Decimal | None:
    digits = _NUMBER.search(unicodedata.normalize("NFKC", raw_text))
    return _number(digits[0]) if digits else None


def _lookup(rows: Rows) -> Iterator[tuple[Key, Decimal | None]]:
    texts = [_texts(row) for row in rows]
    yield from _applications(rows, texts)
    yield from _disclosure(rows, texts)
    yield from _reviews(rows, texts)
    yield from _statistics(rows, texts)


@cache
def _application_labels() -> dict[str, str]:
    return {_bare(item.label): item.code for form in (FORM_2019, FORM_2021) for item in application_items(form)}


def _applications(rows: Rows, texts: list[list[str]]) -> Iterator[tuple[Key, Decimal | None]]:
    columns: dict[str, int] = {}
    for row, line in zip(rows, texts, strict=True):
        if KIND_LABELS[1] in line and KIND_LABELS[0] in line:
            columns = {kind: line.index(label) for kind, label in zip(KINDS, KIND_LABELS, strict=True) if label in line}
        code = next((_application_labels()[text] for text in reversed(line) if text in _application_labels()), None)
        if code and len(columns) == len(KINDS):
            for kind, column in columns.items():
                yield Key("applications", code, kind), _number(row[column])


def _disclosure(rows: Rows, texts: list[list[str]]) -> Iterator[tuple[Key, Decimal | None]]:
    blocks = [block for form in (FORM_2019, FORM_2021) for block in DISCLOSURE[form]]
    heads: list[str] = []
    for row, line in zip(rows, texts, strict=True):
        if "信息内容" in line:
            heads = line
        for block in blocks:
            for code, label in block.rows:
                if _bare(label) not in line:
                    continue
                for column, name, _ in block.columns:
                    places = [place for place, head in enumerate(heads) if head.startswith(_bare(name))]
                    if places and places[0] < len(row):
                        yield Key("disclosure", code, column), _number(row[places[0]])


def _reviews(rows: Rows, texts: list[list[str]]) -> Iterator[tuple[Key, Decimal | None]]:
    keys = [Key("reviews", channel, result) for channel in CHANNELS for result in RESULTS]
    for before, row, line in zip(texts, rows[1:], texts[1:], strict=False):
        if before.count("结果维持") == len(CHANNELS) and "结果维持" not in line and len(row) >= len(keys):
            yield from zip(keys, map(_number, row), strict=False)


def _statistics(rows: Rows, texts: list[list[str]]) -> Iterator[tuple[Key, Decimal | None]]:
    labels = {_bare(indicator.label): indicator.code for indicator in STATISTICS if indicator.code}
    for row, line in zip(rows, texts, strict=True):
        if line and line[0] in labels and len(row) >= 3:
            yield Key("statistics", labels[line[0]], "value"), _number(row[2])
