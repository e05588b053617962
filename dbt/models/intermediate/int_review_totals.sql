-- One row a report with numbers of its reviews: the cases of each channel and of both kinds of lawsuit together, by result
-- and in total. The results of a channel are added up where all are known, else its printed total counts, else its total
-- is null. The statistics table of 2014 to 2018 gives reconsiderations and lawsuits, without those pending.

with

cells as (
    select
        report_id,
        row_code as channel,
        column_code as result,
        {{ whole_count('value') }} as cases,
        (status in ('missing', 'unreadable') and not is_corrected) or value <> trunc(value) as is_unknown
    from {{ ref('int_cell_values') }}
    where section = 'reviews'
),

channels as (
    select
        report_id,
        channel,
        {% for result in review_results() -%}
        max(cases) filter (result = '{{ result }}') as {{ result }},
        coalesce(bool_or(is_unknown) filter (result = '{{ result }}'), false) as {{ result }}_is_unknown,
        {% endfor -%}
        case
            when bool_or(is_unknown) filter (result <> 'total') or count(cases) filter (result <> 'total') = 0
                then max(cases) filter (result = 'total')
            else cast(sum(cases) filter (result <> 'total') as bigint)
        end as total,
        total is null and bool_or(is_unknown) as total_is_unknown
    from cells
    group by
        report_id,
        channel
),

of_tables as (
    select
        report_id,
        'table' as source,
        {% for result in review_results() + ['total'] -%}
        max({{ result }}) filter (channel = 'reconsideration') as reconsiderations_{{ result }},
        -- A blank counts as nothing beside a number, what is not known does not.
        case
            when not bool_or({{ result }}_is_unknown) filter (channel <> 'reconsideration')
                then cast(sum({{ result }}) filter (channel <> 'reconsideration') as bigint)
        end as litigations_{{ result }}{{ ',' if not loop.last }}
        {% endfor %}
    from channels
    group by report_id
),

of_statistics as (
    select
        report_id,
        'statistics' as source,
        {% for kind in ['reconsiderations', 'litigations'] -%}
        {% for result in review_results() if result != 'pending' -%}
        {{ whole_count("max(value) filter (indicator_code = '" ~ kind ~ "_" ~ result ~ "')") }} as {{ kind }}_{{ result }},
        {% endfor -%}
        {{ whole_count("max(value) filter (indicator_code = '" ~ kind ~ "')") }} as {{ kind }}_total{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('fct_statistics') }}
    group by report_id
)

select
    report_id,
    source,
    {% for kind in ['reconsiderations', 'litigations'] -%}
    {{ kind }}_total as {{ kind }},
    {% for result in review_results() -%}
    {{ kind }}_{{ result }}{{ ',' if not (loop.last and kind == 'litigations') }}
    {% endfor -%}
    {% endfor %}
from of_tables

union all

select
    report_id,
    source,
    {% for kind in ['reconsiderations', 'litigations'] -%}
    {{ kind }}_total as {{ kind }},
    {% for result in review_results() -%}
    {{ 'cast(null as bigint) as ' if result == 'pending' }}{{ kind }}_{{ result }}{{ ',' if not (loop.last and kind == 'litigations') }}
    {% endfor -%}
    {% endfor %}
from of_statistics
where report_id not in (select report_id from of_tables)
