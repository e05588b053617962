"""Prose is told from labels by its characters, and no label is taken for prose in any script or wording."""

import opencc
import pytest

from ingest.forms import applications, disclosure, reviews, statistics
from ingest.tables import applicants, application_rows
from ingest.tables import disclosure as disclosure_tables
from ingest.tables import reviews as review_tables
from ingest.tables.statistics.names import may_begin

BOOKS = (
    (application_rows.ROWS, (*applications.ROWS, *applications.GROUPS)),
    (disclosure_tables.ROWS, disclosure.ROWS),
    (review_tables.ROWS, (*reviews.ROWS, *reviews.GROUPS)),
    (applicants.COLUMNS, applications.COLUMNS),
    (disclosure_tables.COLUMNS, disclosure.COLUMNS),
    (review_tables.COLUMNS, reviews.COLUMNS),
)


@pytest.mark.parametrize("conversion", [None, "s2t", "s2tw", "s2twp", "s2hk", "s2hkp"])
def test_every_label_may_begin_with_its_own_text_whole_or_damaged(conversion: str | None) -> None:
    convert = opencc.OpenCC(conversion).convert if conversion else str
    for book, rows in BOOKS:
        for label in {str(convert(label)) for row in rows for label in row.labels}:
            assert book.may_begin(label), label
            assert book.may_begin(label[: (len(label) + 1) // 2]), label
            assert book.may_begin(f"1.{label[:1]}{label[2:]}") or len(label) < 3, label
    for label in {str(convert(label)) for row in statistics.ROWS for label in row.labels}:
        assert may_begin(f"(一){label}"), label


@pytest.mark.parametrize(
    "prose",
    [
        "3.市政府召开常务会议,研究部署安全生产和防汛抗旱工作",
        "一、会议强调,要压实责任,完善预案,确保群众生命财产安全",
        "2.縣委書記帶隊赴鄉鎮調研鄉村振興",
    ],
)
def test_a_numbered_line_of_news_may_begin_no_label(prose: str) -> None:
    assert not any(book.may_begin(prose) for book, _ in BOOKS)
    assert not may_begin(prose)
