"""A text is read in the encoding that it is in, whatever it declares; mojibake is told, never read."""

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.parse import parse
from ingest.report import ReportStatus
from ingest.text.encoding import decode, mojibake
from ingest.text.scripts import detect_script, simplified

SIMPLIFIED = (
    "洪泽区人民政府2023年政府信息公开工作年度报告\n本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。\n"
    "一、总体情况\n2023年，我区主动公开政府信息120条，收到政府信息公开申请3件。未发生行政复议、行政诉讼。\n"
    "二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n四、政府信息公开行政复议、行政诉讼情况\n"
)
TRADITIONAL = (
    "洪澤區人民政府2023年政府信息公開工作年度報告\n本報告所列數據的統計期限自2023年1月1日起至2023年12月31日止。\n"
    "一、總體情況\n2023年，我區主動公開政府信息120條，收到政府信息公開申請3件。未發生行政復議、行政訴訟。\n"
)
PAGE = '<html><head><meta charset="%s"></head><body><p>%s</p></body></html>'


@pytest.mark.parametrize(
    ("text", "encoding", "declared", "named"),
    [
        (SIMPLIFIED, "utf-8", "gb2312", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8", "utf-8"),
        (SIMPLIFIED, "gb18030", "gb2312", "gb18030"),
        (SIMPLIFIED, "gb18030", "utf-8", "gb18030"),
        (SIMPLIFIED, "gb18030", "big5", "gb18030"),
        (SIMPLIFIED + "联系人：李䶮，镕基。", "gb18030", "gb2312", "gb18030"),
        (SIMPLIFIED, "utf-16-le", "utf-16", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-8", "utf-16-be"),
        (TRADITIONAL, "big5", "big5", "big5"),
        (TRADITIONAL, "big5", "gb2312", "big5"),
        (TRADITIONAL + "深水埗、大埔滘、啲", "big5hkscs", "big5", "big5hkscs"),
        (TRADITIONAL, "gb18030", "big5", "gb18030"),
    ],
)
def test_an_encoding_is_told_by_the_bytes(text: str, encoding: str, declared: str, named: str) -> None:
    for printed in (text, PAGE % (declared, text)):
        decoded = decode(printed.encode(encoding))
        assert (decoded.encoding, decoded.replaced) == (named, 0)
        assert decoded.text == printed


@pytest.mark.parametrize(
    ("saved", "misread"),
    [("utf-8", "gb18030"), ("utf-8", "latin-1"), ("gb18030", "latin-1"), ("utf-8", "cp1252"), ("gb18030", "cp1252")],
)
def test_mojibake_is_unreadable(saved: str, misread: str) -> None:
    spoilt = (SIMPLIFIED * 3).encode(saved).decode(misread, errors="replace")
    report = parse(spoilt.encode("utf-8"))
    assert report.status is ReportStatus.UNREADABLE
    assert [issue.code for issue in report.issues] == ["mojibake"]
    assert not report.cells
    assert not report.claims


@pytest.mark.parametrize(
    "text", [SIMPLIFIED, TRADITIONAL, "", "abc " * 500, "é" * 500, "王䶮、李喆、赵翀。" * 50, "１２３｜４５６" * 100]
)
def test_a_text_that_reads_well_is_no_mojibake(text: str) -> None:
    assert mojibake(text) is None


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("政府信息公开工作年度报告", "hans"),
        ("政府信息公開工作年度報告", "hant"),
        ("規范性文件、屬于、制作，復議", "hant"),
        ("行政規範性檔案的數量", "hant_tw"),
        ("市入口網站公開政府資訊", "hant_tw"),
        ("衞生局政府信息公開工作年度報告，説明如下", "hant_hk"),
        ("衛生局政府信息公開工作年度報告，説明如下", "hant"),
        ("政府信息公開工作年度報告，新收申請數量。政府信息公开工作年度报告，结转下年度继续办理", "mixed"),
        ("12 34", None),
    ],
)
def test_a_script_is_told_by_characters_and_words(text: str, script: str | None) -> None:
    assert detect_script(text) == script


_PIECES = st.sampled_from(
    ("政府信息公开工作年度报告,", "依申请公开答复件数0。", "答覆", "乾", "乾坤", "瞭", "於", "規範性", "髮", "著")
)


@given(st.lists(_PIECES, max_size=60).map("".join))
def test_a_text_simplified_around_its_traditional_characters_is_that_simplified_whole(text: str) -> None:
    assert simplified(text) == opencc.OpenCC("t2s").convert(text)
