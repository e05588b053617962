-- One row a report × solution × cell: with the values of all cells of a solution, every identity between the report's own
-- cells holds that can be evaluated. Single cells as SQL finds them; where no single cell would do, the solver's answer.
{{ config(materialized='incremental', meta={'changes': 'checks'}) }}

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
)

select
    solutions.report_id,
    solutions.solution,
    solutions.section,
    solutions.row_code,
    solutions.column_code,
    cells.value_reported,
    solutions.value_proposed,
    -- A blank or a dash counts as 0.
    solutions.value_proposed - coalesce(cells.value_reported, 0) as change,
    solutions.is_smallest
from solutions
inner join {{ rows_of_changed(ref('int_cell_values'), 'checks') }} as cells
    on cells.report_id = solutions.report_id
    and cells.section = solutions.section
    and cells.row_code = solutions.row_code
    and cells.column_code = solutions.column_code
