-- One row a report with numbers of its reviews: the cases of reconsiderations and of both kinds of lawsuit together, by
-- result and in total. The results of a channel are added up where all are known, else its printed total counts, else its
-- total is null; in all other sums what is not known makes the sum unknown, and a blank counts as nothing beside numbers.
-- The statistics table of 2014 to 2018 gives reconsiderations and lawsuits with their total, and none pending.
{{ config(materialized='incremental', meta={'changes': 'numbers'}) }}

with

cells as (
    select
        report_id,
        'table' as source,
        row_code as channel,
        column_code as result,
        {{ whole_count('value') }} as cases,
        (status in ('missing', 'unreadable') and not is_corrected) or value <> trunc(value) as is_unknown
    from {{ rows_of_changed(ref('int_cell_values'), 'numbers') }}
    where section = 'reviews'

    union all

    select
        report_id,
        'statistics' as source,
        case when starts_with(row_code, 'reconsiderations') then 'reconsideration' else 'litigation' end as channel,
        case
            when row_code in ('reconsiderations', 'litigations') then 'total'
            else split_part(row_code, '_', 2)
        end as result,
        {{ whole_count('value') }} as cases,
        (status in ('missing', 'unreadable') and not is_corrected) or value <> trunc(value) as is_unknown
    from {{ rows_of_changed(ref('int_cell_values'), 'numbers') }}
    where section = 'statistics'
        and split_part(row_code, '_', 1) in ('reconsiderations', 'litigations')
),

totals_of_channels as (
    select
        report_id,
        source,
        channel,
        'total' as result,
        case
            when bool_or(is_unknown) filter (result <> 'total')
                or count(cases) filter (result <> 'total') = 0
                or source = 'statistics'
                then max(cases) filter (result = 'total')
            else cast(sum(cases) filter (result <> 'total') as bigint)
        end as cases,
        bool_or(is_unknown) as has_unknown
    from cells
    group by
        report_id,
        source,
        channel
),

numbers as (
    select report_id, source, channel, result, cases, is_unknown
    from cells
    where result <> 'total'

    union all

    select report_id, source, channel, result, cases, cases is null and has_unknown as is_unknown
    from totals_of_channels
)

{%- set channels = {'reconsiderations': "channel = 'reconsideration'", 'litigations': "channel <> 'reconsideration'"} %}

select
    report_id,
    min(source) as source,
    {% for kind, of_kind in channels.items() -%}
    {{ known_sum(of_kind ~ " and result = 'total'") }} as {{ kind }},
    {% for result in review_results() -%}
    {{ known_sum(of_kind ~ " and result = '" ~ result ~ "'") }} as {{ kind }}_{{ result }},
    {% endfor -%}
    {{ known_sum(of_kind ~ " and result in ('upheld', 'corrected', 'other')") }} as {{ kind }}_concluded,
    {% endfor -%}
    {{ known_sum("result = 'corrected'") }} as reviews_corrected,
    {{ known_sum("result in ('upheld', 'corrected', 'other')") }} as reviews_concluded
from numbers
group by report_id
