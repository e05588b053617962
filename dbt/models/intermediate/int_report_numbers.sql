-- One row a report: what numbers its tables of applications, reviews and statistics print, as one key that is the same for
-- the same numbers in the same cells whatever the order. Zeros and empty cells say nothing and are left out, as are the
-- tables of disclosure, whose standing totals may stay from year to year.
{{ config(materialized='incremental', meta={'changes': 'parses'}) }}

with

printed_numbers as (
    select
        report_id,
        section,
        row_code,
        column_code,
        value
    from {{ ref('stg_cells') }}
    where section in ('applications', 'reviews', 'statistics')
        and not starts_with(row_code, 'subtotal_')
        and value <> 0
)

select
    reports.report_id,
    count(numbers.value) as number_count,
    count(distinct numbers.value) as distinct_number_count,
    cast(bit_xor(md5_number(concat_ws(
        '/', numbers.section, numbers.row_code, numbers.column_code, cast(numbers.value as varchar)
    ))) as varchar) as numbers_key
from {{ ref('stg_reports') }} as reports
left join printed_numbers as numbers
    on numbers.report_id = reports.report_id
group by reports.report_id
