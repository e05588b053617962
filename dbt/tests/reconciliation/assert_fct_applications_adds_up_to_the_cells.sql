-- Each measure of a report is the sum of the members that its cells report, or the printed total where they hold
-- nothing at all. A fraction is no count and is left out on both sides.
{{ config(meta={'dagster': {'ref': {'name': 'fct_applications'}}}) }}

with

expected as (
    select
        report_id,
        row_code,
        case
            when bool_or(column_code <> 'total' and status in ('reported', 'unreadable'))
                then sum(value) filter (column_code <> 'total' and value = trunc(value))
            else sum(value) filter (column_code = 'total' and value = trunc(value))
        end as requests
    from {{ rows_of_changed(ref('stg_cells'), 'numbers') }}
    where section = 'applications'
        and row_code in ('new_requests', 'carried_in', 'closed_total', 'carried_out')
    group by
        report_id,
        row_code
),

measures as (
    unpivot (
        select
            report_id,
            new_requests_reported as new_requests,
            carried_in_reported as carried_in,
            closed_reported as closed_total,
            carried_out_reported as carried_out
        from {{ rows_of_changed(ref('fct_applications'), 'numbers') }}
    )
    on new_requests, carried_in, closed_total, carried_out
    into name row_code value requests
),

facts as (
    select
        report_id,
        row_code,
        sum(requests) as requests
    from measures
    group by
        report_id,
        row_code
)

select
    report_id,
    row_code,
    expected.requests as requests_in_cells,
    facts.requests as requests_in_facts
from expected
full join facts using (report_id, row_code)
where coalesce(expected.requests, 0) <> coalesce(facts.requests, 0)
