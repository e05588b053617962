"""What kinds of organs there are below a region: departments, governments, zones, townships, as the data files say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.register.tables import listed, read_table

GOVERNMENT, DEPARTMENT, ZONE = "government", "department", "development_zone"
TOWNSHIP, INSTITUTION = "township_or_street_office", "institution"
KINDS = (GOVERNMENT, DEPARTMENT, ZONE, TOWNSHIP, INSTITUTION)
_SHORT_ENDINGS = {"委员会": "委", "办公室": "办"}
_GOVERNMENT = re.compile(r"^(?:人民)?政府(?P<office>办公[室厅]|办)?$")
_ADMINISTRATION = re.compile(r"^行政公署(?P<office>办公[室厅])?$")
_TOWNSHIP = re.compile(
    r"^(?P<place>[\u4e00-\u9fff]{1,12}?(?:镇|乡|苏木))(?:人民)?(?P<government>政府)?(?P<office>办公室|党政办公室)?$"
    r"|^(?P<street>[\u4e00-\u9fff]{1,12}?街道)(?:办事处|办)?$"
)
_ZONE_WORD = (
    r"(?:开发区|高新区|高新技术产业园区|经开区|新区|园区|示范区|保税区|保税港区|度假区|管理区|实验区|试验区|名胜区|"
    r"工业园区|产业园区|工业园|产业园|新城)"
)
_ZONE = re.compile(
    rf"^(?P<zone>(?:(?![省市县州旗])[\u4e00-\u9fff]){{0,16}}?{_ZONE_WORD})"
    r"(?:(?P<own>党工委)?(?P<committee>管理委员会|管委会|人民政府|政府)?(?P<office>办公室)?)(?P<rest>.*)$"
)
_SHORT_ZONES = {"经开区": ("经济技术开发区", "经济开发区"), "高新区": ("高新技术产业开发区", "高新技术开发区")}
_INSTITUTION = re.compile(r"(?:大学|学院|学校|医院|中心|院|所|馆|站|台|公司|集团|社|会)$")
_ORGAN = re.compile(
    r"(?:局|委员会|委|厅|办公室|办|署|海关|总队|支队|大队|分局|(?:大学|学院|学校|医院|中心|院|所|馆|站|台|公司|集团|社|会))$"
)
_PROVINCIAL = re.compile(r"厅$")
_LEVEL_WORD = re.compile(r"^(省|市|县|区|州|盟|旗)(?=.)")


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ as its name stands behind that of its region. `known` where a data file or the name's form tells it.

    `family` is what successors are told of; `provincial` where only a province has such an organ.
    """

    name: str
    kind: str
    field: str
    known: bool
    family: str | None = None
    provincial: bool = False


@cache
def departments() -> dict[str, Organ]:
    """The departments of departments.csv by each name and short name, with its ending."""
    found: dict[str, Organ] = {}
    for row in read_table("departments"):
        for ending in listed(row["endings"]):
            name = row["name"] + ending
            organ = Organ(name, DEPARTMENT, row["field"], True, row["family"], ending == "厅")
            for begin in (row["name"], *listed(row["short_names"])):
                for end in (ending, _SHORT_ENDINGS.get(ending, ending)):
                    if found.setdefault(begin + end, organ).name != name:
                        raise ValueError(f"departments.csv: {begin + end} is {name} and {found[begin + end].name}")
    return found


@cache
def _keywords() -> tuple[tuple[str, str], ...]:
    rows = read_table("fields")
    words = [(word, row["field"]) for row in rows for word in listed(row["keywords"])]
    return tuple(sorted(words, key=lambda pair: -len(pair[0])))


@cache
def field_of(name: str) -> str:
    """The field of work that the longest keyword in a name tells, `other` where none or several do."""
    hits = [(word, field) for word, field in _keywords() if word in name]
    longest = {field for word, field in hits if len(word) == len(hits[0][0])}
    return longest.pop() if len(longest) == 1 else "other"


def organ_of(text: str, region_name: str | None = None) -> Organ | None:
    """The organ that the text behind a region's name names, None where it names none.

    `region_name` finds a zone's long name: 经开区 behind 徐州 is 经济技术开发区 where zones.csv has just that one.
    """
    if found := departments().get(text):
        return found
    if hit := _GOVERNMENT.match(text):
        if not hit["office"]:
            return Organ("人民政府", GOVERNMENT, "government", True)
        office = "办公室" if hit["office"] == "办" else hit["office"]
        return Organ(f"人民政府{office}", DEPARTMENT, "general_office", True)
    if hit := _ADMINISTRATION.match(text):
        office = hit["office"] or ""
        kind, field = (DEPARTMENT, "general_office") if office else (GOVERNMENT, "government")
        return Organ(f"行政公署{office}", kind, field, True)
    if organ := _zone(text, region_name):
        return organ
    if hit := _TOWNSHIP.match(text):
        return _township(hit)
    if len(text) >= 3 and _ORGAN.search(text) and not text.endswith("分局"):
        kind = INSTITUTION if _INSTITUTION.search(text) and not text.endswith("委员会") else DEPARTMENT
        return Organ(text, kind, field_of(text), False, None, bool(_PROVINCIAL.search(text)))
    return None


def _township(hit: re.Match[str]) -> Organ:
    if hit["street"]:
        return Organ(f"{hit['street']}办事处", TOWNSHIP, "township", True)
    return Organ(f"{hit['place']}人民政府", TOWNSHIP, "township", True)


def _zone(text: str, region_name: str | None) -> Organ | None:
    """A development zone's committee, or a department of one."""
    hit = _ZONE.match(text)
    if not hit or (hit["own"] and not hit["committee"]):
        return None
    zone = hit["zone"]
    for short, longs in _SHORT_ZONES.items():
        if zone == short:
            listed_ones = [long for long in longs if f"{region_name}{long}" in _listed_zones()]
            zone = listed_ones[0] if len(listed_ones) == 1 else zone
    if hit["rest"]:
        rest = departments().get(hit["rest"])
        if rest is None and not (len(hit["rest"]) >= 3 and _ORGAN.search(hit["rest"])):
            return None
        name = rest.name if rest else hit["rest"]
        return Organ(f"{zone}{name}", DEPARTMENT, rest.field if rest else field_of(name), rest is not None)
    body = "人民政府" if (hit["committee"] or "").endswith("政府") else "管理委员会"
    if hit["office"]:
        return Organ(f"{zone}{body}办公室", DEPARTMENT, "general_office", True)
    return Organ(f"{zone}{body}", ZONE, "zone", True)


@cache
def _listed_zones() -> frozenset[str]:
    return frozenset(name for name, _ in zones())


@cache
def zones() -> tuple[tuple[str, str], ...]:
    """Each name and alias of zones.csv with its row's own name."""
    return tuple((form, row["name"]) for row in read_table("zones") for form in (row["name"], *listed(row["aliases"])))


@cache
def branch_of(text: str) -> tuple[Organ, str] | None:
    """The department and the place of a branch: 公安局鼓楼分局 is 公安局 and 鼓楼."""
    if not text.endswith("分局"):
        return None
    for length in range(len(text) - 4, 2, -1):
        if organ := departments().get(text[:length]):
            return organ, text[length:-2]
    return None


def level_word(text: str) -> tuple[str, str] | None:
    """The word for a region's kind that a relative name begins with, and the rest: 市商务局 is 市 and 商务局."""
    hit = _LEVEL_WORD.match(text)
    return (hit[1], text[1:]) if hit else None


def successors(family: str, year: int) -> Iterator[str]:
    """The families that a department's work went to by reforms after a year, the nearest first."""
    for row in sorted(read_table("department_successors"), key=lambda row: row["year"]):
        if row["family"] == family and int(row["year"]) >= year:
            yield row["successor_family"]
