-- One row a report × identity × member (the row or column of the form that the equation is about).
-- An identity is Σ coefficient × value = 0: positive terms make the left side, negative ones the right side. A blank or
-- a dash counts as 0, and is counted; a missing or unreadable cell makes the equation not evaluable.

with

-- Equations within one report. Those across years (year_offset −1) and with prose (source `claim`) need another join
-- and are left out until it exists; a member is left out whole if any of its terms is such.
terms as (
    select
        identity_code,
        member_code,
        section,
        row_code,
        column_code,
        coefficient
    from {{ ref('identity_terms') }}
    qualify bool_and(source = 'cell' and year_offset = 0) over (partition by identity_code, member_code)
),

-- A cell that the report's form does not have has no row and drops out, and with all its cells the whole member.
cell_terms as (
    select
        cells.report_id,
        terms.identity_code,
        terms.member_code,
        terms.coefficient,
        cells.status in ('missing', 'unreadable') as is_unknown,
        cells.status in ('blank', 'dash') as is_blank,
        coalesce(cells.value, 0) as value
    from {{ ref('stg_cells') }} as cells
    inner join terms
        on terms.section = cells.section
        and terms.row_code = cells.row_code
        and terms.column_code = cells.column_code
),

sides as (
    select
        report_id,
        identity_code,
        member_code,
        bool_or(is_unknown) as has_unknown,
        coalesce(sum(coefficient * value) filter (coefficient > 0), 0) as left_value,
        coalesce(sum(-coefficient * value) filter (coefficient < 0), 0) as right_value,
        count(*) filter (is_blank) as blanks_as_zero
    from cell_terms
    group by
        report_id,
        identity_code,
        member_code
)

select
    report_id,
    identity_code,
    member_code,
    case
        when has_unknown then 'not_evaluable'
        when left_value = right_value then 'holds'
        else 'fails'
    end as status,
    cast(case when not has_unknown then left_value end as decimal(38, 6)) as left_value,
    cast(case when not has_unknown then right_value end as decimal(38, 6)) as right_value,
    cast(case when not has_unknown then left_value - right_value end as decimal(38, 6)) as difference,
    cast(blanks_as_zero as integer) as blanks_as_zero,
    -- Failures that someone has looked at are listed in a reviewed file (a later issue).
    false as acknowledged
from sides
