"""How good the published numbers of a warehouse are: its reports, the equations that fail, the cells that are suspect.

Titles, names and sentences come from documents: everything passes `markdown.text`, which leaves no mark its meaning.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from documentation.markdown import code, number, page, table, text

SHOWN = 200

_REPORTS = """
    select agency_name, report_year, scope, title, status, contaminated, cells_reported, cells_blank + cells_dash,
        cells_missing + cells_unreadable, identities_held, identities_failed, identities_not_evaluable, source_path
    from marts.dim_report where is_current order by agency_name nulls last, report_year, source_path
"""
_FAILURES = """
    select agency_name, report_year, checks.identity_code, member_code, left_value, right_value, difference,
        checks.acknowledged, title, source_path
    from marts.fct_identity_checks as checks join marts.dim_report using (report_id)
    where checks.status = 'fails'
    order by agency_name nulls last, report_year, source_path, checks.identity_code, member_code
"""
_FAMILIES = """
    select identities.identity_code, identities.label_zh, identities.label_en,
        count(*) filter (checks.status = 'holds'), count(*) filter (checks.status = 'fails'),
        count(*) filter (checks.status = 'not_evaluable')
    from seeds.identities left join marts.fct_identity_checks as checks using (identity_code)
    group by all order by min(number)
"""
_SUSPECTS = """
    select agency_name, report_year, solution, section, row_code, column_code, value_reported, value_proposed,
        is_unique, source_path
    from marts.fct_suspect_cells join marts.dim_report using (report_id)
    where is_smallest order by agency_name nulls last, report_year, source_path, solution, section, row_code
"""
_ISSUES = """
    select agency_name, report_year, severity, code, message, locator, source_path
    from marts.fct_issues join marts.dim_report using (report_id)
    where severity <> 'info' order by agency_name nulls last, report_year, source_path, code, locator
"""


def pages(warehouse: Path, of_what: str) -> dict[str, str]:
    """The page of one warehouse, by path; `of_what` says which reports it was built of. Raises duckdb.Error."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:

        def rows(query: str) -> list[tuple[Any, ...]]:
            return connection.execute(query).fetchall()

        return {
            "quality.md": page(
                "Quality of the samples 样本的数据质量",
                f"What is published of {of_what}. A failing equation is news about the report, not a fault of the "
                "pipeline: nothing was repaired. What is checked and what it means: [the guide](docs/quality.md).",
                "## Equations 勾稽关系",
                table(
                    ("Identity", "关系", "Meaning", "Hold#", "Fail#", "Not evaluable#"),
                    ((code(row[0]), text(row[1]), text(row[2]), *map(number, row[3:])) for row in rows(_FAMILIES)),
                ),
                "## Reports 报告",
                _some(
                    (
                        *("Publisher 发布机关", "Year#", "Scope", "Title 标题", "Status", "Reported#", "Blank#"),
                        *("Missing#", "Hold#", "Fail#", "Not evaluable#", "File"),
                    ),
                    [
                        (
                            *(text(row[0]) or "*not known*", text(row[1]), code(row[2]), text(row[3])),
                            code(row[4]) + (" contaminated" if row[5] else ""),
                            *map(number, row[6:12]),
                            text(row[12]),
                        )
                        for row in rows(_REPORTS)
                    ],
                ),
                "## Equations that fail 不平衡的勾稽关系",
                _some(
                    ("Publisher", "Year#", "Identity", "Member", "Left#", "Right#", "Difference#", "Known", "File"),
                    [
                        (
                            *(text(row[0]), text(row[1]), code(row[2]), code(row[3]), *map(number, row[4:7])),
                            *("acknowledged" if row[7] else "", text(row[9])),
                        )
                        for row in rows(_FAILURES)
                    ],
                ),
                "## Cells that would explain failures 可疑单元格",
                _some(
                    ("Publisher", "Year#", "Cell", "Reported#", "Proposed#", "Only explanation", "File"),
                    [
                        (
                            *(text(row[0]), text(row[1]), code("/".join(map(str, row[3:6])))),
                            *(number(row[6]), number(row[7]), "yes" if row[8] else "no", text(row[9])),
                        )
                        for row in rows(_SUSPECTS)
                    ],
                ),
                "## Warnings 警告",
                _some(
                    ("Publisher", "Year#", "Code", "Message", "Place", "File"),
                    [
                        (text(row[0]), text(row[1]), code(row[3]), text(row[4]), text(row[5]), text(row[6]))
                        for row in rows(_ISSUES)
                    ],
                ),
            )
        }


def _some(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of the first rows, and how many there are; “none” where there is nothing."""
    if not rows:
        return "None 无。"
    shown = table(header, rows[:SHOWN])
    return shown if len(rows) <= SHOWN else f"{shown}\nThe first {SHOWN:,} of {len(rows):,}.\n"
