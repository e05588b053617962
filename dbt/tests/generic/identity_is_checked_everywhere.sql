{#
  An identity was evaluated for every report and member that has its numbers: a check that matches nothing would
  otherwise pass in silence. What a report has is told from its forms, not from its cells. Rows are the checks that are
  not there, and the identity itself if no form has its cells.
#}
{% test identity_is_checked_everywhere(model, identity_code) %}

with

own_terms as (
    select
        member_code,
        alternative,
        source,
        section,
        row_code,
        column_code,
        sign(coefficient) as side,
        bool_or(year_offset < 0) over () as is_across_years
    from {{ ref('identity_terms') }}
    where identity_code = '{{ identity_code }}'
    qualify year_offset = 0
),

sides_of_members as (
    select
        member_code,
        alternative,
        is_across_years,
        count(distinct side) as sides
    from own_terms
    group by
        member_code,
        alternative,
        is_across_years
),

sides_of_forms as (
    select distinct
        form_cells.form_code,
        form_cells.section,
        own_terms.member_code,
        own_terms.alternative,
        own_terms.side
    from own_terms
    inner join {{ ref('form_cells') }} as form_cells
        on own_terms.source = 'cell'
        and form_cells.section = own_terms.section
        and form_cells.row_code = own_terms.row_code
        and form_cells.column_code = own_terms.column_code
),

sides_of_reports as (
    select
        report_forms.report_id,
        sides_of_forms.member_code,
        sides_of_forms.alternative,
        sides_of_forms.side
    from {{ rows_of_changed(ref('int_report_forms'), 'checks') }} as report_forms
    inner join sides_of_forms
        on sides_of_forms.form_code = report_forms.form_code
        and sides_of_forms.section = report_forms.section

    union

    select
        claims.report_id,
        own_terms.member_code,
        own_terms.alternative,
        own_terms.side
    from own_terms
    inner join {{ rows_of_changed(ref('int_claims'), 'checks') }} as claims
        on own_terms.source = 'claim'
        and claims.claim_code = own_terms.row_code
        and claims.subject = own_terms.column_code
),

expected_checks as (
    select distinct
        sides_of_reports.report_id,
        sides_of_reports.member_code
    from sides_of_reports
    inner join sides_of_members
        on sides_of_members.member_code = sides_of_reports.member_code
        and sides_of_members.alternative = sides_of_reports.alternative
    left join {{ ref('int_report_versions') }} as versions
        on versions.report_id = sides_of_reports.report_id
    where versions.is_current or not sides_of_members.is_across_years
    group by
        sides_of_reports.report_id,
        sides_of_reports.member_code,
        sides_of_reports.alternative
    having count(*) = max(sides_of_members.sides)
)

select
    expected_checks.report_id,
    expected_checks.member_code,
    'the report has the numbers and no check of them' as problem
from expected_checks
left join {{ model }} as checks
    on checks.report_id = expected_checks.report_id
    and checks.identity_code = '{{ identity_code }}'
    and checks.member_code = expected_checks.member_code
where checks.report_id is null

union all

select
    null as report_id,
    null as member_code,
    'no form has the cells of this identity' as problem
where not exists (select 1 from sides_of_forms)

{% endtest %}
