-- One row an indicator of the nationwide statistics table of 2014 to 2018 (统计指标).

with

indicators_with_parts as (
    -- An indicator that is a sum of others gives their group its code.
    select distinct group_code as indicator_code
    from {{ ref('statistics') }}
    where group_code <> indicator_code
)

select
    statistics.indicator_code,
    statistics.label_zh,
    statistics.label_en,
    statistics.group_code,
    statistics.group_label_zh,
    statistics.group_label_en,
    statistics.unit,
    indicators_with_parts.indicator_code is not null as has_parts,
    statistics.sort_order,
    statistics.forms
from {{ ref('statistics') }} as statistics
left join indicators_with_parts
    on indicators_with_parts.indicator_code = statistics.indicator_code
