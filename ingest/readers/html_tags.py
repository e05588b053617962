"""HTML as a stream of tags that nest, without a tree.

A page whose tags nest as they stand says the same in every tree that could be made of it, so none is made: comments,
scripts and the tags that only dress letters (Word writes thousands) are taken out, and what is left is split at its
tags. What a tree builder would have to repair, or would treat by a rule of its own, raises `Irregular`: such a page has
to be `repaired` first, and the stream of the repaired page is read.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from ingest.readers.html_cells import NOTHING, plain_tables
from ingest.readers.html_names import (
    BREAKING,
    STAND_INS,
    Cell,
    is_absent,
    is_hidden,
    is_raised,
    is_struck,
    is_unseen,
    names,
)
from ingest.readers.html_source import (
    DRESSING,
    GONE,
    HIDING_DRESSING,
    NAME,
    Irregular,
    Source,
    attributes_of,
    name_of,
    sign_of,
    source_of,
    without_comments,
    without_scripts,
)
from ingest.readers.limits import MAX_HTML_DEPTH
from ingest.text.remember import Remembered

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
_CELL_TAGS = (names("sup sub ruby rt rp noscript template iframe title noframes noembed") | STAND_INS) - _VOID
_PLAIN = names("p div br table img hr ul ol dl sup sub del s strike section article center blockquote")
_HEADINGS = names("h1 h2 h3 h4 h5 h6")
_ODD = names(
    "tbody thead tfoot tr td th caption colgroup col title svg math "
    " frameset frame xmp plaintext noembed noframes image isindex listing object applet marquee keygen rb rtc "
    "menuitem"
)
"""Elements that stand in their places only, or have rules of their own: left to a tree."""


@dataclass(frozen=True, slots=True)
class TagStream:
    """A page's tags in order. `texts[i]` stands before tag i; `ends[i]` is the tag that ends what tag i begins.

    `tags` are as written, `names` in small letters, with `/` before that of an end tag; `signs` has a letter for each.
    `hiding` says whether the style of any tag may hide its text, strike it out or raise it. `plain` has the rows of
    those tables whose inner tags are left out, by the places of their first tags.
    """

    texts: list[str]
    tags: list[str]
    names: list[str]
    signs: str
    ends: list[int]
    hiding: bool
    plain: Mapping[int, list[list[Cell]]]

    def attributes(self, place: int) -> Mapping[str, str]:
        """The attributes of a tag."""
        return attributes_of(self.tags[place])

    def after(self, place: int) -> int:
        """The tag that comes behind a whole element. Raises Irregular for a paragraph without an end of its own."""
        end = self.ends[place]
        if not end:
            return place + 1
        if end == len(self.names) or self.names[end] != "/" + self.names[place]:
            raise Irregular("a paragraph that is not read has no end")
        return end + 1

    def absent(self, place: int) -> bool:
        """Whether a browser does not lay out what the tag begins."""
        return self.hiding and is_absent(self.names[place], self.attributes(place))

    def hidden(self, place: int) -> bool:
        """Whether a browser does not show what the tag begins."""
        return self.hiding and is_hidden(self.names[place], self.attributes(place))

    def unseen(self, place: int) -> bool:
        """Whether nobody can see what the tag begins."""
        return is_unseen(self.names[place], self._style(place))

    def struck(self, place: int) -> bool:
        """Whether what the tag begins is struck out, or cannot be seen in its place."""
        return is_struck(self.names[place], self._style(place))

    def raised(self, place: int) -> bool:
        """Whether what the tag begins stands above or below the line."""
        return is_raised(self.names[place], self._style(place))

    def marks(self, place: int) -> bool:
        """Whether the tag hides what it begins, strikes it out or raises it."""
        return self.hidden(place) or self.struck(place) or self.raised(place)

    def _style(self, place: int) -> str:
        return self.attributes(place).get("style", "") if self.hiding else ""


def stream_of(text: str, raw: bytes, strict: bool) -> TagStream:
    """The tags of a page (`raw`: its bytes in UTF-8, in small letters) that nest. Raises Irregular where they do not.

    With `strict`, also where they nest but a tree builder would move something. Linear in the length of the text.
    """
    source = source_of(text, raw, strict)
    texts, tags, plain = _kept(source)
    names = [NAME[tag] for tag in tags]
    signs = "".join(map(sign_of, names))
    return TagStream(texts, tags, names, signs, _nested(names, texts, strict), source.hiding, plain)


def _kept(source: Source) -> tuple[list[str], list[str], dict[int, list[list[Cell]]]]:
    """The texts and tags without those inside plain tables and without the tags that only dress letters."""
    texts, tags, signs, _, dressing_hides, *_ = source
    left_out = "" if dressing_hides else DRESSING + HIDING_DRESSING
    if dressing_hides:
        for tag in tags:
            name_of(tag)
    kept_texts: list[str] = []
    kept: list[str] = []
    plain: dict[int, list[list[Cell]]] = {}
    behind = 0
    for begin, last, rows in (*plain_tables(source), (len(tags), len(tags), None)):
        for place in range(behind, begin + 1):
            if place == begin or signs[place] not in left_out:
                kept_texts.append(GONE.join(texts[behind : place + 1]))
                kept += tags[place : place + 1]
                behind = place + 1
        if rows is not None:
            plain[len(kept) - 1] = rows
            kept_texts.append("")
            kept.append(tags[last])
            behind = last + 1
    return kept_texts, kept, plain


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
        if strict and top in _HOLD_NO_TEXT and texts[place + 1].strip(NOTHING):
            raise Irregular(f"text stands between the parts of a {top}")
    if once and texts[0].strip(NOTHING):
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
    for tag in _TAG_BEGIN.findall(text):
        step, name = _STEPS[tag]
        if step > 0:
            open_tags[name] += 1
            depth += 1
            if depth > deepest:
                deepest = depth
        elif step and open_tags[name]:
            open_tags[name] -= 1
            depth -= 1
    return deepest


def _step(tag: str) -> tuple[int, str]:
    """How much deeper a tag leads, by its beginning as written, and the name of what it opens or closes."""
    name = tag.strip("</").lower()
    return (0 if name in _VOID else -1 if tag[1] == "/" else 1), name


_TAG_BEGIN = re.compile(r"</?[a-zA-Z][^\s/>]*")
_STEPS = Remembered(_step)


def keeps_cells(text: str, raw: bytes, mended: str, stream: TagStream) -> bool:
    """Whether a page (as for `stream_of`) was repaired without moving any text into or out of a cell."""
    try:
        source = without_comments(text, raw)
    except Irregular:
        return False
    return _cell_tags(source, stream) == _cell_tags(without_scripts(mended), stream)


def _cell_tags(source: str, stream: TagStream) -> list[str]:
    """The tags of a page's source that tell which cell a text is of, in order. A tree with the same moved none.

    These are the tags of tables and, where the page has them, those that hide text or stand for it.
    """
    wanted = (_CELL_TAGS & set(stream.names)) | {"table", "tr", "td", "th"}
    if stream.hiding:
        wanted |= {name for place, name in enumerate(stream.names) if name[0] != "/" and stream.marks(place)} - _VOID
    names = "|".join(sorted(wanted))
    return [tag.lower() for tag in re.findall(rf"<(/?(?:{names}))(?=[\s/>])", source, re.I)]
