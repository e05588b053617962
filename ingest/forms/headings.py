"""The headings of the wide reading table, made of the forms' labels, and the dbt macro that holds them.

A wide table has no rows, so a heading names the row with its group: 不予公开：属于国家秘密. dbt needs the names of
columns before it has a table to ask, hence a macro and no seed: `python -m ingest.forms.headings FILE` writes it anew.
"""

import json
import sys
from pathlib import Path

from ingest.forms import applications, disclosure, reviews
from ingest.forms.model import FORM_2021

_SHORTER = {
    "partly_granted": "部分公开",
    "rejected_reconfirmation": "要求确认或重新出具已获取信息",
    "other": "其他处理（2019年格式）",
    "other_not_corrected": "逾期不补正",
    "other_fee_unpaid": "逾期未按收费通知缴费",
    # Its heading of 2021: the measures beside it are of that form too.
    "normative_documents": "行政规范性文件",
}
"""Where the form says in a sentence what a heading says in a few words."""

_DOCUMENTS = ("regulations", "normative_documents")
_COUNTS_OF_DOCUMENTS = ("issued", "repealed", "in_force", "published", "public_total")
_DECISIONS = ("licensing", "other_services", "penalties", "coercion")


def _requests() -> dict[str, str]:
    labels = {row.code: row.label for row in applications.ROWS}
    return {code: labels[code] for code in ("new_requests", "carried_in")}


def _outcomes() -> dict[str, str]:
    """Every outcome under its group, the computed total of a group of several, then the totals of all."""
    groups = {group.code: group.label for group in applications.GROUPS}
    members = [row for row in applications.ROWS if row.group]
    found = {}
    for group in dict.fromkeys(row.group for row in members):
        for row in (row for row in members if row.group == group):
            label = _SHORTER.get(row.code, row.label)
            found[row.code] = label if row.code == group else f"{groups[group]}：{label}"
        if group in groups:
            found[f"{group}_total"] = f"{groups[group]}合计"
    (carried_out,) = (row.label for row in applications.ROWS if row.code == "carried_out")
    return {**found, "outcomes_total": "各办理结果之和", "closed": "办理结果总计", "carried_out": carried_out}


def _reviews() -> dict[str, str]:
    """Reconsiderations, and both kinds of lawsuits together."""
    (alone,) = (row.label for row in reviews.ROWS if not row.group)
    (together,) = (group.label for group in reviews.GROUPS)
    return {"reconsiderations": alone, "litigations": together}


def _counts_of_documents() -> dict[str, str]:
    """In the words of the newest form that has the measure."""
    labels: dict[str, str] = {}
    for column in sorted(disclosure.COLUMNS, key=lambda column: FORM_2021 in column.forms):
        labels[column.code] = column.label
    return {code: labels[code] for code in _COUNTS_OF_DOCUMENTS}


def _items(codes: tuple[str, ...]) -> dict[str, str]:
    labels = {row.code: row.label for row in disclosure.ROWS}
    return {code: _SHORTER.get(code, labels[code]) for code in codes}


def headings() -> dict[str, dict[str, str]]:
    """The headings of each kind of column by the code that the marts give it, in the order of the form."""
    return {
        "requests": _requests(),
        "outcomes": _outcomes(),
        "reviews": _reviews(),
        "results": {column.code: column.label for column in reviews.COLUMNS if column.code != reviews.TOTAL},
        "documents": _items(_DOCUMENTS),
        "counts_of_documents": _counts_of_documents(),
        "decisions": _items(_DECISIONS),
        "amounts": _items(("fees", "procurement")),
    }


def render() -> str:
    """The text of the macro; the same at every call."""
    told = json.dumps(headings(), ensure_ascii=False, indent=4)
    return (
        "{# The headings of the wide reading table. Written by ingest.forms.headings from the forms: `make seeds`. #}\n"
        "{% macro form_headings() -%}\n{{ return(" + told + ") }}\n{%- endmacro %}\n"
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m ingest.forms.headings MACRO_FILE")
    Path(sys.argv[1]).write_text(render(), encoding="utf-8", newline="\n")
