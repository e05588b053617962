-- One row a year × province × level and kind of agency × scope × whether counted once × channel × result: the cases that
-- ended so.

select
    {{ publisher_dimensions('reports.') | indent(4) }},
    cases.channel_code,
    any_value(channels.label_zh) as channel_label_zh,
    any_value(channels.label_en) as channel_label_en,
    any_value(channels.group_code) as channel_group,
    any_value(channels.sort_order) as channel_order,
    cases.result_code,
    any_value(results.label_zh) as result_label_zh,
    any_value(results.label_en) as result_label_en,
    any_value(results.sort_order) as result_order,
    cast(sum(cases.cases) as bigint) as cases,
    count(cases.cases) as reports
from {{ ref('fct_reviews') }} as cases
inner join {{ ref('agg_report_year') }} as reports
    on reports.report_id = cases.report_id
inner join {{ ref('dim_review_channel') }} as channels
    on channels.channel_code = cases.channel_code
inner join {{ ref('dim_review_result') }} as results
    on results.result_code = cases.result_code
where cases.cases is not null
group by
    {{ publisher_dimensions('reports.') | indent(4) }},
    cases.channel_code,
    cases.result_code
