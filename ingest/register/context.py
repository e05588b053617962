"""Where a report comes from, as far as the hints beside its publisher's name tell: exactly, or only within what."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from urllib.parse import urlsplit

from ingest.register.names import Context, resolve_name
from ingest.register.regions import Region, regions
from ingest.register.tables import read_table

# Hints whose value is a name: that of the site, of who runs it, of who published the page.
_NAMES = {
    "site_name": "the site's name",
    "host": "the site's host",
    "metadata_publisher": "the metadata's publisher",
    "heading": "the heading",
    "signature": "the signature",
}
_SITE_WORDS = re.compile(
    r"^(?:中国[·.—-]|欢迎访问)|(?:门户网站群?|门户网|官方网站|官网|网站|政务网|(?:信息|政务)公开(?:网|平台|专栏|目录)?|网)$"
)
_LETTERS = re.compile(r"^[^\u4e00-\u9fff]+|[^\u4e00-\u9fff)]+$")
_SIX_DIGITS = re.compile(r"^(?!00)\d{6}")
_POLICE_RECORD = re.compile(r"^(?!00)\d{2}")


def tidy(name: str) -> str:
    """A name without the words of a site (门户网站) and signs around it."""
    name = _LETTERS.sub("", name.strip())
    while (shorter := _LETTERS.sub("", _SITE_WORDS.sub("", name))) != name and len(shorter) >= 2:
        name = shorter
    return name


def context_of(
    hints: Mapping[str, Sequence[str]], urls: Iterable[str], said_code: str | None, year: int | None
) -> Context:
    """The regions that the hints of one report tell. `said_code` is the region's code as people gave it."""
    exact = list(_exact(hints, said_code, year))
    if not exact:
        for address in hints.get("address", ()):
            exact.extend((region, f"the address {address[:20]}") for region in places_in(address, year))
    return Context(tuple(exact), tuple(_within(hints, urls)))


def _exact(hints: Mapping[str, Sequence[str]], said_code: str | None, year: int | None) -> Iterator[tuple[Region, str]]:
    register = regions()
    if said_code and (region := register.of_code(said_code, year)):
        yield region, f"the region code {said_code} that was given"
    for code in hints.get("site_id_code", ()):
        digits = _SIX_DIGITS.match(code)
        if digits and (region := register.of_code(digits[0], year)):
            yield region, f"the site's code {code}"
    for kind, words in _NAMES.items():
        for value in hints.get(kind, ()):
            name = tidy(value)
            if name and (region := resolve_name(name, None, year).region):
                yield region, f"{words} {value}"


def _within(hints: Mapping[str, Sequence[str]], urls: Iterable[str]) -> Iterator[tuple[Region, str]]:
    register = regions()
    hosts = [urlsplit(url).hostname or "" for url in urls]
    for host in dict.fromkeys((*hosts, *hints.get("domain", ()))):
        if region := _of_domain(host):
            yield region, f"the domain {host}"
    for value in hints.get("icp", ()):
        if value[:1] in _signs():
            yield _signs()[value[0]], f"the site's registration {value}"
    for value in hints.get("police_record", ()):
        if (digits := _POLICE_RECORD.match(value)) and (region := register.of_code(f"{digits[0]}0000")):
            yield region, f"the site's police record {value}"


def _of_domain(host: str) -> Region | None:
    """The region that a host's own domain, or one that it is part of, is known to be of."""
    parts = host.lower().split(".")
    for begin in range(len(parts) - 2):
        if code := _domains().get(".".join(parts[begin:])):
            return regions().of_code(code)
    return None


@cache
def _domains() -> dict[str, str]:
    return {row["domain"]: row["region_code"] for row in read_table("domains")}


@cache
def _signs() -> dict[str, Region]:
    register = regions()
    found = {row["sign"]: register.of_code(row["region_code"]) for row in read_table("province_signs")}
    return {sign: region for sign, region in found.items() if region}


def places_in(address: str, year: int | None) -> list[Region]:
    """The regions that an address begins with, from the widest on; none where the first of them is not the only one."""
    register = regions()
    found: list[Region] = []
    rest = address
    while rest:
        for length in range(min(register.longest, len(rest)), 1, -1):
            above = found[-1].region_id if found else None
            alike = [
                region
                for region in register.full.get(rest[:length], ())
                if region.stood(year) and (above is None or above in region.above)
            ]
            if alike:
                break
        else:
            return found
        if len(alike) > 1:
            return found
        found.append(alike[0])
        rest = rest[length:]
    return found
