"""Who a name names: the readings of a name as regions and an organ, and the one that is meant, or why none is.

Nothing is guessed. A name that can be read in two ways is decided by what else is known of the report, or not at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from hashlib import sha256

from ingest.register.organs import (
    DEPARTMENT,
    GOVERNMENT,
    TOWNSHIP,
    ZONE,
    Organ,
    branch_of,
    departments,
    field_of,
    level_word,
    organ_of,
)
from ingest.register.regions import COUNTRY, CodeSpan, Region, regions, short_forms
from ingest.register.tables import listed, read_table

_MAXIMUM_NAME = 60
_LEVELS = {"country": "national", "province": "provincial", "prefecture": "prefecture", "county": "county"}
_MAXIMUM_CANDIDATES = 6
# Words that a region's name would end within: 章丘市 and 政管理局.
_WORDS = frozenset(
    (
        *("市政", "市场", "市容", "市民", "市级", "市直", "市域", "区域", "区划", "区级", "区直", "区属"),
        *("县域", "县级", "县直", "县城", "省级", "省直", "省际", "省属", "州级", "州直"),
    )
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a name: the region that it ends in, whether that stands in full, and the organ behind it.

    `organ` is None for a place alone, `fixed` a name of its own (that of a data file, of a state's organ, of a branch),
    `left` the number of characters behind the region's name, `cut` whether that would end within a word.
    """

    region: Region
    full: bool
    organ: Organ | None
    form: str
    fixed: str | None = None
    level: str | None = None
    left: int = 0
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What else a report says of where it comes from: regions told exactly, and regions that it lies within.

    Each with the words that say so.
    """

    exact: tuple[tuple[Region, str], ...] = ()
    within: tuple[tuple[Region, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """What a name was resolved to, or why it was not: then `region` is None and `candidates` name the possible ones.

    Where not even an organ or a candidate is there, the name is none that the register can read.
    """

    region: Region | None
    organ: Organ | None
    reason: str
    fixed: str | None = None
    fixed_level: str | None = None
    candidates: tuple[str, ...] = field(default=())

    def level(self, year: int | None) -> str:
        """`national`, `provincial`, `prefecture`, `county` or `township`."""
        if self.fixed_level:
            return self.fixed_level
        if self.organ and self.organ.kind == TOWNSHIP:
            return "township"
        return _LEVELS[self.span(year).level]

    def span(self, year: int | None) -> CodeSpan:
        """The region's code and name of a year."""
        if self.region is None:
            raise ValueError("an unresolved name has no region")
        return self.region.near(year)

    def agency_name(self, year: int | None) -> str:
        """The full name as of a year."""
        if self.fixed:
            return self.fixed
        span = self.span(year)
        if self.organ is None or (self.organ.kind == GOVERNMENT and span.name.endswith(("地区", "盟"))):
            return regions().official_name(span) + ("行政公署" if span.name.endswith(("地区", "盟")) else "人民政府")
        if self.organ.kind == ZONE:
            return (short_forms(span.name) or (span.name,))[0] + self.organ.name
        return regions().official_name(span) + self.organ.name

    @property
    def agency_id(self) -> str:
        """The agency's key: 16 hex digits of a digest of its region's id and its name without its region's.

        It changes neither with the region's name nor with what else the register holds.
        """
        if self.region is None:
            raise ValueError("an unresolved name has no agency")
        if self.organ is None or (self.organ.kind == GOVERNMENT and not self.fixed):
            local = "人民政府"
        elif self.fixed:
            local = regions().local_name(self.region, self.fixed)
        else:
            local = self.organ.name
        return agency_key(self.region.region_id, local)


def agency_key(region_id: str, local_name: str) -> str:
    """The key of an agency of a region, by its name without the region's."""
    return sha256(f"{region_id}\0{local_name}".encode()).hexdigest()[:16]


def resolve_name(name: str, context: Context | None = None, year: int | None = None) -> Named:
    """Who a name names, given what else is known and the year of the report."""
    context = context or Context()
    if not 2 <= len(name) <= _MAXIMUM_NAME:
        return Named(None, None, "no name")
    every = [reading for reading in _readings(name) if _possible(reading, year)]
    readings = _best([reading for reading in every if reading.region.stood(year)], year)
    if every and not readings:
        ended = tuple(dict.fromkeys(_shown(reading.region, None) for reading in every))
        return Named(None, None, f"the region that {name} names did not exist in {year}", candidates=ended)
    if not readings:
        return _relative(name, context, year)
    candidates = list(dict.fromkeys(reading.region for reading in readings))
    if len(candidates) == 1:
        return _named(readings[0], f"the name {name} names one region only")
    told = _told(candidates, context)
    if told:
        chosen = next(reading for reading in readings if reading.region is told[0])
        return _named(chosen, f"of the regions that {name} can name, {told[1]} tells which")
    shown = tuple(_shown(region, year) for region in candidates)
    listed_ones = ", ".join(shown[:_MAXIMUM_CANDIDATES]) + (" …" if len(shown) > _MAXIMUM_CANDIDATES else "")
    return Named(None, None, f"{name} can be in {listed_ones}, and nothing tells which", candidates=shown)


def _possible(reading: Reading, year: int | None) -> bool:
    """Whether a reading names its region closely enough: a township's county, not just its prefecture."""
    return not (
        reading.organ
        and reading.organ.kind == TOWNSHIP
        and not reading.fixed
        and reading.region.near(year).level != "county"
        and (reading.region.near(year).level != "prefecture" or regions().has_counties(reading.region, year))
    )


def _named(reading: Reading, reason: str) -> Named:
    return Named(reading.region, reading.organ, reason, reading.fixed, reading.level)


def _shown(region: Region, year: int | None) -> str:
    span = region.near(year)
    return f"{regions().official_name(span)} ({span.code})"


def _told(candidates: list[Region], context: Context) -> tuple[Region, str] | None:
    """The one candidate that the context allows, and the words that tell it: one within all the regions that are told.

    Of several the one that alone is told exactly: 吉林省 on its own site is not 吉林市.
    """
    for told in (context.exact, context.within):
        if not told:
            continue
        kept = [
            region
            for region in candidates
            if all(region is place or place.region_id in region.above for place, _ in told)
        ]
        if len(kept) == 1:
            closest = max(told, key=lambda pair: len(pair[0].above))
            return kept[0], closest[1]
        if told is context.exact and len({place.region_id for place, _ in told}) == 1 and told[0][0] in kept:
            return told[0]
        if told is context.exact and not kept:
            return None
    return None


def _relative(name: str, context: Context, year: int | None) -> Named:
    """A name that begins with the word for a region's kind (市商务局), which only the context can complete."""
    split = level_word(name)
    organ = organ_of(split[1]) if split else organ_of(name)
    if organ is None or not organ.known:
        return Named(None, None, f"{name} names no region and no organ that is known")
    if split is None:
        return Named(None, organ, f"{name} does not say of which region")
    places = {
        region.region_id: (region, words)
        for region, words in context.exact
        if _is_kind(region.near(year).name, split[0]) and region.stood(year)
    }
    if len(places) == 1:
        region, words = next(iter(places.values()))
        return Named(region, organ, f"{name} is of the {split[0]} that {words} tells")
    shown = tuple(_shown(region, year) for region, _ in places.values())
    why = f"{', '.join(shown)} are told" if shown else f"no {split[0]} is told"
    return Named(None, organ, f"{name} does not say of which region, and {why}", candidates=shown)


def _is_kind(region_name: str, word: str) -> bool:
    if word == "区":
        return region_name.endswith("区") and not region_name.endswith(("自治区", "地区", "特别行政区"))
    return region_name.endswith(word)


def _best(readings: list[Reading], year: int | None) -> list[Reading]:
    """The readings of the best kind.

    A known organ goes before another, a region before one that it belongs to and whose name ends earlier, and a name
    of that year before an older or later one.
    """
    provinces_only = [r for r in readings if r.organ and r.organ.provincial and not r.fixed]
    if provinces_only:
        readings = [r for r in readings if r not in provinces_only or r.region.near(year).level == "province"]
    known = [r for r in readings if r.fixed or r.organ is None or r.organ.known]
    kept = known or _longest([r for r in readings if r.full])
    kept = [r for r in kept if not any(r.left > o.left and r.region.region_id in o.region.above for o in kept)]
    at_the_time = [r for r in kept if r.region.was_named(r.form, year)]
    return at_the_time or kept


def _longest(readings: list[Reading]) -> list[Reading]:
    """Of the readings with an organ that is only shaped like one, those that read most as regions; none if cut."""
    least = min((reading.left for reading in readings), default=0)
    longest = [reading for reading in readings if reading.left == least]
    return [] if any(reading.cut for reading in longest) else longest


@lru_cache(maxsize=65536)
def _readings(name: str) -> tuple[Reading, ...]:
    """Every way to read a name."""
    if fixed := _fixed().get(name):
        return (fixed,)
    found = list(_from(name, None, "", True))
    for central in _state_organs():
        found.extend(central.readings(name))
    return tuple(dict.fromkeys(found))


def _from(rest: str, region: Region | None, form: str, full: bool) -> Iterator[Reading]:
    """The readings of what is left of a name behind a region."""
    register = regions()
    if region is not None:
        if not rest:
            yield Reading(region, full, None, form)
        elif (organ := organ_of(rest, form)) and (full or _follows_short_name(rest, organ)):
            cut = not organ.known and (form[-1] + rest[0] in _WORDS or _hides_a_region(rest))
            if rest in departments() or not _begins_with_place(rest, region):
                yield Reading(region, full, organ, form, left=len(rest), cut=cut)
        elif branch := branch_of(rest):
            for place in (*register.full.get(branch[1], ()), *register.short.get(branch[1], ())):
                if region.region_id in place.above:
                    yield Reading(place, full, replace(branch[0], name=f"{branch[0].name}分局"), branch[1])
    for length in range(min(register.longest, len(rest)), 1, -1):
        begin = rest[:length]
        for table, is_full in ((register.full, True), (register.short, False)):
            for place in table.get(begin, ()):
                if region is None or region.region_id in place.above:
                    yield from _from(rest[length:], place, begin, is_full)


def _hides_a_region(rest: str) -> bool:
    """Whether an unknown organ could be one of a region that the register does not know: 干县市监局."""
    ends = (place for place, character in enumerate(rest) if character in "市县区旗州盟")
    return any((organ := organ_of(rest[end + 1 :])) is not None and organ.known for end in ends)


def _begins_with_place(rest: str, region: Region) -> bool:
    """Whether what is left begins with a region below: then the organ is that one's."""
    register = regions()
    return any(
        region.region_id in place.above
        for length in range(min(register.longest, len(rest)), 1, -1)
        for table in (register.full, register.short)
        for place in table.get(rest[:length], ())
    )


def _follows_short_name(rest: str, organ: Organ) -> bool:
    """Whether an organ can stand behind a region's short name.

    北京路街道 is no street of 北京, and 滨江新区 no zone of 滨江区.
    """
    if rest in departments():
        return True
    if organ.kind == TOWNSHIP or rest.startswith(("新区", "新城")):
        return False
    return level_word(rest) is None and rest[0] not in "路街道镇乡村里巷桥湖河山湾"


@dataclass(frozen=True, slots=True)
class _StateOrgan:
    """Local organs of a central one, whose region stands between its name and theirs: 国家税务总局达州市税务局."""

    prefix: str
    endings: tuple[str, ...]
    field: str

    def readings(self, name: str) -> Iterator[Reading]:
        if not name.startswith(self.prefix):
            return
        for ending in self.endings:
            place = name[len(self.prefix) : len(name) - len(ending)]
            if name.endswith(ending) and place:
                organ = Organ(ending, DEPARTMENT, self.field, True)
                for reading in _from(place, None, "", True):
                    if reading.organ is None:
                        yield Reading(reading.region, reading.full, organ, reading.form, name)


@cache
def _state_organs() -> tuple[_StateOrgan, ...]:
    return tuple(
        _StateOrgan(row["prefix"], listed(row["endings"]), row["field"])
        for row in read_table("local_organs_of_the_state")
    )


@cache
def _fixed() -> dict[str, Reading]:
    """The names that data files give a region themselves: ministries, zones, aliases."""
    register = regions()
    found: dict[str, Reading] = {}
    country = register.of_code(COUNTRY)
    if country is None:
        raise ValueError("region_codes.csv has no country")
    for row in read_table("national_organs"):
        organ = Organ(row["name"], DEPARTMENT, row["field"], True)
        for form in (row["name"], *listed(row["aliases"])):
            _enter(found, form, Reading(country, True, organ, form, row["name"], "national"))
    for row in read_table("zones"):
        place = _place(row["region_code"], "zones")
        for form in (row["name"], *listed(row["aliases"])):
            for ending, name, kind, work in _ZONE_ENDINGS:
                organ = Organ(row["name"] + name, kind, work, True)
                _enter(found, form + ending, Reading(place, True, organ, form, row["name"] + name))
    for row in read_table("aliases"):
        place = _place(row["region_code"], "aliases")
        work = "government" if row["kind"] == GOVERNMENT else field_of(row["agency_name"])
        organ = Organ(row["agency_name"], row["kind"], work, True)
        for form in dict.fromkeys((row["alias"], row["agency_name"])):
            _enter(found, form, Reading(place, True, organ, form, row["agency_name"], row["level"]))
    return found


@cache
def fixed_forms() -> dict[str, tuple[str, ...]]:
    """All forms of each name that data files give a region themselves, by that name."""
    forms: dict[str, list[str]] = {}
    for form, reading in _fixed().items():
        if reading.fixed:
            forms.setdefault(reading.fixed, []).append(form)
    return {name: tuple(found) for name, found in forms.items()}


_ZONE_ENDINGS = (
    ("", "管理委员会", ZONE, "zone"),
    ("管委会", "管理委员会", ZONE, "zone"),
    ("管理委员会", "管理委员会", ZONE, "zone"),
    ("管委会办公室", "管理委员会办公室", DEPARTMENT, "general_office"),
    ("管理委员会办公室", "管理委员会办公室", DEPARTMENT, "general_office"),
    ("人民政府", "人民政府", ZONE, "zone"),
)


def _place(code: str, table: str) -> Region:
    found = regions().of_code(code)
    if found is None:
        raise ValueError(f"{table}.csv: {code} is no code of one region")
    return found


def _enter(found: dict[str, Reading], form: str, reading: Reading) -> None:
    """Enter an alias. Raises ValueError where it has two targets."""
    other = found.setdefault(form, reading)
    if (other.fixed, other.region) != (reading.fixed, reading.region):
        raise ValueError(f"{form} is {other.fixed} and {reading.fixed}")
