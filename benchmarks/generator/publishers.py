"""Who publishes: real regions with their GB/T 2260 codes, and the bodies that every region has."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

# A bureau's name after its region's. Only bodies that existed in every year of the reports.
BUREAUS = ("教育局", "财政局", "民政局", "司法局", "审计局", "统计局", "水利局", "发展和改革委员会")


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher of reports; `scope` is `jurisdiction` for a government and `agency` for a bureau."""

    region_code: str
    region_name: str
    place: str
    agency_name: str
    scope: str
    province_sign: str
    we: str
    everywhere: str

    @property
    def host(self) -> str:
        """The people's government's office, which runs the site."""
        return f"{self.place}人民政府办公室"


_REGIONS = Path(__file__).parent / "regions.csv"
_ALL_REGIONS = Path(__file__).parents[2] / "dbt" / "seeds" / "regions.csv"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _government(code: str, name: str, place: str, sign: str) -> Publisher:
    kind = place[-1]
    return Publisher(code, name, place, f"{place}人民政府", "jurisdiction", sign, f"我{kind}", f"全{kind}")


def _bureaus(code: str, name: str, place: str, sign: str) -> list[Publisher]:
    we = {bureau: "我委" if bureau.endswith("委员会") else "我局" for bureau in BUREAUS}
    return [
        Publisher(code, name, place, f"{place}{bureau}", "agency", sign, we[bureau], f"全{we[bureau][1]}")
        for bureau in BUREAUS
    ]


@cache
def _publishers() -> tuple[tuple[Publisher, ...], tuple[Publisher, ...]]:
    governments, bureaus = [], []
    for row in _rows(_REGIONS):
        place = (row["code"], row["name"], row["full_name"], row["province_sign"])
        governments.append(_government(*place))
        bureaus += _bureaus(*place)
    return tuple(governments), tuple(bureaus)


@cache
def panel_publishers() -> tuple[Publisher, ...]:
    """Every body of every county of today, nine to a county, in the order of the codes."""
    signs = {row["code"][:2]: row["province_sign"] for row in _rows(_REGIONS)}
    found: list[Publisher] = []
    for row in _rows(_ALL_REGIONS):
        code = row["region_code"]
        if row["level"] == "county" and row["publishes"] == "true" and not row["last_year"] and code[:2] in signs:
            place = (code, row["name"], row["full_name"], signs[code[:2]])
            found += [_government(*place), *_bureaus(*place)]
    return tuple(found)


def draw_publisher(rng: Random) -> Publisher:
    """A publisher: two in five are governments that report for all their bodies."""
    governments, bureaus = _publishers()
    pool = governments if rng.random() < 0.4 else bureaus
    return pool[int(rng.random() * len(pool))]
