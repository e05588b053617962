"""Generated reports to look at dashboards with: `python -m benchmarks.demo OUT_DIR`, then `ogi build OUT_DIR/raw`.

The generator's reports (numbers drawn, not real), each publisher with the ten years 2016 to 2025, of publishers at four
levels in all provinces: the province's government and two of its departments, then prefectures and counties with their
governments and a bureau. A manifest gives each file an address in the reserved domain `.example`.
"""

import argparse
import csv
from pathlib import Path

from benchmarks.generator import plan
from benchmarks.generator.plan import PANEL_YEARS, Options
from benchmarks.generator.publishers import Publisher
from benchmarks.generator.run import generate

REGIONS = Path(__file__).resolve().parent.parent / "dbt" / "seeds" / "regions.csv"
CODES = "11121314152122233132333435363741424344454650515253546162636465"
SIGNS = {
    CODES[2 * number : 2 * number + 2]: sign
    for number, sign in enumerate("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔云藏陕甘青宁新")
}
BUREAUS = ("教育", "财政")


def _bodies(row: dict[str, str], bureaus: tuple[str, ...]) -> list[Publisher]:
    """The government of a region, and its bureaus of that many fields."""
    code, name, place = row["region_code"], row["name"], row["full_name"]
    sign = SIGNS[code[:2]]
    kind = "省" if place.endswith("省") else "区" if place.endswith("区") else place[-1]
    bodies = [Publisher(code, name, place, f"{place}人民政府", "jurisdiction", sign, f"我{kind}", f"全{kind}")]
    ending = "厅" if row["level"] == "province" and place[-1] in "省区" else "局"
    for bureau in bureaus:
        office = f"{place}{bureau}{ending if bureau == '财政' or ending == '厅' else '局'}"
        bodies.append(Publisher(code, name, place, office, "agency", sign, f"我{ending}", f"全{ending}"))
    return bodies


def publishers() -> tuple[Publisher, ...]:
    """All governments of provinces with two departments; of each province two prefectures and two counties."""
    with REGIONS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["publishes"] == "true" and not row["last_year"]]
    found: list[Publisher] = []
    for province in SIGNS:
        of_province = [row for row in rows if row["region_code"].startswith(province)]
        for level, bureaus, number in (("province", BUREAUS, 1), ("prefecture", BUREAUS[:1], 2), ("county", (), 2)):
            for row in [row for row in of_province if row["level"] == level][:number]:
                found += _bodies(row, bureaus)
    return tuple(found)


def write_manifest(raw: Path, bodies: tuple[Publisher, ...]) -> None:
    """The address that each file was fetched from."""
    with (raw / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["source_path", "source_url"])
        for path in sorted(raw.glob("0*.*")):
            body = bodies[int(path.stem) // len(PANEL_YEARS) % len(bodies)]
            writer.writerow([path.name, f"https://www.{body.region_code}.gov.example/zfxxgk/{path.name}"])


def main() -> None:
    """Write the landing folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="a new or empty folder; gets raw/ and truth/")
    parser.add_argument("--seed", default="demo")
    parser.add_argument("--mistakes", type=float, default=0.1, help="the share of reports whose publisher erred")
    parser.add_argument("--publishers", type=int, help="the first so many; all are 263")
    arguments = parser.parse_args()
    bodies = publishers()[: arguments.publishers]
    plan.panel_publishers = lambda: bodies  # type: ignore[assignment]
    options = Options(seed=arguments.seed, damage="light", mistakes=arguments.mistakes, panel=True)
    totals = generate(arguments.out, len(bodies) * len(PANEL_YEARS), options)
    write_manifest(arguments.out / "raw", bodies)
    print(f"{totals.files} reports of {len(bodies)} publishers, {totals.size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
