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


@cache
def _publishers() -> tuple[tuple[Publisher, ...], tuple[Publisher, ...]]:
    governments, bureaus = [], []
    with (Path(__file__).parent / "regions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            place = row["full_name"]
            kind = place[-1]
            shared = (row["code"], row["name"], place)
            governments.append(
                Publisher(*shared, f"{place}人民政府", "jurisdiction", row["province_sign"], f"我{kind}", f"全{kind}")
            )
            for bureau in BUREAUS:
                we = "我委" if bureau.endswith("委员会") else "我局"
                bureaus.append(Publisher(*shared, f"{place}{bureau}", "agency", row["province_sign"], we, f"全{we[1]}"))
    return tuple(governments), tuple(bureaus)


def draw_publisher(rng: Random) -> Publisher:
    """A publisher: two in five are governments that report for all their bodies."""
    governments, bureaus = _publishers()
    pool = governments if rng.random() < 0.4 else bureaus
    return pool[int(rng.random() * len(pool))]
