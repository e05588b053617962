-- A cell that the form has and the document does not show is `missing`: a row, never an absence. Cells are counted: that
-- each is once there and is one of its form are tests of their own.
{{ config(meta={'dagster': {'ref': {'name': 'stg_cells'}}}) }}

with

expected_cells as (
    select
        report_forms.report_id,
        report_forms.form_code,
        report_forms.section,
        count(*) as cells
    from {{ rows_of_changed(ref('int_report_forms'), 'parses') }} as report_forms
    inner join {{ ref('form_cells') }} as form_cells
        on form_cells.form_code = report_forms.form_code
        and form_cells.section = report_forms.section
    group by all
),

found_cells as (
    select
        report_id,
        section,
        count(*) as cells
    from {{ rows_of_changed(ref('stg_cells'), 'parses') }}
    where not starts_with(row_code, 'subtotal_')
    group by all
)

select
    expected_cells.report_id,
    expected_cells.form_code,
    expected_cells.section,
    expected_cells.cells as cells_expected,
    coalesce(found_cells.cells, 0) as cells_found
from expected_cells
left join found_cells
    on found_cells.report_id = expected_cells.report_id
    and found_cells.section = expected_cells.section
where found_cells.cells is distinct from expected_cells.cells
