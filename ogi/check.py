"""What `ogi check` prints of a draft: text for people, JSON, or JUnit XML for a pipeline."""

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checks.draft import Draft
from checks.identities import Check, CheckStatus, Number
from checks.localise import Change, Outcome
from checks.outside import OutsideCheck, Weighed
from checks.wording import Language, cell_name, identity_name, number, pattern_name, place, safe
from ingest.forms.model import CellKey
from ingest.report import CellStatus

_SHOWN_SOLUTIONS = 5
_SHOWN_PLACES = 3

# (Chinese, English)
_TEXTS = {
    "sound": ("全部勾稽关系成立，未发现问题。", "Every identity holds; nothing was found."),
    "counts": (
        "成立 {holds} 项，不成立 {fails} 项，无法核对 {unknown} 项",
        "{holds} identities hold, {fails} fail, {unknown} cannot be evaluated",
    ),
    "no_tables": ("未找到年报表格，无法核对。", "No table of the form was found: nothing can be checked."),
    "failing": ("不成立的勾稽关系", "Identities that fail"),
    "sides": ("左边 {left}，右边 {right}，相差 {difference}", "left {left}, right {right}, difference {difference}"),
    "unread": ("没有读到数字的单元格", "Cells without a number that can be read"),
    "missing": ("文中没有显示", "the document does not show it"),
    "unreadable": ("不是数字：{text}", "is no number: {text}"),
    "suspects": ("可能填错的单元格", "Cells that are likely wrong"),
    "only": ("只有一种最小改法能使表内勾稽关系全部成立：", "Only one smallest change makes all identities hold:"),
    "ways": (
        "有 {count} 种最小改法，都能使表内勾稽关系全部成立，请对照底稿核实：",
        "{count} smallest changes would each make all identities hold; compare with your records:",
    ),
    "way": ("改法 {index}", "Change {index}"),
    "more": ("……另有 {count} 种", "… and {count} more"),
    "known": ("另一种可能（常见错误）", "Another possibility (a known mistake)"),
    "change": ("填写 {reported}，应为 {proposed}", "says {reported}, should be {proposed}"),
    "blank": ("空白", "nothing"),
    "open": ("待定", "to be found"),
    "looks": ("疑似{pattern}", "looks like {pattern}"),
    "agrees": ("佐证：{names}", "supported by: {names}"),
    "contradicts": ("但与之不符：{names}", "but contradicts: {names}"),
    "favoured": ("佐证最多", "best supported"),
    "too_many": ("错误太多，无法确定是哪些单元格。", "Too many errors to say which cells are wrong."),
    "copied": ("与上一年度的数字完全相同，疑似沿用了上年的表格", "the numbers are all those of the year before"),
    "last_year": ("上年报告：{name}", "Last year's report: {name}"),
    "no_last_year": ("未核对上年：{why}", "Not compared with last year: {why}"),
    "issues": ("读取时的提示", "Notes on the reading"),
    "of_prose": ("文字所述", "said in the prose"),
}


def said(name: str, language: Language, /, **values: object) -> str:
    """A text of ours in a language."""
    return _TEXTS[name][0 if language == "zh" else 1].format(**values)


def _keys(check: Check | OutsideCheck) -> tuple[CellKey, ...]:
    return tuple(key for key, _ in check.equation.terms) if isinstance(check, Check) else check.keys


def _codes(check: Check | OutsideCheck) -> tuple[str, str]:
    one = check.equation if isinstance(check, Check) else check
    return one.identity_code, one.member_code


def _difference(check: Check | OutsideCheck) -> Number | None:
    return None if check.left is None or check.right is None else check.left - check.right


def _sides(check: Check | OutsideCheck, language: Language) -> str:
    return said(
        "sides",
        language,
        left=number(check.left),
        right=number(check.right),
        difference=number(_difference(check)),
    )


def _place_of(draft: Draft, key: CellKey, language: Language) -> str:
    cell = draft.cells.get(key)
    return place(cell.locator, language) if cell else ""


def _places(draft: Draft, check: Check | OutsideCheck, language: Language) -> str:
    """Where the cells of an identity stand: the first few, and the claim where the prose is one side."""
    found = [_place_of(draft, key, language) for key in _keys(check)]
    if _codes(check)[0] == "prose":
        claims = (claim for claim in draft.report.claims if claim.claim_code == _codes(check)[1].removesuffix("_parts"))
        found.insert(0, next((f"{place(c.locator, language)}“{c.sentence}”" for c in claims), ""))
    shown = list(dict.fromkeys(text for text in found if text))
    return "; ".join(shown[:_SHOWN_PLACES]) + (" …" if len(shown) > _SHOWN_PLACES else "")


def lines(draft: Draft, name: str, language: Language, note: str) -> Iterator[str]:
    """The outcome as text, a line at a time; nothing of the document reaches a terminal unescaped."""
    for line in _lines(draft, name, language, note):
        yield safe(line)


def _lines(draft: Draft, name: str, language: Language, note: str) -> Iterator[str]:
    yield f"{name}  {draft.report.title or ''}".rstrip()
    statuses = [check.status for check in draft.checks]
    counts = {
        "holds": statuses.count(CheckStatus.HOLDS),
        "fails": statuses.count(CheckStatus.FAILS),
        "unknown": statuses.count(CheckStatus.NOT_EVALUABLE),
    }
    yield said("counts", language, **counts)
    if note:
        yield note
    if not draft.cells:
        yield said("no_tables", language)
    if draft.is_sound:
        yield said("sound", language)
    if draft.failing:
        yield ""
        yield said("failing", language)
        for check in draft.failing:
            yield f"  ✗ {identity_name(*_codes(check), language)}: {_sides(check, language)}"
            if where := _places(draft, check, language):
                yield f"      {where}"
    yield from _suspect_lines(draft, language)
    for section in draft.copied:
        yield ""
        yield f"  ✗ {section}: {said('copied', language)}"
    if draft.unread:
        yield ""
        yield said("unread", language)
        for cell in draft.unread:
            key = CellKey(cell.section, cell.row_code, cell.column_code)
            why = "missing" if cell.status is CellStatus.MISSING else "unreadable"
            where = place(cell.locator, language)
            yield f"  ✗ {cell_name(key, language)}{f' ({where})' if where else ''}: " + said(
                why, language, text=(cell.raw_text or "")[:60]
            )
    if draft.issues:
        yield ""
        yield said("issues", language)
        for issue in draft.issues:
            where = place(issue.locator, language)
            yield f"  {issue.code}: {issue.message}{f' ({where})' if where else ''}"


def _suspect_lines(draft: Draft, language: Language) -> Iterator[str]:
    found = draft.localisation
    if found.outcome is Outcome.HOLDS:
        return
    yield ""
    yield said("suspects", language)
    smallest = [way for way in draft.weighed if way.solution.is_smallest]
    if not smallest:
        yield "  " + said("too_many", language)
    elif found.is_unique:
        yield "  " + said("only", language)
    else:
        count = f"{len(smallest)}+" if found.outcome is Outcome.TRUNCATED else len(smallest)
        yield "  " + said("ways", language, count=count)
    # What outside the table speaks for comes first; the others keep their order.
    ordered = sorted(smallest, key=lambda way: len(way.contradicts) - len(way.agrees))
    for index, way in enumerate(ordered[:_SHOWN_SOLUTIONS], start=1):
        title = said("way", language, index=index) if len(smallest) > 1 else ""
        yield from _way_lines(draft, way, title, language)
    if len(smallest) > _SHOWN_SOLUTIONS:
        yield "    " + said("more", language, count=len(smallest) - _SHOWN_SOLUTIONS)
    for way in [way for way in draft.weighed if not way.solution.is_smallest][:_SHOWN_SOLUTIONS]:
        yield from _way_lines(draft, way, said("known", language), language)


def _way_lines(draft: Draft, way: Weighed, title: str, language: Language) -> Iterator[str]:
    notes = [said("favoured", language)] if way.is_favoured else []
    for name, codes in (("agrees", way.agrees), ("contradicts", way.contradicts)):
        if codes:
            pairs = (code.split(":", 1) for code in codes)
            named = "; ".join(identity_name(identity, member, language) for identity, member in pairs)
            notes.append(said(name, language, names=named))
    head = " — ".join(part for part in (title, "; ".join(notes)) if part)
    if head:
        yield f"    {head}"
    for change in way.solution.changes:
        yield f"      • {_change_text(draft, change, language)}"


def _change_text(draft: Draft, change: Change, language: Language) -> str:
    reported = said("blank", language) if change.reported is None else number(change.reported)
    proposed = said("open", language) if change.proposed is None else number(change.proposed)
    where = _place_of(draft, change.key, language)
    text = f"{cell_name(change.key, language)}{f' ({where})' if where else ''}: "
    text += said("change", language, reported=reported, proposed=proposed)
    if change.pattern:
        text += f" [{said('looks', language, pattern=pattern_name(change.pattern, language))}]"
    return text


def as_json(draft: Draft, name: str, language: Language, note: str) -> str:
    """The outcome as JSON. Control characters of the document are escaped, also those that JSON allows."""
    data = {
        "file": name,
        "report_id": draft.report.report_id,
        "title": draft.report.title,
        "status": draft.report.status.value,
        "is_sound": draft.is_sound,
        "last_year": note or None,
        "identities": [_identity(draft, check, language) for check in draft.checks],
        "localisation": draft.localisation.outcome.value,
        "solutions": [_solution(draft, way, language) for way in draft.weighed],
        "copied_from_last_year": list(draft.copied),
        "unread": [
            {
                "section": cell.section,
                "row_code": cell.row_code,
                "column_code": cell.column_code,
                "status": cell.status.value,
                "raw_text": cell.raw_text,
                "locator": cell.locator,
                "reason": cell.reason,
            }
            for cell in draft.unread
        ],
        "issues": [
            {"code": issue.code, "severity": issue.severity.value, "message": issue.message, "locator": issue.locator}
            for issue in draft.issues
        ],
    }
    text = json.dumps(data, ensure_ascii=False, indent=2, default=str)
    return re.sub(
        r"[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]",
        lambda found: f"\\u{ord(found[0]):04x}",
        text,
    )


def _plain(value: Number | None) -> int | str | None:
    return value if value is None or isinstance(value, int) else number(value)


def _identity(draft: Draft, check: Check | OutsideCheck, language: Language) -> dict[str, Any]:
    identity_code, member_code = _codes(check)
    return {
        "identity_code": identity_code,
        "member_code": member_code,
        "label": identity_name(identity_code, member_code, language),
        "status": check.status.value,
        "left_value": _plain(check.left),
        "right_value": _plain(check.right),
        "difference": _plain(_difference(check)),
        "place": _places(draft, check, language) or None,
    }


def _solution(draft: Draft, way: Weighed, language: Language) -> dict[str, Any]:
    return {
        "is_smallest": way.solution.is_smallest,
        "is_unique": draft.localisation.is_unique and way.solution.is_smallest,
        "is_favoured": way.is_favoured,
        "evidence": list(way.agrees),
        "evidence_against": list(way.contradicts),
        "cells": [
            {
                "section": change.key.section,
                "row_code": change.key.row_code,
                "column_code": change.key.column_code,
                "label": cell_name(change.key, language),
                "locator": draft.cells[change.key].locator,
                "value_reported": _plain(change.reported),
                "value_proposed": change.proposed,
                "is_certain": change.is_certain,
                "pattern": change.pattern,
            }
            for change in way.solution.changes
        ],
    }


def write_junit(path: Path, draft: Draft, name: str, language: Language) -> None:
    """The outcome as JUnit XML: a test case for each identity, for each section copied and for the reading."""
    checks = draft.checks
    skipped = sum(check.status is CheckStatus.NOT_EVALUABLE for check in checks)
    unread = bool(draft.unread) or not draft.cells
    counts = {
        "tests": len(checks) + len(draft.copied) + 1,
        "failures": len(draft.failing) + len(draft.copied) + unread,
        "errors": 0,
        "skipped": skipped,
    }
    attributes = {name: str(count) for name, count in counts.items()}
    root = ElementTree.Element("testsuites", attributes)
    suite = ElementTree.SubElement(root, "testsuite", {"name": safe(name), **attributes})
    advice = "\n".join(safe(line) for line in _suspect_lines(draft, language))
    for check in checks:
        codes = _codes(check)
        case = _case(suite, f"identity.{codes[0]}", identity_name(*codes, language))
        if check.status is CheckStatus.FAILS:
            within = f"\n{advice}" if isinstance(check, Check) else ""
            _fail(case, _sides(check, language), safe(_places(draft, check, language)) + within)
        elif check.status is CheckStatus.NOT_EVALUABLE:
            ElementTree.SubElement(case, "skipped")
    for section in draft.copied:
        _fail(_case(suite, "copied", section), said("copied", language), "")
    case = _case(suite, "reading", said("unread", language))
    if unread:
        names = (cell_name(CellKey(cell.section, cell.row_code, cell.column_code), language) for cell in draft.unread)
        _fail(case, said("unread" if draft.cells else "no_tables", language), "\n".join(map(safe, names)))
    ElementTree.indent(root)
    ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _case(suite: ElementTree.Element, classname: str, name: str) -> ElementTree.Element:
    return ElementTree.SubElement(suite, "testcase", {"classname": classname, "name": safe(name)})


def _fail(case: ElementTree.Element, message: str, text: str) -> None:
    failure = ElementTree.SubElement(case, "failure", {"message": safe(message), "type": "identity"})
    failure.text = text
