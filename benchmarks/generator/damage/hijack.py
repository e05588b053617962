"""Traces of hijacked copies: junk tags, gambling words, odd hosts in links."""

from random import Random

from benchmarks.generator.chance import below, pick
from benchmarks.generator.model import Paragraph, TableBlock
from benchmarks.generator.wording import Say

JUNK_TAGS = (
    '<legend id="h4sia"></legend><samp id="h4sia"></samp>\n<sup id="h4sia"></sup>\n'
    '<mark id="h4sia"><del id="h4sia"></del></mark>\n\n<p id="h4sia"><td id="h4sia"></td></p>'
    '<track id="h4sia"></track>\n<delect id="h4sia"></delect>\n<menuitem id="h4sia"></menuitem>\n<wbr id="h4sia">\n'
)
_GAMBLING = ("188比分直播", "雷速体育", "必威体育", "皇冠现金网", "澳门新葡京")
_TARGETS = ("新时代", "新時代", "门户网站", "門戶網站", "国务院", "國務院", "《条例》", "《條例》")
_HOSTS = ("bjqrt", "kqzxw", "hnlyjs", "tzdxhb")


def foreign_host(rng: Random) -> str:
    """A host that no government has."""
    return f"xxgk.{pick(rng, _HOSTS)}{10 + below(rng, 9000)}.com"


def inject_gambling(
    blocks: tuple[Paragraph | TableBlock, ...], rng: Random, say: Say
) -> tuple[Paragraph | TableBlock, ...]:
    """The blocks with gambling words before names, or in a paragraph of their own where no such name stands."""
    word = say(pick(rng, _GAMBLING))
    out: list[Paragraph | TableBlock] = []
    done = False
    for block in blocks:
        if isinstance(block, Paragraph) and block.role == "text":
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
    sentence = f"(http://{foreign_host(rng)}/szf/ndbg/)"
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and block.role == "text":
            return (*blocks[:index], Paragraph("text", block.text + sentence), *blocks[index + 1 :])
    return blocks
