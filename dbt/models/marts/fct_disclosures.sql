-- One row a report × item of article 20 × measure: what was disclosed on the organ's own motion.
{{ config(materialized='incremental', meta={'changes': 'numbers'}) }}

select
    report_id,
    row_code as item_code,
    column_code as measure_code,
    unit,
    value,
    value_reported
from {{ ref('int_cell_values') }}
where section = 'disclosure'
