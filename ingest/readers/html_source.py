"""The source of a page cut at its tags: what is no text is taken out, and each tag is looked at once.

The tags of a page repeat, and those of the pages of one site or program too, so what a tag is gets remembered by the
tag as it is written.
"""

import html
import re
from collections.abc import Mapping
from typing import NamedTuple

from ingest.readers.html_hiding import may_do
from ingest.text.remember import Remembered

GONE = "\x01"
"""Stands where a comment, a script or a dressing tag was taken out, so that nothing grows together there."""
BREAK = "\x02"
"""Stands where a cell's text begins a new line."""
_STRIPPED = re.compile(
    r"<(?:!--(?:.*?-->|.*+)|[!?](?!--)(?:[^>]*+>|.*+)"
    r"|(?=[sS][cCtT]|[nN][oO]|[iI][fF]|[tT][eE])((?i:script|style|noscript|iframe|template))(?=[\s/>])(?:.*?</(?i:\1)(?=[\s/>])[^>]*+>|.*+))",
    re.S,
)
"""What one of these begins and nothing ends goes to the end of the page, so each place is searched once."""
_DRESSING_NAMES = (
    r"(?:[sS](?:pan|PAN|trong|TRONG|mall|MALL|amp|AMP)|[fF](?:ont|ONT)|[uUbBiIaAqQ]|[eE][mM]|[tT][tT]|[dD][fF][nN]"
    r"|[bB](?:ig|IG|d[io]|D[IO])|[aA](?:bbr|BBR|cronym|CRONYM)|[cC](?:ite|ITE|ode|ODE)|[iI](?:ns|NS)|[kK](?:bd|BD)"
    r"|[lL](?:abel|ABEL)|[mM](?:ark|ARK)|[vV](?:ar|AR)|[a-zA-Z][a-zA-Z0-9]{0,8}+:[a-zA-Z0-9]++)"
)
_DRESSING = re.compile(rf"</?{_DRESSING_NAMES}(?:[\s/][^<>\x01]*+)?>")
_ANY_TAG = re.compile("(<[^>]*+>)")
_TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9-]*+)(?:[\s/][^<>\x01]*+)?>")
_TAG_NAME = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*")
_HEAD_ENDS = frozenset(("/head", "body", "/body"))
_QUOTED_BRACKET = re.compile(r"=\s*+(?:\"[^\"<>\x01]*+[<>\x01]|'[^'<>\x01]*+[<>\x01])")
"""A bracket inside a quoted value, which would end a tag too early."""
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_TURNING = re.compile(r"<bdo\b", re.I)
DRESSING = "."
HIDING_DRESSING = "!"
HIDING = "?"
_MAY = HIDING + HIDING_DRESSING
_AT_HEAD_END = "h"
_OTHER = "x"
_SIGN_OF = {
    name: sign
    for sign, words in {
        "T": "table",
        "B": "tbody thead tfoot",
        "R": "tr",
        "C": "td th",
        "P": "p",
        "-": "br",
        "G": "colgroup",
        "o": "col",
        "m": "meta",
        "l": "link base",
    }.items()
    for name in words.split()
}
_SIGN_OF |= {f"/{name}": sign.lower() for name, sign in _SIGN_OF.items() if sign.isupper()}
_CELL_END = "</td>"
_RAW_NAMES = (b"script", b"style", b"noscript", b"iframe", b"template")


class Irregular(Exception):
    """The tags do not nest as they stand, or something is there that needs a tree's rules."""


class Source(NamedTuple):
    """A page's tags as written, in order; `texts[i]` stands before tag i. `signs` has a letter for each (`_sign`).

    `hiding` says whether the style of any tag may hide its text, strike it out or raise it, `dressing_hides` whether
    that of a tag does which otherwise only dresses letters. `stretches` are the page cut at the ends of cells, and
    `ends` the places behind the last tag of each.
    """

    texts: list[str]
    tags: list[str]
    signs: str
    hiding: bool
    dressing_hides: bool
    stretches: list[str]
    ends: list[int]


def _sign(tag: str) -> str:
    """A letter for a tag: that of its name, or what is to be known first. Raises Irregular for one that is ill-formed.

    A tag that may hide what it begins, or has a bracket in a value, is `HIDING`. One of those that dress letters is
    `DRESSING`, or `HIDING_DRESSING` where it may hide.
    """
    if _DRESSING.fullmatch(tag):
        return HIDING_DRESSING if _may_hide(tag) or _TURNING.match(tag) else DRESSING
    name = name_of(tag)
    return HIDING if _may_hide(tag) else _AT_HEAD_END if name in _HEAD_ENDS else sign_of(name)


def _may_hide(tag: str) -> bool:
    return may_do(tag) or _QUOTED_BRACKET.search(tag) is not None


def name_of(tag: str) -> str:
    """The name of a tag in small letters, with `/` before that of an end tag. Raises Irregular where it has none."""
    found = _TAG.fullmatch(tag)
    if not found:
        raise Irregular("a tag is not well formed")
    return found[1].lower()


SIGN = Remembered(_sign)
NAME = Remembered(name_of)


def sign_of(name: str) -> str:
    """A letter for the name of a tag: a capital for one that begins, a small one for one that ends."""
    return _SIGN_OF.get(name, _OTHER)


def source_of(text: str, raw: bytes, strict: bool) -> Source:
    """A page (`raw`: its bytes in UTF-8, in small letters) cut at its tags. Raises Irregular where one is ill-formed.

    With `strict`, also where a tag that dresses letters stands in the head, which it would end. Linear in the length of
    the text.
    """
    if GONE in text or BREAK in text or b"<!-->" in raw or b"<!--->" in raw or b"--!>" in raw:
        raise Irregular("signs of its own")
    text = without_comments(text, raw)
    stretches = text.split(_CELL_END)
    pieces, signs, ends = _cut(stretches)
    texts, tags = pieces[0::2], pieces[1::2]
    if text.count("<") != len(tags):
        raise Irregular("a tag is not well formed")
    dressing_hides = HIDING_DRESSING in signs
    hiding = dressing_hides or HIDING in signs
    marked = {tag for tag, sign in zip(tags, signs, strict=True) if sign in _MAY} if hiding else ()
    if any(map(_QUOTED_BRACKET.search, marked)):
        raise Irregular("a bracket in the value of an attribute")
    head = signs[: max(signs.find(_AT_HEAD_END), 0)]
    if strict and (DRESSING in head or HIDING_DRESSING in head):
        raise Irregular("a tag that ends the head")
    return Source(texts, tags, signs, hiding, dressing_hides, stretches, ends)


def _cut(stretches: list[str]) -> tuple[list[str], str, list[int]]:
    """Texts and tags of a page in turn, the signs of the tags, and the places behind the last tag of each stretch.

    The end of a cell is the last tag of every stretch but the last.
    """
    pieces: list[str] = []
    signs: list[str] = []
    ends: list[int] = []
    end = 0
    for stretch in stretches:
        cut, told = CUT[stretch]
        pieces += cut
        pieces.append(_CELL_END)
        signs.append(told)
        end += len(told) + 1
        ends.append(end)
    pieces.pop()
    ends[-1] -= 1
    return pieces, SIGN[_CELL_END].join(signs), ends


def _cut_stretch(text: str) -> tuple[list[str], str]:
    pieces = _ANY_TAG.split(text)
    return pieces, "".join(map(SIGN.__getitem__, pieces[1::2]))


CUT = Remembered(_cut_stretch, bound=4096)
"""Texts and tags of a stretch in turn, and the signs of the tags. Most cells are written like others."""


def without_comments(text: str, raw: bytes) -> str:
    """A page without its comments, scripts and declarations. Raises Irregular where one of them does not end."""
    stripped = _STRIPPED.sub(GONE, text)
    # In a script, a comment may hide the end of the script.
    nested = b"<!--" in raw and b"<script" in raw and raw.count(b"<script") != raw.count(b"</script")
    if nested or (stripped.endswith(GONE) and not _ends_all(raw)):
        raise Irregular("a comment or a script does not end")
    return stripped


def without_scripts(text: str) -> str:
    """A well-formed page without its comments, scripts and declarations."""
    return _STRIPPED.sub("", text)


def _ends_all(raw: bytes) -> bool:
    """Whether something ends the last comment, the last declaration and the last script of each kind."""
    ends = [raw.rfind(b"-->") >= raw.rfind(b"<!--"), raw.rfind(b">") >= max(raw.rfind(b"<!"), raw.rfind(b"<?"))]
    ends += [raw.rfind(b"</" + name) >= raw.rfind(b"<" + name) for name in _RAW_NAMES]
    return all(ends)


def attributes_of(tag: str) -> Mapping[str, str]:
    """The attributes of a tag as written; of two with one name, the first."""
    return _ATTRIBUTES[tag]


def _attributes(tag: str) -> dict[str, str]:
    found: dict[str, str] = {}
    begin = _TAG_NAME.match(tag)
    for name, double, single, bare in _ATTRIBUTE.findall(tag, begin.end() if begin else 0, len(tag) - 1):
        value = double or single or bare
        found.setdefault(name.lower(), html.unescape(value) if "&" in value else value)
    return found


_ATTRIBUTES = Remembered(_attributes)


def visible_text(pieces: str) -> str:
    """Text as written in the source, with entities as characters and without the signs of what was taken out."""
    if "&" in pieces:
        pieces = html.unescape(pieces)
    return pieces.replace(GONE, "")
