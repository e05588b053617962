"""Checking one draft: what fails, where it stands, what would mend it, and that nothing hostile is printed."""

import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from checks.draft import Draft, check_draft
from checks.identities import CheckStatus, Held, held
from checks.wording import safe
from ingest import forms
from ingest.forms.model import CellKey
from ingest.parse import parse
from ingest.report import Cell, CellStatus, Claim, Issue, ParsedReport, ReportStatus, Severity
from ogi.check import as_json, lines, write_junit
from tests.corpus.corpus import SAMPLES

HOSTILE = "a\x1b[2J\x9b31m\u202e\x07b"


def _report(claims: tuple[Claim, ...] = (), **values: int | None) -> ParsedReport:
    """A report of 2021's form, all zeros but for the given cells, named section__row__column."""
    given = {CellKey(*name.split("__")): value for name, value in values.items()}
    cells = []
    for section in ("disclosure", "applications", "reviews"):
        for number, cell in enumerate(forms.cells(section, forms.FORM_2021), start=1):
            value = given.get(cell.key, 0)
            status = CellStatus.BLANK if value is None else CellStatus.REPORTED
            key = (cell.key.section, cell.key.row_code, cell.key.column_code)
            amount = None if value is None else Decimal(value)
            cells.append(Cell(*key, status, str(value), amount, cell.unit, f"table 1, row {number}, column 2"))
    return ParsedReport("0" * 64, ReportStatus.PARSED, "text/html", title="年报", cells=tuple(cells), claims=claims)


def _text(draft: Draft, language: str = "zh") -> str:
    return "\n".join(lines(draft, "draft.html", language, ""))  # type: ignore[arg-type]


def _claim(code: str, value: int) -> Claim:
    return Claim(code, "report", Decimal(value), "case", f"共{value}件", "paragraph 9")


def test_a_sound_draft_is_sound() -> None:
    draft = check_draft(_report())
    assert draft.is_sound
    assert "未发现问题" in _text(draft)
    assert "nothing was found" in _text(draft, "en")


def test_a_wrong_cell_is_named_with_its_place_and_value() -> None:
    draft = check_draft(_report(applications__granted__business=12))
    text = _text(draft)
    assert not draft.is_sound
    assert "申请办理 / (一) 予以公开 / 商业企业 (第1个表第16行第2列): 填写 12，应为 0" in text
    english = _text(draft, "en")
    assert "Granted / Business (table 1, row 16, column 2): says 12, should be 0" in english


def test_what_the_prose_says_breaks_the_tie_and_is_named() -> None:
    """One equation fails and two cells could be wrong; the prose knows the total."""
    values = {"reviews__reconsideration__upheld": 5, "reviews__reconsideration__total": 3}
    alone = check_draft(_report(**values))
    assert len(alone.localisation.smallest) == 2
    assert not any(way.is_favoured for way in alone.weighed)
    told = check_draft(_report((_claim("reconsideration", 3),), **values))
    (favoured,) = [way for way in told.weighed if way.is_favoured]
    assert [(change.key.column_code, change.proposed) for change in favoured.solution.changes] == [("upheld", 3)]
    assert favoured.agrees == ("prose:reconsideration",)
    (other,) = [way for way in told.weighed if not way.is_favoured]
    assert other.contradicts == ("prose:reconsideration",)
    # None is left out or called unique for it.
    assert not told.localisation.is_unique
    assert "文字所述＝表格所列,合计＝文字所列分项 · 行政复议" in _text(told)


def test_last_year_is_compared() -> None:
    before = {
        key: held(cell.status, cell.value)
        for key, cell in check_draft(_report(applications__carried_out__business=4)).cells.items()
    }
    draft = check_draft(_report(), before)
    failing = {check.member_code for check in draft.outside if check.status is CheckStatus.FAILS}
    assert failing == {"business"}
    assert check_draft(_report()).is_sound


def test_last_years_table_under_this_years_title_is_noticed() -> None:
    values = {
        f"applications__{row}__{column}": 3
        for row in ("new_requests", "granted", "closed_total")
        for column in ("business", "research", "total")
    }
    report = _report(**values)
    before = {key: Held(int(cell.value or 0)) for key, cell in check_draft(report).cells.items()}
    assert check_draft(report, before).copied == ("applications",)
    assert check_draft(_report(), {key: Held(0) for key in before}).copied == ()


def test_a_cell_that_cannot_be_read_fails_and_is_listed() -> None:
    report = _report()
    cells = (report.cells[0]._replace(status=CellStatus.UNREADABLE, value=None, raw_text="约12"), *report.cells[1:])
    draft = check_draft(replace(report, cells=cells))
    assert not draft.is_sound
    assert "不是数字：约12" in _text(draft)


def test_a_draft_without_tables_is_not_called_sound() -> None:
    draft = check_draft(ParsedReport("0" * 64, ReportStatus.NO_TABLES, "text/html"))
    assert not draft.is_sound
    assert "未找到年报表格" in _text(draft)


def _hostile() -> Draft:
    report = _report((_claim("reconsideration", 7),), applications__granted__business=12)
    cells = (report.cells[0]._replace(status=CellStatus.UNREADABLE, value=None, raw_text=HOSTILE), *report.cells[1:])
    claims = tuple(replace(claim, sentence=HOSTILE) for claim in report.claims)
    issue = Issue("contaminated", Severity.WARNING, HOSTILE, HOSTILE)
    return check_draft(replace(report, title=HOSTILE, cells=cells, claims=claims, issues=(issue,)))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_control_characters_of_a_document_reach_no_terminal(language: str, tmp_path: Path) -> None:
    draft = _hostile()
    control = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
    assert HOSTILE[1] in (draft.report.title or "")
    printed = "\n".join(lines(draft, safe(HOSTILE), language, HOSTILE))  # type: ignore[arg-type]
    assert not control.search(printed)
    told = as_json(draft, safe(HOSTILE), language, HOSTILE)  # type: ignore[arg-type]
    assert not control.search(told)
    assert json.loads(told)["title"] == HOSTILE
    write_junit(tmp_path / "j.xml", draft, safe(HOSTILE), language)  # type: ignore[arg-type]
    assert not control.search((tmp_path / "j.xml").read_text(encoding="utf-8"))


def test_junit_counts_what_it_holds(tmp_path: Path) -> None:
    draft = _hostile()
    write_junit(tmp_path / "j.xml", draft, "draft", "zh")
    root = ElementTree.parse(tmp_path / "j.xml").getroot()
    (suite,) = root
    assert int(suite.attrib["tests"]) == len(suite) > 40
    assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure")) == len(draft.failing) + 1
    assert int(suite.attrib["skipped"]) == len(suite.findall("testcase/skipped"))


def test_json_holds_every_identity_and_solution() -> None:
    draft = check_draft(_report(applications__granted__business=12))
    told = json.loads(as_json(draft, "draft", "zh", ""))
    assert len(told["identities"]) == len(draft.inside) + len(draft.outside)
    assert told["solutions"][0]["cells"][0] | {"label": "", "locator": ""} == {
        "section": "applications",
        "row_code": "granted",
        "column_code": "business",
        "label": "",
        "locator": "",
        "value_reported": 12,
        "value_proposed": 0,
        "is_certain": True,
        "pattern": None,
    } | {"pattern": told["solutions"][0]["cells"][0]["pattern"]}


def test_the_sample_whose_prose_contradicts_its_table_fails_by_that_alone() -> None:
    draft = check_draft(parse((SAMPLES / "002_44d6bdc10f146279.txt").read_bytes()))
    assert [(check.identity_code, check.left, check.right) for check in draft.failing] == [("prose", 222, 223)]  # type: ignore[union-attr]
