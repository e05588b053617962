-- A cell that the form has and the document does not show is `missing`: a row, never an absence.
{{ config(meta={'dagster': {'ref': {'name': 'stg_cells'}}}) }}

select
    report_forms.report_id,
    report_forms.form_code,
    form_cells.section,
    form_cells.row_code,
    form_cells.column_code
from {{ rows_of_changed(ref('int_report_forms'), 'parses') }} as report_forms
inner join {{ ref('form_cells') }} as form_cells
    on form_cells.form_code = report_forms.form_code
    and form_cells.section = report_forms.section
left join {{ rows_of_changed(ref('stg_cells'), 'parses') }} as cells
    on cells.report_id = report_forms.report_id
    and cells.section = form_cells.section
    and cells.row_code = form_cells.row_code
    and cells.column_code = form_cells.column_code
where cells.report_id is null
