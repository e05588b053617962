-- One row a publisher (行政机关), told apart by its full name until there is a register of agencies (a later issue).

with

agencies as (
    select
        agency_name,
        -- Where its reports name several regions, none is known.
        case when count(distinct region_code) = 1 then min(region_code) end as region_code
    from {{ ref('stg_reports') }}
    where agency_name is not null
    group by agency_name
)

select
    left(sha256(agencies.agency_name), 16) as agency_id,
    regions.region_id,
    agencies.agency_name
from agencies
left join {{ ref('dim_region') }} as regions
    on regions.region_code = agencies.region_code
    and regions.last_year is null
