-- A correction changes exactly one cell, which holds what its `from` says. Else somebody decided about another number.
{{ config(enabled=var('corrections'), meta={'dagster': {'ref': {'name': 'stg_corrections'}}}) }}

select
    corrections.line,
    corrections.named,
    corrections.section,
    corrections.row_code,
    corrections.column_code,
    corrections.status_from,
    corrections.value_from,
    cells.status as status_now,
    cells.value_reported as value_now
from {{ ref('stg_corrections') }} as corrections
left join {{ ref('int_cell_values') }} as cells
    on cells.report_id = corrections.report_id
    and cells.section = corrections.section
    and cells.row_code = corrections.row_code
    and cells.column_code = corrections.column_code
where corrections.report_id is not null
    and not coalesce(cells.is_corrected, false)
