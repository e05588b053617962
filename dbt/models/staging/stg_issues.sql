-- One row a thing worth knowing about a report.

{{ newest_rows('issues', ['report_id', 'code', 'severity', 'message', 'locator']) }}
