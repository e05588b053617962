-- One row a report × solution × cell that the solver found, before dbt: see checks/localise.py.
{{ config(materialized='incremental', meta={'changes': 'parses'}) }}

{{ newest_rows('suspects', [
    'report_id', 'solution', 'section', 'row_code', 'column_code', 'value_proposed', 'is_smallest', 'is_certain',
    'pattern',
], derived=true) }}
