-- News about a document or about what people said: a region code that no region had in the report's year (today, where
-- the year is not known), so that the report's region is not known.
{{ config(severity='warn', store_failures=true) }}

select
    report_id,
    agency_name,
    report_year,
    region_code,
    source_path
from {{ ref('dim_report') }}
where region_code is not null
    and region_id is null
order by
    source_path
