{#
  An identity has all its numbers in every report. Rows are the checks that a missing or unreadable cell prevents; a year
  without a report is counted in the model, and is no news.
#}
{% test identity_can_be_evaluated(model, identity_code) %}

select
    reports.agency_name,
    reports.report_year,
    checks.identity_code,
    checks.member_code,
    reports.source_path,
    checks.report_id
from {{ model }} as checks
inner join {{ ref('stg_reports') }} as reports
    on reports.report_id = checks.report_id
where checks.identity_code = '{{ identity_code }}'
    and checks.not_evaluable_why = 'cell_unknown'
order by
    reports.agency_name,
    reports.report_year,
    checks.report_id,
    checks.member_code

{% endtest %}
