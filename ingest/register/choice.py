"""The choice of a report's publisher, year and scope from all its hints, with the reason; none where none is sure.

What people said (overrides, manifest) wins; then the page's metadata, the title, a heading, the text, the signature,
the site's footer and the file's name, in this order.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.prose.passages import plain_text
from ingest.prose.title import title_publisher, title_year
from ingest.register.context import context_of, places_in, tidy
from ingest.register.names import Context, Named, agency_key, resolve_name
from ingest.register.organs import GOVERNMENT, field_of
from ingest.register.regions import Region, regions

JURISDICTION = "jurisdiction"
AGENCY = "agency"
_OFFICE = re.compile(r"^人民政府办公[室厅]$")
_OWN_SELVES = {"我局": "局", "我委": "委员会", "我厅": "厅", "我办": "办公室"}
_REPORT_FILE = re.compile(r"(?:公开|政务).{0,12}(?:年度报告|年报|报告)")


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of one content: what its bytes say, by kind of hint, and its paths and URLs."""

    title: str | None = None
    period_year: int | None = None
    kinds: Mapping[str, Sequence[str]] = field(default_factory=dict)
    paths: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()

    def of(self, kind: str) -> Sequence[str]:
        """The hints of a kind, in reading order."""
        return self.kinds.get(kind, ())


@dataclass(frozen=True, slots=True)
class Said:
    """What people said of a content, and who: `manifest` or `override`."""

    origin: str | None = None
    agency_name: str | None = None
    region_code: str | None = None
    report_year: int | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Whose report it is. Every field but the reason is None where it is not known."""

    agency_name: str | None
    agency_name_source: str | None
    reason: str
    agency_id: str | None = None
    agency_level: str | None = None
    agency_kind: str | None = None
    agency_field: str | None = None
    agency_family: str | None = None
    region_id: str | None = None
    region_code: str | None = None
    report_year: int | None = None
    scope: str | None = None
    scope_words: str | None = None


def choose(hints: Hints, said: Said | None = None) -> Choice:
    """The publisher, its region, the year and the scope of one report."""
    said = said or Said()
    year = said.report_year or hints.period_year or _title_year(hints)
    scope, words = (said.scope, f"the {said.origin}") if said.scope else scope_of(hints.kinds)
    context = context_of(hints.kinds, hints.urls, said.region_code, year)
    if said.agency_name:
        return _as_said(said, said.agency_name, context, year, scope, words)
    found = _Search(hints, context, year, scope).find()
    if found.named is None:
        region, why = _region_alone(hints, context, year)
        span = region.at(year) if region else None
        reason = f"{found.reason}; the region is told by {why}" if region else found.reason
        return Choice(
            None,
            None,
            reason,
            region_id=region.region_id if region else None,
            region_code=said.region_code or (span.code if span else None),
            report_year=year,
            scope=scope,
            scope_words=words,
        )
    named = found.named
    if scope is None and _kind(named) == GOVERNMENT:
        scope, words = JURISDICTION, "the publisher is a government"
    choice = _described(named, found.source, found.reason, year)
    code = said.region_code or choice.region_code
    return replace(choice, region_code=code, report_year=year, scope=scope, scope_words=words)


def _title_year(hints: Hints) -> int | None:
    if hints.title and (year := title_year(hints.title)):
        return year
    years = {title_year(name) for name in _report_files(hints)} - {None}
    return years.pop() if len(years) == 1 else None


def _report_files(hints: Hints) -> list[str]:
    """The file names, without ending, that read like a report's title."""
    names = [path.rsplit("/", 1)[-1].split("!")[-1].rsplit(".", 1)[0] for path in hints.paths]
    return [name for name in dict.fromkeys(names) if _REPORT_FILE.search(plain_text(name))]


def _kind(named: Named) -> str:
    return named.organ.kind if named.organ else GOVERNMENT


def _described(named: Named, source: str | None, reason: str, year: int | None) -> Choice:
    """A resolved name with all that the register tells of it."""
    region = named.region
    if region is None:
        raise ValueError("an unresolved name cannot be described")
    span = region.at(year)
    if span is None:
        reason += f"; the region did not exist in {year}"
    return Choice(
        named.agency_name(year),
        source,
        reason,
        named.agency_id,
        named.level(year),
        _kind(named),
        named.organ.field if named.organ else "government",
        named.organ.family if named.organ else None,
        region.region_id,
        span.code if span else None,
    )


def _as_said(said: Said, name: str, context: Context, year: int | None, scope: str | None, words: str | None) -> Choice:
    """The agency as people named it; the register tells what it can of it, and nothing against what they said."""
    named = resolve_name(tidy(plain_text(name)), context, year)
    told = regions().of_code(said.region_code, year) if said.region_code else None
    reason = f"named in the {said.origin}"
    if named.region and told and not (told is named.region or told.region_id in named.region.above):
        reason += f", whose region code {said.region_code} is not that of {named.agency_name(year)}"
        named = replace(named, region=None)
    if scope is None and (_kind(named) == GOVERNMENT if named.region else name.endswith("人民政府")):
        scope, words = JURISDICTION, "the publisher is a government"
    if named.region:
        choice = _described(named, said.origin, reason, year)
        code = said.region_code or choice.region_code
        return replace(choice, agency_name=name, region_code=code, report_year=year, scope=scope, scope_words=words)
    places = {place.region_id: place for place, _ in context.exact}
    region = told or (next(iter(places.values())) if len(places) == 1 else None)
    span = region.at(year) if region else None
    return Choice(
        name,
        said.origin,
        reason,
        agency_key(told.region_id if told else "", name),
        agency_field=field_of(name),
        region_id=region.region_id if region else None,
        region_code=said.region_code or (span.code if span else None),
        report_year=year,
        scope=scope,
        scope_words=words,
    )


def _region_alone(hints: Hints, context: Context, year: int | None) -> tuple[Region | None, str]:
    """The region of a report whose publisher is unknown: what the title or one exact hint tells; else none."""
    titled = title_publisher(hints.title or "")
    if titled:
        named = resolve_name(titled, context, year)
        if named.region:
            return named.region, f"the title's {titled}"
    places = {region.region_id: (region, words) for region, words in context.exact}
    if len(places) == 1:
        return next(iter(places.values()))
    if not places:
        return _worked_for(hints, year)
    return None, ""


def _worked_for(hints: Hints, year: int | None) -> tuple[Region | None, str]:
    """The one region of the writer's own kind (我市) whose plan of work the text says to have carried out.

    It stands only where the text names no other region of that kind.
    """
    own = {value[1] for value in hints.of("self_reference") if value[1:] in ("市", "县", "区", "省", "州", "旗")}
    if len(own) != 1:
        return None, ""
    kind = own.pop()
    plans = {region.region_id: region for value in hints.of("work_plan") for region in places_in(value, year)[-1:]}
    named = {
        region.region_id: region
        for value in hints.of("place")
        for region in _ending_in(value, year)
        if region.near(year).name.endswith(kind)
    }
    if len(plans) == 1 and set(plans) == set(named):
        region = next(iter(plans.values()))
        return region, f"the plan of work of {region.near(year).name}, the only 我{kind} that the text names"
    return None, ""


def _ending_in(text: str, year: int | None) -> Sequence[Region]:
    """The regions whose full name a text ends in, by its longest such end."""
    for begin in range(len(text) - 1):
        if found := [region for region in regions().full.get(text[begin:], ()) if region.stood(year)]:
            return found
    return ()


@dataclass(frozen=True, slots=True)
class _Found:
    named: Named | None
    source: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class _Search:
    """The search for the publisher's name through the hints of one report."""

    hints: Hints
    context: Context
    year: int | None
    scope: str | None

    def find(self) -> _Found:
        """The publisher that the first telling hint names, or the reason why there is none."""
        titled = title_publisher(self.hints.title or next(iter(self.hints.of("title")), ""))
        stated = tidy(next(iter(self.hints.of("metadata_publisher")), ""))
        if stated and (not titled or (stated != titled and stated.endswith(titled))):
            named = self._who(stated)
            if named.region and (named.organ or not self._own):
                return self._found(named, "metadata", f"the metadata names {stated}")
        if titled:
            return self._by_title(titled, stated)
        return self._by_the_rest()

    @property
    def _own(self) -> bool:
        """Whether the writer speaks of an office of its own."""
        return bool(_OWN_SELVES.keys() & set(self.hints.of("self_reference"))) or self.scope == AGENCY

    def _who(self, name: str) -> Named:
        return resolve_name(name, self.context, self.year)

    def _found(self, named: Named, source: str, begin: str) -> _Found:
        """A resolved name; a government's office stands for the government in a whole jurisdiction's report."""
        if self.scope == JURISDICTION and named.organ and _OFFICE.match(named.organ.name) and not named.fixed:
            named = replace(named, organ=None)
        return _Found(named, source, f"{begin}; {named.reason}")

    def _by_title(self, titled: str, stated: str) -> _Found:
        named = self._who(titled)
        if named.region is None:
            reason = f"the title names {titled}; {named.reason}"
            unreadable = named.organ is None and not named.candidates
            return self._by_the_rest(reason) if unreadable else _Found(None, None, reason)
        if named.organ or named.fixed:
            return self._found(named, "title", f"the title names {titled}")
        if self._own:
            office = self._who(stated) if stated.startswith(titled) else None
            if office and office.region and office.organ:
                return self._found(office, "metadata", f"the title names the place {titled}, the metadata {stated}")
            if self.scope != JURISDICTION:
                return _Found(None, None, f"the title names the place {titled}, but the writer has its own office")
        return self._found(named, "title", f"the title names the place {titled}, and its report is its government's")

    def _by_the_rest(self, reason: str = "no hint names the publisher in full") -> _Found:
        """Where neither title nor metadata name anyone: headings, text, signature, footer and file name."""
        for kind, source in (("heading", "heading"), ("text_publisher", "text"), ("signature", "signature")):
            found = self._agreed(kind, source)
            if found.named:
                return found
            reason = found.reason or reason
        for host in self.hints.of("host"):
            named = self._who(tidy(host))
            if named.region and self._runs_for_itself(named):
                why = "a whole jurisdiction's" if self.scope == JURISDICTION else "one organ's"
                return self._found(named, "footer", f"the report is {why}, and the site's host is {host}")
        return self._by_file_name(reason)

    def _agreed(self, kind: str, source: str) -> _Found:
        """The publisher that all the hints of a kind name that name anyone; none where they differ."""
        names = list(dict.fromkeys(self.hints.of(kind)))
        named = {one.agency_id: (one, name) for name in names if (one := self._who(name)).region and one.organ}
        if len(named) > 1:
            return _Found(None, None, f"the {source} names {', '.join(name for _, name in named.values())}")
        for one, name in named.values():
            if self._fits(one) and (kind != "text_publisher" or self._told_twice(one)):
                return self._found(one, source, f"the {source} names {name}")
        return _Found(None, None, "")

    def _told_twice(self, named: Named) -> bool:
        """Whether text and signature name a publisher at least twice: one sentence may be about another organ."""
        names = (*self.hints.of("text_publisher"), *self.hints.of("signature"))
        return (
            sum((one := self._who(name)).region is not None and one.agency_id == named.agency_id for name in names) > 1
        )

    def _fits(self, named: Named) -> bool:
        """Whether a publisher can have written a report of this scope, calling itself as the writer does."""
        if self.scope == JURISDICTION:
            return _kind(named) == GOVERNMENT or bool(named.organ and _OFFICE.match(named.organ.name))
        return not self._selves or (named.organ is not None and named.organ.name.endswith(self._selves))

    @property
    def _selves(self) -> tuple[str, ...]:
        """How the name of an organ ends that speaks of itself as the writer does."""
        spoken = self.hints.of("self_reference")
        return tuple(ending for words, ending in _OWN_SELVES.items() if words in spoken)

    def _runs_for_itself(self, named: Named) -> bool:
        """Whether the site's host is the publisher: the government of its jurisdiction, or the office that writes."""
        if named.organ is None or not self._fits(named):
            return False
        return self.scope == JURISDICTION or (bool(self._selves) and not _OFFICE.match(named.organ.name))

    def _by_file_name(self, reason: str) -> _Found:
        found: dict[str, tuple[Named, str]] = {}
        for name in _report_files(self.hints):
            titled = title_publisher(name)
            named = self._who(titled) if titled else None
            if named and named.region and (named.organ or self.scope == JURISDICTION) and self._fits(named):
                found[named.agency_id] = (named, titled)
        if len(found) == 1:
            named, titled = next(iter(found.values()))
            return self._found(named, "file_name", f"the file's name names {titled}")
        return _Found(None, None, reason)


def scope_of(kinds: Mapping[str, Sequence[str]]) -> tuple[str | None, str | None]:
    """`jurisdiction` or `agency` and the words that decide: of the sentence with the counts, else how it says we."""
    whole, own = list(kinds.get("scope_jurisdiction", ())), list(kinds.get("scope_agency", ()))
    if whole and not own:
        return JURISDICTION, whole[0]
    if own and not whole:
        return AGENCY, own[0]
    selves = [word for word in kinds.get("self_reference", ()) if word in _OWN_SELVES]
    if not whole and not own and selves:
        return AGENCY, selves[0]
    return None, None


def first_said(values: Iterable[Said]) -> Said:
    """What people said, put together: of each thing the first that is given."""
    merged = Said()
    for said in values:
        if merged.agency_name is None and said.agency_name:
            merged = replace(merged, agency_name=said.agency_name, origin=said.origin)
        merged = replace(
            merged,
            origin=merged.origin or said.origin,
            region_code=merged.region_code or said.region_code,
            report_year=merged.report_year or said.report_year,
            scope=merged.scope or said.scope,
        )
    return merged
