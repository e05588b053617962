{#
  An identity holds in every report. Rows are the failures that nobody has looked at yet: news about a report, not a fault
  of the pipeline. One is known if it is acknowledged with the difference that it has, or if a reviewed correction mends it.
#}
{% test identity_holds(model, identity_code) %}

select
    reports.agency_name,
    reports.report_year,
    checks.identity_code,
    checks.member_code,
    checks.left_value,
    checks.right_value,
    checks.difference,
    checks.blanks_as_zero,
    reports.source_path,
    checks.report_id
from {{ model }} as checks
inner join {{ ref('stg_reports') }} as reports
    on reports.report_id = checks.report_id
where checks.identity_code = '{{ identity_code }}'
    and checks.status = 'fails'
    and not checks.acknowledged
    and checks.status_corrected <> 'holds'
order by
    reports.agency_name,
    reports.report_year,
    checks.report_id,
    checks.member_code

{% endtest %}
