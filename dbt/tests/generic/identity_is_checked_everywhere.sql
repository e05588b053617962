{#
  An identity was evaluated for every report and member whose form has its cells: a check that matches nothing would
  otherwise pass in silence. Rows are the checks that are not there, and the identity itself if no form has its cells.
#}
{% test identity_is_checked_everywhere(model, identity_code) %}

with

members_of_forms as (
    select distinct
        form_cells.form_code,
        form_cells.section,
        terms.member_code
    from {{ ref('identity_terms') }} as terms
    inner join {{ ref('form_cells') }} as form_cells
        on form_cells.section = terms.section
        and form_cells.row_code = terms.row_code
        and form_cells.column_code = terms.column_code
    where terms.identity_code = '{{ identity_code }}'
),

absent_checks as (
    select
        report_forms.report_id,
        members.member_code,
        'the report has the table and no check of it' as problem
    from {{ ref('int_report_forms') }} as report_forms
    inner join members_of_forms as members
        on members.form_code = report_forms.form_code
        and members.section = report_forms.section
    left join {{ model }} as checks
        on checks.report_id = report_forms.report_id
        and checks.identity_code = '{{ identity_code }}'
        and checks.member_code = members.member_code
    where checks.report_id is null
)

select
    report_id,
    member_code,
    problem
from absent_checks

union all

select
    null as report_id,
    null as member_code,
    'no form has the cells of this identity' as problem
where not exists (select 1 from members_of_forms)

{% endtest %}
