"""Plain text: one paragraph or cell a line, and tables as `a | b | c |`, Markdown or tab-separated lines."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from ingest.document import BROKEN, Block, Document, Fault, Grid, Paragraph, Placement
from ingest.readers.limits import MAX_BLOCKS
from ingest.text.characters import without_pinyin
from ingest.text.encoding import Decoded

_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9:]*(?:\s[^<>]{0,400})?/?>")
_LIST_MARK = re.compile(r"^(?:[•·●○▪◆*]|\d{1,3}[.、])$")
_RULE_CHARACTERS = frozenset(" \t|:+-=")
_SHORT_LINE = 20
_SHORT_WORD = 12
_PART_OF_WORD = 4
_LETTERS = re.compile(r"[\u4e00-\u9fff]+")
_LABEL_HEAD = re.compile(r"(?=.*[\u4e00-\u9fff])(?:[(（]?[\d一二三四五六七八九十]{1,3}[)）.．、]?)?[^\W\d_]*")
_ITEM_NUMBER = re.compile(r"\d{1,2}[.．、]")
_READING = "[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]"
_BROKEN_READING = re.compile(
    rf"(?<=[\u4e00-\u9fff]){BROKEN}(?=[(（]{_READING}{{1,7}}[)）])"
    rf"|(?<=[\u4e00-\u9fff])([(（]{_READING}{{0,6}}){BROKEN}(?={_READING}{{1,7}}[)）])"
)
"""A break between a character and its reading in pinyin, or within the reading."""
_BEGUN_READING = re.compile(rf"(?<=[\u4e00-\u9fff])[(（]{_READING}{{0,6}}$")
_ENDED_READING = re.compile(rf"^{_READING}{{1,7}}[)）]")
_MOSTLY = 0.8
_FILLING = re.compile(r"(?<=\| )\|+$")
_CLOSE_BARS = re.compile(r"\| ?\|")
_ROWS_FILLED_UP = 2
_ROWS_THAT_TELL = 5
_ROWS_PUT_TOGETHER = 2
_PAGE_NUMBER = re.compile(r"^[-—–－]\s*\d{1,4}\s*[-—–－]$")
_MOJIBAKE_LEAD = re.compile(r"^[?\ufffd]{2,}")


def read_text(decoded: Decoded) -> Document:
    """Read decoded text; never raises. Lines of nothing but markup are left out and recorded as junk."""
    junk: list[str] = []
    lines: list[tuple[int, str]] = []
    blank: list[int] = []
    markup: list[int] = []
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    for number, line in enumerate(text.split("\n"), start=1):
        kept = line
        if not line or line.isspace():
            blank.append(number)
        if "<" in line:
            kept = _TAG.sub("", line)
            if kept != line:
                junk.extend(_TAG.findall(line))
                if _LIST_MARK.match(kept.strip()):
                    kept = ""
                if not kept.strip():
                    markup.append(number)
        kept = kept.strip("\ufeff")
        if len(kept) > _SHORT_LINE or not any(character.isdigit() for character in kept):
            # Lost characters before a heading say nothing; before a number they may have been its sign.
            kept = _MOJIBAKE_LEAD.sub("", kept)
        if is_page_number(kept):
            kept = ""
        lines.append((number, kept))
        if number >= MAX_BLOCKS:
            fault = Fault("text_too_long", f"only the first {MAX_BLOCKS} lines were read", f"line {number}")
            return Document("text/plain", decoded.encoding, tuple(_blocks(lines)), faults=(fault,), junk=tuple(junk))
    return Document(
        "text/plain",
        decoded.encoding,
        tuple(_blocks(lines)),
        junk=tuple(dict.fromkeys(junk)),
        blank_lines=tuple(_without_those_beside(markup, blank)),
    )


def _without_those_beside(markup: list[int], blank: list[int]) -> list[int]:
    """The empty lines without those in whose run of empty lines one of nothing but markup stands: it left them."""
    kept = dict.fromkeys(blank)
    for number in markup:
        for step in (-1, 1):
            beside = number + step
            while beside in kept:
                del kept[beside]
                beside += step
    return list(kept)


def is_page_number(line: str) -> bool:
    """Whether a line is the furniture of a page, `- 3 -`, and no text."""
    return bool(_PAGE_NUMBER.match(line.strip()))


def _blocks(lines: list[tuple[int, str]]) -> Iterable[Block]:
    """Paragraphs and the grids between them."""
    separator = _separator(lines)
    run: list[tuple[int, str]] = []
    for number, line in lines:
        if separator and separator in line:
            run.append((number, line))
            continue
        if not line.strip():
            continue
        if run and separator == "|" and number == run[-1][0] + 1 and _continues(run, line, lines):
            run.append((number, line))
            continue
        if run and separator == "|" and number == run[-1][0] + 1 and _begins_row(run, line, lines):
            run.append((number, f"{line}{BROKEN}"))
            continue
        if run:
            yield from _grid(run, separator)
            run = []
        if separator == "|" and _begins_table(line, number, lines):
            run.append((number, f"{line}{BROKEN}"))
            continue
        yield Paragraph(line.strip(), f"line {number}")
    if run:
        yield from _grid(run, separator, ends_file=run[-1][0] == lines[-1][0])


def _separator(lines: list[tuple[int, str]]) -> str:
    """The character between cells, empty where lines are cells: pipes, or tabs in several lines."""
    piped = [line for _, line in lines if "|" in line]
    if piped:
        # One cell a line with a trailing pipe is the flattened layout, not a grid.
        inner = sum(line.strip().rstrip("|").count("|") > 0 for line in piped)
        # Where empty cells are line breaks, most lines of a grid have one bar: the rows that are filled up tell it.
        filled_up = sum(len(found[0]) > 1 for line in piped if (found := _FILLING.search(line.rstrip())))
        return "|" if inner * 2 >= len(piped) or min(inner, filled_up) >= _ROWS_THAT_TELL else ""
    tabbed = sum("\t" in line.strip() for _, line in lines)
    return "\t" if tabbed >= 2 else ""


def _continues(run: list[tuple[int, str]], line: str, lines: list[tuple[int, str]]) -> bool:
    """Whether a line without a pipe is the middle of a cell broken over lines: the next line has to have pipes."""
    following = lines[run[-1][0] + 1 : run[-1][0] + 2]
    return bool(following) and "|" in following[0][1] and len(line) <= 40 and not run[-1][1].rstrip().endswith("|")


def _begins_row(run: list[tuple[int, str]], line: str, lines: list[tuple[int, str]]) -> bool:
    """Whether a line without a bar is the beginning of a label that goes on in the next row: a few letters right behind
    a closed row and before one that does not begin with a bar."""
    following = lines[run[-1][0] + 1 : run[-1][0] + 2]
    word = _BEGUN_READING.sub("", without_pinyin(line.strip()))
    return (
        len(word) <= _SHORT_WORD
        and bool(_LABEL_HEAD.fullmatch(word) or (_ITEM_NUMBER.fullmatch(word) and _begins_with_letters(following)))
        and run[-1][1].rstrip().endswith("|")
        and _goes_on(following)
    )


def _begins_table(line: str, number: int, lines: list[tuple[int, str]]) -> bool:
    """Whether a line without a bar is the beginning of a table's first cell: a word of a few letters right before a row
    that begins with another."""
    following = lines[number : number + 1]
    word, broken = _BEGUN_READING.subn("", without_pinyin(line.strip()))
    rest = following[0][1].split("|")[0].strip() if following else ""
    rest = without_pinyin(_ENDED_READING.sub("", rest) if broken else rest)
    return all(len(part) <= _PART_OF_WORD and bool(_LETTERS.fullmatch(part)) for part in (word, rest)) and _goes_on(
        following
    )


def _begins_with_letters(following: list[tuple[int, str]]) -> bool:
    return bool(following) and bool(_LETTERS.match(following[0][1].strip()))


def _goes_on(following: list[tuple[int, str]]) -> bool:
    """Whether the next line has bars and begins with none: what is left of a cell that was begun before it."""
    return bool(following) and "|" in following[0][1] and following[0][1].strip()[:1] not in ("", "|")


def _grid(run: list[tuple[int, str]], separator: str, ends_file: bool = False) -> Iterable[Block]:
    """The rows of a run of lines with separators, cells that are broken over two lines put together again.

    `ends_file` says that no line end closes the last of them.
    """
    filled_up: dict[int, int] = {}
    rows = [(number, line) for at, (number, line) in enumerate(run) if not _is_rule(line, at, separator)]
    barred = separator == "|" and bool(rows) and _are_barred([line for _, line in rows], len(rows) < len(run))
    if barred:
        rows = [(number, line.strip().removeprefix("|")) for number, line in rows]
    printed = [line for _, line in rows]
    closed = sum(line.rstrip().endswith(separator) for line in printed)
    if separator == "|" and closed:
        # Where rows end with a bar, one that does not goes on in the next line.
        whole = _whole_rows(
            [(number, line if line.rstrip().endswith(("|", BROKEN)) else f"{line}{BROKEN}") for number, line in rows]
        )
        if closed * 2 > len(rows) or _is_rectangle(whole):
            rows = whole
            if closed <= len(rows) * _MOSTLY:
                rows = [(number, line.removesuffix(BROKEN)) for number, line in rows]
    split = [
        (number, [cell.strip() for cell in _BROKEN_READING.sub(r"\1", line).split(separator)]) for number, line in rows
    ]
    if separator == "|":
        filled_up = _filling(rows, printed)
        split = _rejoin(split)
        split = [(number, cells[:-1] if len(cells) > 1 and not cells[-1] else cells) for number, cells in split]
    elif ends_file and split and not split[-1][1][-1]:
        # The file may have been cut right before a number.
        split[-1] = (split[-1][0], split[-1][1][:-1])
    if not split:
        return
    yield Grid(
        tuple(_without_filling(cells, filled_up.get(number, 0)) for number, cells in split),
        tuple(f"line {number}" for number, _ in split),
        Placement.COUNTED,
        frozenset(_one_line(run, [number for number, _ in split])),
        filled_up=barred or separator == "\t",
    )


def _are_barred(lines: list[str], ruled: bool) -> bool:
    """Whether bars stand before rows as in Markdown: before each, or before most where a rule is below the headings."""
    barred = sum(line.lstrip().startswith("|") for line in lines)
    return barred == len(lines) or (ruled and barred >= len(lines) * _MOSTLY)


def _one_line(run: list[tuple[int, str]], rows: list[int]) -> Iterable[int]:
    """The places of the rows that are one line of a run; `rows` are the numbers of their first lines."""
    last, after = run[-1][0], {number: following for (number, _), (following, _) in pairwise(run)}
    for place, (number, following) in enumerate(pairwise([*rows, 0])):
        if after.get(number) == following or number == last:
            yield place


def _is_rule(line: str, at: int, separator: str) -> bool:
    """Whether a line is the rule below the headings, as Markdown draws it. A row of dashes is none: between tabs, or
    where it is not the second of its table and its dashes are not three or more together."""
    if "-" not in line or not set(line) <= _RULE_CHARACTERS:
        return False
    return separator == "|" and (at <= 1 or "---" in line or "+" in line)


def _filling(rows: list[tuple[int, str]], printed: list[str]) -> dict[int, int]:
    """How many bars at the end of each row only fill it up; empty where the text does not tell them from empty cells.

    A cell ends with ` | `, an empty one too: `0 |  | ||` has an empty cell and two bars that fill the row up to the
    width of the table. That holds where several rows are filled up so, and no bars stand so close anywhere else in the
    lines as they are printed.
    """
    if any(_CLOSE_BARS.search(_FILLING.sub("", line.rstrip())) for line in printed):
        return {}
    filling = {number: len(found[0]) for number, line in rows if (found := _FILLING.search(line.rstrip()))}
    return filling if sum(bars > 1 for bars in filling.values()) >= _ROWS_FILLED_UP else {}


def _without_filling(cells: list[str], bars: int) -> tuple[str | None, ...]:
    """The cells of a row, None in the places of bars that only fill it up."""
    if not bars or any(cells[-bars:]):
        return tuple(cells)
    return (*cells[:-bars], *[None] * bars)


def _whole_rows(rows: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Put the pieces of rows together where that gives a row as wide as the one before or behind it.

    A line without a bar at its end goes on in the next one. Where the first line begins with none, one that does goes
    on from the line before it (the break stands for an empty cell).
    """
    barred = rows[0][1].lstrip().startswith("|")
    pieces: list[list[tuple[int, str]]] = []
    for number, line in rows:
        goes_on = pieces and pieces[-1][-1][1].endswith(BROKEN)
        # Behind a blank line, or a space, the bar ends an empty first cell.
        carries_on = not barred and line.startswith("|") and pieces and number == pieces[-1][-1][0] + 1
        if pieces and (goes_on or carries_on):
            pieces[-1].append((number, line))
        else:
            pieces.append([(number, line)])
    joined = ["".join(line for _, line in piece) for piece in pieces]
    widths = [line.count("|") for line in joined]
    fits = [widths[at] in widths[max(0, at - 1) : at] + widths[at + 1 : at + 2] for at in range(len(pieces))]
    told = sum(fit for fit, piece in zip(fits, pieces, strict=True) if len(piece) > 1) >= _ROWS_PUT_TOGETHER
    if len(pieces) > 1 and (told or _is_one_row([line for _, line in pieces[-1]])):
        # The last row is not filled up to the width of the others.
        fits[-1] = fits[-1] or widths[-1] < widths[-2]
    if told:
        # Nor is that of a table right behind which another of another width begins.
        fits[1:-2] = [
            fit or here < before != after == later
            for fit, before, here, after, later in zip(
                fits[1:], widths, widths[1:], widths[2:], widths[3:], strict=False
            )
        ]
    result: list[tuple[int, str]] = []
    for piece, line, fit in zip(pieces, joined, fits, strict=True):
        result += [(piece[0][0], line)] if len(piece) > 1 and fit else piece
    return result


def _is_one_row(lines: list[str]) -> bool:
    """Whether lines are one row in any table: a word without a bar before the row that goes on with it, or nothing but
    bars behind a label."""
    words = lines[:-1]
    return all("|" not in word for word in words) or not any(line.strip(" |") for line in lines[1:])


def _is_rectangle(rows: list[tuple[int, str]]) -> bool:
    """Whether every row is closed and they are all equally wide: nothing but broken headings looks so. The last of
    several is often not filled up."""
    widths = [line.count("|") for _, line in rows]
    equal = len(set(widths)) == 1 or (len(widths) > _ROWS_PUT_TOGETHER and len(set(widths[:-1])) == 1)
    return len(rows) > 1 and equal and widths[-1] <= widths[0] and all(line.rstrip().endswith("|") for _, line in rows)


def _rejoin(rows: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Put rows broken inside a cell together: two rows that are each short and together as wide as the others."""
    widths = Counter(len(cells) for _, cells in rows)
    joined: list[tuple[int, list[str]]] = []
    for number, cells in rows:
        if joined:
            previous = joined[-1][1]
            whole = len(previous) + len(cells) - 1
            width = _local_width(joined, widths)
            if len(previous) < width and len(cells) < width and whole == width:
                middle = f"{previous[-1]}{cells[0]}"
                joined[-1] = (joined[-1][0], [*previous[:-1], middle, *cells[1:]])
                continue
        joined.append((number, cells))
    return joined


def _local_width(rows: list[tuple[int, list[str]]], widths: Counter[int]) -> int:
    """The width of the table around the last row: that of the row before it, where other rows share it."""
    if len(rows) >= 2 and widths[len(rows[-2][1])] >= 3:
        return len(rows[-2][1])
    return 0
