-- One row a region whose GB/T 2260 code a report has, or that contains such a one.
-- Level and parents follow from the digits. Names, and one region_id for all the codes that a region has had, come with
-- a register of regions (a later issue); until then a code is a region.

with

named_codes as (
    select distinct region_code
    from {{ ref('stg_reports') }}
    where regexp_full_match(region_code, '[0-9]{6}')
),

codes_and_ancestors as (
    select region_code
    from named_codes

    union

    select left(region_code, 2) || '0000' as region_code
    from named_codes

    union

    select left(region_code, 4) || '00' as region_code
    from named_codes
    -- Under 90 stand the counties without a prefecture; the four municipalities have none at all.
    where substr(region_code, 3, 2) <> '90'
        and left(region_code, 2) not in ('11', '12', '31', '50')
),

levels as (
    select
        region_code,
        case
            when region_code in ('000000', '100000') then 'country'
            when right(region_code, 4) = '0000' then 'province'
            when right(region_code, 2) = '00' then 'prefecture'
            else 'county'
        end as level
    from codes_and_ancestors
),

parents as (
    select
        levels.region_code,
        levels.level,
        provinces.region_code as province_code,
        prefectures.region_code as prefecture_code
    from levels
    left join levels as provinces
        on provinces.region_code = left(levels.region_code, 2) || '0000'
        and provinces.level = 'province'
        and levels.level in ('prefecture', 'county')
    left join levels as prefectures
        on prefectures.region_code = left(levels.region_code, 4) || '00'
        and prefectures.level = 'prefecture'
        and levels.level = 'county'
)

select
    'region_' || region_code as region_id,
    region_code,
    cast(null as varchar) as name_zh,
    cast(null as varchar) as name_en,
    level,
    'region_' || coalesce(prefecture_code, province_code) as parent_region_id,
    'region_' || province_code as province_region_id,
    'region_' || prefecture_code as prefecture_region_id
from parents
