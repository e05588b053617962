-- One row a cell of a form that a report has, or should have: report_id × section × row_code × column_code.
{{ config(materialized='incremental', meta={'changes': 'parses'}) }}

{{ newest_rows('cells', [
    'report_id', 'section', 'row_code', 'column_code', 'unit', 'status', 'value', 'raw_text', 'locator', 'reason',
]) }}
