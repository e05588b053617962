"""The HTML page of Hulunbuir's report."""

import html
import re
from collections.abc import Callable, Sequence

from samples.making.tables import (
    APPLICANTS,
    DISCLOSURE_2019,
    OUTCOMES_2019,
    Cell,
    Rows,
    applications_table,
    disclosure_table,
    is_label,
    reviews_table,
)
from samples.making.texts import HEADING, PART_FOUR, PART_THREE, PART_TWO, hulunbuir

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
RUNS = re.compile(r"[\x21-\x7e]+|[^\x21-\x7e]+")


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
