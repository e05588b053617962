-- A measure and its published value are the same wherever its report has no correction in that table.
{{ config(meta={'dagster': {'ref': {'name': 'stg_corrections'}}}) }}

with

differing_facts as (
    select report_id, 'applications' as section
    from {{ rows_of_changed(ref('fct_applications'), 'numbers') }}
    where (new_requests, carried_in, closed, carried_out)
        is distinct from (new_requests_reported, carried_in_reported, closed_reported, carried_out_reported)

    union

    select report_id, 'applications' as section
    from {{ rows_of_changed(ref('fct_outcomes'), 'numbers') }}
    where requests is distinct from requests_reported

    union

    select report_id, 'reviews' as section
    from {{ rows_of_changed(ref('fct_reviews'), 'numbers') }}
    where cases is distinct from cases_reported

    union

    select report_id, 'disclosure' as section
    from {{ rows_of_changed(ref('fct_disclosures'), 'numbers') }}
    where value is distinct from value_reported

    union

    select report_id, 'statistics' as section
    from {{ rows_of_changed(ref('fct_statistics'), 'numbers') }}
    where value is distinct from value_reported
)

select
    differing_facts.report_id,
    differing_facts.section
from differing_facts
left join {{ ref('stg_corrections') }} as corrections
    on corrections.report_id = differing_facts.report_id
    and corrections.section = differing_facts.section
where corrections.report_id is null
    or not {{ var('corrections') }}
