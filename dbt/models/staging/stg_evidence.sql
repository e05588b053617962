-- One row a hint of publisher, region, year or scope in a report's bytes.

{{ newest_rows('evidence', ['report_id', 'kind', 'value', 'locator']) }}
