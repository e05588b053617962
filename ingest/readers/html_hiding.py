"""What the style of a tag may do to the text that it begins: hide it, strike it out, turn it round or raise it.

One list of patterns serves both for the styles themselves and for the quick look that tells which tags of a page have
such a style at all (`may_do`), so that neither knows what the other does not.
"""

import re
from typing import NamedTuple

from ingest.text.remember import Remembered

_NOUGHT = r"(?:0++(?:\.0++)?+|\.0++)"
_ZERO = rf"{_NOUGHT}(?![.\d])(?:[a-z]{{1,4}}|%)?(?=\s*(?:[;!/\"'>]|$|\s))"
"""A size of nothing, in any unit, up to the end of what a style says of it."""
_OWN = r"(?<![-\w])"
"""Before the name of a property: it is not the end of another's."""
CLEAR_COLOUR = rf"(?:#[\da-f]{{6}}00\b|#[\da-f]{{3}}0\b|(?:rgba|hsla)\([^)]{{0,80}},\s*{_NOUGHT}%?\s*\))"
"""A colour of which nothing is seen, as a pattern."""
_CLIPPED = r"overflow(?:-[xy])?\s*:\s*(?:hidden|clip)"
_NO_WIDTH = rf"{_OWN}(?:max-)?width\s*:\s*{_ZERO}"
_NO_SIZE = rf"{_OWN}(?:max-)?(?:width|height)\s*:\s*{_ZERO}"

_ABSENT = r"display\s*:\s*none"
_UNSEEN = "|".join(
    (
        r"(?<!face-)visibility\s*:\s*(?:hidden|collapse)",
        rf"{_OWN}font(?:-size)?\s*:\s*{_ZERO}",
        rf"{_OWN}opacity\s*:\s*(?:{_NOUGHT}%?(?![\d.])|0?\.0)",
        rf"opacity\(\s*{_NOUGHT}%?\s*\)",
        rf"{_OWN}(?:left|top|right|bottom|text-indent)\s*:\s*-\d\d(?:\d|r?em)",
        rf"{_OWN}(?:margin-(?:left|top)|inset|translate)\s*:\s*-\d{{4}}",
        rf"{_OWN}(?:zoom|scale)\s*:\s*{_ZERO}",
        rf"(?:{_OWN}|fill-)color\s*:\s*(?:transparent|{CLEAR_COLOUR})",
        r"clip(?:-path)?\s*:\s*(?:rect\(\s*[01]|inset\(|(?:circle|ellipse)\(\s*0|polygon\()",
        rf"scale[xy]?\s*\(\s*{_NOUGHT}\s*[,)]",
        r"translate(?:[xy]|3d)?\s*\([^)]{0,80}-\d{3}",
    )
)
# Digits whose order or shape is turned round are none that could be read.
_STRUCK = (
    r"line-through|unicode-bidi\s*:\s*(?:bidi|isolate)-override|scale[xy]?\s*\([^)]{0,80}-"
    r"|rotate[xyz]?\s*[(:]\s*-?1[6-9]\d|matrix\s*\(\s*[-0]"
)
_RAISED = r"vertical-align\s*:\s*su(?:per|b)\b"
_MAY_DO = re.compile(
    "|".join(
        (
            _ABSENT,
            _UNSEEN,
            _STRUCK,
            _RAISED,
            r"[\s\"'/](?:hidden|popover)(?=[\s=/>])",
        )
    ),
    re.IGNORECASE,
)
_WRITTEN_STYLE = re.compile(r"style\s*=", re.IGNORECASE)
_WRITTEN_OTHERWISE = re.compile(r"&(?!quot;|amp;|#3[49];)|/\*|\\", re.IGNORECASE)
"""Signs that what a style says is told only behind its entities, comments and escapes."""
_ANYTHING = re.compile(r"[:&\\]|hidden|popover", re.IGNORECASE)
"""What a tag has in it at least that does any of this: a style with a colon, or signs of which one is made."""
_INKS = re.compile(r"(?<![-\w])color\s*:\s*(#[\da-f]{3,6}\b|rgba?\([\d\s,.]*\)|[a-z]+)(?![-\w(])", re.IGNORECASE)
_GROUNDS = re.compile(
    r"background(?:-color)?\s*:\s*(#[\da-f]{3,6}\b|rgba?\([\d\s,.]*\)|[a-z]+)(?![-\w(])", re.IGNORECASE
)
_CHANNEL = re.compile(r"\d+")
_ALPHA = re.compile(r"(?:,[^,]*){2},\s*(\d*\.?\d+)\s*\)$")
"""How opaque a colour is, of which this is said behind its three channels."""
_HALF = 0.5
_NAMED = {"black": "#000000", "white": "#ffffff", "red": "#ff0000", "yellow": "#ffff00", "blue": "#0000ff"}
_NO_COLOURS = frozenset(("inherit", "initial", "unset", "revert", "none", "transparent"))
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.S)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.S)
_PUTS_IN_A_BOX = re.compile(r"(?:display|float|position)\s*:", re.I)
_ABSENT_SIGN, _UNSEEN_SIGN, _STRUCK_SIGN, _RAISED_SIGN, _CLIPPED_SIGN, _NO_WIDTH_SIGN, _NO_SIZE_SIGN, _SHOWN_SIGN = (
    re.compile(sign, re.IGNORECASE)
    for sign in (_ABSENT, _UNSEEN, _STRUCK, _RAISED, _CLIPPED, _NO_WIDTH, _NO_SIZE, r"(?<![-\w])display\s*:\s*(?!none)")
)


class Style(NamedTuple):
    """What a style does to the text of a tag.

    `absent`: it is not laid out, so that what stands beside it grows together. `unseen`: it is, and nobody can see it.
    `struck`: it is struck out, or its digits are turned round. `raised`: it stands above or below the line.
    `shut_cell`, `shut_block` and `shut_word` say whether a cell, a block or a part of a line with this style is a box
    of no size that clips. `shown` is whether the style itself gives the tag a box, which goes before `hidden`.
    """

    absent: bool
    unseen: bool
    struck: bool
    raised: bool
    shut_cell: bool
    shut_block: bool
    shut_word: bool
    shown: bool


def _style(style: str) -> Style:
    style = _ESCAPE.sub(_unescaped, _COMMENT.sub("", style)) + ";"
    clipped = _CLIPPED_SIGN.search(style) is not None
    # A cell is as high as its text at least.
    shut_cell = clipped and _NO_WIDTH_SIGN.search(style) is not None
    shut_block = clipped and _NO_SIZE_SIGN.search(style) is not None
    # A part of a line has a size of its own only where something puts it in a box.
    shut_word = shut_block and _PUTS_IN_A_BOX.search(style) is not None
    return Style(
        _ABSENT_SIGN.search(style) is not None,
        _UNSEEN_SIGN.search(style) is not None or _is_of_its_ground(style),
        _STRUCK_SIGN.search(style) is not None,
        _RAISED_SIGN.search(style) is not None,
        shut_cell,
        shut_block,
        shut_word,
        _SHOWN_SIGN.search(style) is not None,
    )


def _unescaped(escape: re.Match[str]) -> str:
    code = int(escape[1], 16) if escape[1] else ord(escape[2])
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def may_do(tag: str) -> bool:
    """Whether the style or the attributes of a tag as written could do any of this; what does, `STYLES` tells."""
    if not _ANYTHING.search(tag):
        return False
    if _MAY_DO.search(tag) or _is_of_its_ground(tag) or (_CLIPPED_SIGN.search(tag) and _NO_SIZE_SIGN.search(tag)):
        return True
    style = _WRITTEN_STYLE.search(tag)
    return style is not None and _WRITTEN_OTHERWISE.search(tag, style.end()) is not None


def _is_of_its_ground(style: str) -> bool:
    """Whether letters have the colour of the ground on which the same style puts them."""
    if "background" not in style:
        return False
    grounds = {_colour(ground) for ground in _GROUNDS.findall(style) if not _lets_through(ground)} - _NO_COLOURS
    return not grounds.isdisjoint(map(_colour, _INKS.findall(style)))


def _lets_through(ground: str) -> bool:
    """Whether more is seen of what lies under a ground than of its own colour, so that letters of that colour show.

    Under one in white, paper is likely to lie.
    """
    found = _ALPHA.search(ground)
    alpha = float(found[1]) if found else 1.0
    return alpha == 0 or (alpha < _HALF and _colour(ground) != _NAMED["white"])


def _colour(written: str) -> str:
    """A colour in one way of writing, where it is written in one of the common ways."""
    written = written.lower()
    if written.startswith("#") and len(written) == len("#rgb"):
        return "#" + "".join(digit * 2 for digit in written[1:])
    if written.startswith("rgb"):
        return "#" + "".join(f"{int(channel):02x}" for channel in _CHANNEL.findall(written)[:3])
    return _NAMED.get(written, written)


STYLES = Remembered(_style)
"""What a style does, by the style as an attribute says it."""
