"""A lake of many reports made of a lake of fewer: each parse stands several times, as those of other publishers.

The rows of every parse are what the parser wrote, so the models meet what they meet in a lake of that many files. Only
report_ids differ, and there are as many publishers as the number of reports needs, each with at most one report a year.
What people decided (corrections, acknowledgements) is left out.
"""

import shutil
from hashlib import sha256
from pathlib import Path

import duckdb

from ingest.lake import ensure_tables

_PARSED = ("cells", "claims", "evidence", "issues", "suspects", "localisations", "reports")


def multiply(source: Path, target: Path, reports: int) -> int:
    """Write a lake of about `reports` reports below `target`; returns how many. Raises ValueError where the source is
    empty."""
    shutil.rmtree(target, ignore_errors=True)
    ensure_tables(target)
    with duckdb.connect() as connection:
        connection.execute("set threads = 2; set memory_limit = '2GB'")
        parsed = sorted((source / "reports").glob("part-*.parquet"))
        if not parsed:
            raise ValueError(f"{source} has no parses")
        times = -(-reports // _count(connection, parsed))
        for part in parsed:
            for number in range(times):
                _copy_part(connection, source, target, part.name, number)
    return land(target, reports)


def land(lake: Path, reports: int) -> int:
    """Say of the first `reports` parses of such a lake that their files are there; returns how many are. One more than
    before is what a lake is in which one file came."""
    with duckdb.connect() as connection:
        return _write_built(connection, lake, reports)


def _count(connection: duckdb.DuckDBPyConnection, parts: list[Path]) -> int:
    ((count,),) = connection.execute("select count(*) from read_parquet(?)", [[str(part) for part in parts]]).fetchall()
    return int(count)


def _copy_part(connection: duckdb.DuckDBPyConnection, source: Path, target: Path, part: str, number: int) -> None:
    """A part once more, as the parse of other contents."""
    name = f"part-{sha256(f'{part} {number}'.encode()).hexdigest()[:32]}"
    for table in _PARSED:
        for path in (source / table).glob(f"{part.removesuffix('.parquet')}*.parquet"):
            digest = path.name.removeprefix(part.removesuffix(".parquet"))
            texts = f", sha256(text_sha256 || '{number}') as text_sha256" if table == "reports" else ""
            connection.execute(
                f"copy (select * replace (sha256(report_id || '{number}') as report_id{texts}) "
                f"from read_parquet('{path}') order by report_id) "
                f"to '{target / table / (name + digest)}' (format parquet, compression zstd)"
            )


def _write_built(connection: duckdb.DuckDBPyConnection, target: Path, reports: int) -> int:
    """The tables that each build writes whole: files, and a publisher for each report."""
    connection.execute(f"""
        create table drawn as
        select report_id, year,
            row_number() over (partition by year order by report_id) as publisher
        from (
            select report_id, coalesce(year(period_end), 2016 + hash(report_id) % 10)::integer as year
            from read_parquet('{target}/reports/part-*.parquet')
            order by report_id
            limit {reports}
        )
    """)
    connection.execute(f"""
        create table regions as
        select region_id, region_code, full_name, row_number() over (order by region_id) as number,
            count(*) over () as count
        from read_csv('{Path(__file__).resolve().parent.parent}/dbt/seeds/regions.csv')
        where level = 'county' and last_year is null
    """)
    connection.execute("""
        create table publishers as
        select drawn.report_id, drawn.report_id || '.html' as source_path, cast(null as varchar) as source_url,
            full_name || '第' || publisher || '局' as agency_name, 'title' as agency_name_source,
            region_code::varchar as region_code, year as report_year, 'agency' as scope, 'drawn' as reason,
            'agency ' || publisher as agency_id, 'county' as agency_level, 'department' as agency_kind,
            cast(null as varchar) as agency_field, cast(null as varchar) as agency_family, region_id,
            cast(null as varchar) as scope_words
        from drawn join regions on regions.number = drawn.publisher % regions.count + 1
    """)
    queries = {
        "publishers": "select *, 'drawn' as decided_from from publishers order by report_id",
        "files": """select source_path, report_id, 60000::bigint as byte_count, source_url,
            cast(null as timestamptz) as fetched_at, 'read' as status, cast(null as varchar) as issue
            from publishers order by source_path""",
        "agencies": """select agency_id, min(agency_name) as agency_name, min(region_id) as region_id,
            min(agency_level) as agency_level, min(agency_kind) as agency_kind, min(agency_field) as agency_field,
            min(agency_family) as agency_family, [min(agency_name)] as names, []::varchar[] as aliases,
            'drawn' as decided_from
            from publishers group by agency_id order by agency_id""",
    }
    for table, query in queries.items():
        connection.execute(f"copy ({query}) to '{target / table / table}.parquet' (format parquet, compression zstd)")
    ((count,),) = connection.execute("select count(*) from publishers").fetchall()
    return int(count)
