-- One row a region (country, province, prefecture, county) × year × metric: numerator and denominator over all reports of
-- the region that are counted once there, and their quotient.

{% set levels = {
    'country': "'region_100000'", 'province': 'province_region_id', 'prefecture': 'prefecture_region_id',
    'county': 'county_region_id',
} -%}

with

sums as (
    {% for level, region_id in levels.items() -%}
    select
        {{ 'cast(' ~ region_id ~ ' as varchar)' if level == 'country' else 'reports.' ~ region_id }} as region_id,
        facts.report_year,
        facts.metric_code,
        cast(sum(facts.numerator) as bigint) as numerator,
        cast(sum(facts.denominator) as bigint) as denominator,
        any_value(facts.scale) as scale,
        count(*) as reports
    from {{ ref('fct_metrics') }} as facts
    inner join {{ ref('agg_report_year') }} as reports
        on reports.report_id = facts.report_id
    where reports.is_counted_once{{ '' if level == 'country' else '_in_' ~ level }}
        {% if level != 'country' -%}
        and reports.{{ region_id }} is not null
        {% endif -%}
    group by 1, 2, 3
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    sums.region_id,
    sums.report_year,
    sums.metric_code,
    regions.name_zh as region_name,
    regions.full_name_zh as region_full_name,
    regions.level as region_level,
    regions.current_province_region_id as province_region_id,
    regions.iso_3166_2 as province_iso_3166_2,
    metrics.label_zh as metric_label_zh,
    metrics.label_en as metric_label_en,
    metrics.unit,
    metrics.sort_order as metric_order,
    sums.numerator,
    sums.denominator,
    sums.scale * sums.numerator / nullif(cast(sums.denominator as double), 0) as value,
    sums.reports
from sums
inner join {{ ref('dim_region') }} as regions
    on regions.region_id = sums.region_id
inner join {{ ref('metrics') }} as metrics
    on metrics.metric_code = sums.metric_code
