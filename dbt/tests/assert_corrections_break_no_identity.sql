-- News about the reviewed file corrections.csv: an identity that holds as published fails with the corrections. Where they
-- are right, another cell of it is wrong too.
{{ config(severity='warn', store_failures=true, meta={'dagster': {'ref': {'name': 'fct_identity_checks'}}}) }}

select
    reports.agency_name,
    reports.report_year,
    checks.identity_code,
    checks.member_code,
    checks.difference_corrected,
    reports.source_path,
    checks.report_id
from {{ ref('fct_identity_checks') }} as checks
inner join {{ ref('stg_reports') }} as reports
    on reports.report_id = checks.report_id
where checks.status = 'holds'
    and checks.status_corrected = 'fails'
order by
    reports.agency_name,
    reports.report_year,
    checks.report_id,
    checks.identity_code,
    checks.member_code
