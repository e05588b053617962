-- One row a report that another one supersedes × cell in which the two disagree: two numbers, or a number other than zero
-- against an empty cell. A cell that either of them lost says nothing.

with

superseded_reports as (
    select
        report_id,
        publication_id,
        superseded_by
    from {{ ref('int_report_versions') }}
    where superseded_by is not null
),

compared_cells as (
    select
        superseded.report_id,
        superseded.publication_id,
        superseded.superseded_by,
        cells.section,
        cells.row_code,
        cells.column_code,
        cells.unit,
        cells.status,
        current_cells.status as current_status,
        cells.value,
        current_cells.value as current_value,
        cells.locator,
        current_cells.locator as current_locator
    from superseded_reports as superseded
    inner join {{ ref('stg_cells') }} as cells
        on cells.report_id = superseded.report_id
    inner join {{ ref('stg_cells') }} as current_cells
        on current_cells.report_id = superseded.superseded_by
        and current_cells.section = cells.section
        and current_cells.row_code = cells.row_code
        and current_cells.column_code = cells.column_code
    where cells.status in ('reported', 'blank', 'dash')
        and current_cells.status in ('reported', 'blank', 'dash')
        -- Amounts of which one has no unit cannot be compared.
        and cells.unit = current_cells.unit
)

select
    report_id,
    section,
    row_code,
    column_code,
    publication_id,
    superseded_by,
    value,
    current_value,
    unit,
    status,
    current_status,
    locator,
    current_locator
from compared_cells
where coalesce(value, 0) <> coalesce(current_value, 0)
