-- News about what was decided: a report that lies in another region than its publisher does, so that the publisher is in
-- two, or than its other reports where the publisher's own region is not known.
{{ config(severity='warn', store_failures=true, meta={'dagster': {'ref': {'name': 'dim_agency'}}}) }}

with

regions_of_reports as (
    select
        reports.report_id,
        reports.agency_id,
        reports.agency_name,
        reports.report_year,
        reports.region_code,
        reports.region_id,
        coalesce(
            agencies.region_id,
            min(reports.region_id) over (partition by reports.agency_id)
        ) as agency_region_id,
        reports.source_path
    from {{ ref('dim_report') }} as reports
    inner join {{ ref('dim_agency') }} as agencies
        on agencies.agency_id = reports.agency_id
)

select
    agency_id,
    agency_name,
    agency_region_id,
    region_id,
    report_year,
    region_code,
    report_id,
    source_path
from regions_of_reports
where region_id <> agency_region_id
order by
    agency_id,
    region_id,
    source_path
