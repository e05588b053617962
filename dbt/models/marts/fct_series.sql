-- One row a report × measure that can be followed from the narrative reports to today's tables, with its source.
-- Of a row of the tables the members are added up where all are known (a blank is 0 beside numbers), else the printed
-- total counts. Of several sources the one of lowest rank counts that gives a number.
{{ config(materialized='incremental', meta={'changes': 'numbers'}) }}

with

cell_terms as (
    select
        terms.measure_code,
        terms.rank,
        terms.source,
        terms.comparability,
        terms.role,
        terms.row_code,
        cells.report_id,
        cells.unit,
        cells.value,
        cells.value_reported,
        cells.status in ('missing', 'unreadable') as was_unknown,
        was_unknown and not cells.is_corrected as is_unknown
    from {{ ref('series_terms') }} as terms
    inner join {{ ref('int_cell_values') }} as cells
        on cells.section = terms.section
        and cells.row_code = terms.row_code
        and cells.column_code = terms.column_code
    -- Money without a unit is no amount.
    where cells.unit <> 'unstated'
),

-- Each row of a table: its members, its total, and whether any member is not known.
table_rows as (
    select
        report_id,
        measure_code,
        rank,
        source,
        comparability,
        row_code,
        case
            when coalesce(bool_or(is_unknown) filter (role = 'member'), true) or count(value) filter (role = 'member') = 0
                then max(value) filter (role <> 'member')
            else sum(value) filter (role = 'member')
        end as value,
        case
            when coalesce(bool_or(was_unknown) filter (role = 'member'), true)
                or count(value_reported) filter (role = 'member') = 0
                then max(value_reported) filter (role <> 'member')
            else sum(value_reported) filter (role = 'member')
        end as value_reported,
        bool_or(is_unknown) as has_unknown,
        bool_or(was_unknown) as had_unknown
    from cell_terms
    group by
        report_id,
        measure_code,
        rank,
        source,
        comparability,
        row_code
),

-- A measure of several rows has no number where one of them lacks it and is not blank.
numbers as (
    select
        report_id,
        measure_code,
        rank,
        source,
        comparability,
        string_agg(row_code, ' + ' order by row_code) as source_code,
        case when not bool_or(value is null and has_unknown) then sum(value) end as value,
        case when not bool_or(value_reported is null and had_unknown) then sum(value_reported) end as value_reported
    from table_rows
    group by
        report_id,
        measure_code,
        rank,
        source,
        comparability

    union all

    select
        claims.report_id,
        terms.measure_code,
        terms.rank,
        terms.source,
        terms.comparability,
        claims.claim_code as source_code,
        claims.value,
        claims.value as value_reported
    from {{ ref('series_terms') }} as terms
    inner join {{ ref('int_claims') }} as claims
        on claims.claim_code = terms.claim_code
        and claims.subject = 'report'
),

first_numbers as (
    select
        report_id,
        measure_code,
        source,
        comparability,
        source_code,
        value,
        value_reported
    from numbers
    where value is not null
    qualify row_number() over (partition by report_id, measure_code order by rank) = 1
)

select
    first_numbers.report_id,
    first_numbers.measure_code,
    first_numbers.source,
    first_numbers.comparability,
    first_numbers.source_code,
    measures.unit,
    cast(first_numbers.value as decimal(38, 6)) as value,
    cast(first_numbers.value_reported as decimal(38, 6)) as value_reported
from first_numbers
inner join {{ ref('series_measures') }} as measures
    on measures.measure_code = first_numbers.measure_code
