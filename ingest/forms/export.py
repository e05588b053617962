"""The dbt seeds that come from the forms: `python -m ingest.forms.export dbt/seeds` writes them anew.

Each seed is a CSV file in UTF-8 with LF line ends, its rows in the order of the printed form, so that the same forms
give the same bytes and a change of a form is a readable diff.
"""

import csv
import io
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from ingest.forms import FORMS, IDENTITIES, SECTIONS, applications, cells, disclosure, reviews, statistics
from ingest.forms.claims import CLAIMS
from ingest.forms.model import FORM_2014, FORM_2019, FORM_2021, NARRATIVE, CellKey, Column, Row, Term
from ingest.forms.series import SERIES

Cell = str | int | None
Table = tuple[tuple[str, ...], Iterable[tuple[Cell, ...]]]

UNALLOCATED = "unallocated"
"""The seventh kind of applicant: a printed total whose six members are all empty. No form prints it."""

_LABELS = ("label_zh", "label_en", "group_code", "group_label_zh", "group_label_en", "sort_order", "forms")

# (label, English label, first and last report year in force, basis); domain/reports.md, the four generations.
_FORMS = {
    NARRATIVE: ("文字报告", "Prose report without a nationwide table", 2008, 2018, "政府信息公开条例(2007年)"),
    FORM_2014: ("政府信息公开情况统计表", "Nationwide statistics table", 2014, 2018, "国办发〔2014〕32号"),
    FORM_2019: ("2019年格式", "Three tables of 2019", 2019, 2020, "国办公开办函〔2019〕60号"),
    FORM_2021: ("2021年格式", "Three tables of 2021", 2021, None, "国办公开办函〔2021〕30号"),
}

# The groups that the forms print as headings and that carry no code of their own there.
_ORGANISATION = ("organisation", "法人或其他组织", "Legal person or other organisation")
_STATISTIC_GROUPS = {
    "proactive": ("主动公开情况", "Published on own motion"),
    "responses": ("回应解读情况", "Responses and interpretations"),
    "fees": ("依申请公开收费情况", "Fees for requests"),
    "organisation": ("机构建设和保障经费情况", "Organisation and funding"),
    "training": ("会议和培训情况", "Meetings and training"),
}
_ARTICLE_20 = {
    "第二十条第(一)项": ("article_20_1", "Article 20 (1)"),
    "第二十条第(五)项": ("article_20_5", "Article 20 (5)"),
    "第二十条第(六)项": ("article_20_6", "Article 20 (6)"),
    "第二十条第(八)项": ("article_20_8", "Article 20 (8)"),
    "第二十条第(九)项": ("article_20_9", "Article 20 (9)"),
}


def _comma_list(codes: Iterable[str]) -> str:
    """The form codes in the order of the forms, each once."""
    present = set(codes)
    return ",".join(form for form in FORMS if form in present)


def _forms() -> Table:
    header = ("form_code", "label_zh", "label_en", "first_year", "last_year", "basis", "sort_order")
    return header, ((code, *_FORMS[code], order) for order, code in enumerate(FORMS, start=1))


def _form_cells() -> Table:
    """Orders count the rows of the section, and the columns within a row, as they are printed in that form."""

    def rows() -> Iterable[tuple[Cell, ...]]:
        for form in FORMS:
            for section in SECTIONS:
                columns_of: dict[str, int] = {}
                for cell in cells(section, form):
                    columns_of[cell.key.row_code] = columns_of.get(cell.key.row_code, 0) + 1
                    row_order = list(columns_of).index(cell.key.row_code) + 1
                    column_order = columns_of[cell.key.row_code]
                    yield (form, *_key(cell.key), cell.unit, row_order, column_order)

    header = ("form_code", "section", "row_code", "column_code", "unit", "row_order", "column_order")
    return header, rows()


def _key(cell: CellKey | Term) -> tuple[str, str, str]:
    return cell.section, cell.row_code, cell.column_code


def _applicant_types() -> Table:
    def rows() -> Iterable[tuple[Cell, ...]]:
        members = [column for column in applications.COLUMNS if column.code in applications.APPLICANT_CODES]
        for order, column in enumerate(members, start=1):
            natural = column is members[0]
            group = (column.code, column.label, column.english) if natural else _ORGANISATION
            yield (column.code, column.label, column.english, *group, order, _comma_list(column.forms))
        own_group = (UNALLOCATED, "未分列", "Not broken down")
        yield (*own_group, *own_group, len(members) + 1, _comma_list(applications.TABLE_FORMS))

    return ("applicant_type_code", *_LABELS), rows()


def _outcomes() -> Table:
    headings = {group.code: group for group in applications.GROUPS}
    members = [row for row in applications.ROWS if row.group]

    def rows() -> Iterable[tuple[Cell, ...]]:
        for order, row in enumerate(members, start=1):
            heading = headings.get(row.group, row)
            group = (row.group, heading.label, heading.english)
            yield (row.code, row.label, row.english, *group, order, _comma_list(row.forms))

    return ("outcome_code", *_LABELS), rows()


def _form_groups() -> Table:
    """The headings of groups in the applications table, under whose codes subtotals are stored."""
    header = ("section", "group_code", "label_zh", "label_en", "sort_order", "forms")
    return header, (
        (applications.SECTION, group.code, group.label, group.english, order, _comma_list(group.forms))
        for order, group in enumerate(applications.GROUPS, start=1)
    )


def _review_channels() -> Table:
    headings = {group.code: group for group in reviews.GROUPS}

    def rows() -> Iterable[tuple[Cell, ...]]:
        for order, row in enumerate(reviews.ROWS, start=1):
            heading = headings.get(row.group, row)
            group = (heading.code, heading.label, heading.english)
            yield (row.code, row.label, row.english, *group, order, _comma_list(row.forms))

    return ("channel_code", *_LABELS), rows()


def _review_results() -> Table:
    members = [column for column in reviews.COLUMNS if column.code != reviews.TOTAL]
    return ("result_code", *_LABELS), (
        (column.code, column.label, column.english, None, None, None, order, _comma_list(column.forms))
        for order, column in enumerate(members, start=1)
    )


def _disclosure_items() -> Table:
    paragraph_of = {item: paragraph for paragraph, items in disclosure.BLOCKS for item in items}

    def rows() -> Iterable[tuple[Cell, ...]]:
        for order, row in enumerate(disclosure.ROWS, start=1):
            paragraph = paragraph_of[row.code]
            code, english = _ARTICLE_20[paragraph]
            yield (row.code, row.label, row.english, code, paragraph, english, order, _comma_list(row.forms))

    return ("item_code", *_LABELS), rows()


def _disclosure_measures() -> Table:
    """One row a measure code; where the forms head it by different words, all of them, oldest form first."""

    def rows() -> Iterable[tuple[Cell, ...]]:
        by_code: dict[str, list[Column]] = {}
        for column in disclosure.COLUMNS:
            by_code.setdefault(column.code, []).append(column)
        for order, (code, columns) in enumerate(by_code.items(), start=1):
            ordered = sorted(columns, key=lambda column: FORMS.index(column.forms[0]))
            forms = _comma_list(form for column in columns for form in column.forms)
            label = " / ".join(column.label for column in ordered)
            english = " / ".join(dict.fromkeys(column.english for column in ordered))
            yield (code, label, english, columns[0].unit, order, forms)

    return ("measure_code", "label_zh", "label_en", "unit", "sort_order", "forms"), rows()


def _statistics() -> Table:
    by_code = {row.code: row for row in statistics.ROWS}

    def group_labels(row: Row) -> tuple[str, str]:
        if row.group in by_code:
            return by_code[row.group].label, by_code[row.group].english
        return _STATISTIC_GROUPS[row.group]

    header = ("indicator_code", *_LABELS[:-2], "unit", *_LABELS[-2:])
    return header, (
        (
            row.code,
            row.label,
            row.english,
            row.group,
            *group_labels(row),
            statistics.UNITS[row.code],
            order,
            _comma_list(row.forms),
        )
        for order, row in enumerate(statistics.ROWS, start=1)
    )


def _identities() -> Table:
    header = ("identity_code", "number", "label_zh", "label_en", "reach", "basis")
    return header, (
        (identity.code, identity.number, identity.label, identity.english, identity.reach.value, identity.basis)
        for identity in IDENTITIES
    )


def _identity_terms() -> Table:
    header = (
        "identity_code",
        "member_code",
        "alternative",
        "source",
        "section",
        "row_code",
        "column_code",
        "year_offset",
        "coefficient",
    )
    return header, (
        (
            term.identity_code,
            term.member_code,
            term.alternative,
            term.source,
            *_key(term),
            term.year_offset,
            term.coefficient,
        )
        for identity in IDENTITIES
        for term in identity
    )


def _claim_codes() -> Table:
    header = ("claim_code", "label_zh", "label_en", "unit", "sort_order")
    return header, (
        (claim.code, claim.label, claim.english, claim.unit, order) for order, claim in enumerate(CLAIMS, start=1)
    )


def _claim_terms() -> Table:
    header = ("claim_code", "alternative", "section", "row_code", "column_code")
    return header, (
        (claim.code, number, *_key(key))
        for claim in CLAIMS
        for number, alternative in enumerate(claim.compared_with, start=1)
        for key in alternative
    )


def _series_measures() -> Table:
    header = ("measure_code", "label_zh", "label_en", "unit", "sort_order")
    return header, (
        (measure.code, measure.label, measure.english, measure.unit, order)
        for order, measure in enumerate(SERIES, start=1)
    )


def _series_terms() -> Table:
    header = (
        "measure_code",
        "rank",
        "source",
        "comparability",
        "role",
        "section",
        "row_code",
        "column_code",
        "claim_code",
    )
    return header, (
        (
            term.measure_code,
            term.rank,
            term.source.value,
            term.comparability.value,
            term.role.value,
            term.section,
            term.row_code,
            term.column_code,
            term.claim_code,
        )
        for measure in SERIES
        for term in measure.terms
    )


_SEEDS: dict[str, Callable[[], Table]] = {
    "applicant_types": _applicant_types,
    "claim_codes": _claim_codes,
    "claim_terms": _claim_terms,
    "disclosure_items": _disclosure_items,
    "disclosure_measures": _disclosure_measures,
    "form_cells": _form_cells,
    "form_groups": _form_groups,
    "forms": _forms,
    "identities": _identities,
    "identity_terms": _identity_terms,
    "outcomes": _outcomes,
    "review_channels": _review_channels,
    "review_results": _review_results,
    "statistics": _statistics,
    "series_measures": _series_measures,
    "series_terms": _series_terms,
}


def render() -> dict[str, str]:
    """The text of each generated seed by its file name, header first; the same at every call."""
    texts = {}
    for name, table in _SEEDS.items():
        header, rows = table()
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
        texts[f"{name}.csv"] = text.getvalue()
    return texts


def write(folder: Path) -> None:
    """Write the seeds into an existing folder, over those of the same names."""
    for name, text in render().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m ingest.forms.export SEEDS_FOLDER")
    write(Path(sys.argv[1]))
