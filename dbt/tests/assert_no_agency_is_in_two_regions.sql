-- News about what was decided: reports of one publisher that lie in different regions, so one of them is booked wrongly.
{{ config(severity='warn', store_failures=true) }}

with

agencies_in_several_regions as (
    select agency_id
    from {{ ref('dim_report') }}
    where agency_id is not null
        and region_id is not null
    group by agency_id
    having count(distinct region_id) > 1
)

select
    reports.agency_id,
    reports.agency_name,
    reports.region_id,
    reports.report_year,
    reports.region_code,
    reports.report_id,
    reports.source_path
from {{ ref('dim_report') }} as reports
inner join agencies_in_several_regions
    on agencies_in_several_regions.agency_id = reports.agency_id
order by
    reports.agency_id,
    reports.region_id,
    reports.source_path
