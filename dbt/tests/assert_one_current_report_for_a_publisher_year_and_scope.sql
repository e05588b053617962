-- Exactly one, wherever any report of that publisher, year and scope could be read at all; and what is superseded is
-- superseded by a current one.

select
    agency_id || ' ' || report_year || ' ' || coalesce(scope, '') as subject,
    count(*) filter (is_current) || ' current reports' as problem
from {{ ref('dim_report') }}
where agency_id is not null
    and report_year is not null
    and status not in ('not_a_report', 'unreadable')
group by
    agency_id,
    report_year,
    scope
having count(*) filter (is_current) <> 1

union all

select
    reports.report_id as subject,
    'superseded by a report that is not current, or for no reason' as problem
from {{ ref('dim_report') }} as reports
left join {{ ref('dim_report') }} as successors
    on successors.report_id = reports.superseded_by
where (reports.superseded_by is not null and not coalesce(successors.is_current, false))
    or (reports.superseded_by is null) <> (reports.superseded_why is null)
    or (reports.is_current and reports.superseded_by is not null)
