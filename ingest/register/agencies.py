"""The agencies that reports were resolved to: one row each, with its name of today and the names that it goes by."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from ingest.deciding import decided_from
from ingest.register.names import Context, Named, fixed_forms, resolve_name
from ingest.register.organs import GOVERNMENT, ZONE, departments
from ingest.register.regions import Region, full_forms, regions, short_forms

_LEVEL_WORDS = ("省", "市", "县", "区", "州", "盟", "旗")
NOTHING: Mapping[str, Any] = MappingProxyType({})
_DESCRIBED = ("region_id", "agency_level", "agency_kind", "agency_field", "agency_family")


def agency_rows(
    publishers: Iterable[Mapping[str, Any]], before: Mapping[str, dict[str, Any]] = NOTHING
) -> Iterator[dict[str, Any]]:
    """One row of the table `agencies` for each agency of the table `publishers`, in the order of agency_id.

    `before` are rows that were made before, by their `decided_from`: one made of the same names is taken as it is.

    What changes with the year (name, level) is that of its latest report; `agency_name` is today's name of the region
    before the organ's. `names` are all full names that its reports of all years have, `aliases` the others that the
    register reads as this agency, given its region: short forms and relative ones. Both are sorted.
    """
    known: dict[str, list[Mapping[str, Any]]] = {}
    for row in publishers:
        if row["agency_id"]:
            known.setdefault(row["agency_id"], []).append(row)
    for agency_id in sorted(known):
        rows = sorted(known[agency_id], key=lambda row: (row["report_year"] or 0, row["report_id"]))
        latest = rows[-1]
        names = sorted({row["agency_name"] for row in rows})
        described = [latest[column] for column in ("agency_name", "report_year", *_DESCRIBED)]
        digest = decided_from(agency_id, names, described)
        if digest in before:
            yield before[digest]
            continue
        named = _named(latest)
        name = named.agency_name(None) if named else latest["agency_name"]
        yield {
            "agency_id": agency_id,
            "agency_name": name,
            **{column: latest[column] for column in _DESCRIBED},
            "names": names,
            "aliases": sorted(set(_aliases(agency_id, named, name)) - {name, *names}) if named else [],
            "decided_from": digest,
        }


def _named(row: Mapping[str, Any]) -> Named | None:
    """A publisher's name as the register reads it; None for one that people said and the register does not read so."""
    region = regions()[row["region_id"]] if row["region_id"] else None
    if region is None:
        return None
    named = resolve_name(row["agency_name"], _inside(region), row["report_year"])
    return named if named.region and named.agency_id == row["agency_id"] else None


def _inside(region: Region) -> Context:
    return Context(exact=((region, "the agency's region"),))


def _aliases(agency_id: str, named: Named, name: str) -> Iterator[str]:
    """The short and relative forms of a name that, given its region, are read as this agency and no other."""
    if named.region is None:
        return
    context = _inside(named.region)
    for form in dict.fromkeys(_forms(named, name)):
        read = resolve_name(form, context)
        if read.region and read.agency_id == agency_id:
            yield form


def _forms(named: Named, name: str) -> Iterator[str]:
    if named.fixed:
        yield from fixed_forms().get(named.fixed, ())
        return
    place = named.span(None).name
    organ = named.organ.name if named.organ else "人民政府"
    kind = named.organ.kind if named.organ else GOVERNMENT
    organs = _organ_forms().get(organ, (organ,)) if kind not in (GOVERNMENT, ZONE) else (organ,)
    if kind == GOVERNMENT and organ == "人民政府":
        organs = (organ, "政府")
    shown = name.removesuffix(organ)
    words = (word for word in _LEVEL_WORDS if place.endswith(word))
    for begin in (shown, *full_forms(place), *short_forms(place), *words):
        yield from (begin + form for form in organs)


@cache
def _organ_forms() -> dict[str, tuple[str, ...]]:
    """The names that departments.csv has for a department, by its full name, that first."""
    found: dict[str, list[str]] = {}
    for form, organ in departments().items():
        forms = found.setdefault(organ.name, [organ.name])
        # 教委 is said and 教委员会 is not.
        if not form.endswith("委员会"):
            forms.append(form)
    return {name: tuple(dict.fromkeys(forms)) for name, forms in found.items()}
