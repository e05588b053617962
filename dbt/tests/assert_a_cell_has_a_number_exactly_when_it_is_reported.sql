-- blank, dash, missing and unreadable are not numbers, and reported is one.

select
    report_id,
    section,
    row_code,
    column_code,
    status,
    value
from {{ rows_of_changed(ref('stg_cells'), 'parses') }}
where (status = 'reported') <> (value is not null)
