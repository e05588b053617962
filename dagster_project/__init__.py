"""The warehouse as Dagster assets. Thin: every asset calls `ingest`, `warehouse` or dbt, which know nothing of Dagster."""
