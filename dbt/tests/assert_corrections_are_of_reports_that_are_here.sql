-- News about the reviewed file corrections.csv: a line of a report that no file of the landing folder is (any more).
{{ config(severity='warn', store_failures=true) }}

select
    line,
    named,
    section,
    row_code,
    column_code
from {{ ref('stg_corrections') }}
where report_id is null
order by line
