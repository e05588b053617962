"""Hints of publisher, region and scope in the bytes. They are only collected here; `ingest.publishers` decides."""

import re
from collections.abc import Iterator
from functools import lru_cache

from ingest.document import Document, Grid
from ingest.prose.hints import find_hints
from ingest.prose.passages import Passage, Sentence, plain_text
from ingest.report import Evidence

_SITE_ID = re.compile(r"(?:网站)?标识码[::]?((?:[a-z]{2}|\d{2})\d{8})", re.IGNORECASE)
_HOST = re.compile(r"主办(?:单位)?[::]?([\u4e00-\u9fff()]{4,40}?)(?=承办|协办|联系|地址|版权|维护|技术|站点|网站|$)")
_THIS_REPORT = re.compile(r"本(?:年度)?报告|本年报")
_COMPILER = re.compile(r"由([\u4e00-\u9fff()]{2,40}?)(?:负责)?(编制|编写|汇总|综合(?!行政|执法|管理|保障|交通|应急))")
_COMPILED = re.compile(r"编制|编写|汇总")
_COMPILER_REACH = 90
_MAXIMUM_SENTENCE = 1000
_LABELS = "发布机构|发文机关|公开机构|发布单位|公开主体|索引号"
_OTHER_LABELS = "发布日期|公开日期|成文日期|生成日期|发文日期|发布时间|主题分类|文号|名称|来源|有效性|关键词|浏览|点击"
_LABELLED = re.compile(
    rf"(?:^|(?<=[^\u4e00-\u9fff]))({_LABELS})(?::|(?<=^.{{4}})|(?<=^.{{3}}))(.{{2,60}}?)(?=(?:{_LABELS}|{_OTHER_LABELS}|来源):|$)"
)
_WHOLE_LABEL = re.compile(rf"^({_LABELS})[::]?$")
_ANY_LABEL = re.compile(_LABELS)
_MAXIMUM_LABEL = 40
_SOURCE = re.compile(
    r"(?:^|(?<=[^\u4e00-\u9fff]))(?:信息)?来源:([\u4e00-\u9fff()]{2,40}?)(?=浏览|点击|发布|作者|字号|打印|时间|日期|[^\u4e00-\u9fff()]|$)"
)
_ORGANISATION_CODE = re.compile(r"^([0-9A-Z]{8}-?[0-9X])[/_-]", re.IGNORECASE)
_MAXIMUM_LINE = 200
_METADATA = {
    "sitename": "site_name",
    "siteidcode": "site_id_code",
    "contentsource": "source",
    "columnname": "column_name",
    "publisher": "metadata_publisher",
    "author": "metadata_author",
    "og:site_name": "site_name",
    "pubdate": "metadata_date",
    "publishdate": "metadata_date",
}
_RECEIVED = re.compile(r"(?:收到|新收|受理)(?=.{0,40}?申请)")
_PLACE_WIDE = r"(?:全(?:市|县|区|省|州|盟|旗|镇|乡)|本行政区域)"
_ORGANS = r"(?:各级|各(?:地区?|县区?|市区?|镇|乡)|行政机关|政府|部门|单位|范围|地方|[、及和内])"
_MANNER = r"(?:共|总共|累计|全年|依法|均|未|没有)"
_JURISDICTION = re.compile(rf"(?:{_PLACE_WIDE}{_ORGANS}{{0,6}}|各级{_ORGANS}{{0,6}}){_MANNER}{{0,3}}$")
_OWN_NAME = r"(?:我(?:局|委|办|厅|院|中心|处|队)|本(?:局|委|办|机关|单位|厅)|管委会)"
_OWN_GOVERNS = re.compile(rf"{_OWN_NAME}{_MANNER}{{0,3}}$")
_OWN = re.compile(_OWN_NAME)
_GOVERNING = 40
_MAXIMUM_GRID_ROWS = 12


def find_evidence(
    document: Document, parts: tuple[Passage, ...], sentences: tuple[Sentence, ...], title: tuple[str, str] | None
) -> Iterator[Evidence]:
    """Every hint, in reading order, each with its kind and place."""
    if title:
        yield Evidence("title", *title)
    for name, value in document.metadata:
        kind = _METADATA.get(name.lower())
        if kind:
            yield Evidence(kind, value, f"meta {name}")
    for grid in document.grids:
        yield from _labelled_cells(grid)
    text = "\n".join([part.plain for part in parts])
    labelled, sourced, identified, hosted = (
        bool(_ANY_LABEL.search(text)),
        "来源:" in text,
        "标识码" in text,
        "主办" in text,
    )
    for part in parts if labelled or sourced or identified or hosted else ():
        if len(part.plain) <= _MAXIMUM_LINE:
            if labelled and _ANY_LABEL.search(part.plain) and (found := _LABELLED.search(part.plain)):
                yield from _labelled(found[1], found[2], part.locator)
            if sourced and (found := _SOURCE.search(part.plain)):
                yield Evidence("source", found[1], part.locator)
        if identified and "标识码" in part.plain and (found := _SITE_ID.search(part.plain)):
            yield Evidence("site_id_code", found[1].lower(), part.locator)
        if hosted and (found := _HOST.search(part.plain)):
            yield Evidence("host", found[1], part.locator)
    yield from find_hints(document, parts, sentences, title is not None)
    compiled = bool(_THIS_REPORT.search(text) and _COMPILED.search(text))
    for sentence in sentences:
        if len(sentence.plain) > _MAXIMUM_SENTENCE:
            continue
        if compiled and (compiler := _compiler(sentence.plain)):
            yield Evidence("compiled_by", compiler, sentence.locator)
        if governing := _governing(sentence.plain):
            yield Evidence(*governing, sentence.locator)
    yield from _self_references(parts, text)


def _compiler(text: str) -> str | None:
    """Who compiled the report: 本报告由…编制, 由…综合…编制而成."""
    begun = _THIS_REPORT.search(text)
    if not begun or not _COMPILED.search(text, begun.end()):
        return None
    found = _COMPILER.search(text, begun.end(), begun.end() + _COMPILER_REACH)
    if not found or (found[2] == "综合" and not _COMPILED.search(text, found.end(), found.end() + _COMPILER_REACH)):
        return None
    return found[1]


def _governing(text: str) -> tuple[str, str] | None:
    """Who received the requests of a sentence: what stands right before the verb, else the writer named earlier."""
    for received in _RECEIVED.finditer(text) if "申请" in text else ():
        before = text[: received.start()]
        near = before[-_GOVERNING:]
        if words := _OWN_GOVERNS.search(near):
            return "scope_agency", words[0]
        if words := _JURISDICTION.search(near):
            return "scope_jurisdiction", words[0]
        if words := _OWN.search(before):
            return "scope_agency", words[0]
    return None


def _labelled_cells(grid: Grid) -> Iterator[Evidence]:
    """The cells of a page's metadata table: 发布机构 and what stands behind it."""
    for number, row in enumerate(grid.rows[:_MAXIMUM_GRID_ROWS]):
        for column in range(len(row) - 1):
            label, value = row[column], row[column + 1]
            if label and value and len(label) <= _MAXIMUM_LABEL and (found := _label(label)):
                yield from _labelled(found, plain_text(value), grid.locator(number, column + 1))


def _labelled(label: str, value: str, locator: str) -> Iterator[Evidence]:
    """What stands behind a label; an index number (索引号) begins with its organ's code in most provinces."""
    if label != "索引号":
        yield Evidence("metadata_publisher", value, locator)
        return
    yield Evidence("index_number", value, locator)
    if code := _ORGANISATION_CODE.match(value):
        yield Evidence("organisation_code", code[1], locator)


@lru_cache(maxsize=4096)
def _label(text: str) -> str:
    """The label of a page's metadata that a cell is, empty where it is none."""
    found = _WHOLE_LABEL.match(plain_text(text))
    return found[1] if found else ""


def _self_references(parts: tuple[Passage, ...], text: str) -> Iterator[Evidence]:
    """The first words by which the writer speaks of itself: 我局, 我市."""
    for words in ("我局", "我委", "我办", "我厅", "我市", "我县", "我区", "我省", "我州", "我旗", "我镇", "我乡"):
        hit = next((part for part in parts if words in part.plain), None) if words in text else None
        if hit:
            yield Evidence("self_reference", words, hit.locator)
