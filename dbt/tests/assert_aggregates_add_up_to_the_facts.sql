-- The aggregates say what the facts say: a report's outcomes where no printed total stands for members that are not known,
-- all outcomes and cases by year, and the flow of requests as the series has it, which adds it up in its own way.
{{ config(meta={'dagster': {'ref': {'name': 'agg_report_year'}}}) }}

with

outcomes_in_facts as (
    select
        report_id,
        sum(requests) as requests
    from {{ ref('fct_outcomes') }}
    group by report_id
),

years as (
    select
        report_year,
        {% for code in outcome_codes() -%}
        coalesce(sum({{ code }}), 0){{ ' + ' if not loop.last }}
        {%- endfor %} as outcome_rows
    from {{ ref('agg_report_year') }}
    group by report_year
)

select
    reports.report_id as what,
    reports.outcomes_total as in_aggregates,
    facts.requests as in_facts
from {{ ref('agg_report_year') }} as reports
left join outcomes_in_facts as facts
    on facts.report_id = reports.report_id
where reports.totals_printed = 0
    and reports.totals_unknown = 0
    and reports.outcomes_total is distinct from facts.requests

union all

select
    reports.report_id || ' ' || series.measure_code as what,
    case series.measure_code
        when 'new_requests' then reports.new_requests
        when 'carried_in' then reports.carried_in
        when 'closed' then reports.closed
        when 'carried_out' then reports.carried_out
        when 'reconsiderations' then reports.reconsiderations
        when 'litigations' then reports.litigations
    end as in_aggregates,
    series.value as in_facts
from {{ ref('fct_series') }} as series
inner join {{ ref('agg_report_year') }} as reports
    on reports.report_id = series.report_id
where series.source in ('table', 'statistics')
    and series.measure_code in (
        'new_requests', 'carried_in', 'closed', 'carried_out', 'reconsiderations', 'litigations'
    )
    -- A fraction is no count.
    and series.value = trunc(series.value)
    and in_aggregates is distinct from series.value

union all

select
    'outcomes of ' || years.report_year as what,
    coalesce(aggregated.requests, 0) as in_aggregates,
    years.outcome_rows as in_facts
from years
left join (
    select report_year, sum(requests) as requests
    from {{ ref('agg_outcomes') }}
    group by report_year
) as aggregated
    on aggregated.report_year = years.report_year
where in_aggregates <> in_facts

union all

select
    'cases in all' as what,
    (select coalesce(sum(cases), 0) from {{ ref('agg_reviews') }}) as in_aggregates,
    coalesce(sum(cases.cases), 0) as in_facts
from {{ ref('fct_reviews') }} as cases
inner join {{ ref('agg_report_year') }} as reports
    on reports.report_id = cases.report_id
having in_aggregates <> in_facts

union all

-- The columns are the outcomes of the form, in its groups.
select
    coalesce(outcomes.outcome_code, columns.outcome_code) as what,
    null as in_aggregates,
    null as in_facts
from {{ ref('dim_outcome') }} as outcomes
full join (
    {% for group, codes in outcome_groups().items() -%}
    {% set outer_loop = loop -%}
    {% for code in codes -%}
    select '{{ code }}' as outcome_code, '{{ group }}' as group_code
    {{ 'union all' if not (loop.last and outer_loop.last) }}
    {% endfor -%}
    {% endfor -%}
) as columns
    on columns.outcome_code = outcomes.outcome_code
    and columns.group_code = outcomes.group_code
where outcomes.outcome_code is null
    or columns.outcome_code is null
