-- One row a publisher (行政机关). Its key is made of its region's and its own name, so it changes neither with the region's
-- name nor with the agencies beside it.

with

successors as (
    select
        agency_id,
        -- Where a reform divided it among several, none is its one successor.
        case when count(*) = 1 then min(successor_id) end as successor_id
    from {{ ref('dim_agency_successor') }}
    group by agency_id
)

select
    agencies.agency_id,
    agencies.region_id,
    agencies.agency_name,
    agencies.agency_level as level,
    agencies.agency_kind as kind,
    agencies.agency_field as field_code,
    fields.label_zh as field_label_zh,
    fields.label_en as field_label_en,
    agencies.names,
    agencies.aliases,
    agencies.agency_family as family,
    successors.successor_id
from {{ ref('stg_agencies') }} as agencies
left join {{ ref('fields') }} as fields
    on fields.field = agencies.agency_field
left join successors
    on successors.agency_id = agencies.agency_id
