"""Markup of one table cell or paragraph: clean, as Word writes it, as WPS writes it."""

from collections.abc import Callable
from random import Random

from benchmarks.generator.chance import pick

# (printed text, rowspan, colspan, whether it is a heading) -> the cell's HTML
CellMarkup = Callable[[str, int, int, bool], str]


def _spans(rowspan: int, colspan: int) -> str:
    text = f' rowspan="{rowspan}"' if rowspan != 1 else ""
    return f'{text} colspan="{colspan}"' if colspan != 1 else text


def clean(rng: Random) -> CellMarkup:
    """Plain `td`, sometimes `th` in the header, sometimes with attributes or a paragraph inside."""
    attributes = pick(
        rng, ("", "", ' align="center"', ' style="border:1px solid #000;text-align:center"', ' class="et3"')
    )
    inside = pick(rng, ("{}", "{}", "{}", "<p>{}</p>", "\n  {}\n"))
    before, after = inside.split("{}")
    heading = "th" if rng.random() < 0.2 else "td"
    blank = pick(rng, ("", "", "&nbsp;"))

    def cell(text: str, rowspan: int, colspan: int, head: bool) -> str:
        spans = _spans(rowspan, colspan) if rowspan + colspan != 2 else ""
        if head:
            return f"<{heading}{attributes}{spans}>{before}{text or blank}{after}</{heading}>"
        return f"<td{attributes}{spans}>{before}{text or blank}{after}</td>"

    return cell


def word(rng: Random) -> CellMarkup:
    """Word's: a paragraph, nested spans with mso properties, `o:p`, numbers sometimes cut into two spans."""
    width = 40 + int(rng.random() * 30)
    size = pick(rng, ("9.0", "10.5", "12.0"))
    cut = rng.random() < 0.15
    style = f"width:{width}.0pt;border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt"
    before = (
        "<p class=MsoNormal align=center style='text-align:center;mso-pagination:widow-orphan'>"
        f"<span lang=EN-US style='font-size:{size}pt;font-family:宋体;mso-bidi-font-family:宋体;mso-font-kerning:0pt'>"
    )
    after = "<o:p></o:p></span></p></td>"

    def cell(text: str, rowspan: int, colspan: int, head: bool) -> str:
        spans = _spans(rowspan, colspan) if rowspan + colspan != 2 else ""
        if cut and len(text) > 1 and text.isascii():
            text = f"{text[:1]}</span><span lang=EN-US style='font-size:{size}pt'>{text[1:]}"
        return f"<td width={width}{spans} style='{style}'>\n{before}{text or '&nbsp;'}{after}"

    return cell


def wps(rng: Random) -> CellMarkup:
    """WPS's: font tags within spans, class names of its own, a paragraph with spacing, `&nbsp;` beside words."""
    face = pick(rng, ("宋体", "仿宋_GB2312", "微软雅黑"))
    pad = pick(rng, ("", "", "&nbsp;"))
    before = (
        '<p class="p" style="margin-left:0pt;text-align:center;mso-para-margin-left:0.00gd">'
        f'<span style="mso-spacerun:\'yes\';font-family:{face};font-size:10.5pt;"><font face="{face}">'
    )
    after = f'</font></span>{pad}<span style="font-family:{face}"><o:p></o:p></span></p></td>'

    def cell(text: str, rowspan: int, colspan: int, head: bool) -> str:
        spans = _spans(rowspan, colspan) if rowspan + colspan != 2 else ""
        return f'<td valign="center"{spans} class="Tb{rowspan}" >{before}{text or "&nbsp;"}{after}'

    return cell


MARKUPS: dict[str, Callable[[Random], CellMarkup]] = {"clean": clean, "word": word, "wps": wps}


def paragraph(markup: str, text: str) -> str:
    """A paragraph of prose in the manner of `markup`."""
    if markup == "word":
        return (
            "<p class=MsoNormal style='text-indent:32.0pt;line-height:28.0pt;mso-line-height-rule:exactly'>"
            f"<span style='font-size:16.0pt;font-family:仿宋_GB2312'>{text}"
            "<span lang=EN-US><o:p></o:p></span></span></p>"
        )
    if markup == "wps":
        before = '<p style="text-indent:32pt;"><font face="仿宋_GB2312"><span style="font-size:16pt">'
        return f"{before}{text}</span></font></p>"
    return f"<p>{text}</p>"
