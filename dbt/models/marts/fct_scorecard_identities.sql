-- One row a current report × family of identities: how many of its equations hold, fail or cannot be evaluated.
{{ config(materialized='incremental', meta={'changes': 'checks'}) }}

select
    reports.report_id,
    checks.identity_code,
    count(*) filter (checks.status = 'holds') as held,
    count(*) filter (checks.status = 'fails') as failed,
    count(*) filter (checks.acknowledged) as acknowledged,
    count(*) filter (checks.status_corrected = 'fails') as failed_corrected,
    count(*) filter (checks.not_evaluable_why = 'cell_unknown') as lacks_a_number,
    count(*) filter (checks.status = 'not_evaluable') as not_evaluable,
    max(abs(checks.difference)) as largest_difference
from {{ rows_of_changed(ref('fct_identity_checks'), 'checks') }} as checks
inner join {{ ref('dim_report') }} as reports
    on reports.report_id = checks.report_id
where reports.is_current
group by
    reports.report_id,
    checks.identity_code
