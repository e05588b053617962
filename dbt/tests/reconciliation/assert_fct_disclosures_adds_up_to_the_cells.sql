-- Units are different things, so a report is compared unit by unit.
{{ config(meta={'dagster': {'ref': {'name': 'fct_disclosures'}}}) }}

with

expected as (
    select
        report_id,
        unit,
        count(value) as numbers,
        coalesce(sum(value), 0) as total
    from {{ rows_of_changed(ref('stg_cells'), 'numbers') }}
    where section = 'disclosure'
    group by
        report_id,
        unit
),

facts as (
    select
        report_id,
        unit,
        count(value_reported) as numbers,
        coalesce(sum(value_reported), 0) as total
    from {{ rows_of_changed(ref('fct_disclosures'), 'numbers') }}
    group by
        report_id,
        unit
)

select
    report_id,
    unit,
    expected.numbers as numbers_in_cells,
    facts.numbers as numbers_in_facts,
    expected.total as total_in_cells,
    facts.total as total_in_facts
from expected
full join facts using (report_id, unit)
where expected.numbers is distinct from facts.numbers
    or expected.total is distinct from facts.total
