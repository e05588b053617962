-- One row a report × row of the applications table × kind of applicant: the six members, and `unallocated` only for a
-- row whose six members all hold nothing while its total is printed; the total then goes there.

with

application_cells as (
    select
        cells.report_id,
        cells.row_code,
        cells.column_code,
        cells.status,
        cells.value,
        cells.value_reported,
        -- The one column of the table that is no kind of applicant is the printed total.
        applicant_types.applicant_type_code is null as is_total
    from {{ ref('int_cell_values') }} as cells
    left join {{ ref('applicant_types') }} as applicant_types
        on applicant_types.applicant_type_code = cells.column_code
    where cells.section = 'applications'
),

rows_without_members as (
    select
        report_id,
        row_code
    from application_cells
    group by
        report_id,
        row_code
    having count(*) filter (not is_total and status not in ('blank', 'dash', 'missing')) = 0
        and count(*) filter (is_total and status = 'reported') = 1
),

members as (
    select
        report_id,
        row_code,
        column_code as applicant_type_code,
        value,
        value_reported
    from application_cells
    where not is_total

    union all

    select
        application_cells.report_id,
        application_cells.row_code,
        'unallocated' as applicant_type_code,
        application_cells.value,
        application_cells.value_reported
    from application_cells
    inner join rows_without_members
        on rows_without_members.report_id = application_cells.report_id
        and rows_without_members.row_code = application_cells.row_code
    where application_cells.is_total
)

select
    report_id,
    row_code,
    applicant_type_code,
    {{ whole_count('value') }} as requests,
    {{ whole_count('value_reported') }} as requests_reported
from members
