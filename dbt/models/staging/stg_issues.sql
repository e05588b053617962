-- One row a thing worth knowing about a report.
{{ config(materialized='incremental', meta={'changes': 'parses'}) }}

{{ newest_rows('issues', ['report_id', 'code', 'severity', 'message', 'locator']) }}
