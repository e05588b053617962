-- One row a report × channel × result of administrative reconsiderations and lawsuits; the printed totals left out.
{{ config(materialized='incremental', meta={'changes': 'numbers'}) }}

select
    cells.report_id,
    cells.row_code as channel_code,
    cells.column_code as result_code,
    {{ whole_count('cells.value') }} as cases,
    {{ whole_count('cells.value_reported') }} as cases_reported
from {{ ref('int_cell_values') }} as cells
inner join {{ ref('review_results') }} as review_results
    on review_results.result_code = cells.column_code
where cells.section = 'reviews'
