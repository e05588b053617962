-- blank, dash, missing and unreadable are not numbers, and reported is one.

select
    report_id,
    section,
    row_code,
    column_code,
    status,
    value
from {{ ref('stg_cells') }}
where (status = 'reported') <> (value is not null)
