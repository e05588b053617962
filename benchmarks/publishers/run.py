"""Gives every case to the resolver, as a name and as a whole report, and compares with its truth."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.publishers.cases import GOVERNMENT, Case
from ingest.parse import parse
from ingest.prose.title import title_year
from ingest.register.choice import Choice, Hints, choose
from ingest.register.context import context_of
from ingest.register.names import Named, agency_key, resolve_name

_LABELS = {"site_id_code": "网站标识码:", "host": "主办:", "address": "地址:"}
_BODY = """一、总体情况
根据《中华人民共和国政府信息公开条例》编制本年度报告。本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。
主动公开情况良好。依申请公开情况良好。
二、主动公开政府信息情况
无行政复议。无行政诉讼。信息公开工作稳步推进。"""


@dataclass(slots=True)
class Tally:
    """How many cases of each kind there were, were resolved, and were resolved wrongly; the wrong ones themselves."""

    asked: Counter[str] = field(default_factory=Counter)
    resolved: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    mistakes: list[tuple[Case, str]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of the resolved that are right."""
        return 1 - self.wrong.total() / max(self.resolved.total(), 1)


def names(drawn: Iterable[Case]) -> Tally:
    """Resolve each case's name with its hints as context."""
    tally = Tally()
    for case in drawn:
        hints = {kind: (value,) for kind, value in case.hints}
        named = resolve_name(case.written, context_of(hints, case.urls, None, case.year), case.year)
        _count(tally, case, named.region is not None, _right_name(named, case), _shown(named, case.year))
    return tally


def headers(drawn: Iterable[Case]) -> Tally:
    """Read each case as a whole report that has the name in its title or as the page's publisher, and choose."""
    tally = Tally()
    for number, case in enumerate(drawn):
        report = parse(page(case, titled=number % 2 == 0).encode())
        kinds: dict[str, list[str]] = {}
        for hint in report.evidence:
            kinds.setdefault(hint.kind, []).append(hint.value)
        start = report.period_start
        year = start.year if start else title_year(report.title or "")
        choice = choose(Hints(report.title, year, kinds))
        _count(tally, case, choice.agency_name is not None, _right_choice(choice, case), str(choice.agency_name))
    return tally


def page(case: Case, titled: bool) -> str:
    """A page of HTML that begins and ends as a report does."""
    metas = "".join(f'<meta name="SiteName" content="{value}">' for kind, value in case.hints if kind == "site_name")
    foot = "".join(f"<p>{_LABELS[kind]}{value}</p>" for kind, value in case.hints if kind in _LABELS)
    title = f"{case.year}年政府信息公开工作年度报告"
    head = f"<p>{case.written}{title}</p>" if titled else f"<p>发布机构：{case.written}</p><p>{title}</p>"
    body = "".join(f"<p>{line}</p>" for line in _BODY.format(year=case.year).splitlines())
    return f'<html><head><meta charset="utf-8">{metas}</head><body>{head}{body}{foot}</body></html>'


def _count(tally: Tally, case: Case, resolved: bool, right: bool, shown: str) -> None:
    tally.asked[case.kind] += 1
    if resolved:
        tally.resolved[case.kind] += 1
        if not right:
            tally.wrong[case.kind] += 1
            tally.mistakes.append((case, shown))


def _right_name(named: Named, case: Case) -> bool:
    if named.region is None or case.region_id is None:
        return False
    organ = named.organ.name if named.organ else GOVERNMENT
    organ = GOVERNMENT if organ == "行政公署" else organ
    return named.region.region_id == case.region_id and organ == case.organ


def _right_choice(choice: Choice, case: Case) -> bool:
    """Whether region and key are the drawn ones; a state's local organ is keyed by its full name."""
    if choice.region_id != case.region_id or case.organ is None or case.region_id is None:
        return False
    return case.kind == "state_organ" or choice.agency_id == agency_key(case.region_id, case.organ)


def _shown(named: Named, year: int) -> str:
    return named.agency_name(year) if named.region else named.reason
