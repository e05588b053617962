"""The statutory forms and the identities between their numbers, as pages: codes, Chinese and English labels."""

from collections.abc import Iterable

from documentation.markdown import code, contents, page, table, text
from ingest import forms
from ingest.forms import CLAIMS, IDENTITIES, Identity, Row, applications, disclosure, reviews, statistics
from ingest.forms.model import Column

_SECTIONS: tuple[tuple[str, str, str, tuple[Row, ...], tuple[Column, ...]], ...] = (
    ("disclosure", "二、主动公开政府信息情况", "Proactive disclosure", disclosure.ROWS, disclosure.COLUMNS),
    ("applications", "三、收到和处理政府信息公开申请情况", "Applications", applications.ROWS, applications.COLUMNS),
    ("reviews", "四、政府信息公开行政复议、行政诉讼情况", "Reviews and lawsuits", reviews.ROWS, reviews.COLUMNS),
    ("statistics", "政府信息公开情况统计表", "Statistics of 2014 to 2018", statistics.ROWS, ()),
)
_SHOWN_EQUATIONS = 3


def pages() -> dict[str, str]:
    """The pages of forms and identities by path."""
    made = {f"forms/{described[0]}.md": _section(*described) for described in _SECTIONS}
    made["forms/identities.md"] = _identities()
    made["forms/claims.md"] = _claims()
    made["forms/index.md"] = page(
        "Forms and identities 表格与勾稽关系",
        "The codes are the contract between parser, warehouse and readers: a cell is named by section, row and column.",
        table(
            ("Section", "表格", "Form", "Cells#"),
            (
                (f"[{code(section)}]({section}.md)", text(chinese), code(form), str(len(forms.cells(section, form))))
                for section, chinese, *_ in _SECTIONS
                for form in forms.FORMS
                if forms.cells(section, form)
            ),
        ),
        "[Identities 勾稽关系](identities.md) say which numbers have to agree, [claims](claims.md) what prose says.",
        contents([*(section for section, *_ in _SECTIONS), "identities", "claims"]),
    )
    return made


def _section(section: str, chinese: str, english: str, rows: Iterable[Row], columns: Iterable[Column]) -> str:
    return page(
        f"{english} {chinese}",
        f"Section {code(section)}.",
        "## Rows 行",
        table(
            ("Code", "标签", "Label", "Group", "Forms", "Also printed as 又作"),
            (
                (
                    code(row.code),
                    text(f"{row.ordinal} {row.label}"),
                    text(row.english),
                    code(row.group),
                    ", ".join(map(code, row.forms)),
                    text("; ".join(row.variants)),
                )
                for row in rows
            ),
        ),
        *(
            (
                "## Columns 列",
                table(
                    ("Code", "标签", "Label", "Unit", "Forms"),
                    (
                        (
                            code(column.code),
                            text(column.label),
                            text(column.english),
                            code(column.unit),
                            ", ".join(map(code, column.forms)),
                        )
                        for column in columns
                    ),
                ),
            )
            if columns
            else ()
        ),
    )


def _identities() -> str:
    return page(
        "Identities 勾稽关系",
        "Each family is a set of linear equations, one a member. A blank or a dash counts as 0; a missing or "
        "unreadable cell makes an equation not evaluable. What a failure means: [quality](../docs/quality.md).",
        *(part for identity in IDENTITIES for part in _identity(identity)),
    )


def _identity(identity: Identity) -> tuple[str, ...]:
    members = identity.members
    return (
        f"## {identity.number}. {code(identity.code)}",
        f"{text(identity.label)}。 {text(identity.english)}. Basis: {text(identity.basis)}. "
        f"{len(members)} equations{', the first of them' if len(members) > _SHOWN_EQUATIONS else ''}:",
        table(
            ("Member", "Equation"),
            ((code(member), _equation(identity, member)) for member in members[:_SHOWN_EQUATIONS]),
        ),
    )


def _equation(identity: Identity, member: str) -> str:
    terms = [term for term in identity if term.member_code == member and term.alternative == 1]
    sides: tuple[list[str], list[str]] = ([], [])
    for term in terms:
        name = "/".join(part for part in (term.row_code, term.column_code) if part)
        factor = f"{abs(term.coefficient)} × " if abs(term.coefficient) != 1 else ""
        year = " (the year before 上年)" if term.year_offset else ""
        said = " (prose 文字)" if term.source == "claim" else ""
        sides[term.coefficient < 0].append(f"{factor}{code(name)}{year}{said}")
    return " = ".join(" + ".join(side) or "0" for side in sides)


def _claims() -> str:
    return page(
        "Claims in prose 文字中的数字",
        "Numbers that the prose says, and the cells that they have to agree with. Ways to mean one are parted by “or”.",
        table(
            ("Code", "标签", "Label", "Unit", "Compared with"),
            (
                (
                    code(claim.code),
                    text(claim.label),
                    text(claim.english),
                    code(claim.unit),
                    " or ".join(
                        " + ".join(code(f"{key.section}/{key.row_code}/{key.column_code}") for key in way)
                        for way in claim.compared_with
                    ),
                )
                for claim in CLAIMS
            ),
        ),
    )
