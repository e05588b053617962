"""HTML as a stream of tags that nest, without a tree.

A page whose tags nest as they stand says the same in every tree that could be made of it, so none is made: comments,
scripts and the tags that only dress letters (Word writes thousands) are taken out by one pattern, and what is left is
split at its tags. What a tree builder would have to repair, or would treat by a rule of its own, raises `Irregular`:
such a page has to be `repaired` first, and the stream of the repaired page is read.
"""

import html
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from ingest.readers.html_names import BREAKING, is_hidden, is_raised, is_struck, names
from ingest.readers.limits import MAX_HTML_DEPTH

GONE = "\x01"
"""Stands where a comment, a script or a dressing tag was taken out, so that nothing grows together there."""
BREAK = "\x02"
"""Stands where a cell's text begins a new line."""
_STRIPPED = re.compile(
    r"<(?:!--(?:.*?-->|.*+)|[!?](?!--)[^>]*+>"
    r"|(?=[sSnNiItT])((?i:script|style|noscript|iframe|template))(?=[\s/>])(?:.*?</(?i:\1)(?=[\s/>])[^>]*+>|.*+))",
    re.S,
)
"""What one of these begins and nothing ends goes to the end of the page, so each place is searched once."""
_DRESSING_NAMES = (
    r"(?:[sS](?:pan|PAN|trong|TRONG|mall|MALL|amp|AMP)|[fF](?:ont|ONT)|[uUbBiIaAqQ]|[eE][mM]|[tT][tT]|[dD][fF][nN]"
    r"|[bB](?:ig|IG|d[io]|D[IO])|[aA](?:bbr|BBR|cronym|CRONYM)|[cC](?:ite|ITE|ode|ODE)|[iI](?:ns|NS)|[kK](?:bd|BD)"
    r"|[lL](?:abel|ABEL)|[mM](?:ark|ARK)|[vV](?:ar|AR)|[a-zA-Z][a-zA-Z0-9]{0,8}+:[a-zA-Z0-9]++)"
)
_DRESSING = re.compile(rf"</?{_DRESSING_NAMES}(?:[\s/][^<>\x01]*+)?>")
_DRESSED = re.compile(rf"<{_DRESSING_NAMES}\s")
_HEAD_END = re.compile(r"</?(?:head|HEAD|Head|body|BODY|Body)(?=[\s/>])(?<!<head)(?<!<HEAD)(?<!<Head)")
_TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9-]*+)((?:[\s/][^<>\x01]*+)?)>")
_QUOTED_BRACKET = re.compile(r"=\s*+(?:\"[^\"<>\x01]*+[<>\x01]|'[^'<>\x01]*+[<>\x01])")
"""A bracket inside a quoted value, which would end a tag too early."""
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_HIDING = tuple(
    (word, re.compile(sign.encode()), re.compile(sign, re.I))
    for word, sign in (
        (b"none", r"display\s*:\s*none"),
        (b"hidden", r"visibility\s*:\s*hidden"),
        (b"size", r"font-size\s*:\s*0"),
        (b"hidden", r"[\s\"']hidden(?=[\s=/>])"),
        (b"line-through", r"line-through"),
        (b"vertical-align", r"vertical-align\s*:\s*su(?:per|b)\b"),
        (b"opacity", r"opacity\s*:\s*[0.]"),
        (b"transparent", r"color\s*:\s*transparent"),
        (b"rect(", r"clip\s*:\s*rect\(0"),
        (b":-", r"(?:left|top|right|bottom|text-indent):-\d{3}"),
        (b": -", r"(?:left|top|right|bottom|text-indent)\s*:\s+-\d{3}"),
    )
)
_NOTHING = " \n\t\r\f" + GONE
_MANY = 200
_RAW_NAMES = (b"script", b"style", b"noscript", b"iframe", b"template")
_VOID = names("area base br col embed hr img input link meta param source track wbr")
_MAY_HOLD = {
    "table": names("caption colgroup col thead tbody tfoot tr"),
    "thead": frozenset(("tr",)),
    "tbody": frozenset(("tr",)),
    "tfoot": frozenset(("tr",)),
    "tr": frozenset(("td", "th")),
    "colgroup": frozenset(("col",)),
    "head": names("title meta link base"),
    "title": frozenset[str](),
    "textarea": frozenset[str](),
    "option": frozenset[str](),
    "optgroup": frozenset(("option",)),
    "select": frozenset(("option", "optgroup")),
}
"""Elements that hold nothing else, and (but for the last five) no text of their own."""
_HOLD_NO_TEXT = names("table thead tbody tfoot tr colgroup head html")
_NOT_IN_ITSELF = names("form button select nobr")
_IN_ITSELF_AT_ONCE = names("li dd dt")
_ONCE = names("html head body")
_CELL_TAGS = (
    names("sup sub select del s strike object canvas button textarea svg ruby rt rp noscript template iframe") - _VOID
)
_PLAIN = names("p div br table img hr ul ol dl sup sub del s strike section article center blockquote")
_HEADINGS = names("h1 h2 h3 h4 h5 h6")
_ODD = names(
    "tbody thead tfoot tr td th caption colgroup col title svg math "
    " frameset frame xmp plaintext noembed noframes image isindex listing object applet marquee keygen rb rtc "
    "menuitem"
)
"""Elements that stand in their places only, or have rules of their own: left to a tree."""


class Irregular(Exception):
    """The tags do not nest as they stand, or something is there that needs a tree's rules."""


@dataclass(frozen=True, slots=True)
class TagStream:
    """A page's tags in order. `texts[i]` stands before tag i; `ends[i]` is the tag that ends what tag i begins.

    `names` are in small letters, with `/` before that of an end tag. `hiding` says whether the style of any tag may
    hide its text, strike it out or raise it.
    """

    texts: list[str]
    names: list[str]
    attributes: list[str]
    ends: list[int]
    hiding: bool

    def after(self, place: int) -> int:
        """The tag that comes behind a whole element. Raises Irregular for a paragraph without an end of its own."""
        end = self.ends[place]
        if not end:
            return place + 1
        if end == len(self.names) or self.names[end] != "/" + self.names[place]:
            raise Irregular("a paragraph that is not read has no end")
        return end + 1

    def hidden(self, place: int) -> bool:
        """Whether a browser does not show what the tag begins."""
        if not self.hiding or not self.attributes[place]:
            return False
        return is_hidden(self.names[place], attributes_of(self.attributes[place]))

    def struck(self, place: int) -> bool:
        """Whether what the tag begins is struck out."""
        return is_struck(self.names[place], self._style(place))

    def raised(self, place: int) -> bool:
        """Whether what the tag begins stands above or below the line."""
        return is_raised(self.names[place], self._style(place))

    def marks(self, place: int) -> bool:
        """Whether the tag hides what it begins, strikes it out or raises it."""
        return self.hidden(place) or self.struck(place) or self.raised(place)

    def _style(self, place: int) -> str:
        written = self.attributes[place]
        return attributes_of(written).get("style", "") if self.hiding and written else ""


def attributes_of(written: str) -> dict[str, str]:
    """The attributes of a tag; of two with one name, the first."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(written):
        value = double or single or bare
        found.setdefault(name.lower(), html.unescape(value) if "&" in value else value)
    return found


def visible_text(pieces: str) -> str:
    """Text as written in the source, with entities as characters and without the signs of what was taken out."""
    if "&" in pieces:
        pieces = html.unescape(pieces)
    return pieces.replace(GONE, "")


def stream_of(text: str, raw: bytes, strict: bool) -> TagStream:
    """The tags of a page (`raw`: its bytes in UTF-8, in small letters) that nest. Raises Irregular where they do not.

    With `strict`, also where they nest but a tree builder would move something. Linear in the length of the text.
    """
    if GONE in text or BREAK in text or b"<!-->" in raw or b"<!--->" in raw or b"--!>" in raw:
        raise Irregular("signs of its own")
    text = _without_comments(text, raw)
    if _QUOTED_BRACKET.search(text):
        raise Irregular("a bracket in the value of an attribute")
    hiding, dressing_hides = _hides(text, raw)
    if strict and (head := _HEAD_END.search(text)) and _DRESSING.search(text, 0, head.start()):
        raise Irregular("a tag that ends the head")
    if not dressing_hides:
        text = _DRESSING.sub(GONE, text)
    pieces = _TAG.split(text)
    texts, names = pieces[0::3], " ".join(pieces[1::3]).lower().split()
    if any("<" in text for text in texts):
        raise Irregular("a tag is not well formed")
    return TagStream(texts, names, pieces[2::3], _nested(names, texts, strict), hiding)


def _without_comments(text: str, raw: bytes) -> str:
    """A page without its comments, scripts and declarations. Raises Irregular where one of them does not end."""
    stripped = _STRIPPED.sub(GONE, text)
    # In a script, a comment may hide the end of the script.
    nested = b"<!--" in raw and b"<script" in raw and raw.count(b"<script") != raw.count(b"</script")
    if nested or (stripped.endswith(GONE) and not _ends_all(raw)):
        raise Irregular("a comment or a script does not end")
    return stripped


def _ends_all(raw: bytes) -> bool:
    """Whether something ends the last comment and the last script of each kind."""
    ends = [raw.rfind(b"-->") >= raw.rfind(b"<!--")]
    ends += [raw.rfind(b"</" + name) >= raw.rfind(b"<" + name) for name in _RAW_NAMES]
    return all(ends)


def _hides(text: str, raw: bytes) -> tuple[bool, bool]:
    """Whether any tag of a page hides, strikes out or raises its text, and whether one of these dresses letters."""
    signs = [sign for word, in_raw, sign in _HIDING if word in raw and in_raw.search(raw)]
    places = [place.start() for sign in signs for place in islice(sign.finditer(text), _MANY)]
    dressing = len(places) >= _MANY or any(_DRESSED.match(text, text.rfind("<", 0, place)) for place in places)
    return bool(places), dressing


def _nested(names: list[str], texts: list[str], strict: bool) -> list[int]:
    """For each tag that begins an element, the tag that ends it. Raises Irregular where one has no fitting end."""
    ends = [0] * len(names)
    stack: list[int] = []
    once: set[str] = set()
    top = ""
    for place, name in enumerate(names):
        if name[0] == "/":
            base = name[1:]
            if top == "p" and base != "p" and strict and base in BREAKING:
                ends[stack.pop()] = place
                top = names[stack[-1]] if stack else ""
            if top != base:
                # The end of a paragraph that is not open stands for an empty one.
                if base == "p" and strict and not any(names[outer] == "p" for outer in stack):
                    continue
                raise Irregular(f"</{base}> ends nothing")
            ends[stack.pop()] = place
            top = names[stack[-1]] if stack else ""
        else:
            if strict:
                if top == "p" and name in BREAKING and name != "br":
                    ends[stack.pop()] = place
                    top = names[stack[-1]] if stack else ""
                held = _MAY_HOLD.get(top)
                if name not in (_PLAIN if held is None else held):
                    _check(name, top, held, names, stack, once)
            if name not in _VOID:
                stack.append(place)
                top = name
                if len(stack) > MAX_HTML_DEPTH:
                    raise Irregular("nested too deep")
        if strict and top in _HOLD_NO_TEXT and texts[place + 1].strip(_NOTHING):
            raise Irregular(f"text stands between the parts of a {top}")
    if once and texts[0].strip(_NOTHING):
        raise Irregular("text before the page")
    while strict and stack and names[stack[-1]] == "p":
        ends[stack.pop()] = len(names)
    if stack:
        raise Irregular(f"<{names[stack[-1]]}> does not end")
    return ends


def _check(
    name: str, top: str, held: frozenset[str] | None, names: list[str], stack: list[int], once: set[str]
) -> None:
    """Whether an element may stand where it does, so that every tree would leave it there. Raises Irregular."""
    if held is not None:
        fits = name in held
    elif name in _ONCE:
        fits = name not in once and ((top == "html") if name != "html" else names[0] == "html")
        once.add(name)
    elif name in _IN_ITSELF_AT_ONCE:
        fits = top != name
    elif name in _NOT_IN_ITSELF:
        fits = not any(names[outer] == name for outer in stack)
    else:
        fits = name not in _ODD and not (name in _HEADINGS and top in _HEADINGS)
    if not fits:
        raise Irregular(f"<{name}> in <{top}>")


def repaired(text: str) -> str:
    """The page as lexbor's tree of it is written, by the rules of HTML that browsers follow.

    Raises Irregular for a page nested so deep that the tree would take hours: lexbor looks at all open elements anew.
    """
    if is_too_deep(text):
        raise Irregular("nested too deep")
    raw = text.encode("utf-8", errors="replace")
    return LexborHTMLParser(raw, options=LexborDocumentOptions.WO_EVENTS).html or ""


def is_too_deep(text: str) -> bool:
    """Whether a page's tags could be nested deeper than any tree is made of."""
    return text.count("<") > MAX_HTML_DEPTH and _depth(text) > MAX_HTML_DEPTH


def _depth(text: str) -> int:
    """How deep the tags of a page could be nested at most, were none closed but by its own end tag."""
    open_tags: Counter[str] = Counter()
    depth = deepest = 0
    for end, name in re.findall(r"<(/?)([a-zA-Z][^\s/>]*)", text):
        lowered = name.lower()
        if lowered in _VOID:
            continue
        if not end:
            open_tags[lowered] += 1
            depth += 1
            deepest = max(deepest, depth)
        elif open_tags[lowered]:
            open_tags[lowered] -= 1
            depth -= 1
    return deepest


def keeps_cells(text: str, raw: bytes, mended: str, stream: TagStream) -> bool:
    """Whether a page (as for `stream_of`) was repaired without moving any text into or out of a cell."""
    try:
        source = _without_comments(text, raw)
    except Irregular:
        return False
    return _cell_tags(source, stream) == _cell_tags(_STRIPPED.sub("", mended), stream)


def _cell_tags(source: str, stream: TagStream) -> list[str]:
    """The tags of a page's source that tell which cell a text is of, in order. A tree with the same moved none.

    These are the tags of tables and, where the page has them, those that hide text or stand for it.
    """
    wanted = (_CELL_TAGS & set(stream.names)) | {"table", "tr", "td", "th"}
    if stream.hiding:
        wanted |= {name for place, name in enumerate(stream.names) if name[0] != "/" and stream.marks(place)} - _VOID
    names = "|".join(sorted(wanted))
    return [tag.lower() for tag in re.findall(rf"<(/?(?:{names}))(?=[\s/>])", source, re.I)]
