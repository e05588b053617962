-- One row a current report of a known publisher and year: the jurisdiction report whose numbers contain its own, where
-- there is one.
-- A region's government sums in its jurisdiction report its organs and the regions below (article 49 of the Regulations and
-- the form's 全市各级行政机关). So a report is contained in that of its own region's government, or else of the nearest
-- region above, of the same year, as the regions belonged together in that year. A publisher is under no government of a
-- lower level than its own, and the local organs of the state (customs, tax) under none below the country's. A jurisdiction
-- report that gives no number of requests contains nothing: what it leaves out would be lost.

with recursive

levels as (
    select unnest(['country', 'province', 'prefecture', 'county']) as region_level,
        unnest(['national', 'provincial', 'prefecture', 'county']) as agency_level,
        unnest([1, 2, 3, 4]) as rank
),

-- 国家税务总局甲市税务局: what stands before and behind the region's name tells them.
organs_of_the_state as (
    select prefix, unnest(string_split(endings, '|')) as ending
    from {{ ref('local_organs_of_the_state') }}
),

agencies_of_the_state as (
    select distinct agencies.agency_id
    from {{ ref('dim_agency') }} as agencies
    inner join organs_of_the_state as organs
        on starts_with(agencies.agency_name, coalesce(organs.prefix, ''))
        and ends_with(agencies.agency_name, organs.ending)
    where agencies.kind = 'department'
        or agencies.kind is null
),

reports as (
    select
        reports.report_id,
        reports.report_year,
        greatest(reports.report_year, 2008) as region_year,
        reports.scope,
        reports.region_id,
        -- A government of this level or a higher one may contain it.
        case
            when of_the_state.agency_id is not null then 1
            else least(region_levels.rank, coalesce(agency_levels.rank, region_levels.rank))
        end as rank,
        reports.scope = 'jurisdiction'
        and agencies.kind = 'government'
        and agency_levels.rank = region_levels.rank
        and totals.new_requests is not null as is_container
    from {{ ref('dim_report') }} as reports
    inner join {{ ref('dim_agency') }} as agencies
        on agencies.agency_id = reports.agency_id
    left join {{ ref('dim_region') }} as regions
        on regions.region_id = reports.region_id
    left join levels as region_levels
        on region_levels.region_level = regions.level
    left join levels as agency_levels
        on agency_levels.agency_level = agencies.level
    left join agencies_of_the_state as of_the_state
        on of_the_state.agency_id = agencies.agency_id
    left join {{ ref('int_application_totals') }} as totals
        on totals.report_id = reports.report_id
    where reports.is_current
        and reports.report_year is not null
),

containers as (
    select
        region_id,
        report_year,
        min(report_id) as report_id
    from reports
    where is_container
    group by
        region_id,
        report_year
),

region_years as (
    select distinct
        region_id,
        report_year,
        region_year
    from reports
    where region_id is not null
),

-- What a region belonged to at the end of each year.
parents as (
    select
        years.region_year,
        codes.region_id,
        parents.region_id as parent_region_id
    from (select distinct region_year from region_years) as years
    inner join {{ ref('region_codes') }} as codes
        on years.region_year between codes.valid_from and coalesce(codes.valid_to, years.region_year)
    inner join {{ ref('region_codes') }} as parents
        on parents.region_code = codes.parent_code
        and years.region_year between parents.valid_from and coalesce(parents.valid_to, years.region_year)
),

lineage as (
    select
        region_id,
        report_year,
        region_year,
        region_id as ancestor_region_id
    from region_years

    union all

    select
        lineage.region_id,
        lineage.report_year,
        lineage.region_year,
        parents.parent_region_id as ancestor_region_id
    from lineage
    inner join parents
        on parents.region_id = lineage.ancestor_region_id
        and parents.region_year = lineage.region_year
),

candidates as (
    select
        lineage.region_id,
        lineage.report_year,
        regions.level,
        levels.rank,
        containers.report_id
    from lineage
    inner join containers
        on containers.region_id = lineage.ancestor_region_id
        and containers.report_year = lineage.report_year
    inner join {{ ref('dim_region') }} as regions
        on regions.region_id = lineage.ancestor_region_id
    inner join levels
        on levels.region_level = regions.level
),

contained as (
    select
        reports.report_id,
        arg_max(candidates.report_id, candidates.rank) as contained_in_report_id,
        arg_max(candidates.level, candidates.rank) as contained_in_level
    from reports
    inner join candidates
        on candidates.region_id = reports.region_id
        and candidates.report_year = reports.report_year
        and candidates.rank <= reports.rank
        and candidates.report_id <> reports.report_id
    group by reports.report_id
)

select
    reports.report_id,
    contained.contained_in_report_id,
    contained.contained_in_level,
    case
        when reports.scope is null then 'scope_unknown'
        when contained.report_id is not null then 'contained'
    end as not_counted_why
from reports
left join contained
    on contained.report_id = reports.report_id
