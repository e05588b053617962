-- One row a hint of publisher, region, year or scope in a report's bytes.
{{ config(materialized='incremental', meta={'changes': 'parses'}) }}

{{ newest_rows('evidence', ['report_id', 'kind', 'value', 'locator']) }}
