-- News about the reviewed file acknowledged.csv: a line that no longer is about a failing identity with that difference.
{{ config(severity='warn', store_failures=true, meta={'dagster': {'ref': {'name': 'fct_identity_checks'}}}) }}

select
    acknowledged.line,
    acknowledged.named,
    acknowledged.identity_code,
    acknowledged.member_code,
    acknowledged.difference as acknowledged_difference,
    checks.difference as difference_now,
    case
        when acknowledged.report_id is null then 'no file of the landing folder is that report'
        when checks.report_id is null then 'the report has no such check'
        when checks.status = 'holds' then 'the identity holds now'
        when checks.status = 'not_evaluable' then 'the identity cannot be evaluated now'
        else 'the difference is another one now'
    end as problem
from {{ ref('stg_acknowledged') }} as acknowledged
left join {{ ref('fct_identity_checks') }} as checks
    on checks.report_id = acknowledged.report_id
    and checks.identity_code = acknowledged.identity_code
    and checks.member_code = acknowledged.member_code
where not coalesce(checks.acknowledged, false)
order by acknowledged.line
