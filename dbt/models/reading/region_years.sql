-- 每个行政区划每年一行. One row a region × year, wide, with the metrics as columns.

{% set shares = {
    'share_granted': '予以公开占比', 'share_partly_granted': '部分公开占比', 'share_denied': '不予公开占比',
    'share_unavailable': '无法提供占比', 'share_not_held': '本机关不掌握占比', 'share_rejected': '不予处理占比',
    'share_other': '其他处理占比', 'carry_over_ratio': '结转率',
    'reconsiderations_per_hundred_requests': '每百件申请行政复议数',
    'litigations_per_hundred_requests': '每百件申请行政诉讼数', 'share_corrected': '纠正率',
    'share_corrected_in_reconsideration': '行政复议纠正率', 'share_corrected_in_litigation': '行政诉讼纠正率',
} -%}

select
    report_year as "报告年度",
    any_value(region_full_name) as "行政区划",
    case region_level
        when 'country' then '全国'
        when 'province' then '省级'
        when 'prefecture' then '地级'
        else '县级'
    end as "级别",
    {% for code, heading in shares.items() -%}
    max(value) filter (metric_code = '{{ code }}') as "{{ heading }}",
    max(denominator) filter (metric_code = '{{ code }}') as "{{ heading }}：分母",
    {% endfor -%}
    max(reports) filter (metric_code = 'share_granted') as "有办理结果的报告数",
    region_id as "区划标识"
from {{ ref('metrics_by_region_year') }}
group by
    report_year,
    region_id,
    region_level
