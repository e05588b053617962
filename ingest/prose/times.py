"""Of which time a sentence speaks: of the report's year, or of another year, some months, or all years together."""

import re
from functools import lru_cache

_YEAR = r"(?:19|20)\d{2}"
_LAST_YEAR = r"(?:上(?:一)?年度?|去年|前年)"
# A comparison names another year, but the sentence's own numbers stay those of this year.
_COMPARED = re.compile(
    rf"(?:较|比|同|与|和|相比|对比)(?:于|起)?(?:{_LAST_YEAR}|{_YEAR}年度?)(?:的|同期|全年|同比)*"
    r"(?=$|,|相比|增|减|上升|下降|提高|降低|提升|翻|持平|多|少|略|大幅|有所|明显|基本|净|\()"
)
_CARRIED = re.compile(r"上(?:一)?年度?(?=结转)|(?<=结转)(?:至|到)?(?:下(?:一)?年度?|次年)")
_TOKEN = re.compile(
    rf"(?P<year>{_YEAR})年|(?P<this>今年|本年度?|年内|当年)|"
    rf"(?P<other>{_LAST_YEAR}|往年|历年|近年|近[一二两三四五六七八九十\d]{{1,3}}年|[一二两三四五六七八九十]{{1,3}}年来|次年|明年|下一?年)"
)
_RANGE = re.compile(rf"{_YEAR}年?(?:-|—|~|至|到|、|和|与){_YEAR}年(?!\d)")
_OTHER_SPAN = re.compile(r"期间|以来|半年|季度|截至|截止|年均|历史|建站|开通至今|迄今|至今|截至目前|本月|当月|月份")
_MONTH = re.compile(r"(?<!\d)(\d{1,2})月")
_WHOLE = re.compile(r"全年|今年|本年度?|年内|当年")


def speaks_of_year(text: str, place: int, report_year: int | None) -> bool:
    """Whether what stands at `place` in a sentence is said of the whole of the report's year.

    The nearest time named before the place decides: 2022年…, 去年…, 上半年… are another.
    """
    before = _without_comparisons(text)[:place]
    if _RANGE.search(before):
        return False
    anchor = 0
    last = None
    for token in _TOKEN.finditer(before):
        last = token
        if token["this"] or (token["year"] and (report_year is None or int(token["year"]) == report_year)):
            anchor = token.start()
    if last and (last["other"] or (last["year"] and report_year and int(last["year"]) != report_year)):
        return False
    if report_year is None and len({token["year"] for token in _TOKEN.finditer(text) if token["year"]}) > 1:
        return False
    for whole in _WHOLE.finditer(before, anchor):
        anchor = whole.start()
    rest = before[anchor:]
    months = {int(month) for month in _MONTH.findall(rest)}
    if _OTHER_SPAN.search(rest) or (months and not {1, 12} <= months):
        return False
    clause = re.split("[,;:]", rest)[-1]
    return "累计" not in rest or bool(_WHOLE.match(clause))


@lru_cache(maxsize=16)
def _without_comparisons(text: str) -> str:
    return _CARRIED.sub(_blanked, _COMPARED.sub(_blanked, text))


def _blanked(found: re.Match[str]) -> str:
    """As many signs that say nothing, so that places stay where they are."""
    return "_" * len(found[0])
