"""The two texts that the samples are made from, taken apart."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from opencc import OpenCC

RAW = Path(__file__).resolve().parent.parent / "raw"
HULUNBUIR_TEXT = "002_44d6bdc10f146279.txt"
XUZHOU_TEXT = "003_f0de7e2adad4453a.txt"

# The texts have the punctuation in half width; the official form and the published reports print it in full width.
FULL_WIDTH = str.maketrans({",": "，", ";": "；", ":": "：", "(": "（", ")": "）"})

# Gambling words that stand in 002 in place of names. The names are not put back: what makes no sense without is cut.
INJECTED = (
    ("坚持以188比分直播：新时代", "坚持以新时代"),
    ("贯彻落实188比分直播：总书记", "贯彻落实总书记"),
    ("紧紧围绕党雷速体育：国务院、自治区党委政府和雷速体育：市政府", "紧紧围绕国务院、自治区党委政府和市政府"),
)

# Taiwan wording in 003 that a conversion character by character leaves, and the wording of the mainland.
WORDING = (
    ("最佳化", "优化"),
    ("入口网站", "门户网站"),
    ("规范性档案", "规范性文件"),
    ("政策档案", "政策文件"),
    ("政府档案", "政府文件"),
    ("栏目设定", "栏目设置"),
    ("办理程式", "办理程序"),
    ("智慧型问答", "智能问答"),
    ("模组", "模块"),
    ("民众", "群众"),
    ("覆核", "复核"),
    ("著眼", "着眼"),
    ("著重", "着重"),
)

HEADING = re.compile(r"[一二三四五六]、")
PART_TWO = "二、主动公开政府信息情况"
PART_THREE = "三、收到和处理政府信息公开申请情况"
PART_FOUR = "四、政府信息公开行政复议、行政诉讼情况"


@dataclass(frozen=True)
class Source:
    """One text, taken apart: the prose before and after the tables, and the words and numbers of the tables."""

    before: list[str]
    tokens: list[str]
    after: list[str]


def replace_all(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    """Replace each pair's first by its second; a first that does not occur is an error, so that no pair goes stale."""
    for old, new in pairs:
        if old not in text:
            raise ValueError(f"not in the text: {old}")
        text = text.replace(old, new)
    return text


def read_text(name: str) -> str:
    """Read one of the sample texts."""
    return (RAW / name).read_text(encoding="utf-8")


def take_apart(text: str, separator: str, part_five: str) -> Source:
    """Cut a text at the headings of its parts, and its tables at `separator`."""
    before, rest = text.split(f"{PART_TWO}\n")
    tables, rest = rest.split(f"{part_five}\n")
    return Source(
        before=non_blank_lines(before),
        tokens=[token.strip() for token in tables.split(separator)],
        after=[part_five, *non_blank_lines(rest)],
    )


def non_blank_lines(text: str) -> list[str]:
    """The lines of a text that hold something, without the space around them."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def hulunbuir() -> Source:
    """Take 002 apart; its tables are lines of `a | b |`, one cell of them broken over two lines."""
    text = replace_all(read_text(HULUNBUIR_TEXT).translate(FULL_WIDTH), INJECTED)
    # Some rows end in `|`, the headings between the tables do not.
    text = re.sub(f"^({PART_THREE}|{PART_FOUR})$", r"\1|", text, flags=re.MULTILINE)
    return take_apart(text, "|", "五、存在的问题及改进情况")


def xuzhou() -> Source:
    """Take 003 apart, in simplified characters; its tables have one cell a line. The site's links at its end go."""
    text = replace_all(OpenCC("t2s").convert(read_text(XUZHOU_TEXT)), WORDING).translate(FULL_WIDTH)
    source = take_apart(text, "\n", "五、存在的主要问题及改进情况")
    return replace(source, after=source.after[: source.after.index("相关词条")])


def following(tokens: Sequence[str], label: str, count: int) -> list[str]:
    """The `count` tokens after the only one that is `label`."""
    if tokens.count(label) != 1:
        raise ValueError(f"{tokens.count(label)} tokens are {label}")
    start = tokens.index(label) + 1
    return list(tokens[start : start + count])
