-- One row a year × province × level and kind of agency × scope × whether counted once × outcome: the requests that ended so.

with

sums as (
    select
        {{ publisher_dimensions() | indent(8) }},
        {% for code in outcome_codes() -%}
        sum({{ code }}) as {{ code }},
        count({{ code }}) as {{ code }}_reports{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('agg_report_year') }}
    group by
        {{ publisher_dimensions() | indent(8) }}
),

outcomes_of_sums as (
    select
        {{ publisher_dimensions('sums.') | indent(8) }},
        outcomes.outcome_code,
        outcomes.label_zh,
        outcomes.label_en,
        outcomes.group_code,
        outcomes.group_label_zh,
        outcomes.group_label_en,
        outcomes.sort_order,
        case outcomes.outcome_code
            {% for code in outcome_codes() %}when '{{ code }}' then sums.{{ code }} {% endfor %}
        end as requests,
        case outcomes.outcome_code
            {% for code in outcome_codes() %}when '{{ code }}' then sums.{{ code }}_reports {% endfor %}
        end as reports
    from sums
    cross join {{ ref('dim_outcome') }} as outcomes
)

select
    {{ publisher_dimensions() | indent(4) }},
    outcome_code,
    label_zh as outcome_label_zh,
    label_en as outcome_label_en,
    group_code as outcome_group,
    group_label_zh as outcome_group_label_zh,
    group_label_en as outcome_group_label_en,
    sort_order as outcome_order,
    cast(requests as bigint) as requests,
    reports
from outcomes_of_sums
where reports > 0
