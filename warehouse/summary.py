"""What a published warehouse holds, in a few counts."""

from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over a whole warehouse. `files` by their status, `reports` by theirs, `cells` by theirs, `identities` by
    (family, status)."""

    files: dict[str, int]
    reports: dict[str, int]
    cells: dict[str, int]
    identities: dict[str, dict[str, int]]
    issues: dict[str, int]

    def as_counts(self) -> dict[str, dict[str, object]]:
        """The counts by name."""
        return asdict(self)


def summarise(warehouse: Path) -> Summary:
    """Count what the published database holds. Raises duckdb.Error where it cannot be read."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:

        def counts(query: str) -> dict[str, int]:
            return {str(name): int(count) for name, count in connection.execute(query).fetchall()}

        identities: dict[str, dict[str, int]] = {}
        for code, status, count in connection.execute(
            """select identities.identity_code, checks.status, count(checks.status)
               from seeds.identities left join marts.fct_identity_checks as checks using (identity_code)
               group by identities.identity_code, identities.number, checks.status
               order by identities.number, checks.status"""
        ).fetchall():
            identities.setdefault(str(code), {})
            if status:
                identities[str(code)][str(status)] = int(count)
        return Summary(
            files=counts("select status, count(*) from staging.stg_files group by 1 order by 2 desc, 1"),
            reports=counts("select status, count(*) from marts.dim_report group by 1 order by 2 desc, 1"),
            cells=counts("select status, count(*) from staging.stg_cells group by 1 order by 2 desc, 1"),
            identities=identities,
            issues=counts("select severity, count(*) from staging.stg_issues group by 1 order by 1"),
        )
