-- News about reports: two versions of one publication that disagree in a number, with both values. The current one counts.
{{ config(severity='warn', store_failures=true, meta={'dagster': {'ref': {'name': 'fct_version_differences'}}}) }}

select
    reports.agency_name,
    reports.report_year,
    differences.section,
    differences.row_code,
    differences.column_code,
    differences.value,
    differences.current_value,
    differences.unit,
    differences.report_id,
    differences.superseded_by,
    reports.source_path,
    current_reports.source_path as current_source_path
from {{ ref('fct_version_differences') }} as differences
inner join {{ ref('dim_report') }} as reports
    on reports.report_id = differences.report_id
inner join {{ ref('dim_report') }} as current_reports
    on current_reports.report_id = differences.superseded_by
order by
    differences.report_id,
    differences.section,
    differences.row_code,
    differences.column_code
