"""The numbers that sentences state: requests, reviews, items published, responses, fees.

Only what a sentence says plainly becomes a claim. Two sentences that state different numbers of the same thing leave no
claim, and the report says so in an issue.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from ingest.forms import CLAIMS
from ingest.forms.claims import OWN_SUBJECT
from ingest.prose.passages import Sentence
from ingest.report import Claim, Issue, Severity
from ingest.text.numbers import chinese_integer

_N = r"(?P<n>\d[\d,]*|[一二两三四五六七八九十百千]{1,7})"
_GAP = r"[^,。;:\d、()]"
_UNITS = {claim.code: claim.unit for claim in CLAIMS}

# (claim, pattern) where `n` is the number; a pattern without `n` states none at all, which is 0.
_PATTERNS = tuple(
    (code, re.compile(pattern))
    for code, pattern in (
        ("new_requests", rf"新收到?{_GAP}{{0,20}}?{_N}(?:件|宗|条|份)"),
        ("carried_in", rf"上(?:一)?年(?:度)?结转{_GAP}{{0,20}}?{_N}(?:件|宗|条|份)"),
        ("carried_out", rf"结转(?:至|到)?(?:下(?:一)?年(?:度)?|次年){_GAP}{{0,12}}?{_N}(?:件|宗|条|份)"),
        ("carried_out", rf"{_N}(?:件|宗)(?:申请)?结转(?:至|到)?(?:下(?:一)?年|次年)"),
        (
            "applications_received",
            rf"(?<!新)(?:收到|受理){_GAP}{{0,24}}?(?:申请|依申请公开){_GAP}{{0,10}}?{_N}(?:件|次|条|宗|份)",
        ),
        ("applications_received", rf"未(?:收到|接到|受理){_GAP}{{0,16}}?(?:依申请公开|公开申请)"),
        ("closed_total", rf"(?:办结|已答复|答复)(?:政府)?(?:信息)?(?:公开)?(?:申请)?(?:数)?{_N}(?:件|个|宗|份)"),
        ("reconsideration", rf"行政复议{_GAP}{{0,6}}?{_N}(?:件|起|宗)"),
        ("litigation", rf"行政诉讼{_GAP}{{0,6}}?{_N}(?:件|起|宗)"),
        ("published_items", rf"主动(?:公开|发布){_GAP}{{0,8}}?信息{_GAP}{{0,6}}?{_N}(?:余)?条"),
        ("published_items", rf"信息公开发布总数量(?:\([^()]{{0,20}}\))?:?{_N}"),
        ("responses", rf"回应{_GAP}{{0,16}}?(?:热点|舆情|关切){_GAP}{{0,6}}?{_N}次"),
        ("interpretations", rf"(?<!及)解读(?:稿件|材料|信息|文章)?(?:发布)?(?:数|共)?{_N}(?:篇|件|条)"),
        ("fees_charged", r"未收取(?:任何|过)?(?:信息处理)?费"),
        ("fees_charged", rf"收取{_GAP}{{0,16}}?费(?:用)?(?:共)?{_N}元"),
    )
)
_NONE_HAPPENED = re.compile(r"未(?:发生|收到|出现)[^,。;]{0,24}")
_ALL_CLOSED = re.compile(
    rf"(?:收到|受理)[^,。;:\d]{{0,24}}?申请{_GAP}{{0,6}}?{_N}件,(?:均|全部)(?:已|都)?[^,。;]{{0,14}}(?:答复|办结)"
)
_AFTER_RECONSIDERATION = re.compile(
    rf"行政诉讼{_GAP}{{0,6}}?{_N}(?:件|起)\(?(?:,|均|全部|都)*为?(?:经)?(?:行政)?复议后"
)
_OTHER_MATTER = re.compile(r"提案|建议|来信|信访件|热线|工单|留言|咨询")
_SUBJECT = re.compile(
    r"(?:^|[,;:])(?P<subject>[\u4e00-\u9fff]{1,12}?(?:办公室|办|局|委|科|处|中心))(?:代表[\u4e00-\u9fff]{1,10}?)?(?:共|累计|全年)*(?:受理|收到|办理|答复)"
)
_OWN_WORDS = re.compile(r"我|本|全|各级|行政机关")
_YEAR = re.compile(r"((?:19|20)\d{2})年")
_ROUGH = re.compile(r"余|多|近|约")


def find_claims(sentences: Iterable[Sentence], report_year: int | None) -> tuple[tuple[Claim, ...], tuple[Issue, ...]]:
    """The claims of a report, one a (claim, subject) at most, and the issues of those that contradict each other."""
    found: dict[tuple[str, str], list[Claim]] = {}
    for sentence in sentences:
        for claim in _claims_of(sentence, report_year):
            found.setdefault((claim.claim_code, claim.subject), []).append(claim)
    claims, issues = [], []
    for (code, subject), candidates in sorted(found.items()):
        values = {claim.value for claim in candidates}
        if len(values) == 1:
            claims.append(candidates[0])
        else:
            said = ", ".join(f"{claim.value} ({claim.locator})" for claim in candidates[:5])
            issues.append(
                Issue(
                    "claim_contradicted",
                    Severity.INFO,
                    f"{code} of {subject} is said to be {said}; none is kept",
                    candidates[0].locator,
                )
            )
    return tuple(claims), tuple(issues)


def _claims_of(sentence: Sentence, report_year: int | None) -> Iterator[Claim]:
    text = sentence.plain
    if _mentions_other_year(text, report_year):
        return
    own = _SUBJECT.search(text)
    subject = own["subject"] if own and not _OWN_WORDS.search(own["subject"]) else OWN_SUBJECT

    def claim(code: str, value: Decimal, about: str = OWN_SUBJECT) -> Claim:
        return Claim(code, about, value, _UNITS[code], text[:600], sentence.locator)

    other_matter = bool(_OTHER_MATTER.search(text))
    for code, pattern in _PATTERNS:
        hit = pattern.search(text)
        if not hit or (code in ("closed_total", "applications_received") and other_matter):
            continue
        value = _number(hit)
        if value is not None:
            yield claim(
                code,
                value,
                subject if code in ("applications_received", "closed_total", "new_requests") else OWN_SUBJECT,
            )
    if (hit := _ALL_CLOSED.search(text)) and (value := _number(hit)) is not None:
        yield claim("closed_total", value, subject)
    if (hit := _AFTER_RECONSIDERATION.search(text)) and (value := _number(hit)) is not None:
        yield claim("litigation_after_reconsideration", value)
    if hit := _NONE_HAPPENED.search(text):
        if "行政复议" in hit[0]:
            yield claim("reconsideration", Decimal(0))
        if "诉讼" in hit[0]:
            yield claim("litigation", Decimal(0))


def _mentions_other_year(text: str, report_year: int | None) -> bool:
    years = {int(year) for year in _YEAR.findall(text)}
    return bool(report_year and years and report_year not in years)


def _number(hit: re.Match[str]) -> Decimal | None:
    """The number of a match, 0 where its pattern states none; None where it is rough (800余条) or no number."""
    if "n" not in hit.re.groupindex:
        return Decimal(0)
    if _ROUGH.match(hit.string[hit.end("n") :]):
        return None
    digits = hit["n"].replace(",", "")
    if digits.isdigit():
        return Decimal(digits)
    number = chinese_integer(digits)
    return None if number is None else Decimal(number)
