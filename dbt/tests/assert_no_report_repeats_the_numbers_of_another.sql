-- News about reports: all numbers of a report are those of another year, publisher or scope.
{{ config(severity='warn', store_failures=true, meta={'dagster': {'ref': {'name': 'fct_repeated_numbers'}}}) }}

select
    reports.agency_name,
    reports.report_year,
    repeated.relation,
    repeated.number_count,
    repeated_reports.agency_name as repeated_agency_name,
    repeated_reports.report_year as repeated_report_year,
    reports.source_path,
    repeated_reports.source_path as repeated_source_path,
    repeated.report_id,
    repeated.repeated_report_id
from {{ ref('fct_repeated_numbers') }} as repeated
inner join {{ ref('dim_report') }} as reports
    on reports.report_id = repeated.report_id
inner join {{ ref('dim_report') }} as repeated_reports
    on repeated_reports.report_id = repeated.repeated_report_id
order by
    repeated.report_id
