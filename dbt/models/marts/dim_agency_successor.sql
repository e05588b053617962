-- One row an agency × agency that took over its work in a reform, of those that there are reports of: a department's in the
-- same region by the table of departments, a ministry's by that of the national organs.

with

departments as (
    select
        agencies.agency_id,
        successors.agency_id as successor_id,
        reforms.year,
        reforms.reform
    from {{ ref('stg_agencies') }} as agencies
    inner join {{ ref('department_successors') }} as reforms
        on reforms.family = agencies.agency_family
    inner join {{ ref('stg_agencies') }} as successors
        on successors.agency_family = reforms.successor_family
        and successors.region_id = agencies.region_id
        and successors.agency_level = agencies.agency_level
        and successors.agency_id <> agencies.agency_id
),

ministries as (
    select
        agencies.agency_id,
        successors.agency_id as successor_id,
        organs.last_year as year,
        cast(null as varchar) as reform
    from {{ ref('stg_agencies') }} as agencies
    inner join {{ ref('national_organs') }} as organs
        on organs.name = agencies.agency_name
        and agencies.agency_level = 'national'
    inner join {{ ref('stg_agencies') }} as successors
        on successors.agency_name = organs.successor
        and successors.agency_level = 'national'
)

select
    agency_id,
    successor_id,
    year,
    reform
from departments

union all

select
    agency_id,
    successor_id,
    year,
    reform
from ministries
