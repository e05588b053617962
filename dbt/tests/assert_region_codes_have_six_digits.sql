-- News about a document: what it gives as the code of its region is no code of GB/T 2260, so its region is not known.
{{ config(severity='warn', store_failures=true) }}

select
    report_id,
    region_code,
    source_path
from {{ ref('stg_reports') }}
where not regexp_full_match(region_code, '[0-9]{6}')
