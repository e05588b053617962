-- The share of reports whose publisher or year is not known stays below the bound `max_unresolved_share`; what needs a
-- decision, `ogi unresolved` lists.
{{ config(severity='warn', store_failures=true) }}

select
    count(*) as report_count,
    count(*) filter (agency_id is null or report_year is null) as unresolved_count,
    count(*) filter (agency_id is null or report_year is null) / nullif(count(*), 0) as unresolved_share
from {{ ref('dim_report') }}
where is_current
having unresolved_share > {{ var('max_unresolved_share') }}
