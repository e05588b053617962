-- One row a line of manifest.csv and of the reviewed overrides.csv: what people say of a report from outside its bytes.

select
    origin,
    line,
    source_path,
    report_id,
    agency_name,
    region_code,
    report_year,
    scope,
    why,
    who,
    decided_on,
    problem
from {{ source('lake', 'publisher_statements') }}
