"""Traces of hijacked copies: junk tags, gambling words, odd hosts in links."""

from random import Random

from benchmarks.generator.chance import below, pick
from benchmarks.generator.model import Paragraph, TableBlock
from benchmarks.generator.wording import Say

_TAGS = (
    "legend",
    "samp",
    "sup",
    "mark",
    "del",
    "track",
    "delect",
    "menuitem",
    "wbr",
    "rt",
    "tbody",
    "acronym",
    "strike",
)
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GAMBLING = (
    "188比分直播",
    "雷速体育",
    "必威体育",
    "皇冠现金网",
    "澳门新葡京",
    "开云体育官网",
    "华体会",
    "北京赛车平台",
    "365体育投注",
    "代开发票",
)
_TARGETS = ("新时代", "新時代", "门户网站", "門戶網站", "国务院", "國務院", "《条例》", "《條例》")
_HOSTS = ("bjqrt", "kqzxw", "hnlyjs", "tzdxhb")
_LINKS = ("(http://{}/szf/ndbg/)", "（网址：http://{}/zfxxgk/ndbg/）", "http://{}/ndbg/2020j/", "(www.{}/zwgk/ndbg/)")


def junk_tags(rng: Random) -> str:
    """Empty tags of many names with one and the same id, as hijackers put them around a text."""
    identifier = "".join(pick(rng, _LETTERS) for _ in range(5))
    names = rng.sample(_TAGS, 7 + below(rng, 5))
    pieces = [f'<{name} id="{identifier}"></{name}>' + pick(rng, ("", "", "\n", "\n\n")) for name in names]
    return f'<p id="{identifier}"><td id="{identifier}"></td></p>{"".join(pieces)}\n<wbr id="{identifier}">\n'


def foreign_host(rng: Random) -> str:
    """A host that no government has."""
    return f"xxgk.{pick(rng, _HOSTS)}{10 + below(rng, 9000)}.com"


def inject_gambling(
    blocks: tuple[Paragraph | TableBlock, ...], rng: Random, say: Say
) -> tuple[Paragraph | TableBlock, ...]:
    """The blocks with gambling words before names, or in a paragraph of their own where no such name stands.

    Now and then the title has them too: what is read as the title is to be without them.
    """
    word = say(pick(rng, _GAMBLING))
    out: list[Paragraph | TableBlock] = []
    in_title = rng.random() < 0.4
    done = False
    for block in blocks:
        if isinstance(block, Paragraph) and block.role == "title" and in_title:
            out.append(Paragraph("title", f"{word}:{block.text}"))
            done = True
        elif isinstance(block, Paragraph) and block.role == "text":
            text = block.text
            for target in _TARGETS:
                if target in text:
                    text = text.replace(target, f"{word}:{target}")
                    done = True
            out.append(Paragraph("text", text))
        else:
            out.append(block)
    if not done:
        out.insert(1, Paragraph("text", f"{word}:{say(pick(rng, ('官网', '平台', '网址')))}"))
    return tuple(out)


def link_abroad(blocks: tuple[Paragraph | TableBlock, ...], rng: Random) -> tuple[Paragraph | TableBlock, ...]:
    """The blocks with a sentence whose link leads to a foreign host."""
    sentence = pick(rng, _LINKS).format(foreign_host(rng))
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and block.role == "text":
            return (*blocks[:index], Paragraph("text", block.text + sentence), *blocks[index + 1 :])
    return blocks
