-- One row a region (行政区划) since 2008, as it stands today or last stood; its identity outlasts renamings and changes of
-- its code. Where a region has ended, the columns `current_` say what it is part of today.

with

regions as (
    select
        regions.region_id,
        regions.region_code,
        regions.name,
        regions.full_name,
        regions.level,
        regions.parent_region_id,
        regions.province_region_id,
        regions.prefecture_region_id,
        regions.successor_region_id,
        regions.current_region_id,
        -- A region that was divided among several is none of today's; what it belonged to still is.
        coalesce(successors.prefecture_region_id, prefectures.current_region_id) as current_prefecture_region_id,
        coalesce(successors.province_region_id, provinces.current_region_id) as current_province_region_id,
        regions.iso_3166_2,
        regions.first_year,
        regions.last_year,
        regions.publishes
    from {{ ref('regions') }} as regions
    left join {{ ref('regions') }} as successors
        on successors.region_id = regions.current_region_id
    left join {{ ref('regions') }} as prefectures
        on prefectures.region_id = regions.prefecture_region_id
        -- The successor of a county may belong to no prefecture: then there is none.
        and successors.region_id is null
    left join {{ ref('regions') }} as provinces
        on provinces.region_id = regions.province_region_id
)

select
    region_id,
    region_code,
    name as name_zh,
    cast(null as varchar) as name_en,
    full_name as full_name_zh,
    level,
    parent_region_id,
    province_region_id,
    prefecture_region_id,
    current_region_id,
    current_prefecture_region_id,
    current_province_region_id,
    successor_region_id,
    iso_3166_2,
    first_year,
    last_year,
    publishes
from regions
