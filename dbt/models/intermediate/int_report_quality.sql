-- One row a report: how many of its cells and issues are of each kind.
{{ config(materialized='incremental', meta={'changes': 'parses'}) }}

with

cell_counts as (
    select
        report_id,
        count(*) filter (status = 'reported') as cells_reported,
        count(*) filter (status = 'blank') as cells_blank,
        count(*) filter (status = 'dash') as cells_dash,
        count(*) filter (status = 'missing') as cells_missing,
        count(*) filter (status = 'unreadable') as cells_unreadable
    from {{ ref('stg_cells') }}
    group by report_id
),

issue_counts as (
    select
        report_id,
        count(*) filter (severity = 'info') as issues_info,
        count(*) filter (severity = 'warning') as issues_warning,
        count(*) filter (severity = 'error') as issues_error
    from {{ ref('stg_issues') }}
    group by report_id
)

select
    reports.report_id,
    coalesce(cell_counts.cells_reported, 0) as cells_reported,
    coalesce(cell_counts.cells_blank, 0) as cells_blank,
    coalesce(cell_counts.cells_dash, 0) as cells_dash,
    coalesce(cell_counts.cells_missing, 0) as cells_missing,
    coalesce(cell_counts.cells_unreadable, 0) as cells_unreadable,
    coalesce(issue_counts.issues_info, 0) as issues_info,
    coalesce(issue_counts.issues_warning, 0) as issues_warning,
    coalesce(issue_counts.issues_error, 0) as issues_error
from {{ ref('stg_reports') }} as reports
left join cell_counts
    on cell_counts.report_id = reports.report_id
left join issue_counts
    on issue_counts.report_id = reports.report_id
