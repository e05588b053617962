-- One row a report × identity × member (the row, column or claim that the equation is about).
-- All is of the numbers as published but for what is named corrected.
-- An identity is Σ coefficient × value = 0: positive terms make the left side, negative ones the right side. A blank or
-- a dash counts as 0, and is counted; a missing or unreadable cell, and a year without a report, make it not evaluable.
{{ config(materialized='incremental', meta={'changes': 'checks'}) }}

{%- set changed = changed_reports('checks') %}

with

-- Each equation: a member of an identity, or one of the alternatives of a member.
terms as (
    select
        identity_code,
        member_code,
        alternative,
        source,
        section,
        row_code,
        column_code,
        year_offset,
        coefficient,
        -- What the term belongs to: left (1) or right (2) side of the report's own numbers, or the year before (4).
        case when year_offset < 0 then 4 when coefficient > 0 then 1 else 2 end as part,
        dense_rank() over (order by identity_code, member_code, alternative) as equation
    from {{ ref('identity_terms') }}
),

equations as (
    select
        equation,
        identity_code,
        member_code,
        alternative,
        bit_or(part) as parts,
        count(*) over (partition by identity_code, member_code) as alternatives
    from terms
    group by
        equation,
        identity_code,
        member_code,
        alternative
),

-- Reports by number: grouping by 64 characters would cost thrice the time.
reports as (
    select
        report_id,
        row_number() over (order by report_id) as report_number
    from {{ ref('stg_reports') }}
),

previous_reports as (
    select
        reports.report_number,
        reports.report_id,
        previous.previous_report_id,
        numbers_of.report_number as previous_number,
        previous.why_none
    from {{ ref('int_previous_reports') }} as previous
    inner join reports
        on reports.report_id = previous.report_id
    left join reports as numbers_of
        on numbers_of.report_id = previous.previous_report_id
),

-- Whose numbers an equation of a report takes: its own, and those of the year before.
readers as (
    select
        report_number,
        0 as year_offset,
        report_number as numbers_of
    from reports
    {% if changed is not none -%} where {{ is_one_of('report_id', changed) }} {%- endif %}

    union all

    select
        report_number,
        -1 as year_offset,
        previous_number as numbers_of
    from previous_reports
    where previous_number is not null
        {% if changed is not none -%} and {{ is_one_of('report_id', changed) }} {%- endif %}
),

numbers as (
    select
        reports.report_number,
        'cell' as source,
        cells.section,
        cells.row_code,
        cells.column_code,
        -- Money without a unit cannot be compared with anything.
        cells.status in ('missing', 'unreadable') or cells.unit = 'unstated' as is_unknown,
        cells.status in ('blank', 'dash') as is_blank,
        coalesce(cells.value_reported, 0) as value,
        (cells.status in ('missing', 'unreadable') and not cells.is_corrected)
        or cells.unit = 'unstated' as is_unknown_corrected,
        coalesce(cells.value, 0) as value_corrected
    from {{ ref('int_cell_values') }} as cells
    inner join reports
        on reports.report_id = cells.report_id
    {% if changed is not none -%} where reports.report_number in (select numbers_of from readers) {%- endif %}

    union all

    select
        reports.report_number,
        'claim' as source,
        'claims' as section,
        claims.claim_code as row_code,
        claims.subject as column_code,
        false as is_unknown,
        false as is_blank,
        claims.value,
        false as is_unknown_corrected,
        claims.value as value_corrected
    from {{ ref('int_claims') }} as claims
    inner join reports
        on reports.report_id = claims.report_id
),

-- A cell that the report's form does not have has no row and drops out.
sums as (
    select
        readers.report_number,
        terms.equation,
        bit_or(terms.part) as parts,
        bool_or(numbers.is_unknown) as has_unknown,
        coalesce(sum(numbers.value) filter (terms.coefficient > 0), 0) as left_value,
        coalesce(sum(numbers.value) filter (terms.coefficient < 0), 0) as right_value,
        count(*) filter (numbers.is_blank) as blanks_as_zero,
        bool_or(numbers.is_unknown_corrected) as has_unknown_corrected,
        coalesce(sum(numbers.value_corrected) filter (terms.coefficient > 0), 0)
        - coalesce(sum(numbers.value_corrected) filter (terms.coefficient < 0), 0) as difference_corrected
    from numbers
    inner join terms
        on terms.source = numbers.source
        and terms.section = numbers.section
        and terms.row_code = numbers.row_code
        and terms.column_code = numbers.column_code
    inner join readers
        on readers.numbers_of = numbers.report_number
        and readers.year_offset = terms.year_offset
    group by
        readers.report_number,
        terms.equation
),

evaluated_equations as (
    select
        sums.report_number,
        equations.identity_code,
        equations.member_code,
        equations.alternative,
        equations.alternatives,
        case
            when sums.has_unknown then 'cell_unknown'
            when sums.parts = equations.parts then null
            else coalesce(previous_reports.why_none, 'no_such_cell_the_year_before')
        end as not_evaluable_why,
        sums.left_value,
        sums.right_value,
        sums.blanks_as_zero,
        case when not sums.has_unknown_corrected and sums.parts = equations.parts then sums.difference_corrected end
            as difference_corrected,
        case when equations.parts >= 4 then previous_reports.previous_report_id end as previous_report_id
    from sums
    inner join equations
        on equations.equation = sums.equation
    left join previous_reports
        on previous_reports.report_number = sums.report_number
    -- An equation is of the report if each of its own sides has something in it (the form has the cells, the prose
    -- states the number), and across years only of a current one.
    where sums.parts & 3 = equations.parts & 3
        and (equations.parts < 4 or previous_reports.report_number is not null)
),

statuses as (
    select
        report_number,
        identity_code,
        member_code,
        alternative,
        alternatives,
        case
            when not_evaluable_why is not null then 'not_evaluable'
            when left_value = right_value then 'holds'
            else 'fails'
        end as status,
        not_evaluable_why,
        left_value,
        right_value,
        blanks_as_zero,
        case
            when difference_corrected is null then 'not_evaluable'
            when difference_corrected = 0 then 'holds'
            else 'fails'
        end as status_corrected,
        difference_corrected,
        previous_report_id
    from evaluated_equations
),

-- Of several alternatives the one that holds; else one that could hold if more were known; else the first. With
-- corrections another one may hold.
ranked_alternatives as (
    select
        report_number,
        identity_code,
        member_code,
        alternative,
        row_number() over (
            partition by report_number, identity_code, member_code
            order by case status when 'holds' then 1 when 'not_evaluable' then 2 else 3 end, alternative
        ) as rank,
        bool_or(status_corrected = 'holds') over (
            partition by report_number, identity_code, member_code
        ) as one_holds_corrected
    from statuses
    where alternatives > 1
)

select
    reports.report_id,
    statuses.identity_code,
    statuses.member_code,
    statuses.status,
    statuses.not_evaluable_why,
    cast(case when statuses.status <> 'not_evaluable' then statuses.left_value end as decimal(38, 6)) as left_value,
    cast(case when statuses.status <> 'not_evaluable' then statuses.right_value end as decimal(38, 6)) as right_value,
    cast(
        case when statuses.status <> 'not_evaluable' then statuses.left_value - statuses.right_value end
        as decimal(38, 6)
    ) as difference,
    cast(statuses.blanks_as_zero as integer) as blanks_as_zero,
    statuses.alternative,
    statuses.previous_report_id,
    acknowledged.report_id is not null as acknowledged,
    case when ranked.one_holds_corrected then 'holds' else statuses.status_corrected end as status_corrected,
    cast(
        case when ranked.one_holds_corrected then 0 else statuses.difference_corrected end as decimal(38, 6)
    ) as difference_corrected
from statuses
inner join reports
    on reports.report_number = statuses.report_number
left join ranked_alternatives as ranked
    on ranked.report_number = statuses.report_number
    and ranked.identity_code = statuses.identity_code
    and ranked.member_code = statuses.member_code
    and ranked.alternative = statuses.alternative
-- A failure that somebody looked at; with another difference it is another one.
left join {{ ref('stg_acknowledged') }} as acknowledged
    on statuses.status = 'fails'
    and acknowledged.report_id = reports.report_id
    and acknowledged.identity_code = statuses.identity_code
    and acknowledged.member_code = statuses.member_code
    and acknowledged.difference = statuses.left_value - statuses.right_value
where coalesce(ranked.rank, 1) = 1
