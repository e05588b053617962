-- No cell outside the form of its report's table, but for the subtotals of groups that some sites print. Of a table that
-- is lost the form is not known: its cells stand there as missing, in the form that the report should have had.
{{ config(meta={'dagster': {'ref': {'name': 'stg_cells'}}}) }}

with

subtotal_cells as (
    select distinct
        groups.section,
        'subtotal_' || groups.group_code as row_code,
        form_cells.column_code
    from {{ ref('form_groups') }} as groups
    inner join {{ ref('form_cells') }} as form_cells
        on form_cells.section = groups.section
),

cells_of_any_form as (
    select distinct section, row_code, column_code
    from {{ ref('form_cells') }}
)

select
    cells.report_id,
    report_forms.form_code,
    cells.section,
    cells.row_code,
    cells.column_code
from {{ rows_of_changed(ref('stg_cells'), 'parses') }} as cells
left join {{ ref('int_report_forms') }} as report_forms
    on report_forms.report_id = cells.report_id
    and report_forms.section = cells.section
left join {{ ref('form_cells') }} as form_cells
    on form_cells.form_code = report_forms.form_code
    and form_cells.section = cells.section
    and form_cells.row_code = cells.row_code
    and form_cells.column_code = cells.column_code
left join subtotal_cells
    on report_forms.form_code is not null
    and subtotal_cells.section = cells.section
    and subtotal_cells.row_code = cells.row_code
    and subtotal_cells.column_code = cells.column_code
left join cells_of_any_form
    on report_forms.form_code is null
    and cells.status = 'missing'
    and cells_of_any_form.section = cells.section
    and cells_of_any_form.row_code = cells.row_code
    and cells_of_any_form.column_code = cells.column_code
where form_cells.form_code is null
    and subtotal_cells.row_code is null
    and cells_of_any_form.row_code is null
