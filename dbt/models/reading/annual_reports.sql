-- 每份现行年度报告一行. One row a current report of a known publisher and year, wide, with the headings of the form.

{% set headings = form_headings() -%}
{% set requests, outcomes = headings['requests'], headings['outcomes'] -%}
{% set reviews, results = headings['reviews'], headings['results'] -%}
{% set documents, counts_of_documents = headings['documents'], headings['counts_of_documents'] -%}
{% set decisions, amounts = headings['decisions'], headings['amounts'] -%}

with

disclosures as (
    select
        report_id,
        {% for item in documents -%}
        {% for measure in counts_of_documents -%}
        max(value) filter (item_code = '{{ item }}' and measure_code = '{{ measure }}') as {{ item }}_{{ measure }},
        {% endfor -%}
        {% endfor -%}
        {% for item in decisions -%}
        max(value) filter (item_code = '{{ item }}' and measure_code = 'decisions') as {{ item }},
        {% endfor -%}
        max(value) filter (item_code = 'fees' and measure_code = 'amount' and unit = 'CNY') as fees,
        max(value) filter (item_code = 'procurement' and measure_code = 'amount' and unit = 'CNY') as procurement,
        string_agg(
            case item_code when 'fees' then '{{ amounts['fees'] }}' else '{{ amounts['procurement'] }}' end
            || ' ' || {{ plain_number('value') }},
            '；' order by item_code
        ) filter (measure_code = 'amount' and unit = 'unstated') as without_unit
    from {{ ref('fct_disclosures') }}
    group by report_id
),

contradictions as (
    select
        checks.report_id,
        string_agg(
            coalesce(labels.label, checks.member_code)
            || '：各项之和 ' || {{ plain_number('checks.left_value') }}
            || '，表中总计 ' || {{ plain_number('checks.right_value') }},
            '；' order by checks.identity_code, checks.member_code
        ) as printed_totals_that_differ
    from {{ ref('fct_identity_checks') }} as checks
    left join (
        {% for code, heading in dict(requests, **outcomes).items() -%}
        select '{{ 'closed_total' if code == 'closed' else code }}' as member_code, '{{ heading }}' as label
        union all
        {% endfor -%}
        select channel_code as member_code, label_zh as label
        from {{ ref('dim_review_channel') }}
    ) as labels
        on labels.member_code = checks.member_code
    where checks.status = 'fails'
        and checks.identity_code in ('applicants', 'reviews')
    group by checks.report_id
)

select
    reports.report_year as "报告年度",
    reports.agency_name as "机关名称",
    case reports.agency_level
        when 'national' then '国家级'
        when 'provincial' then '省级'
        when 'prefecture' then '地级'
        when 'county' then '县级'
        when 'township' then '乡级'
        else '未知'
    end as "机关级别",
    case reports.agency_kind
        when 'government' then '人民政府'
        when 'department' then '部门'
        when 'development_zone' then '开发区'
        when 'township_or_street_office' then '乡镇街道'
        when 'institution' then '企事业单位'
        else '未知'
    end as "机关类别",
    reports.field_label_zh as "工作领域",
    reports.province_name as "省份",
    reports.prefecture_name as "地市",
    reports.county_name as "县区",
    case reports.scope when 'jurisdiction' then '全行政区域' when 'agency' then '本机关' else '未知' end as "报告口径",
    case when reports.is_counted_once then '是' else '否' end as "计入全国合计",
    containing.agency_name as "数据已含于",
    {% for code, heading in requests.items() -%}
    reports.{{ code }} as "{{ heading }}",
    {% endfor -%}
    {% for code, heading in outcomes.items() -%}
    reports.{{ code }} as "{{ heading }}",
    {% endfor -%}
    {% for kind, heading in reviews.items() -%}
    {% for result, label in results.items() -%}
    reports.{{ kind }}_{{ result }} as "{{ heading }}：{{ label }}",
    {% endfor -%}
    reports.{{ kind }} as "{{ heading }}总计",
    {% endfor -%}
    {% for item, heading in documents.items() -%}
    {% for measure, label in counts_of_documents.items() -%}
    {{ whole_count('disclosures.' ~ item ~ '_' ~ measure) }} as "{{ heading }}：{{ label }}",
    {% endfor -%}
    {% endfor -%}
    {% for item, heading in decisions.items() -%}
    {{ whole_count('disclosures.' ~ item) }} as "{{ heading }}：处理决定数量",
    {% endfor -%}
    disclosures.fees as "{{ amounts['fees'] }}金额（元）",
    disclosures.procurement as "{{ amounts['procurement'] }}金额（元）",
    disclosures.without_unit as "未注明单位的金额",
    contradictions.printed_totals_that_differ as "与表中总计不符之处",
    case reports.status when 'parsed' then '完整' when 'partial' then '部分' else '无表格' end as "读取情况",
    reports.cells_missing as "缺失单元格数",
    reports.cells_unreadable as "无法识别单元格数",
    reports.identities_failed as "勾稽关系不符数",
    reports.suspect_cells as "疑似错误单元格数",
    case when reports.contaminated then '是' else '否' end as "页面含注入内容",
    reports.title as "标题",
    reports.source_path as "来源文件",
    reports.source_url as "来源网址",
    reports.report_id as "报告标识"
from {{ ref('agg_report_year') }} as reports
left join {{ ref('agg_report_year') }} as containing
    on containing.report_id = reports.contained_in_report_id
left join disclosures
    on disclosures.report_id = reports.report_id
left join contradictions
    on contradictions.report_id = reports.report_id
