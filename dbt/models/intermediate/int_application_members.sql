-- One row a report × row of the applications table × kind of applicant: the six members, and `unallocated` only for a
-- row whose six members all hold nothing while its total is printed; the total then goes there. Whether they hold
-- nothing is asked twice: of the cells as published, and of the cells with reviewed corrections.
{{ config(materialized='incremental', meta={'changes': 'numbers'}) }}

with

application_cells as (
    select
        cells.report_id,
        cells.row_code,
        cells.column_code,
        cells.status in ('blank', 'dash', 'missing') as was_empty,
        case when cells.is_corrected then cells.value is null else was_empty end as is_empty,
        cells.value,
        cells.value_reported,
        -- The one column of the table that is no kind of applicant is the printed total.
        applicant_types.applicant_type_code is null as is_total
    from {{ rows_of_changed(ref('int_cell_values'), 'numbers') }} as cells
    left join {{ ref('applicant_types') }} as applicant_types
        on applicant_types.applicant_type_code = cells.column_code
    where cells.section = 'applications'
),

rows_without_members as (
    select
        report_id,
        row_code,
        bool_and(is_total or is_empty) as is_without_members,
        bool_and(is_total or was_empty) as was_without_members
    from application_cells
    group by
        report_id,
        row_code
    having (is_without_members and count(*) filter (is_total and value is not null) = 1)
        or (was_without_members and count(*) filter (is_total and value_reported is not null) = 1)
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
        case when rows_without_members.is_without_members then application_cells.value end as value,
        case when rows_without_members.was_without_members then application_cells.value_reported end as value_reported
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
