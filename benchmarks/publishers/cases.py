"""Names and headers of reports, made from the division tables: each knows whose report it is.

Nothing here is of the resolver: a name is put together from a region and an organ, so the truth is what was drawn.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

DATA = Path(__file__).parents[2] / "ingest" / "register" / "data"
YEARS = range(2008, 2027)
GOVERNMENT = "人民政府"
# A department as written behind a region's name, and its full name.
DEPARTMENTS = (
    ("司法局", "司法局"), ("教育局", "教育局"), ("财政局", "财政局"), ("民政局", "民政局"), ("审计局", "审计局"),
    ("发改委", "发展和改革委员会"), ("发展和改革局", "发展和改革局"), ("卫健委", "卫生健康委员会"),
    ("市场监督管理局", "市场监督管理局"), ("市监局", "市场监督管理局"), ("人社局", "人力资源和社会保障局"),
    ("住建局", "住房和城乡建设局"), ("城管局", "城市管理局"), ("市政管理局", "市政管理局"), ("商务局", "商务局"),
    ("自然资源和规划局", "自然资源和规划局"), ("政务服务数据管理局", "政务服务数据管理局"),
    ("农业农村局", "农业农村局"),
    ("大数据管理局", "大数据管理局"), ("退役军人事务局", "退役军人事务局"), ("气象局", "气象局"), ("信访局", "信访局"),
    ("区域合作办公室", "区域合作办公室"), ("县域经济发展局", "县域经济发展局"), ("人民政府办公室", "人民政府办公室"),
)  # fmt: skip
PROVINCIAL = (("教育厅", "教育厅"), ("商务厅", "商务厅"), ("人社厅", "人力资源和社会保障厅"), ("统计局", "统计局"))
GOVERNMENTS = (("人民政府", GOVERNMENT), ("政府", GOVERNMENT), ("", GOVERNMENT))
TOWNSHIPS = ("城关镇", "太平镇", "新华乡", "和平街道", "北京路街道", "东风镇", "朝阳街道", "南湖街道")
ENDINGS = ("市", "县", "区", "省", "旗", "州", "盟")


@dataclass(frozen=True, slots=True)
class Place:
    """A division as it stood at the end of a year, with the names of those above it, the widest first."""

    region_id: str
    code: str
    name: str
    level: str
    above: tuple[str, ...]
    above_codes: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The last character of its name."""
        return self.name[-1]


@dataclass(frozen=True, slots=True)
class Case:
    """A written name with hints around it, and whose report it is: region and organ; None where nobody could tell."""

    kind: str
    written: str
    year: int
    hints: tuple[tuple[str, str], ...]
    region_id: str | None
    organ: str | None
    urls: tuple[str, ...] = ()


@cache
def places_of(year: int) -> list[Place]:
    """The divisions of a year, without those that publish nothing and without the country."""
    rows = {}
    with (DATA / "region_codes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if int(row["valid_from"]) <= year <= int(row["valid_to"] or YEARS[-1]):
                rows[row["region_code"]] = row
    found = []
    for code, row in rows.items():
        if row["level"] == "country" or code[:2] in ("71", "81", "82"):
            continue
        names, codes, up = [], [], row["parent_code"]
        while up and up != "100000":
            names.append(rows[up]["name"])
            codes.append(up)
            up = rows[up]["parent_code"]
        found.append(Place(row["region_id"], code, row["name"], row["level"], tuple(names[::-1]), tuple(codes[::-1])))
    return found


def cases(count: int, seed: str) -> Iterator[Case]:
    """So many cases of each kind in turn; the same for the same seed."""
    rng = Random(seed)
    by_year = {year: places_of(year) for year in YEARS}
    shared = {year: _sharing_a_name(places) for year, places in by_year.items()}
    for number in range(count):
        year = rng.choice(YEARS)
        pool = shared[year] if number % 5 < 2 else by_year[year]
        place = rng.choice(pool)
        yield _KINDS[number % len(_KINDS)](place, year, rng)


def _sharing_a_name(places: list[Place]) -> list[Place]:
    """Those whose name another has too: 朝阳区, 鼓楼区."""
    counts = Counter(place.name for place in places)
    return [place for place in places if counts[place.name] > 1]


def _organ(place: Place, rng: Random) -> tuple[str, str]:
    if place.level == "province":
        return rng.choice((*PROVINCIAL, *GOVERNMENTS))
    if place.name.endswith(("地区", "盟")) and place.level == "prefecture":
        return rng.choice((*DEPARTMENTS[:-1], ("行政公署", GOVERNMENT)))
    return rng.choice((*DEPARTMENTS, *GOVERNMENTS))


def _full(place: Place, year: int, rng: Random) -> Case:
    """The name behind those of all above it."""
    written, organ = _organ(place, rng)
    return Case("full", "".join((*place.above, place.name, written)), year, (), place.region_id, organ)


def _with_parent(place: Place, year: int, rng: Random) -> Case:
    """The name behind that of what it belongs to, sometimes without the word for its kind."""
    written, organ = _organ(place, rng)
    parent = place.above[-1] if place.above else ""
    if len(parent) > 2 and rng.random() < 0.3:
        parent = _short(parent)
    return Case("with_parent", parent + place.name + written, year, (), place.region_id, organ)


def _short(name: str) -> str:
    for ending in ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "地区"):
        if name.endswith(ending):
            return name.removesuffix(ending)
    return name if "自治" in name else name[:-1]


def _alone(place: Place, year: int, rng: Random) -> Case:
    """The name alone: of a region whose name others have too, nobody could tell, and a right guess is luck."""
    written, organ = _organ(place, rng)
    return Case("alone", place.name + written, year, (), place.region_id, organ)


def _shortened(place: Place, year: int, rng: Random) -> Case:
    """The name without the word for its kind: 达州商务局, 吉林商务局."""
    written, organ = rng.choice(PROVINCIAL if place.level == "province" else DEPARTMENTS[:16])
    short = _short(place.name)
    return Case("shortened", (short if len(short) > 1 else place.name) + written, year, (), place.region_id, organ)


def _relative(place: Place, year: int, rng: Random) -> Case:
    """市商务局, with the code of the site or who runs it beside."""
    if place.kind not in ENDINGS or place.name.endswith(("地区", "新区", "林区", "特区")) or "自治" in place.name:
        return _full(place, year, rng)
    written, organ = rng.choice(DEPARTMENTS[:-1])
    hint = rng.choice((("site_id_code", f"{place.code}0001"), ("host", _official(place) + "人民政府办公室")))
    return Case("relative", place.kind + written, year, (hint,), place.region_id, organ)


def _official(place: Place) -> str:
    return "".join((*place.above[-1:], place.name))


def _beside(place: Place, year: int, rng: Random) -> Case:
    """The name alone, with hints beside it that tell which one it is."""
    written, organ = _organ(place, rng)
    hints = rng.choice(
        (
            (("site_id_code", f"{place.code}0023"),),
            (("site_name", f"{_official(place)}人民政府门户网站"),),
            (("host", f"{_official(place)}人民政府"),),
            (("site_id_code", f"{(place.above_codes or (place.code,))[-1]}0001"),),
            (("address", "".join((*place.above, place.name)) + "人民路1号"),),
        )
    )
    return Case("beside", place.name + written, year, hints, place.region_id, organ)


def _beside_another(place: Place, year: int, rng: Random) -> Case:
    """A full name on the site of another region: a copy. The name says whose it is."""
    written, organ = _organ(place, rng)
    other = rng.choice(places_of(year))
    hints = (("site_id_code", f"{other.code}0001"),)
    return Case("beside_another", "".join((*place.above, place.name, written)), year, hints, place.region_id, organ)


def _no_region(place: Place, year: int, rng: Random) -> Case:
    """A department without its region, or 市辖区, or a street of a city's name: nobody could tell."""
    written = rng.choice((*[name for name, _ in DEPARTMENTS[:10]], "市辖区司法局", "北京路街道办事处", "开发区管委会"))
    return Case("no_region", written, year, (), None, None)


def _another_years(place: Place, year: int, rng: Random) -> Case:
    """The name of a year, on the report of the year before: it was published under the new name."""
    written, organ = _organ(place, rng)
    earlier = {each.region_id for each in places_of(max(year - 1, YEARS[0]))}
    return Case(
        "another_years", "".join((*place.above, place.name, written)),
        year - 1 if place.region_id in earlier and year > YEARS[0] else year, (), place.region_id, organ,
    )  # fmt: skip


def _township(place: Place, year: int, rng: Random) -> Case:
    if place.level != "county":
        return _full(place, year, rng)
    town = rng.choice(TOWNSHIPS)
    written, organ = (f"{town}办事处",) * 2 if town.endswith("街道") else (f"{town}政府", f"{town}人民政府")
    return Case("township", "".join((*place.above, place.name, written)), year, (), place.region_id, organ)


def _zone(place: Place, year: int, rng: Random) -> Case:
    if place.level == "province" or place.name.endswith(("地区", "盟")):
        return _full(place, year, rng)
    zone = rng.choice(("经济开发区", "工业园区", "滨江新区", "综合保税区", "旅游度假区"))
    written = zone + rng.choice(("管委会", "管理委员会"))
    return Case("zone", _official(place) + written, year, (), place.region_id, f"{zone}管理委员会")


def _tax(place: Place, year: int, rng: Random) -> Case:
    written = f"国家税务总局{_official(place)}税务局"
    return Case("state_organ", written, year, (), place.region_id, "税务局")


_KINDS: tuple[Callable[[Place, int, Random], Case], ...] = (
    _full, _with_parent, _alone, _shortened, _relative, _beside, _beside_another, _no_region, _another_years,
    _township, _zone, _tax,
)  # fmt: skip
