-- One row a cell of a report: the number as published, and the number that the facts use.
-- This is the one place where reviewed corrections join (a later issue): until then the two are equal.

select
    report_id,
    section,
    row_code,
    column_code,
    unit,
    status,
    case when status = 'reported' then value end as value,
    case when status = 'reported' then value end as value_reported
from {{ ref('stg_cells') }}
