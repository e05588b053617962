-- One row a report × indicator of the nationwide statistics table of 2014 to 2018 (form_2014).
-- Indicators that are sums of others stand beside them: `has_parts` of dim_statistic tells them apart.
{{ config(materialized='incremental', meta={'changes': 'numbers'}) }}

select
    report_id,
    row_code as indicator_code,
    unit,
    value,
    value_reported
from {{ ref('int_cell_values') }}
where section = 'statistics'
