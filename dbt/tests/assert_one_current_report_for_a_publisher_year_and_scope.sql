-- Exactly one, wherever any report of that publisher, year and scope could be read at all, and one of every publication;
-- what is superseded is superseded by a current one of the same publication.

select
    'publication ' || publication_id as subject,
    count(*) filter (is_current) || ' current reports' as problem
from {{ ref('dim_report') }}
where publication_id is not null
group by publication_id
having count(*) filter (is_current) <> 1

union all

select
    agency_id || ' ' || report_year || ' ' || scope as subject,
    count(distinct publication_id) || ' publications, ' || count(*) filter (is_current) || ' current reports' as problem
from {{ ref('dim_report') }}
where agency_id is not null
    and report_year is not null
    and scope is not null
    and status not in ('not_a_report', 'unreadable')
group by
    agency_id,
    report_year,
    scope
having count(distinct publication_id) <> 1
    or count(*) filter (is_current) > 1

union all

select
    reports.report_id as subject,
    'superseded by a report that is not current, or for no reason' as problem
from {{ ref('dim_report') }} as reports
left join {{ ref('dim_report') }} as standing
    on standing.report_id = reports.superseded_by
where (reports.superseded_by is not null and not coalesce(standing.is_current, false))
    or (reports.superseded_by is not null and standing.publication_id is distinct from reports.publication_id)
    or (reports.superseded_by is null) <> (reports.superseded_why is null)
    or (reports.is_current = (reports.superseded_by is not null) and reports.publication_id is not null)
    or (reports.is_current and reports.publication_id is null)
