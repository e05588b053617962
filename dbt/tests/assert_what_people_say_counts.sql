-- News about the manifest or the overrides: a line that is of no report here, or that another line contradicts.
{{ config(severity='warn', store_failures=true) }}

select
    origin,
    line,
    source_path,
    report_id,
    problem
from {{ ref('stg_publisher_statements') }}
where problem is not null
order by
    origin,
    line
