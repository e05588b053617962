-- One row a current report that prints the same numbers as one of another publication: last year's numbers under a new
-- title, or the same report booked twice. Only reports whose tables of applications, reviews and statistics have many
-- different numbers are compared; small and empty ones are alike by chance. Each is set against one other: the same
-- publisher's one before it, else the first of all that print these numbers.

with

telling_reports as (
    select
        versions.report_id,
        reports.agency_id,
        reports.report_year,
        numbers.numbers_key,
        numbers.number_count
    from {{ ref('int_report_versions') }} as versions
    inner join {{ ref('stg_reports') }} as reports
        on reports.report_id = versions.report_id
    inner join {{ ref('int_report_numbers') }} as numbers
        on numbers.report_id = versions.report_id
    where versions.is_current
        and numbers.distinct_number_count >= {{ var('repeated_distinct_numbers') }}
),

reports_with_those_before as (
    select
        report_id,
        agency_id,
        report_year,
        number_count,
        numbers_key,
        case
            when agency_id is not null then lag(report_id) over (
                partition by numbers_key, agency_id
                order by report_year nulls last, report_id
            )
        end as one_of_the_publisher,
        first_value(report_id) over (
            partition by numbers_key
            order by agency_id is null, report_year nulls last, report_id
        ) as first_of_all
    from telling_reports
)

select
    repeating.report_id,
    repeated.report_id as repeated_report_id,
    case
        when repeating.agency_id is null or repeated.agency_id is null then 'publisher_unknown'
        when repeating.agency_id <> repeated.agency_id then 'other_publisher'
        when repeating.report_year = repeated.report_year then 'other_scope'
        when repeating.report_year = repeated.report_year + 1 then 'previous_year'
        else 'other_year'
    end as relation,
    repeating.number_count
from reports_with_those_before as repeating
inner join telling_reports as repeated
    on repeated.report_id = coalesce(repeating.one_of_the_publisher, repeating.first_of_all)
    and repeated.report_id <> repeating.report_id
