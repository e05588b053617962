"""A copy of a published warehouse to measure on, with its reports repeated as others where asked to."""

import shutil
from pathlib import Path

import duckdb

REPEATED = {
    "staging": ("stg_cells",),
    "marts": (
        "dim_report", "agg_report_year", "agg_quality", "fct_outcomes", "fct_identity_checks", "fct_suspect_cells",
        "fct_claims", "fct_issues",
    ),
}  # fmt: skip
ONCE = (
    "agg_outcomes", "agg_reviews", "agg_identities", "dim_outcome", "dim_applicant_type", "dim_review_channel",
    "dim_review_result", "dim_disclosure_item", "dim_statistic",
)  # fmt: skip
RENAMED = {
    "report_id": "sha256(report_id || number)",
    "agency_id": "agency_id || number",
    "agency_name": "agency_name || number",
    "source_domain": "number || source_domain",
}


def multiply(source: Path, target: Path, times: int) -> None:
    """Write the tables that dashboards read, of `times` as many reports; sums over agencies keep their rows."""
    with duckdb.connect(str(target)) as connection:
        connection.execute(f"attach '{source}' as given (read_only)")
        for schema, tables in REPEATED.items():
            connection.execute(f"create schema {schema}")
            for table in tables:
                columns = {name for name, *_ in connection.execute(f"describe given.{schema}.{table}").fetchall()}
                new = ", ".join(f"{expression} as {name}" for name, expression in RENAMED.items() if name in columns)
                connection.execute(
                    f"create table {schema}.{table} as select given.* replace ({new}) "
                    f"from range({times}) as times (number) cross join given.{schema}.{table} as given"
                )
        for table in ONCE:
            connection.execute(f"create table marts.{table} as from given.marts.{table}")


def working_copy(source: Path, target: Path, times: int) -> None:
    """Copy a warehouse, or write its tables that dashboards read `times` over; either says which build it is."""
    if times > 1:
        multiply(source, target, times)
    else:
        shutil.copyfile(source, target)
    with duckdb.connect(str(target)) as connection:
        connection.execute("create schema if not exists audit")
        connection.execute("create or replace table audit.build_inputs as select 'first' as inputs_digest")


def told(warehouse: Path) -> str:
    """How large a warehouse is, in a line."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        (reports,) = connection.execute("select count(*) from marts.dim_report").fetchone() or (0,)
        (cells,) = connection.execute("select count(*) from staging.stg_cells").fetchone() or (0,)
    size = warehouse.stat().st_size / 1e6
    return f"{reports:,} reports, {cells:,} cells, {size:,.0f} MB; duckdb {duckdb.__version__}"
