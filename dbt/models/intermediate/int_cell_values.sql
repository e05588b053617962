-- One row a cell of a report: the number as published, and the number that the facts use.
-- This is the one place where reviewed corrections join. One that does not fit its source changes nothing here (and an
-- error test stops the publishing); with the variable `corrections: false` none does.
-- A view: a second copy of all cells would cost as much as the first, and corrections are few.
{{ config(materialized='view', meta={'changes': 'numbers'}) }}

with

corrections as (
    select
        report_id,
        section,
        row_code,
        column_code,
        status_from,
        value_from,
        value_to
    from {{ ref('stg_corrections') }}
    where report_id is not null
        and {{ var('corrections') }}
)

select
    cells.report_id,
    cells.section,
    cells.row_code,
    cells.column_code,
    cells.unit,
    cells.status,
    case
        when corrections.report_id is not null then corrections.value_to
        when cells.status = 'reported' then cells.value
    end as value,
    case when cells.status = 'reported' then cells.value end as value_reported,
    corrections.report_id is not null as is_corrected
from {{ ref('stg_cells') }} as cells
left join corrections
    on corrections.report_id = cells.report_id
    and corrections.section = cells.section
    and corrections.row_code = cells.row_code
    and corrections.column_code = cells.column_code
    and corrections.status_from = cells.status
    and corrections.value_from is not distinct from cells.value
