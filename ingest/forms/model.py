"""The shape of a statutory form: what a row, a column, a cell and an identity are.

The codes come from the regulations' annual-report format (国办公开办函〔2019〕60号 and 〔2021〕30号) and,
for the statistics table, from 国办发〔2014〕32号. They are the contract between parser, warehouse and readers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

NARRATIVE = "narrative"
FORM_2014 = "form_2014"
FORM_2019 = "form_2019"
FORM_2021 = "form_2021"
FORMS = (NARRATIVE, FORM_2014, FORM_2019, FORM_2021)
TABLE_FORMS = (FORM_2019, FORM_2021)

CELL = "cell"
CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a form: a code, its printed label, and how the label is also printed.

    `within` is set for a label so short that other tables have it too: the group in or behind which alone it counts.
    `ordinal` is the number printed before the label (`1`, `(一)`, `一`), without its punctuation; `group` the code
    of the headed group it stands in; `forms` the forms that have it.
    """

    code: str
    label: str
    english: str
    ordinal: str = ""
    group: str = ""
    forms: tuple[str, ...] = TABLE_FORMS
    variants: tuple[str, ...] = ()
    within: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """The printed label and its variants, simplified characters, without ordinals."""
        return (self.label, *self.variants)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a form; `unit` is that of its cells (`CNY` where the column is money)."""

    code: str
    label: str
    english: str
    unit: str
    forms: tuple[str, ...] = TABLE_FORMS
    variants: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The printed label and its variants, simplified characters."""
        return (self.label, *self.variants)


class CellKey(NamedTuple):
    """The name of a cell, the same in parser, lake and warehouse. A tuple, for it is the key of every mapping."""

    section: str
    row_code: str
    column_code: str


class FormCell(NamedTuple):
    """A cell that a form has, with the unit of its number."""

    key: CellKey
    unit: str


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a linear identity: Σ coefficient × value = 0 over the terms of one member and alternative.

    Terms with a positive coefficient make the left side, those with a negative one the right side. `source` is `cell`,
    or `claim` for a number said in prose: its row code is then a claim code and its column code the claim's subject.
    `year_offset` is 0 for the report itself and −1 for the same publisher's report of the year before. A member with
    several alternatives holds where one of them does.
    """

    identity_code: str
    member_code: str
    source: str
    section: str
    row_code: str
    column_code: str
    year_offset: int
    coefficient: int
    alternative: int = 1


class Reach(StrEnum):
    """What an identity needs: the tables of one report, its prose too, or the report of the year before."""

    WITHIN_REPORT = "within_report"
    PROSE = "prose"
    ACROSS_YEARS = "across_years"


@dataclass(frozen=True, slots=True)
class Identity:
    """A family of linear equations (勾稽关系), one equation a member; `basis` says where the rule stands."""

    code: str
    number: int
    label: str
    english: str
    basis: str
    terms: tuple[Term, ...]

    @property
    def members(self) -> tuple[str, ...]:
        """The member codes in the order of the form."""
        return tuple(dict.fromkeys(term.member_code for term in self.terms))

    @property
    def reach(self) -> Reach:
        """What it needs to be evaluated."""
        if any(term.year_offset for term in self.terms):
            return Reach.ACROSS_YEARS
        return Reach.PROSE if any(term.source == CLAIM for term in self.terms) else Reach.WITHIN_REPORT

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)
