"""The warehouse as Dagster assets. Thin: each calls `ingest`, `warehouse` or dbt, which know nothing of Dagster."""
