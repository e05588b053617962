-- The requests of an outcome are the sum of the members that its cells report, or the printed total where they hold
-- nothing at all. A fraction is no count and is left out on both sides.
{{ config(meta={'dagster': {'ref': {'name': 'fct_outcomes'}}}) }}

with

expected as (
    select
        report_id,
        row_code as outcome_code,
        case
            when bool_or(column_code <> 'total' and status in ('reported', 'unreadable'))
                then sum(value) filter (column_code <> 'total' and value = trunc(value))
            else sum(value) filter (column_code = 'total' and value = trunc(value))
        end as requests
    from {{ rows_of_changed(ref('stg_cells'), 'numbers') }}
    where section = 'applications'
        -- What is no outcome: the flow through the year, and the subtotals that some sites print.
        and row_code not in ('new_requests', 'carried_in', 'closed_total', 'carried_out')
        and not starts_with(row_code, 'subtotal_')
    group by
        report_id,
        row_code
),

facts as (
    select
        report_id,
        outcome_code,
        sum(requests_reported) as requests
    from {{ rows_of_changed(ref('fct_outcomes'), 'numbers') }}
    group by
        report_id,
        outcome_code
)

select
    report_id,
    outcome_code,
    expected.requests as requests_in_cells,
    facts.requests as requests_in_facts
from expected
full join facts using (report_id, outcome_code)
where coalesce(expected.requests, 0) <> coalesce(facts.requests, 0)
