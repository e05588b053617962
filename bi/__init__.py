"""Superset over the published warehouse: its configuration, its set-up, and its dashboards as YAML (docs/bi.md)."""
