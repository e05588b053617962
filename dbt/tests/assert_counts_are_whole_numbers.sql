-- News about a document: a fraction of a request or of a case. Its cell keeps it, the facts have null there.
{{ config(severity='warn', store_failures=true) }}

select
    report_id,
    section,
    row_code,
    column_code,
    value,
    raw_text,
    locator
from {{ ref('stg_cells') }}
where section in ('applications', 'reviews')
    and value <> trunc(value)
