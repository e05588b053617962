-- One row a report with numbers of its applications: the total of each row of the table, over all kinds of applicant.
-- The members of a row are added up where all of them are known (a blank counts as nothing beside numbers); else the
-- printed total counts; else the total is null, for a sum of what happens to be known would be a wrong number. The
-- statistics table of 2014 to 2018 gives the requests received and closed.
{{ config(materialized='incremental', meta={'changes': 'numbers'}) }}

with

-- A member that is there and is not known: lost, not readable, or no whole number.
unknown_rows as (
    select distinct
        cells.report_id,
        cells.row_code
    from {{ rows_of_changed(ref('int_cell_values'), 'numbers') }} as cells
    inner join {{ ref('applicant_types') }} as applicant_types
        on applicant_types.applicant_type_code = cells.column_code
    where cells.section = 'applications'
        and ((cells.status in ('missing', 'unreadable') and not cells.is_corrected) or cells.value <> trunc(cells.value))
),

numbers as (
    select
        members.report_id,
        'table' as source,
        members.row_code,
        members.requests,
        false as is_printed,
        false as is_unknown
    from {{ rows_of_changed(ref('int_application_members'), 'numbers') }} as members
    left join unknown_rows
        on unknown_rows.report_id = members.report_id
        and unknown_rows.row_code = members.row_code
    where unknown_rows.report_id is null

    union all

    select
        unknown_rows.report_id,
        'table' as source,
        unknown_rows.row_code,
        {{ whole_count('printed.value') }} as requests,
        requests is not null as is_printed,
        requests is null as is_unknown
    from unknown_rows
    left join {{ rows_of_changed(ref('int_cell_values'), 'numbers') }} as printed
        on printed.report_id = unknown_rows.report_id
        and printed.section = 'applications'
        and printed.row_code = unknown_rows.row_code
        and printed.column_code = 'total'

    union all

    select
        report_id,
        'statistics' as source,
        case indicator_code when 'requests_received' then 'new_requests' else 'closed_total' end as row_code,
        {{ whole_count('value') }} as requests,
        false as is_printed,
        false as is_unknown
    from {{ rows_of_changed(ref('fct_statistics'), 'numbers') }}
    where indicator_code in ('requests_received', 'requests_closed')
),

totals as (
    select
        report_id,
        min(source) as source,
        {% for row in ['new_requests', 'carried_in', 'closed_total', 'carried_out'] + outcome_codes() -%}
        cast(sum(requests) filter (row_code = '{{ row }}') as bigint) as {{ row }},
        {% endfor -%}
        {% for group, codes in outcome_groups().items() -%}
        count(*) filter (is_unknown and row_code in ('{{ codes | join("', '") }}')) as unknown_{{ group }},
        {% endfor -%}
        count(*) filter (is_unknown and row_code in ('new_requests', 'carried_in')) as unknown_to_handle,
        count(*) filter (is_unknown and row_code in ('closed_total', 'carried_out')) as unknown_handled,
        count(*) filter (is_printed) as totals_printed,
        count(*) filter (is_unknown) as totals_unknown
    from numbers
    group by report_id
),

groups as (
    select
        report_id,
        {% for group, codes in outcome_groups().items() -%}
        case when unknown_{{ group }} = 0 then cast(list_sum([{{ codes | join(', ') }}]) as bigint) end
            as {{ group }}_total,
        {% endfor -%}
        -- The two sides of the balance; the statistics table has no requests carried over.
        case when source = 'table' and unknown_to_handle = 0 then cast(list_sum([new_requests, carried_in]) as bigint) end
            as to_handle_total,
        case when source = 'table' and unknown_handled = 0 then cast(list_sum([closed_total, carried_out]) as bigint) end
            as handled_total
    from totals
)

select
    totals.report_id,
    totals.source,
    totals.new_requests,
    totals.carried_in,
    groups.to_handle_total,
    {% for code in outcome_codes() -%}
    totals.{{ code }},
    {% endfor -%}
    {% for group in outcome_groups() if group not in ('granted', 'partly_granted') -%}
    groups.{{ group }}_total,
    {% endfor -%}
    case
        when {% for group in outcome_groups() %}totals.unknown_{{ group }}{{ ' + ' if not loop.last }}{% endfor %} = 0
            then cast(list_sum([
                {% for group in outcome_groups() %}groups.{{ group }}_total{{ ', ' if not loop.last }}{% endfor %}
            ]) as bigint)
    end as outcomes_total,
    totals.closed_total as closed,
    totals.carried_out,
    groups.handled_total,
    totals.totals_printed,
    totals.totals_unknown
from totals
inner join groups
    on groups.report_id = totals.report_id
