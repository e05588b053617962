-- One row a current report of a known publisher and year × metric for which it gives numerator and denominator; the seed
-- `metrics` says what they are. Only sums of both, over the same reports, give the metric of many reports.

with

{% set measures = [
    'granted', 'partly_granted', 'denied_total', 'unavailable_total', 'unavailable_not_held', 'rejected_total',
    'other_total', 'outcomes_total', 'new_requests', 'to_handle_total', 'closed', 'carried_out', 'handled_total',
    'reconsiderations', 'reconsiderations_corrected', 'reconsiderations_concluded', 'litigations',
    'litigations_corrected', 'litigations_concluded', 'reviews_corrected', 'reviews_concluded',
] + outcome_groups()['denied'] -%}

-- Reports by number: a join by 64 characters would cost more.
reports as (
    select
        row_number() over (order by report_id) as report_number,
        report_id,
        report_year,
        {{ measures | join(',\n        ') }}
    from {{ ref('agg_report_year') }}
),

numbers as (
    unpivot (select * exclude (report_id, report_year) from reports)
    on {{ measures | join(', ') }}
    into name measure value number
)

select
    reports.report_id,
    metrics.metric_code,
    reports.report_year,
    coalesce(numerators.number, 0) as numerator,
    denominators.number as denominator,
    metrics.scale,
    metrics.scale * coalesce(numerators.number, 0) / nullif(cast(denominators.number as double), 0) as value
from {{ ref('metrics') }} as metrics
inner join numbers as denominators
    on denominators.measure = metrics.denominator
inner join numbers as needed
    on needed.measure = metrics.needed
    and needed.report_number = denominators.report_number
left join numbers as numerators
    on numerators.measure = metrics.numerator
    and numerators.report_number = denominators.report_number
inner join reports
    on reports.report_number = denominators.report_number
