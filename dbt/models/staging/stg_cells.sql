-- One row a cell of a form that a report has, or should have: report_id × section × row_code × column_code.
{{ config(materialized='incremental', meta={'changes': 'parses'}) }}

{{ newest_rows('cells', [
    'report_id', 'section', 'row_code', 'column_code', 'unit', 'status', 'value', 'raw_text', 'locator', 'reason',
]) }}
-- In this order a question about one report reads the one stretch of the table that has it.
order by lake_rows.report_id
