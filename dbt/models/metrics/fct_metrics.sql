-- One row a current report of a known publisher and year × metric for which it gives numerator and denominator; the seed
-- `metrics` says what they are. Only sums of both, over the same reports, give the metric of many reports.

with

{% set measures = [
    'granted', 'partly_granted', 'denied_total', 'unavailable_total', 'unavailable_not_held', 'rejected_total',
    'other_total', 'outcomes_total', 'new_requests', 'to_handle_total', 'closed', 'carried_out', 'handled_total',
    'reconsiderations', 'reconsiderations_corrected', 'reconsiderations_concluded', 'litigations',
    'litigations_corrected', 'litigations_concluded', 'reviews_corrected', 'reviews_concluded',
] + outcome_groups()['denied'] -%}

-- The measures of a report as one list; a metric takes its two, and the one that it needs, by their places in it.
reports as (
    select
        report_id,
        report_year,
        [
            {{ measures | join(',\n            ') }}
        ] as numbers
    from {{ ref('agg_report_year') }}
),

metrics as (
    select
        metric_code,
        list_position(['{{ measures | join("', '") }}'], numerator) as numerator,
        list_position(['{{ measures | join("', '") }}'], denominator) as denominator,
        list_position(['{{ measures | join("', '") }}'], needed) as needed,
        scale
    from {{ ref('metrics') }}
),

fractions as (
    select
        reports.report_id,
        metrics.metric_code,
        reports.report_year,
        coalesce(reports.numbers[metrics.numerator], 0) as numerator,
        reports.numbers[metrics.denominator] as denominator,
        metrics.scale
    from reports
    cross join metrics
    where reports.numbers[metrics.denominator] is not null
        and reports.numbers[metrics.needed] is not null
)

select
    report_id,
    metric_code,
    report_year,
    numerator,
    denominator,
    scale,
    scale * numerator / nullif(cast(denominator as double), 0) as value
from fractions
