"""The three tables of the form, with the numbers of a text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from samples.making.texts import following


@dataclass(frozen=True)
class Cell:
    """A cell of a printed table and how many rows and columns it is merged from."""

    text: str
    rows: int = 1
    columns: int = 1


Rows = list[list[Cell]]
"""A table as HTML has it: each row lists the cells that begin in it."""


@dataclass(frozen=True)
class Block:
    """A block of the disclosure table: an item of article 20, its column headings and its rows."""

    article: str
    headings: tuple[str, ...]
    labels: tuple[str, ...]


DISCLOSURE_COLUMNS = 4
DISCLOSURE_2019 = (
    Block("第二十条第（一）项", ("本年新\n制作数量", "本年新公开数量", "对外公开总数量"), ("规章", "规范性文件")),
    Block(
        "第二十条第（五）项",
        ("上一年项目数量", "本年增/减", "处理决定数量"),
        ("行政许可", "其他对外管理服务事项"),
    ),
    Block("第二十条第（六）项", ("上一年项目数量", "本年增/减", "处理决定数量"), ("行政处罚", "行政强制")),
    Block("第二十条第（八）项", ("上一年项目数量", "本年增/减"), ("行政事业性收费",)),
    Block("第二十条第（九）项", ("采购项目数量", "采购总金额"), ("政府集中采购",)),
)
DISCLOSURE_2021 = (
    Block("第二十条第（一）项", ("本年制发件数", "本年废止件数", "现行有效件数"), ("规章", "行政规范性文件")),
    Block("第二十条第（五）项", ("本年处理决定数量",), ("行政许可",)),
    Block("第二十条第（六）项", ("本年处理决定数量",), ("行政处罚", "行政强制")),
    Block("第二十条第（八）项", ("本年收费金额（单位：万元）",), ("行政事业性收费",)),
)

APPLICANTS = 7
BALANCE_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
NEW_REQUESTS = "一、本年新收政府信息公开申请数量"
CARRIED_IN = "二、上年结转政府信息公开申请数量"
OUTCOME = "三、本年度办理结果"
CARRIED_OUT = "四、结转下年度继续办理"

# The outcomes (一) to (七): a group and its items, or a row of its own.
Outcomes = tuple[tuple[str, tuple[str, ...]], ...]
OUTCOMES_COMMON: Outcomes = (
    ("（一）予以公开", ()),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ()),
    (
        "（三）不予公开",
        (
            "1.属于国家秘密",
            "2.其他法律行政法规禁止公开",
            "3.危及“三安全一稳定”",
            "4.保护第三方合法权益",
            "5.属于三类内部事务信息",
            "6.属于四类过程性信息",
            "7.属于行政执法案卷",
            "8.属于行政查询事项",
        ),
    ),
    (
        "（四）无法提供",
        ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"),
    ),
    (
        "（五）不予处理",
        (
            "1.信访举报投诉类申请",
            "2.重复申请",
            "3.要求提供公开出版物",
            "4.无正当理由大量反复申请",
            "5.要求行政机关确认或重新出具已获取信息",
        ),
    ),
)
OUTCOMES_2019: Outcomes = (*OUTCOMES_COMMON, ("（六）其他处理", ()), ("（七）总计", ()))
OUTCOMES_2021: Outcomes = (
    *OUTCOMES_COMMON,
    (
        "（六）其他处理",
        (
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            "3.其他",
        ),
    ),
    ("（七）总计", ()),
)

REVIEW_RESULTS = ("结果\n维持", "结果\n纠正", "其他\n结果", "尚未\n审结", "总计")
REVIEW_CELLS = 15
LABEL = re.compile(r"[一二三四]、|（[一二三四五六七]）|\d\.\D")


def spread(label: str, values: Sequence[str]) -> list[Cell]:
    """A row of the disclosure table; its last cell takes the columns that are left."""
    left = DISCLOSURE_COLUMNS - len(values)
    return [Cell(label), *(Cell(value) for value in values[:-1]), Cell(values[-1], columns=left)]


def disclosure_table(blocks: Sequence[Block], tokens: Sequence[str]) -> Rows:
    """The table of part 二 with the numbers found among the tokens."""
    rows: Rows = []
    for block in blocks:
        rows.append([Cell(block.article, columns=DISCLOSURE_COLUMNS)])
        rows.append(spread("信息内容", block.headings))
        rows += [spread(label, following(tokens, label, len(block.headings))) for label in block.labels]
    return rows


def applications_header() -> Rows:
    """The three header rows of part 三."""
    kinds = ("商业\n企业", "科研\n机构", "社会公益组织", "法律服务机构", "其他")
    return [
        [Cell(BALANCE_NOTE, rows=3, columns=3), Cell("申请人情况", columns=APPLICANTS)],
        [Cell("自然人", rows=2), Cell("法人或其他组织", columns=len(kinds)), Cell("总计", rows=2)],
        [Cell(kind) for kind in kinds],
    ]


def applications_table(outcomes: Outcomes, tokens: Sequence[str]) -> Rows:
    """The table of part 三 with the numbers found among the tokens."""

    def numbers(label: str) -> list[Cell]:
        return [Cell(value) for value in following(tokens, label, APPLICANTS)]

    results: Rows = []
    for group, items in outcomes:
        if not items:
            results.append([Cell(group, columns=2), *numbers(group)])
        for position, item in enumerate(items):
            begins = [Cell(group, rows=len(items))] if position == 0 else []
            results.append([*begins, Cell(item), *numbers(item)])
    results[0].insert(0, Cell(OUTCOME, rows=len(results)))
    return [
        *applications_header(),
        *([Cell(label, columns=3), *numbers(label)] for label in (NEW_REQUESTS, CARRIED_IN)),
        *results,
        [Cell(CARRIED_OUT, columns=3), *numbers(CARRIED_OUT)],
    ]


def reviews_table(tokens: Sequence[str]) -> Rows:
    """The table of part 四; its one row of numbers, none of them blank, follows the last heading 总计."""
    last = len(tokens) - 1 - list(reversed(tokens)).index("总计")
    values = [token for token in tokens[last + 1 :] if token]
    if len(values) != REVIEW_CELLS:
        raise ValueError(f"{len(values)} numbers in the table of part 四")
    width = len(REVIEW_RESULTS)
    return [
        [Cell("行政复议", columns=width), Cell("行政诉讼", columns=2 * width)],
        [
            *(Cell(result, rows=2) for result in REVIEW_RESULTS),
            Cell("未经复议直接起诉", columns=width),
            Cell("复议后起诉", columns=width),
        ],
        [Cell(result) for result in REVIEW_RESULTS * 2],
        [Cell(value) for value in values],
    ]


def is_label(cell: Cell) -> bool:
    """Whether a cell is a label of the form, which is set to the left."""
    return bool(LABEL.match(cell.text)) and cell.text != OUTCOME
