-- One row a current report: the current report of the same publisher and scope for the year before, or why there is none.
{{ config(post_hook="{{ note_changes('previous_reports') }}") }}

with

current_reports as (
    select
        reports.report_id,
        reports.agency_id,
        reports.report_year,
        reports.scope
    from {{ ref('stg_reports') }} as reports
    inner join {{ ref('int_report_versions') }} as versions
        on versions.report_id = reports.report_id
    where versions.is_current
)

select
    reports.report_id,
    previous_reports.report_id as previous_report_id,
    case
        when previous_reports.report_id is not null then null
        when reports.agency_id is null or reports.report_year is null or reports.scope is null
            then 'publisher_unresolved'
        else 'no_previous_report'
    end as why_none
from current_reports as reports
-- Nulls are equal to nothing: of two reports of unknown scope nobody knows whether they count the same offices.
left join current_reports as previous_reports
    on previous_reports.agency_id = reports.agency_id
    and previous_reports.scope = reports.scope
    and previous_reports.report_year = reports.report_year - 1
