"""The scorer of the fidelity table counts what is right, not known, wrong and guessed; the reader has nothing wrong."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks.fidelity.__main__ import app
from benchmarks.fidelity.compare import compare
from benchmarks.fidelity.flags import failing
from benchmarks.fidelity.frames import judge_number
from benchmarks.fidelity.run import Amount, run
from benchmarks.fidelity.tables import wrong_cells
from benchmarks.fidelity.truth import Key, TrueCell, TrueClaim, TrueReport
from benchmarks.fidelity.verdict import Verdict, judge
from ingest.report import Cell, CellStatus, Claim, Issue, ParsedReport, ReportStatus, Severity

# Cells of no identity, so that none fails on them.
KEY = Key("disclosure", "licensing", "decisions")
SAME_TABLE = Key("disclosure", "penalties", "decisions")
OTHER_TABLE = Key("statistics", "staff", "value")


def true_cell(raw: str, knowable: str = "known", status: str = "reported", unit: str = "request") -> TrueCell:
    return TrueCell(status, raw, Decimal(raw) if raw.isdigit() else None, unit, knowable)


def read_cell(raw: str | None, status: str = "reported", key: Key = KEY, unit: str = "request") -> Cell:
    value = Decimal(raw) if raw and raw.isdigit() else None
    return Cell(*key, CellStatus(status), raw, value, unit, "line 1", None)


def report_of(*cells: Cell, issue: str = "", claims: tuple[Claim, ...] = ()) -> ParsedReport:
    issues = (Issue("any", Severity.WARNING, issue),) if issue else ()
    return ParsedReport("0", ReportStatus.PARSED, "text/plain", cells=cells, issues=issues, claims=claims)


def truth_of(cells: dict[Key, TrueCell], *claims: TrueClaim) -> TrueReport:
    names = ("title", "report_year", "disclosure_form", "applications_form", "reviews_form", "script", "encoding")
    facts = dict.fromkeys((*names, "published_on"), "")
    facts.update(contaminated="false", layout="lines", report_year="2021", reviews_form="undecidable")
    return TrueReport("0.txt", facts, cells, frozenset(claims))


MISSING = read_cell(None, "missing")
UNREADABLE = read_cell("12 3", "unreadable")


@pytest.mark.parametrize(
    ("true", "read", "verdict"),
    [
        (true_cell("5"), read_cell("5"), Verdict.RIGHT),
        (true_cell("5"), read_cell("6"), Verdict.WRONG),
        (true_cell("5"), read_cell("", "blank"), Verdict.WRONG),
        (true_cell("5"), MISSING, Verdict.LOST),
        (true_cell("5"), UNREADABLE, Verdict.LOST),
        (true_cell("5"), None, Verdict.LOST),
        (true_cell("5", unit="CNY"), read_cell("5", unit="unstated"), Verdict.WRONG),
        (true_cell("", status="blank"), read_cell("", "blank"), Verdict.RIGHT),
        (true_cell("", status="blank"), read_cell("/", "dash"), Verdict.WRONG),
        (true_cell("", status="blank"), read_cell("0"), Verdict.WRONG),
        (true_cell("/", status="dash"), read_cell("/", "dash"), Verdict.RIGHT),
        (true_cell("若干", status="unreadable"), UNREADABLE, Verdict.RIGHT),
        (true_cell("若干", status="unreadable"), MISSING, Verdict.LOST),
        (true_cell("5", "either"), read_cell("5"), Verdict.RIGHT),
        (true_cell("5", "either", "missing"), read_cell("5"), Verdict.RIGHT),
        (true_cell("5", "either", "missing"), MISSING, Verdict.UNTOLD),
        (true_cell("5", "either"), read_cell("6"), Verdict.WRONG),
        (true_cell("", "either", "missing"), read_cell("", "blank"), Verdict.RIGHT),
        (true_cell("", "either", "missing"), read_cell("0"), Verdict.WRONG),
        (true_cell("5", "unknowable"), read_cell("5"), Verdict.GUESSED),
        (true_cell("5", "unknowable", "missing"), MISSING, Verdict.UNTOLD),
        (None, read_cell("5"), Verdict.INVENTED),
        (None, MISSING, None),
    ],
)
def test_a_cell_is_judged_by_what_may_be_known_of_it(
    true: TrueCell | None, read: Cell | None, verdict: Verdict | None
) -> None:
    assert judge(true, read) is verdict


def test_a_wrong_cell_is_flagged_by_an_issue_that_names_it_alone() -> None:
    report = report_of(read_cell("6"), read_cell("7", key=SAME_TABLE), issue="disclosure/licensing/decisions is odd")
    findings = compare(truth_of({KEY: true_cell("5"), SAME_TABLE: true_cell("5")}), report)
    assert {wrong.key: wrong.outcome.flagged for wrong in findings.wrong} == {KEY: True, SAME_TABLE: False}
    assert "drawn reported '5' = 5 request (known)" in next(wrong_cells(findings.wrong))


def test_an_issue_of_a_table_flags_all_its_cells_and_no_other() -> None:
    report = report_of(read_cell("6"), read_cell("7", key=OTHER_TABLE), issue="disclosure: 7 cells: no such row")
    findings = compare(truth_of({KEY: true_cell("5"), OTHER_TABLE: true_cell("5")}), report)
    assert {wrong.key: wrong.outcome.flagged for wrong in findings.wrong} == {KEY: True, OTHER_TABLE: False}


def test_a_failing_identity_flags_the_cells_that_it_involves() -> None:
    results = ("upheld", "corrected", "other", "pending", "total")
    keys = [Key("reviews", "litigation_direct", result) for result in results]
    right = [read_cell(text, key=key) for key, text in zip(keys, "12003", strict=True)]
    assert failing(report_of(*right)) == set()
    assert failing(report_of(*right[:4], read_cell("4", key=keys[4]))) == set(keys)
    # A blank counts as 0, and with an unknown cell nothing can be checked.
    assert failing(report_of(*right[:4], read_cell("", "blank", keys[4]))) == set(keys)
    assert failing(report_of(*right[:4], read_cell(None, "missing", keys[4]))) == set()


def test_facts_and_claims_are_right_wrong_or_absent() -> None:
    stated = [TrueClaim(code, "report", Decimal(3)) for code in ("carried_in", "carried_out", "litigation")]
    said = [
        Claim(code, "report", value, "request", "", "line 1")
        for code, value in (("carried_in", Decimal(3)), ("carried_out", Decimal(4)), ("responses", Decimal(1)))
    ]
    findings = compare(truth_of({}, *stated), report_of(claims=tuple(said)))
    assert findings.claims == Counter(
        {
            ("carried_in", "right"): 1,
            ("carried_out", "wrong"): 1,
            ("responses", "invented"): 1,
            ("litigation", "absent"): 1,
        }
    )
    assert findings.facts["report_year", "absent"] == 1
    assert findings.facts["contaminated", "right"] == 1
    assert not any(name == "reviews_form" for name, _ in findings.facts), "an undecidable form is not counted"


def test_the_lookup_is_judged_by_numbers_alone() -> None:
    assert judge_number(true_cell("5"), KEY, {KEY: Decimal(5)}) is Verdict.RIGHT
    assert judge_number(true_cell("5"), KEY, {KEY: None}) is Verdict.LOST
    assert judge_number(true_cell("/", status="dash"), KEY, {KEY: None}) is Verdict.RIGHT
    assert judge_number(true_cell("/", status="dash"), KEY, {KEY: Decimal(0)}) is Verdict.WRONG
    money = TrueCell("reported", "1.5", Decimal(15000), "CNY", "known")
    assert judge_number(money, KEY, {KEY: Decimal("1.5")}) is Verdict.RIGHT


def test_nothing_is_read_wrong(tmp_path: Path) -> None:
    """40 reports: whatever they look like and whatever they lost."""
    result = run(tmp_path, Amount(14), "test", 2, with_frames=False)
    assert len(result.files) >= 40
    total = result.tally.layouts["total", "total", "total"]
    assert total.cells > 4000
    assert total.right > 0
    assert list(wrong_cells(result.tally.wrong)) == []


@pytest.mark.slow
def test_the_command_writes_the_tables(tmp_path: Path) -> None:
    out = tmp_path / "fidelity.md"
    arguments = [
        "--reports",
        "2",
        "--office",
        "1",
        "--workers",
        "1",
        "--out",
        str(out),
        "--keep",
        str(tmp_path / "kept"),
    ]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    page = out.read_text(encoding="utf-8")
    assert "| total  | total" in page
    assert page in done.output
    assert len(list((tmp_path / "kept").glob("*/raw/*"))) == 18
    assert all(f"| {name} " in page for name in ("html", "text", "mhtml", "docx", "xlsx", "pdf"))
    again = CliRunner().invoke(app, arguments)
    assert again.exit_code == 2
    assert "is not empty" in again.output
