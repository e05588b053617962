-- Every region has in each of its years exactly one code, and belongs to one of the level above that stood in that year.
{{ config(meta={'dagster': {'ref': {'name': 'region_codes'}}}) }}

with

years as (
    select unnest(generate_series(
        (select min(first_year) from {{ ref('regions') }}),
        (select max(greatest(first_year, coalesce(last_year, first_year))) from {{ ref('regions') }})
    )) as year
),

codes_of_years as (
    select
        years.year,
        codes.region_id,
        codes.region_code,
        codes.level,
        codes.parent_code
    from years
    inner join {{ ref('region_codes') }} as codes
        on codes.valid_from <= years.year
        and coalesce(codes.valid_to, years.year) >= years.year
),

regions_of_years as (
    select
        years.year,
        regions.region_id
    from years
    inner join {{ ref('regions') }} as regions
        on regions.first_year <= years.year
        and coalesce(regions.last_year, years.year) >= years.year
)

select
    regions.year,
    regions.region_id as subject,
    count(codes.region_code) || ' codes in the year' as problem
from regions_of_years as regions
left join codes_of_years as codes
    on codes.region_id = regions.region_id
    and codes.year = regions.year
group by
    regions.year,
    regions.region_id
having count(codes.region_code) <> 1

union all

select
    codes.year,
    codes.region_id as subject,
    'belongs to no region of a level above it in the year' as problem
from codes_of_years as codes
left join codes_of_years as parents
    on parents.region_code = codes.parent_code
    and parents.year = codes.year
where not coalesce(
    (codes.level = 'country' and codes.parent_code is null)
    or (codes.level = 'province' and parents.level = 'country')
    or (codes.level = 'prefecture' and parents.level = 'province')
    or (codes.level = 'county' and parents.level in ('prefecture', 'province')),
    false
)
