"""The style sheets inside a page: what they hide, strike out or raise in a table is written to the tags themselves.

Only the page's own `<style>` counts, and no sheet that it points to. Which tags a rule hits, lexbor's selectors say.
The order and weight of rules is not worked out: what one rule hides inside a cell cannot be read, whatever others say.
"""

import html
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache, partial
from itertools import chain, islice

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from ingest.readers.html_hiding import CLEAR_COLOUR
from ingest.readers.html_names import BREAKING, is_absent, is_raised, is_struck, is_unseen
from ingest.readers.html_tags import is_too_deep
from ingest.text.remember import Remembered

# Signs without a case first, and no flag for the case of letters: so a tag is found by its sign.
_STYLE = re.compile(r"<[sS][tT][yY][lL][eE]\b[^<>]*>")
_SHEET = re.compile(rb"<style\b[^<>]*>.*?</style", re.S)
_STYLE_END = re.compile(r"</[sS][tT][yY][lL][eE]")
_WHITE_WORDS = (b"#f", b"white", b"(2", b"( 2")
_WHITE_SIGN = re.compile(rb"color\s*[:=][\s\"']*(?:#ff|#f[5-9a-e]f|white|rgba?\(\s*2[45])")
_CHANNEL = r"(?:24[5-9]|25[0-5])"
_IS_WHITE = (
    r"(?:#fff\b|#(?:f[5-9a-f]){3}\b|white\b"
    rf"|rgba?\(\s*{_CHANNEL}(?:\s*,\s*|\s+){_CHANNEL}(?:\s*,\s*|\s+){_CHANNEL}(?!\d))"
)
"""White, or nearly so, as far as nobody could read letters of the colour on paper."""
_WHITE = re.compile(rf"(?<![-\w])color\s*[:=][\s\"']*{_IS_WHITE}", re.I)
_NO_COLOUR = (
    r"(?:[\s/]|!\s*+important|[-\d.]++(?:px|pt|em|%)?"
    r"|(?:transparent|none|inherit|initial|unset|revert|auto|repeat|no-repeat|scroll|top|left|(?:padding|border)-box)(?![-\w(])"
    rf"|{CLEAR_COLOUR})*+"
)
_GROUND = re.compile(rf"(?<![-\w])background(?:-color)?\s*+:(?!{_NO_COLOUR}(?:;|$))", re.I)
"""What puts a colour or a picture under letters, and does not only say that there is none."""
_WHITE_GROUND = re.compile(rf"(?:background(?:-color)?\s*:|bgcolor=)[\s\"']*{_IS_WHITE}", re.I)
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)|<!--|-->", re.S)
_BRACE = re.compile(r"[{}]")
_ON_SCREEN = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)\s*$", re.I)
_DISPLAY = re.compile(r"(?<![-\w])display\s*:\s*(?!none)\w", re.I)
_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*+)(?=[\s/>])")
_NUMBER_ATTRIBUTE = "data-tag-number"
_DIGITS = re.compile(r"[\d\s.,+\-]*\d[\d\s.,+\-]*")
_MAX_RULES = 200
_LONGEST_SHEET = 100_000
_MANY_SHEETS = 64
_MAX_SELECTOR = 120
_MAX_COMBINATORS = 4
_MAX_HITS = 20_000
_HIDDEN = "display:none"
_UNSEEN = "opacity:0"
_STRUCK = "text-decoration:line-through"
_RAISED = "vertical-align:super"


def with_styles(text: str, raw: bytes) -> str:
    """A page (`raw`: its bytes in UTF-8, in small letters) whose tags say themselves what style sheets do to numbers.

    Numbers in white are taken for struck out. A page without such styles is given back as it is.
    """
    white = any(word in raw for word in _WHITE_WORDS) and bool(_WHITE_SIGN.search(raw) and _WHITE.search(text))
    rules = list(_rules(text, white)) if b"<style" in raw else []
    white = white and bool(_WHITE_SIGN.search(_SHEET.sub(b"", raw)) and _WHITE.search(_without_sheets(text)))
    if (not rules and not white) or is_too_deep(text):
        return text
    numbers = iter(range(len(text)))
    numbered = _TAG.sub(lambda tag: f'{tag[0]} {_NUMBER_ATTRIBUTE}="{next(numbers)}"', text)
    tree = LexborHTMLParser(numbered.encode("utf-8", errors="replace"))
    styles = _styles(tree, rules, white)
    if not styles:
        return text
    numbers = iter(range(len(text)))
    return _TAG.sub(lambda tag: _styled(tag[0], styles.get(next(numbers))), text)


def _styled(tag: str, style: str | None) -> str:
    # Of two attributes with one name, the first counts.
    return tag if style is None else f'{tag} style="{html.escape(style)}"'


def _rules(text: str, white: bool) -> Iterator[tuple[str, str]]:
    """The selectors whose rules hide, strike out, raise or whiten text on a screen, with what the rules say."""
    of_all = chain.from_iterable(_RULES[white][sheet] for sheet in _sheets(text))
    return islice(of_all, _MAX_RULES)


def _rules_of(sheet: str, white: bool) -> tuple[tuple[str, str], ...]:
    """Such rules of one sheet. The pages of a site have the same sheet."""
    css = _COMMENT.sub(" ", sheet)
    outer: list[str] = []
    found: list[tuple[str, str]] = []
    begin = 0
    for brace in _BRACE.finditer(css):
        said, begin = css[begin : brace.start()], brace.end()
        if brace[0] == "{":
            outer.append(said.rpartition(";")[2].strip())
            continue
        selectors = outer.pop() if outer else ""
        if not selectors or selectors[0] == "@" or not all(map(_ON_SCREEN.match, outer)):
            continue
        if not (_kind("td", said) or (white and _is_white(said))):
            continue
        for selector in selectors.split(","):
            combined = len(selector.split()) - 1 + sum(selector.count(sign) for sign in ">+~")
            if len(selector) <= _MAX_SELECTOR and combined <= _MAX_COMBINATORS and selector.strip():
                found.append((selector.strip(), said))
        if len(found) >= _MAX_RULES:
            break
    return tuple(found)


_RULES = {
    white: Remembered(partial(_rules_of, white=white), longest=_LONGEST_SHEET, bound=_MANY_SHEETS)
    for white in (False, True)
}


def _sheets(text: str) -> Iterator[str]:
    """What stands in the style tags of a page."""
    place = 0
    while (begun := _STYLE.search(text, place)) and (ended := _STYLE_END.search(text, begun.end())):
        yield text[begun.end() : ended.start()]
        place = ended.end()


def _without_sheets(text: str) -> str:
    """A page without what stands in its style tags."""
    for sheet in _sheets(text):
        text = text.replace(sheet, " ", 1)
    return text


@lru_cache(maxsize=4096)
def _kind(name: str, style: str) -> str | None:
    """What a style does to the text of a tag, as the shortest style that does the same."""
    if is_absent(name, {"style": style}):
        return _HIDDEN if name in BREAKING else _STRUCK
    if is_unseen(name, style):
        return _UNSEEN if name in BREAKING else _STRUCK
    if is_struck("", style):
        return _STRUCK
    return _RAISED if is_raised("", style) else None


def _is_white(style: str) -> bool:
    return bool(_WHITE.search(style)) and not _GROUND.search(style)


def _styles(tree: LexborHTMLParser, rules: list[tuple[str, str]], white: bool) -> dict[int, str]:
    """The new style of each tag inside a table that a rule hits, by the tag's number in the source."""
    found: dict[int, list[str]] = defaultdict(list)
    shown: dict[int, str] = {}
    looked_at = 0
    for selector, said in rules:
        for node in _hits(tree, selector):
            looked_at += 1
            if looked_at > _MAX_HITS:
                break
            own = node.attributes.get("style") or ""
            kind = _kind(node.tag or "", said)
            if kind == _HIDDEN and _DISPLAY.search(own):
                continue
            if kind == _STRUCK and not node.text(deep=True).strip():
                continue
            if kind is None:
                kind = _STRUCK if _is_white(said) and _is_bare_number(node) else None
            if kind and (number := _number_in_table(node)) is not None:
                found[number].append(kind)
                shown[number] = own
    if white:
        for node in _hits(tree, "[style], font[color]")[:_MAX_HITS]:
            own = node.attributes.get("style") or ""
            given = f"color={node.attributes.get('color')};{own}"
            if _is_white(given) and _is_bare_number(node) and (number := _number_in_table(node)) is not None:
                found[number].append(_STRUCK)
                shown[number] = own
    return {number: ";".join([shown[number], *dict.fromkeys(kinds)]) for number, kinds in found.items()}


def _hits(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    try:
        return tree.css(selector)
    except SelectolaxError:
        return []


def _is_bare_number(node: LexborNode) -> bool:
    """Whether a tag shows nothing but a number, on no ground of its own in the table, or on a white one."""
    if not _DIGITS.fullmatch(node.text(deep=True) or " "):
        return False
    around: LexborNode | None = node
    on_white = False
    while around is not None and around.tag != "table":
        given = around.attributes
        style = given.get("style") or ""
        if not on_white and ("bgcolor" in given or "background" in given or _GROUND.search(style)):
            on_white = _WHITE_GROUND.search(f"bgcolor={given.get('bgcolor')};{style}") is not None
            if not on_white:
                return False
        around = around.parent
    return around is not None


def _number_in_table(node: LexborNode) -> int | None:
    """The number of a tag's place in the source, if it is a part of a table (or one itself)."""
    number = node.attributes.get(_NUMBER_ATTRIBUTE)
    around: LexborNode | None = node
    while around is not None and around.tag != "table":
        around = around.parent
    return int(number) if around is not None and number and number.isdecimal() else None
