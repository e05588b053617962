"""Make the sample HTML page and the sample PDF from two of the sample texts.

`raw/hulunbuir-2020.html` has the content of `raw/002_44d6bdc10f146279.txt`, `raw/xuzhou-2022.pdf` that of
`raw/003_f0de7e2adad4453a.txt`. Both are a function of those texts alone: the same versions of reportlab and OpenCC
(requirements-dev.lock) write the same bytes each time. Nothing is shared with the readers that the samples test.

    python samples/make_samples.py           write both files
    python samples/make_samples.py --check   write nothing; exit 1 if a file on disk is not what would be written
"""

import argparse
import html
import io
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from opencc import OpenCC
from reportlab.lib.enums import TA_CENTER, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

RAW = Path(__file__).resolve().parent / "raw"
HULUNBUIR_TEXT = "002_44d6bdc10f146279.txt"
HULUNBUIR_HTML = "hulunbuir-2020.html"
XUZHOU_TEXT = "003_f0de7e2adad4453a.txt"
XUZHOU_PDF = "xuzhou-2022.pdf"

# ---------------------------------------------------------------------------------------------------------------------
# The two texts
# ---------------------------------------------------------------------------------------------------------------------

# The texts have the punctuation in half width; the official form and the published reports print it in full width.
FULL_WIDTH = str.maketrans({",": "，", ";": "；", ":": "：", "(": "（", ")": "）"})

# Gambling words that stand in 002 in place of names. The names are not put back: what makes no sense without is cut.
INJECTED = (
    ("坚持以188比分直播：新时代", "坚持以新时代"),
    ("贯彻落实188比分直播：总书记", "贯彻落实总书记"),
    ("紧紧围绕党雷速体育：国务院、自治区党委政府和雷速体育：市政府", "紧紧围绕国务院、自治区党委政府和市政府"),
)

# Taiwan wording in 003 that a conversion character by character leaves, and the wording of the mainland.
WORDING = (
    ("最佳化", "优化"),
    ("入口网站", "门户网站"),
    ("规范性档案", "规范性文件"),
    ("政策档案", "政策文件"),
    ("政府档案", "政府文件"),
    ("栏目设定", "栏目设置"),
    ("办理程式", "办理程序"),
    ("智慧型问答", "智能问答"),
    ("模组", "模块"),
    ("民众", "群众"),
    ("覆核", "复核"),
    ("著眼", "着眼"),
    ("著重", "着重"),
)

PART_TWO = "二、主动公开政府信息情况"
PART_THREE = "三、收到和处理政府信息公开申请情况"
PART_FOUR = "四、政府信息公开行政复议、行政诉讼情况"


@dataclass(frozen=True)
class Source:
    """One text, taken apart: the prose before and after the tables, and the words and numbers of the tables."""

    before: list[str]
    tokens: list[str]
    after: list[str]


def replace_all(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    """Replace each pair's first by its second; a first that does not occur is an error, so that no pair goes stale."""
    for old, new in pairs:
        if old not in text:
            raise ValueError(f"not in the text: {old}")
        text = text.replace(old, new)
    return text


def read_text(name: str) -> str:
    """Read one of the sample texts."""
    return (RAW / name).read_text(encoding="utf-8")


def take_apart(text: str, separator: str, part_five: str) -> Source:
    """Cut a text at the headings of its parts, and its tables at `separator`."""
    before, rest = text.split(f"{PART_TWO}\n")
    tables, rest = rest.split(f"{part_five}\n")
    return Source(
        before=non_blank_lines(before),
        tokens=[token.strip() for token in tables.split(separator)],
        after=[part_five, *non_blank_lines(rest)],
    )


def non_blank_lines(text: str) -> list[str]:
    """The lines of a text that hold something, without the space around them."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def hulunbuir() -> Source:
    """Take 002 apart; its tables are lines of `a | b |`, one cell of them broken over two lines."""
    text = replace_all(read_text(HULUNBUIR_TEXT).translate(FULL_WIDTH), INJECTED)
    # Some rows end in `|`, the headings between the tables do not.
    text = re.sub(f"^({PART_THREE}|{PART_FOUR})$", r"\1|", text, flags=re.MULTILINE)
    return take_apart(text, "|", "五、存在的问题及改进情况")


def xuzhou() -> Source:
    """Take 003 apart, in simplified characters; its tables have one cell a line. The site's links at its end go."""
    text = replace_all(OpenCC("t2s").convert(read_text(XUZHOU_TEXT)), WORDING).translate(FULL_WIDTH)
    source = take_apart(text, "\n", "五、存在的主要问题及改进情况")
    return replace(source, after=source.after[: source.after.index("相关词条")])


def following(tokens: Sequence[str], label: str, count: int) -> list[str]:
    """The `count` tokens after the only one that is `label`."""
    if tokens.count(label) != 1:
        raise ValueError(f"{tokens.count(label)} tokens are {label}")
    start = tokens.index(label) + 1
    return list(tokens[start : start + count])


# ---------------------------------------------------------------------------------------------------------------------
# The three tables of the form
# ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """A cell of a printed table and how many rows and columns it is merged from."""

    text: str
    rows: int = 1
    columns: int = 1


Rows = list[list[Cell]]
"""A table as HTML has it: each row lists the cells that begin in it."""


@dataclass(frozen=True)
class Block:
    """A block of the disclosure table: an item of article 20, its column headings and its rows."""

    article: str
    headings: tuple[str, ...]
    labels: tuple[str, ...]


DISCLOSURE_COLUMNS = 4
DISCLOSURE_2019 = (
    Block("第二十条第（一）项", ("本年新\n制作数量", "本年新公开数量", "对外公开总数量"), ("规章", "规范性文件")),
    Block(
        "第二十条第（五）项",
        ("上一年项目数量", "本年增/减", "处理决定数量"),
        ("行政许可", "其他对外管理服务事项"),
    ),
    Block("第二十条第（六）项", ("上一年项目数量", "本年增/减", "处理决定数量"), ("行政处罚", "行政强制")),
    Block("第二十条第（八）项", ("上一年项目数量", "本年增/减"), ("行政事业性收费",)),
    Block("第二十条第（九）项", ("采购项目数量", "采购总金额"), ("政府集中采购",)),
)
DISCLOSURE_2021 = (
    Block("第二十条第（一）项", ("本年制发件数", "本年废止件数", "现行有效件数"), ("规章", "行政规范性文件")),
    Block("第二十条第（五）项", ("本年处理决定数量",), ("行政许可",)),
    Block("第二十条第（六）项", ("本年处理决定数量",), ("行政处罚", "行政强制")),
    Block("第二十条第（八）项", ("本年收费金额（单位：万元）",), ("行政事业性收费",)),
)

APPLICANTS = 7
BALANCE_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
NEW_REQUESTS = "一、本年新收政府信息公开申请数量"
CARRIED_IN = "二、上年结转政府信息公开申请数量"
OUTCOME = "三、本年度办理结果"
CARRIED_OUT = "四、结转下年度继续办理"

# The outcomes (一) to (七): a group and its items, or a row of its own.
Outcomes = tuple[tuple[str, tuple[str, ...]], ...]
OUTCOMES_COMMON: Outcomes = (
    ("（一）予以公开", ()),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ()),
    (
        "（三）不予公开",
        (
            "1.属于国家秘密",
            "2.其他法律行政法规禁止公开",
            "3.危及“三安全一稳定”",
            "4.保护第三方合法权益",
            "5.属于三类内部事务信息",
            "6.属于四类过程性信息",
            "7.属于行政执法案卷",
            "8.属于行政查询事项",
        ),
    ),
    (
        "（四）无法提供",
        ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"),
    ),
    (
        "（五）不予处理",
        (
            "1.信访举报投诉类申请",
            "2.重复申请",
            "3.要求提供公开出版物",
            "4.无正当理由大量反复申请",
            "5.要求行政机关确认或重新出具已获取信息",
        ),
    ),
)
OUTCOMES_2019: Outcomes = (*OUTCOMES_COMMON, ("（六）其他处理", ()), ("（七）总计", ()))
OUTCOMES_2021: Outcomes = (
    *OUTCOMES_COMMON,
    (
        "（六）其他处理",
        (
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            "3.其他",
        ),
    ),
    ("（七）总计", ()),
)

REVIEW_RESULTS = ("结果\n维持", "结果\n纠正", "其他\n结果", "尚未\n审结", "总计")
REVIEW_CELLS = 15


def spread(label: str, values: Sequence[str]) -> list[Cell]:
    """A row of the disclosure table; its last cell takes the columns that are left."""
    left = DISCLOSURE_COLUMNS - len(values)
    return [Cell(label), *(Cell(value) for value in values[:-1]), Cell(values[-1], columns=left)]


def disclosure_table(blocks: Sequence[Block], tokens: Sequence[str]) -> Rows:
    """The table of part 二 with the numbers found among the tokens."""
    rows: Rows = []
    for block in blocks:
        rows.append([Cell(block.article, columns=DISCLOSURE_COLUMNS)])
        rows.append(spread("信息内容", block.headings))
        rows += [spread(label, following(tokens, label, len(block.headings))) for label in block.labels]
    return rows


def applications_header() -> Rows:
    """The three header rows of part 三."""
    kinds = ("商业\n企业", "科研\n机构", "社会公益组织", "法律服务机构", "其他")
    return [
        [Cell(BALANCE_NOTE, rows=3, columns=3), Cell("申请人情况", columns=APPLICANTS)],
        [Cell("自然人", rows=2), Cell("法人或其他组织", columns=len(kinds)), Cell("总计", rows=2)],
        [Cell(kind) for kind in kinds],
    ]


def applications_table(outcomes: Outcomes, tokens: Sequence[str]) -> Rows:
    """The table of part 三 with the numbers found among the tokens."""

    def numbers(label: str) -> list[Cell]:
        return [Cell(value) for value in following(tokens, label, APPLICANTS)]

    results: Rows = []
    for group, items in outcomes:
        if not items:
            results.append([Cell(group, columns=2), *numbers(group)])
        for position, item in enumerate(items):
            begins = [Cell(group, rows=len(items))] if position == 0 else []
            results.append([*begins, Cell(item), *numbers(item)])
    results[0].insert(0, Cell(OUTCOME, rows=len(results)))
    return [
        *applications_header(),
        *([Cell(label, columns=3), *numbers(label)] for label in (NEW_REQUESTS, CARRIED_IN)),
        *results,
        [Cell(CARRIED_OUT, columns=3), *numbers(CARRIED_OUT)],
    ]


def reviews_table(tokens: Sequence[str]) -> Rows:
    """The table of part 四; its one row of numbers, none of them blank, follows the last heading 总计."""
    last = len(tokens) - 1 - list(reversed(tokens)).index("总计")
    values = [token for token in tokens[last + 1 :] if token]
    if len(values) != REVIEW_CELLS:
        raise ValueError(f"{len(values)} numbers in the table of part 四")
    width = len(REVIEW_RESULTS)
    return [
        [Cell("行政复议", columns=width), Cell("行政诉讼", columns=2 * width)],
        [
            *(Cell(result, rows=2) for result in REVIEW_RESULTS),
            Cell("未经复议直接起诉", columns=width),
            Cell("复议后起诉", columns=width),
        ],
        [Cell(result) for result in REVIEW_RESULTS * 2],
        [Cell(value) for value in values],
    ]


# ---------------------------------------------------------------------------------------------------------------------
# The HTML page
# ---------------------------------------------------------------------------------------------------------------------

HULUNBUIR_TITLE = "呼伦贝尔市人民政府2020年政府信息公开工作年度报告"

PAGE = """\
<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8"/>
<meta http-equiv="X-UA-Compatible" content="IE=edge"/>
<meta name="SiteName" content="呼伦贝尔市人民政府"/>
<meta name="SiteDomain" content="www.hlbe.gov.cn"/>
<meta name="SiteIDCode" content="1507000006"/>
<meta name="ColumnName" content="政府信息公开工作年度报告"/>
<meta name="ArticleTitle" content="{title}"/>
<meta name="PubDate" content=""/>
<title>{title}</title>
<style type="text/css">
body {{ margin: 0; background: #f2f5f9; color: #222; font: 16px/1.9 SimSun, "Noto Serif CJK SC", serif; }}
ul {{ margin: 0; padding: 0; list-style: none; }}
a {{ color: inherit; text-decoration: none; }}
.wrap {{ width: 1000px; margin: 0 auto; }}
.header {{ background: #1a57a6; color: #fff; }}
.header .name {{ padding: 22px 0 10px; font-size: 30px; letter-spacing: 4px; }}
.nav li {{ display: inline-block; padding: 6px 30px 10px 0; }}
.crumbs {{ padding: 10px 0; font-size: 14px; color: #666; }}
.article {{ padding: 30px 50px 40px; background: #fff; }}
.article h1 {{ margin: 0 0 24px; padding-bottom: 18px; border-bottom: 1px solid #ccd6e4; text-align: center;
  font-size: 26px; line-height: 1.5; }}
.TRS_Editor p {{ margin: 0 0 6px; text-indent: 2em; text-align: justify; }}
.TRS_Editor table {{ width: 100%; margin: 12px 0 24px; border-collapse: collapse; font-size: 14px; line-height: 1.5; }}
.TRS_Editor td {{ padding: 4px 5px; border: 1px solid #333; text-align: center; }}
.TRS_Editor td p {{ margin: 0; text-indent: 0; text-align: center; }}
.TRS_Editor td.label, .TRS_Editor td.label p {{ text-align: left; }}
.footer {{ padding: 22px 0; background: #e4e9f0; font-size: 14px; text-align: center; color: #444; }}
.footer p {{ margin: 0; }}
</style>
</head>
<body>
<div class="header">
<div class="wrap">
<div class="name">呼伦贝尔市人民政府</div>
<ul class="nav">
<li><a href="/">首页</a></li><li><a href="#">政务公开</a></li><li><a href="#">政务服务</a></li>\
<li><a href="#">互动交流</a></li>
</ul>
</div>
</div>
<div class="wrap">
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="#">政务公开</a> &gt; \
<a href="#">政府信息公开工作年度报告</a></div>
<div class="article">
<h1>{title}</h1>
<div class="TRS_Editor">
{content}
</div>
</div>
</div>
<div class="footer">
{footer}
</div>
</body>
</html>
"""

DISCLOSURE_SHARES = [28, 24, 24, 24]
APPLICATIONS_SHARES = [6, 13, 32, *[7] * APPLICANTS]
FOOTER_LINES = 4
HEADING = re.compile(r"[一二三四五六]、")
RUNS = re.compile(r"[\x21-\x7e]+|[^\x21-\x7e]+")
LABEL = re.compile(r"[一二三四]、|（[一二三四五六七]）|\d\.\D")


def hulunbuir_page() -> bytes:
    """The page of Hulunbuir's report, as a government's content-management system serves it."""
    source = hulunbuir()
    content = [
        *map(html_paragraph, source.before),
        html_paragraph(PART_TWO),
        html_table(disclosure_table(DISCLOSURE_2019, source.tokens), html_cell, DISCLOSURE_SHARES),
        html_paragraph(PART_THREE),
        html_table(applications_table(OUTCOMES_2019, source.tokens), wps_cell, APPLICATIONS_SHARES),
        html_paragraph(PART_FOUR),
        html_table(reviews_table(source.tokens), html_cell, []),
        *map(html_paragraph, source.after[:-FOOTER_LINES]),
    ]
    footer = [f"<p>{html_text(line)}</p>" for line in source.after[-FOOTER_LINES:]]
    page = PAGE.format(title=HULUNBUIR_TITLE, content="\n".join(content), footer="\n".join(footer))
    return page.encode()


def html_text(text: str) -> str:
    """Text as HTML has it."""
    return html.escape(text, quote=False).replace("\n", "<br/>")


def html_paragraph(line: str) -> str:
    """A paragraph of the prose; the headings of the parts are bold."""
    text = html_text(line)
    return f"<p><strong>{text}</strong></p>" if HEADING.match(line) else f"<p>{text}</p>"


def html_table(rows: Rows, write_cell: Callable[[Cell], str], shares: Sequence[int]) -> str:
    """A table whose cells `write_cell` writes; `shares` are the widths of its columns in percent, if they matter."""
    columns = [f'<col width="{share}%"/>' for share in shares]
    lines = ['<table border="1" cellspacing="0" cellpadding="0">', *columns, "<tbody>"]
    for row in rows:
        lines += ["<tr>", *map(write_cell, row), "</tr>"]
    return "\n".join([*lines, "</tbody>", "</table>"])


def is_label(cell: Cell) -> bool:
    """Whether a cell is a label of the form, which is set to the left."""
    return bool(LABEL.match(cell.text)) and cell.text != OUTCOME


def cell_attributes(cell: Cell) -> str:
    """The attributes of a cell that is merged or a label."""
    label = ' class="label"' if is_label(cell) else ""
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    return label + rows + columns


def html_cell(cell: Cell) -> str:
    """A plain cell."""
    return f"<td{cell_attributes(cell)}>{html_text(cell.text)}</td>"


def wps_cell(cell: Cell) -> str:
    """A cell as WPS exports it: a paragraph, a span for each run of one font, the mark of the paragraph's end."""
    spans = [wps_run(run) for run in RUNS.findall(cell.text)]
    end = "<o:p></o:p>" if spans else "<o:p>&nbsp;</o:p>"
    return (
        f'<td{cell_attributes(cell)} valign="center"><p class="MsoNormal">{"".join(spans)}'
        f"<span style=\"mso-spacerun:'yes';font-family:宋体;font-size:10.5pt;\">{end}</span></p></td>"
    )


def wps_run(text: str) -> str:
    """A run of text in one font: digits and Latin letters in Times New Roman, the others in SimSun."""
    font = "Times New Roman" if text.isascii() and text.strip() else "宋体"
    return (
        f"<span style=\"font-family:'{font}';font-size:10.5pt;mso-font-kerning:0pt;\">"
        f'<font face="{font}">{html_text(text)}</font></span>'
    )


# ---------------------------------------------------------------------------------------------------------------------
# The PDF
# ---------------------------------------------------------------------------------------------------------------------

FONT = "STSong-Light"
MARGIN = 26 * mm
FRAME_PADDING = 6
BODY_WIDTH = A4[0] - 2 * MARGIN - 2 * FRAME_PADDING
CELL_PADDING = 2.5
TITLE_STYLE = ParagraphStyle(
    "title", fontName=FONT, fontSize=18, leading=28, alignment=TA_CENTER, spaceAfter=16, wordWrap="CJK"
)
BODY_STYLE = ParagraphStyle("body", fontName=FONT, fontSize=12, leading=21, firstLineIndent=24, wordWrap="CJK")
HEADING_STYLE = ParagraphStyle("heading", parent=BODY_STYLE, fontSize=14, spaceBefore=8, spaceAfter=4, keepWithNext=1)
CELL_STYLE = ParagraphStyle("cell", fontName=FONT, fontSize=9, leading=12, alignment=TA_CENTER, wordWrap="CJK")
LABEL_STYLE = ParagraphStyle("label", parent=CELL_STYLE, alignment=TA_LEFT)

DISCLOSURE_WIDTHS = [39 * mm, 38 * mm, 38 * mm, 38 * mm]
APPLICATIONS_WIDTHS = [9 * mm, 17 * mm, 43 * mm, *[12 * mm] * APPLICANTS]
REVIEWS_WIDTHS = [10.2 * mm] * REVIEW_CELLS

# A line breaks between any two of these: a number or a character, with the marks that may not begin or end a line.
UNBREAKABLE = re.compile(r"[（《〔“]*(?:[\x21-\x7e]+|.)[，。；：、）》〕”]*")


@dataclass(frozen=True)
class Placed:
    """A cell with the row and the column in which it begins."""

    row: int
    column: int
    cell: Cell


def place(rows: Rows) -> list[Placed]:
    """Give each cell its row and column, as a browser does."""
    taken: set[tuple[int, int]] = set()
    placed = []
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            placed.append(Placed(row, column, cell))
            taken.update((row + down, column + right) for down in range(cell.rows) for right in range(cell.columns))
    return placed


def cut(placed: Iterable[Placed], at: int) -> tuple[list[Placed], list[Placed]]:
    """Cut a table above row `at`; a merged cell that the cut crosses goes on below it as an empty one."""
    above, below = [], []
    for item in placed:
        over = item.row + item.cell.rows - at
        if item.row >= at:
            below.append(replace(item, row=item.row - at))
            continue
        above.append(replace(item, cell=replace(item.cell, rows=min(item.cell.rows, at - item.row))))
        if over > 0:
            below.append(Placed(0, item.column, Cell("", rows=over, columns=item.cell.columns)))
    return above, below


def break_lines(text: str, style: ParagraphStyle, width: float) -> str:
    """Break a text into lines as Chinese type is set, which reportlab does not do for full-width punctuation."""
    lines = []
    for given in text.split("\n"):
        line, left = "", width - style.firstLineIndent
        for unit in UNBREAKABLE.findall(given):
            if line and pdfmetrics.stringWidth(line + unit, style.fontName, style.fontSize) > left:
                lines.append(line)
                line, left = "", width
            line += unit
        lines.append(line)
    return "\n".join(lines)


def pdf_text(text: str, style: ParagraphStyle, width: float) -> Paragraph:
    """A text set in lines of the width."""
    return Paragraph(html_text(break_lines(text, style, width)), style)


def pdf_paragraph(line: str) -> Paragraph:
    """A paragraph of the prose, or the heading of a part."""
    return pdf_text(line, HEADING_STYLE if HEADING.match(line) else BODY_STYLE, BODY_WIDTH)


class RuledTable(Flowable):  # type: ignore[misc]
    """A ruled table that breaks between any two rows, also inside a merged cell."""

    def __init__(self, placed: list[Placed], widths: list[float]) -> None:
        """Lay the table out."""
        super().__init__()
        self.placed = placed
        self.widths = widths
        self.table = Table(self._paragraphs(), colWidths=widths, style=self._style())

    def _paragraphs(self) -> list[list[Any]]:
        height = max(item.row + item.cell.rows for item in self.placed)
        grid: list[list[Any]] = [[""] * len(self.widths) for _ in range(height)]
        for item in self.placed:
            style = LABEL_STYLE if is_label(item.cell) else CELL_STYLE
            width = sum(self.widths[item.column : item.column + item.cell.columns]) - 2 * CELL_PADDING
            grid[item.row][item.column] = pdf_text(item.cell.text, style, width)
        return grid

    def _style(self) -> list[tuple[Any, ...]]:
        spans = [
            (
                "SPAN",
                (item.column, item.row),
                (item.column + item.cell.columns - 1, item.row + item.cell.rows - 1),
            )
            for item in self.placed
        ]
        padding = [(f"{side}PADDING", (0, 0), (-1, -1), CELL_PADDING) for side in ("LEFT", "RIGHT", "TOP")]
        return [
            *spans,
            *padding,
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            ("GRID", (0, 0), (-1, -1), 0.5, "black"),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The table's size."""
        size: tuple[float, float] = self.table.wrap(width, height)
        return size

    def split(self, width: float, height: float) -> list[Flowable]:
        """The part that fits in the height that is left on the page, and the rest."""
        self.table.wrap(width, height)
        fitting, used = 0, 0.0
        for row_height in self.table._rowHeights:
            used += row_height
            if used > height:
                break
            fitting += 1
        if fitting == 0:
            return []
        return [RuledTable(part, self.widths) for part in cut(self.placed, fitting)]

    def draw(self) -> None:
        """Draw the table at the origin."""
        self.table.drawOn(self.canv, 0, 0)


def pdf_table(rows: Rows, widths: list[float]) -> list[Flowable]:
    """A table with some space around it."""
    table = RuledTable(place(rows), widths)
    table.hAlign = "CENTER"
    return [Spacer(1, 4), table, Spacer(1, 8)]


def page_number(canvas: Any, document: Any) -> None:
    """Write the number of the page at its foot."""
    canvas.setFont(FONT, 10)
    canvas.drawCentredString(A4[0] / 2, 14 * mm, f"- {document.page} -")


def xuzhou_document() -> bytes:
    """The PDF of Xuzhou's report, as a government office publishes it."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    source = xuzhou()
    title, *prose = source.before
    story = [
        Paragraph(title, TITLE_STYLE),
        *map(pdf_paragraph, prose),
        pdf_paragraph(PART_TWO),
        *pdf_table(disclosure_table(DISCLOSURE_2021, source.tokens), DISCLOSURE_WIDTHS),
        pdf_paragraph(PART_THREE),
        *pdf_table(applications_table(OUTCOMES_2021, source.tokens), APPLICATIONS_WIDTHS),
        pdf_paragraph(PART_FOUR),
        *pdf_table(reviews_table(source.tokens), REVIEWS_WIDTHS),
        *map(pdf_paragraph, source.after),
    ]
    buffer = io.BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=title,
        author="",
        lang="zh-CN",
        invariant=1,
        pageCompression=0,
    )
    document.build(story, onFirstPage=page_number, onLaterPages=page_number)
    return buffer.getvalue()


# ---------------------------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Write both files, or with --check compare them with those on disk."""
    parser = argparse.ArgumentParser(description="Make the sample HTML page and the sample PDF.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file on disk differs")
    check = parser.parse_args(arguments).check
    differing = []
    for name, content in ((HULUNBUIR_HTML, hulunbuir_page()), (XUZHOU_PDF, xuzhou_document())):
        path = RAW / name
        if not check:
            path.write_bytes(content)
            print(f"wrote {name}: {len(content)} bytes")
        elif not path.exists() or path.read_bytes() != content:
            differing.append(name)
            print(f"differs: {name}", file=sys.stderr)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
