"""The columns of the lake's tables, as Arrow schemas. Values are decimals, never binary floats."""

import pyarrow as pa

VALUE = pa.decimal128(24, 6)
"""Counts and CNY: 18 digits before the point, 6 behind it."""

FILES = pa.schema(
    [
        pa.field("source_path", pa.string(), nullable=False),
        pa.field("report_id", pa.string()),
        pa.field("byte_count", pa.int64()),
        pa.field("source_url", pa.string()),
        pa.field("fetched_at", pa.timestamp("us", tz="UTC")),
        pa.field("status", pa.string(), nullable=False),
        pa.field("issue", pa.string()),
    ]
)

REPORTS = pa.schema(
    [
        pa.field("report_id", pa.string(), nullable=False),
        pa.field("media_type", pa.string(), nullable=False),
        pa.field("encoding", pa.string()),
        pa.field("script", pa.string()),
        pa.field("text_sha256", pa.string()),
        pa.field("title", pa.string()),
        pa.field("period_start", pa.date32()),
        pa.field("period_end", pa.date32()),
        pa.field("published_on", pa.date32()),
        pa.field("site_id_code", pa.string()),
        pa.field("disclosure_form", pa.string()),
        pa.field("applications_form", pa.string()),
        pa.field("reviews_form", pa.string()),
        pa.field("contaminated", pa.bool_(), nullable=False),
        pa.field("contamination", pa.string()),
        pa.field("read_by_ocr", pa.bool_(), nullable=False),
        pa.field("status", pa.string(), nullable=False),
        pa.field("parser_version", pa.string(), nullable=False),
    ]
)

CELLS = pa.schema(
    [
        pa.field("report_id", pa.string(), nullable=False),
        pa.field("section", pa.string(), nullable=False),
        pa.field("row_code", pa.string(), nullable=False),
        pa.field("column_code", pa.string(), nullable=False),
        pa.field("status", pa.string(), nullable=False),
        pa.field("raw_text", pa.string()),
        pa.field("value", VALUE),
        pa.field("unit", pa.string(), nullable=False),
        pa.field("locator", pa.string()),
        pa.field("reason", pa.string()),
    ]
)

CLAIMS = pa.schema(
    [
        pa.field("report_id", pa.string(), nullable=False),
        pa.field("claim_code", pa.string(), nullable=False),
        pa.field("subject", pa.string(), nullable=False),
        pa.field("value", VALUE, nullable=False),
        pa.field("unit", pa.string(), nullable=False),
        pa.field("sentence", pa.string(), nullable=False),
        pa.field("locator", pa.string(), nullable=False),
    ]
)

EVIDENCE = pa.schema(
    [
        pa.field("report_id", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("value", pa.string(), nullable=False),
        pa.field("locator", pa.string(), nullable=False),
    ]
)

ISSUES = pa.schema(
    [
        pa.field("report_id", pa.string(), nullable=False),
        pa.field("code", pa.string(), nullable=False),
        pa.field("severity", pa.string(), nullable=False),
        pa.field("message", pa.string(), nullable=False),
        pa.field("locator", pa.string()),
    ]
)

PUBLISHERS = pa.schema(
    [
        pa.field("report_id", pa.string(), nullable=False),
        pa.field("source_path", pa.string(), nullable=False),
        pa.field("source_url", pa.string()),
        pa.field("agency_name", pa.string()),
        pa.field("agency_name_source", pa.string()),
        pa.field("region_code", pa.string()),
        pa.field("report_year", pa.int32()),
        pa.field("scope", pa.string()),
        pa.field("reason", pa.string()),
        pa.field("agency_id", pa.string()),
        pa.field("agency_level", pa.string()),
        pa.field("agency_kind", pa.string()),
        pa.field("agency_field", pa.string()),
        pa.field("agency_family", pa.string()),
        pa.field("region_id", pa.string()),
        pa.field("scope_words", pa.string()),
        pa.field("decided_from", pa.string(), nullable=False),
    ]
)

AGENCIES = pa.schema(
    [
        pa.field("agency_id", pa.string(), nullable=False),
        pa.field("agency_name", pa.string(), nullable=False),
        pa.field("region_id", pa.string()),
        pa.field("agency_level", pa.string()),
        pa.field("agency_kind", pa.string()),
        pa.field("agency_field", pa.string()),
        pa.field("agency_family", pa.string()),
        pa.field("names", pa.list_(pa.string())),
        pa.field("aliases", pa.list_(pa.string())),
        pa.field("decided_from", pa.string(), nullable=False),
    ]
)

PUBLISHER_STATEMENTS = pa.schema(
    [
        pa.field("origin", pa.string(), nullable=False),
        pa.field("line", pa.int32(), nullable=False),
        pa.field("source_path", pa.string()),
        pa.field("report_id", pa.string()),
        pa.field("agency_name", pa.string()),
        pa.field("region_code", pa.string()),
        pa.field("report_year", pa.int32()),
        pa.field("scope", pa.string()),
        pa.field("why", pa.string()),
        pa.field("who", pa.string()),
        pa.field("decided_on", pa.date32()),
        pa.field("problem", pa.string()),
    ]
)

LOCALISATIONS = pa.schema(
    [
        pa.field("report_id", pa.string(), nullable=False),
        pa.field("outcome", pa.string(), nullable=False),
        pa.field("cells_changed", pa.int32()),
        pa.field("solutions", pa.int32(), nullable=False),
    ]
)

SUSPECTS = pa.schema(
    [
        pa.field("report_id", pa.string(), nullable=False),
        pa.field("solution", pa.int32(), nullable=False),
        pa.field("section", pa.string(), nullable=False),
        pa.field("row_code", pa.string(), nullable=False),
        pa.field("column_code", pa.string(), nullable=False),
        pa.field("value_proposed", VALUE),
        pa.field("is_smallest", pa.bool_(), nullable=False),
        pa.field("is_certain", pa.bool_(), nullable=False),
        pa.field("pattern", pa.string()),
    ]
)

CORRECTIONS = pa.schema(
    [
        pa.field("line", pa.int32(), nullable=False),
        pa.field("report_id", pa.string()),
        pa.field("named", pa.string(), nullable=False),
        pa.field("section", pa.string(), nullable=False),
        pa.field("row_code", pa.string(), nullable=False),
        pa.field("column_code", pa.string(), nullable=False),
        pa.field("status_from", pa.string(), nullable=False),
        pa.field("value_from", VALUE),
        pa.field("value_to", VALUE),
        pa.field("why", pa.string(), nullable=False),
        pa.field("who", pa.string(), nullable=False),
        pa.field("decided_on", pa.date32(), nullable=False),
    ]
)

ACKNOWLEDGED = pa.schema(
    [
        pa.field("line", pa.int32(), nullable=False),
        pa.field("report_id", pa.string()),
        pa.field("named", pa.string(), nullable=False),
        pa.field("identity_code", pa.string(), nullable=False),
        pa.field("member_code", pa.string(), nullable=False),
        pa.field("difference", VALUE, nullable=False),
        pa.field("why", pa.string(), nullable=False),
        pa.field("who", pa.string(), nullable=False),
        pa.field("decided_on", pa.date32(), nullable=False),
    ]
)

# Written once a parse, in part files; `reports` last, so that a part of it stands for the others of its name.
PARSED_TABLES = {"cells": CELLS, "claims": CLAIMS, "evidence": EVIDENCE, "issues": ISSUES, "reports": REPORTS}
# Rewritten whole by each build.
DECISION_TABLES = {"corrections": CORRECTIONS, "acknowledged": ACKNOWLEDGED}
BUILT_TABLES = {
    "files": FILES,
    "publishers": PUBLISHERS,
    "agencies": AGENCIES,
    "publisher_statements": PUBLISHER_STATEMENTS,
    **DECISION_TABLES,
}
# Derived from the parts of `cells`, a part of the same name each; `localisations` last.
DERIVED_TABLES = {"suspects": SUSPECTS, "localisations": LOCALISATIONS}
TABLES = {**PARSED_TABLES, **BUILT_TABLES, **DERIVED_TABLES}
