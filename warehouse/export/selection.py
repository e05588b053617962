"""Which rows of which tables are exported: the query of each table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb

from warehouse.contract import Table

_REPORT = ("report_id", "报告标识")
_YEAR = ("report_year", "报告年度")
_REGION = ("region_id", "区划标识")


class ExportError(Exception):
    """What was asked for cannot be exported; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What narrows an export. `years` are report years; `region` is a region_id, a code of GB/T 2260 or a name, and
    means all that lies in it today; `where` is a condition in SQL on the columns of dim_report. Empty: everything."""

    years: tuple[int, ...] = ()
    region: str | None = None
    where: str | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.years or self.region or self.where)


def query_of(table: Table, columns: Iterable[str], selection: Selection, region_id: str | None) -> str | None:
    """The SELECT of a table's rows, sorted; None where the selection cannot narrow it though it holds reports' numbers.

    Dimensions are whole. A table of reports is narrowed by report, one of regions or years by those.
    """
    names = tuple(columns)
    report, year, region = (_first(names, among) for among in (_REPORT, _YEAR, _REGION))
    conditions: list[str] = []
    if selection.is_narrow and (report or not table.name.startswith("dim_")):
        if report:
            conditions.append(f"{_quoted(report)} in ({_reports(selection, region_id)})")
        elif selection.where or (region_id and not region) or (selection.years and not year):
            return None
        else:
            if selection.years and year:
                conditions.append(f"{_quoted(year)} in ({_years(selection)})")
            if region_id and region:
                conditions.append(f"{_quoted(region)} in ({_regions(region_id)})")
    chosen = f"select * from {_quoted(table.schema)}.{_quoted(table.name)}"
    narrowed = f"{chosen} where {' and '.join(conditions)}" if conditions else chosen
    # By the key, which leaves no ties: the same warehouse gives the same bytes, however it was built.
    order = ", ".join(_quoted(name) for name in table.key if name in names) or "all"
    return f"{narrowed} order by {order}"


def find_region(connection: duckdb.DuckDBPyConnection, region: str) -> str:
    """The region_id that an id, a code or a name means. Raises ExportError where it means none, or several."""
    found = connection.execute(
        """select region_id, full_name_zh from marts.dim_region
           where ? in (region_id, region_code, name_zh, full_name_zh) order by region_id""",
        [region],
    ).fetchall()
    if len(found) == 1:
        return str(found[0][0])
    if not found:
        raise ExportError(f"no region has the id, code or name {region}: look in marts.dim_region")
    several = ", ".join(f"{name} ({region_id})" for region_id, name in found)
    raise ExportError(f"{region} may be {several}: name one of these")


def check_where(connection: duckdb.DuckDBPyConnection, selection: Selection, region_id: str | None) -> None:
    """Raise ExportError where the condition is not one on dim_report."""
    if not selection.where:
        return
    try:
        connection.sql(f"{_reports(selection, region_id)} limit 0").fetchall()
    except duckdb.Error as error:
        raise ExportError(f"--where is no condition on the columns of marts.dim_report: {error}") from None


def _reports(selection: Selection, region_id: str | None) -> str:
    conditions = []
    if selection.years:
        conditions.append(f"report_year in ({_years(selection)})")
    if region_id:
        conditions.append(f"region_id in ({_regions(region_id)})")
    if selection.where:
        conditions.append(f"({selection.where}\n)")
    return f"select report_id from marts.dim_report where {' and '.join(conditions)}"


def _regions(region_id: str) -> str:
    """All regions that are, or lie in, a region today, and those that were taken into them."""
    columns = ("region_id", "current_region_id", "current_prefecture_region_id", "current_province_region_id")
    # A literal, because it stands in many queries; ids hold neither quotes nor anything of people's.
    literal = "'" + region_id.replace("'", "''") + "'"
    whole = f" or (select level from marts.dim_region where region_id = {literal}) = 'country'"
    return f"select region_id from marts.dim_region where {literal} in ({', '.join(columns)}){whole}"


def _years(selection: Selection) -> str:
    return ", ".join(str(int(year)) for year in selection.years)


def _first(names: Iterable[str], among: tuple[str, ...]) -> str | None:
    return next((name for name in names if name in among), None)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def chosen_tables(contract: Mapping[str, Table], there: Iterable[str], wanted: tuple[str, ...]) -> list[Table]:
    """The tables that are wanted by name. Raises ExportError for a name that is none of those there."""
    known = sorted(there)
    for name in wanted:
        if name not in known:
            raise ExportError(f"there is no table {name}; there are {', '.join(known)}")
    return [contract[name] for name in known if not wanted or name in wanted]
