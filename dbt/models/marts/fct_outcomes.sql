-- One row a report × kind of applicant × outcome: the requests dealt with in that way.
-- Members only: no closed_total, no printed subtotals of groups, and no total column but by way of `unallocated`.
{{ config(materialized='incremental', meta={'changes': 'numbers'}) }}

select
    members.report_id,
    members.applicant_type_code,
    members.row_code as outcome_code,
    members.requests,
    members.requests_reported
from {{ ref('int_application_members') }} as members
inner join {{ ref('outcomes') }} as outcomes
    on outcomes.outcome_code = members.row_code
