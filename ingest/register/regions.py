"""The regions of GB/T 2260 since 2008: by code and year, and by the names that they have had."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ingest.register.tables import read_table
from ingest.text.scripts import simplified

FIRST_YEAR = 2008
_LAST_YEAR = 2040
_PUBLISH_NOTHING = ("71", "81", "82")
COUNTRY = "100000"
_PEOPLES = (
    "蒙古族|回族|藏族|维吾尔族|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|"
    "纳西族|景颇族|柯尔克孜族|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|普米族|塔吉克族|怒族|鄂温克族|保安族|裕固族|独龙族|鄂伦春族|"
    "各族|蒙古|维吾尔|哈萨克|柯尔克孜|达斡尔|锡伯|塔吉克"
)
_AUTONOMOUS = re.compile(rf"^(.{{2,}}?)(?:{_PEOPLES})*自治(州|县|旗|区)$")
_KIND = re.compile(r"^(.{2,}?)(?:特别行政区|林区|特区|地区|新区|省|市|区|县|盟|旗|州)$")


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """A code and name under which a region stood from the first to the last year (None: still)."""

    code: str
    name: str
    level: str
    parent_code: str
    first: int
    last: int | None

    def covers(self, year: int) -> bool:
        """Whether it stood in a year."""
        return self.first <= year and (self.last is None or year <= self.last)


@dataclass(frozen=True, slots=True)
class Region:
    """A region with all codes and names that it has had, oldest first.

    `above` holds the ids of all that it ever was part of.
    """

    region_id: str
    spans: tuple[CodeSpan, ...]
    above: frozenset[str]

    def at(self, year: int | None) -> CodeSpan | None:
        """How it stood in a year (2008 for earlier ones, today or last for None); None where it did not exist."""
        if year is None:
            return self.spans[-1]
        return next((span for span in self.spans if span.covers(max(year, FIRST_YEAR))), None)

    def near(self, year: int | None) -> CodeSpan:
        """How it stood in a year, or in the nearest year in which it did."""
        return self.at(year) or (self.spans[0] if year is not None and year < self.spans[0].first else self.spans[-1])

    def stood(self, year: int | None) -> bool:
        """Whether it existed in a year or the next, in which reports on it are published."""
        return year is None or self.at(year) is not None or self.at(year + 1) is not None

    def was_named(self, form: str, year: int | None) -> bool:
        """Whether a form is of a name that it had in a year or the next."""
        years = () if year is None else (max(year, FIRST_YEAR), max(year, FIRST_YEAR) + 1)
        return any(
            form in (*full_forms(span.name), *short_forms(span.name))
            for span in self.spans
            if year is None or any(span.covers(each) for each in years)
        )


class Regions:
    """The register, read once."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        spans: dict[str, list[CodeSpan]] = {}
        self._of_code: dict[str, list[tuple[CodeSpan, str]]] = {}
        for row in rows:
            last = int(row["valid_to"]) if row["valid_to"] else None
            first = int(row["valid_from"])
            span = CodeSpan(row["region_code"], row["name"], row["level"], row["parent_code"], first, last)
            spans.setdefault(row["region_id"], []).append(span)
            self._of_code.setdefault(span.code, []).append((span, row["region_id"]))
        self._by_id: dict[str, Region] = {}
        for region_id, own in spans.items():
            own.sort(key=lambda span: span.first)
            self._by_id[region_id] = Region(region_id, tuple(own), frozenset(self._above(own)))
        self._with_counties = {
            (span.parent_code, year)
            for own in spans.values()
            for span in own
            if span.level == "county"
            for year in range(span.first, (span.last or _LAST_YEAR) + 1)
        }
        self.full: dict[str, tuple[Region, ...]] = {}
        self.short: dict[str, tuple[Region, ...]] = {}
        for region in self._by_id.values():
            for span in region.spans:
                if span.code.startswith(_PUBLISH_NOTHING):
                    continue
                _enter(self.full, full_forms(span.name), region)
                _enter(self.short, short_forms(span.name), region)
        self.longest = max(map(len, self.full))
        self.endings = frozenset(name[-3:] for name in self.full)
        """How names in full end, by their last three characters."""

    def _above(self, spans: list[CodeSpan]) -> set[str]:
        found: set[str] = set()
        pending = [(span.parent_code, span.first) for span in spans if span.parent_code]
        while pending:
            code, year = pending.pop()
            for span, region_id in self._of_code[code]:
                if span.covers(year):
                    found.add(region_id)
                    if span.parent_code:
                        pending.append((span.parent_code, year))
        return found

    def __getitem__(self, region_id: str) -> Region:
        return self._by_id[region_id]

    def __iter__(self) -> Iterator[Region]:
        return iter(self._by_id.values())

    def has_counties(self, region: Region, year: int | None) -> bool:
        """Whether counties belong to a region in a year: 东莞市 and three other cities have none."""
        return (region.near(year).code, year or _LAST_YEAR) in self._with_counties

    def of_code(self, code: str, year: int | None = None) -> Region | None:
        """The region that a code is of: in a year or, where it was none's then, in any year, if always one's."""
        spans = self._of_code.get(code, [])
        if year is not None:
            for at in (max(year, FIRST_YEAR), year + 1):
                for span, region_id in spans:
                    if span.covers(at):
                        return self._by_id[region_id]
        ids = {region_id for _, region_id in spans}
        return self._by_id[ids.pop()] if len(ids) == 1 else None

    def parent(self, span: CodeSpan) -> CodeSpan | None:
        """What a region belonged to at the beginning of a span."""
        return next((up for up, _ in self._of_code.get(span.parent_code, []) if up.covers(span.first)), None)

    def official_name(self, span: CodeSpan) -> str:
        """The name that stands before an organ's: that of a city's district with the city's before it."""
        parent = self.parent(span)
        district = span.level == "county" and span.name.endswith("区") and not span.name.endswith("林区")
        return f"{parent.name}{span.name}" if district and parent and parent.name.endswith("市") else span.name

    def local_name(self, region: Region, name: str) -> str:
        """A name without the names of its region and of those above it."""
        for _ in range(4):
            for length in range(min(self.longest, len(name) - 1), 1, -1):
                places = (*self.full.get(name[:length], ()), *self.short.get(name[:length], ()))
                if any(place is region or place.region_id in region.above for place in places):
                    name = name[length:]
                    break
            else:
                return name
        return name


def _enter(table: dict[str, tuple[Region, ...]], forms: Iterable[str], region: Region) -> None:
    for form in forms:
        if region not in table.get(form, ()):
            table[form] = (*table.get(form, ()), region)


@cache
def full_forms(name: str) -> tuple[str, ...]:
    """The ways to write a name with the word for its kind: 凉山彝族自治州 is 凉山州 too."""
    found = _AUTONOMOUS.match(name)
    forms = (name, found[1] + found[2]) if found and found[2] != "区" else (name,)
    return _as_read(forms)


@cache
def short_forms(name: str) -> tuple[str, ...]:
    """A name without the word for its kind, of at least two characters: 达州 for 达州市."""
    found = _AUTONOMOUS.match(name) or _KIND.match(name)
    return _as_read((found[1],)) if found else ()


def _as_read(forms: tuple[str, ...]) -> tuple[str, ...]:
    """The forms and what the reading of a text makes of them: 乾县 is read as 干县."""
    return tuple(dict.fromkeys((*forms, *map(simplified, forms))))


@cache
def regions() -> Regions:
    """The register of regions, read at the first call."""
    return Regions(read_table("region_codes"))
