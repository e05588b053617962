-- One row a report × solution × cell: with the values of all cells of a solution, every identity between the report's own
-- cells holds that can be evaluated. A hint for who looks at the report: nothing is changed by it.
-- Single cells are found here, in SQL; where no single cell would do, the answer is that of the integer programme, which
-- ran over the lake before dbt. A test demands that the two agree on single cells.

with

single_cells as (
    select
        report_id,
        cast(
            row_number() over (partition by report_id order by section, row_code, column_code) as integer
        ) as solution,
        section,
        row_code,
        column_code,
        value_proposed,
        true as is_smallest
    from {{ ref('int_single_suspects') }}
),

several_cells as (
    select
        report_id,
        solution,
        section,
        row_code,
        column_code,
        cast(value_proposed as decimal(38, 6)) as value_proposed,
        is_smallest
    from {{ ref('stg_suspects') }}
    where report_id not in (select report_id from single_cells)
),

solutions as (
    select * from single_cells
    union all
    select * from several_cells
),

counts as (
    select
        report_id,
        count(distinct solution) filter (is_smallest) as smallest_solutions
    from solutions
    group by report_id
)

select
    solutions.report_id,
    solutions.solution,
    solutions.section,
    solutions.row_code,
    solutions.column_code,
    cells.value_reported,
    solutions.value_proposed,
    solutions.is_smallest
    and counts.smallest_solutions = 1
    and coalesce(localisations.outcome, 'solved') = 'solved' as is_unique,
    solutions.is_smallest,
    coalesce(suspects.is_certain, false) as is_certain,
    coalesce(localisations.outcome = 'truncated', false) as is_truncated,
    suspects.pattern,
    cast(null as varchar) as evidence
from solutions
inner join counts
    on counts.report_id = solutions.report_id
inner join {{ ref('int_cell_values') }} as cells
    on cells.report_id = solutions.report_id
    and cells.section = solutions.section
    and cells.row_code = solutions.row_code
    and cells.column_code = solutions.column_code
left join {{ ref('stg_suspects') }} as suspects
    on suspects.report_id = solutions.report_id
    and suspects.solution = solutions.solution
    and suspects.section = solutions.section
    and suspects.row_code = solutions.row_code
    and suspects.column_code = solutions.column_code
left join {{ ref('stg_localisations') }} as localisations
    on localisations.report_id = solutions.report_id
