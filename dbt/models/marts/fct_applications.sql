-- One row a report × kind of applicant: its flow of requests through the year.
-- Members only, never the printed total; `unallocated` only where a total is printed and its members are not.
{{ config(materialized='incremental', meta={'changes': 'numbers'}) }}

with

flows as (
    select
        report_id,
        applicant_type_code,
        max(requests) filter (row_code = 'new_requests') as new_requests,
        max(requests) filter (row_code = 'carried_in') as carried_in,
        max(requests) filter (row_code = 'closed_total') as closed,
        max(requests) filter (row_code = 'carried_out') as carried_out,
        max(requests_reported) filter (row_code = 'new_requests') as new_requests_reported,
        max(requests_reported) filter (row_code = 'carried_in') as carried_in_reported,
        max(requests_reported) filter (row_code = 'closed_total') as closed_reported,
        max(requests_reported) filter (row_code = 'carried_out') as carried_out_reported
    from {{ ref('int_application_members') }}
    where row_code in ('new_requests', 'carried_in', 'closed_total', 'carried_out')
    group by
        report_id,
        applicant_type_code
)

select
    report_id,
    applicant_type_code,
    new_requests,
    carried_in,
    closed,
    carried_out,
    new_requests_reported,
    carried_in_reported,
    closed_reported,
    carried_out_reported
from flows
