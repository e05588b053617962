-- The cases of a channel are the sum of the results that its cells report, the printed total left out. A fraction is no
-- count and is left out on both sides.
{{ config(meta={'dagster': {'ref': {'name': 'fct_reviews'}}}) }}

with

expected as (
    select
        report_id,
        row_code as channel_code,
        sum(value) as cases
    from {{ rows_of_changed(ref('stg_cells'), 'numbers') }}
    where section = 'reviews'
        and column_code <> 'total'
        and value = trunc(value)
    group by
        report_id,
        row_code
),

facts as (
    select
        report_id,
        channel_code,
        sum(cases_reported) as cases
    from {{ rows_of_changed(ref('fct_reviews'), 'numbers') }}
    group by
        report_id,
        channel_code
)

select
    report_id,
    channel_code,
    expected.cases as cases_in_cells,
    facts.cases as cases_in_facts
from expected
full join facts using (report_id, channel_code)
where coalesce(expected.cases, 0) <> coalesce(facts.cases, 0)
