-- One row a report × cell: a change of this one cell would make every failing identity between the report's own cells
-- hold. A candidate is in every failing identity and in no holding one, and each failing one asks of it the same change,
-- to a number that a count can be (whole, not below zero).
{{ config(materialized='incremental', meta={'changes': 'checks'}) }}

with

-- Only equations between the cells of one report: prose and the year before are evidence, and solve nothing.
terms as (
    select
        identity_code,
        member_code,
        section,
        row_code,
        column_code,
        coefficient
    from {{ ref('identity_terms') }}
    qualify bool_and(source = 'cell' and year_offset = 0) over (partition by identity_code)
),

failing_checks as (
    select
        report_id,
        identity_code,
        member_code,
        difference,
        count(*) over (partition by report_id) as failing_checks
    from {{ rows_of_changed(ref('fct_identity_checks'), 'checks') }}
    where status = 'fails'
        and identity_code in (select identity_code from terms)
),

cells_of_failing_checks as (
    select
        failing_checks.report_id,
        terms.section,
        terms.row_code,
        terms.column_code,
        -- −difference / coefficient, without leaving decimals: coefficients are 1 or −1.
        -failing_checks.difference * terms.coefficient as change,
        failing_checks.failing_checks
    from failing_checks
    inner join terms
        on terms.identity_code = failing_checks.identity_code
        and terms.member_code = failing_checks.member_code
),

cells_in_every_failing_check as (
    select
        report_id,
        section,
        row_code,
        column_code,
        min(change) as change
    from cells_of_failing_checks
    group by
        report_id,
        section,
        row_code,
        column_code
    having count(*) = max(failing_checks)
        and min(change) = max(change)
),

cells_of_holding_checks as (
    select distinct
        checks.report_id,
        terms.section,
        terms.row_code,
        terms.column_code
    from {{ rows_of_changed(ref('fct_identity_checks'), 'checks') }} as checks
    inner join terms
        on terms.identity_code = checks.identity_code
        and terms.member_code = checks.member_code
    where checks.status = 'holds'
        and checks.report_id in (select report_id from failing_checks)
)

select
    candidates.report_id,
    candidates.section,
    candidates.row_code,
    candidates.column_code,
    cast(coalesce(cells.value_reported, 0) + candidates.change as decimal(38, 6)) as value_proposed
from cells_in_every_failing_check as candidates
-- Only cells that the report's form has.
inner join {{ rows_of_changed(ref('int_cell_values'), 'checks') }} as cells
    on cells.report_id = candidates.report_id
    and cells.section = candidates.section
    and cells.row_code = candidates.row_code
    and cells.column_code = candidates.column_code
left join cells_of_holding_checks
    on cells_of_holding_checks.report_id = candidates.report_id
    and cells_of_holding_checks.section = candidates.section
    and cells_of_holding_checks.row_code = candidates.row_code
    and cells_of_holding_checks.column_code = candidates.column_code
where cells_of_holding_checks.report_id is null
    and coalesce(cells.value_reported, 0) + candidates.change >= 0
    and coalesce(cells.value_reported, 0) + candidates.change
    = trunc(coalesce(cells.value_reported, 0) + candidates.change)
