-- One row a thing worth knowing about a report: what its parse found in it, and what the warehouse finds between reports.

with

issues_of_parses as (
    select
        report_id,
        code,
        severity,
        message,
        locator
    from {{ ref('stg_issues') }}
),

differing_versions as (
    select
        report_id,
        'version_differs' as code,
        'warning' as severity,
        section || '/' || row_code || '/' || column_code || ': '
            || coalesce({{ plain_number('value') }}, status) || ' here, '
            || coalesce({{ plain_number('current_value') }}, current_status) || ' in the report that stands for it, '
            || superseded_by as message,
        locator
    from {{ ref('fct_version_differences') }}
),

repeated_numbers as (
    select
        report_id,
        case when relation in ('previous_year', 'other_year') then 'repeats_another_year' else 'repeats_another_report' end
            as code,
        'warning' as severity,
        'its ' || number_count || ' numbers are those of ' || repeated_report_id || ' (' || relation || ')' as message,
        cast(null as varchar) as locator
    from {{ ref('fct_repeated_numbers') }}
),

unknown_regions as (
    select
        report_id,
        'region_code_not_valid' as code,
        'warning' as severity,
        'no region had the code ' || region_code || coalesce(' in ' || report_year, ' today') as message,
        cast(null as varchar) as locator
    from {{ ref('dim_report') }}
    where region_code is not null
        and region_id is null
),

contradicted_statements as (
    select
        report_id,
        'statement_' || origin as code,
        'warning' as severity,
        'line ' || line || ': ' || problem as message,
        cast(null as varchar) as locator
    from {{ ref('stg_publisher_statements') }}
    where report_id is not null
        and problem is not null
)

{% for found in ['issues_of_parses', 'differing_versions', 'repeated_numbers', 'unknown_regions',
                 'contradicted_statements'] -%}
select
    report_id,
    '{{ 'parse' if found == 'issues_of_parses' else 'warehouse' }}' as found_by,
    code,
    severity,
    message,
    locator
from {{ found }}
{{ 'union all' if not loop.last }}
{% endfor %}
