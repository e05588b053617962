-- One row a current report of a known publisher and year: who, where, whether it is counted once, its headline numbers, and
-- how good they are. Every other aggregate of numbers is made of this one.
-- A number is null where the report does not give it; sums leave it out, and the aggregates say how many gave it.

select
    reports.report_id,
    reports.report_year,
    reports.agency_id,
    agencies.agency_name,
    coalesce(agencies.level, 'unknown') as agency_level,
    coalesce(agencies.kind, 'unknown') as agency_kind,
    agencies.field_code,
    agencies.field_label_zh,
    agencies.field_label_en,
    reports.region_id,
    regions.name_zh as region_name,
    regions.level as region_level,
    regions.current_province_region_id as province_region_id,
    provinces.name_zh as province_name,
    provinces.iso_3166_2 as province_iso_3166_2,
    regions.current_prefecture_region_id as prefecture_region_id,
    prefectures.name_zh as prefecture_name,
    case when counties.level = 'county' then counties.region_id end as county_region_id,
    case when counties.level = 'county' then counties.name_zh end as county_name,
    coalesce(reports.scope, 'unknown') as scope,
    containment.contained_in_report_id,
    containment.contained_in_level,
    containment.not_counted_why,
    containment.not_counted_why is null as is_counted_once,
    {% for level, above in [
        ('province', ['country']), ('prefecture', ['country', 'province']), ('county', ['country', 'province', 'prefecture'])
    ] -%}
    containment.not_counted_why is null
    or (
        containment.not_counted_why = 'contained'
        and containment.contained_in_level in ('{{ above | join("', '") }}')
    ) as is_counted_once_in_{{ level }},
    {% endfor %}
    -- Requests.
    totals.source as requests_source,
    totals.new_requests,
    totals.carried_in,
    totals.to_handle_total,
    totals.closed,
    totals.carried_out,
    totals.handled_total,
    {% for code in outcome_codes() -%}
    totals.{{ code }},
    {% endfor -%}
    {% for group in outcome_groups() if group not in ('granted', 'partly_granted') -%}
    totals.{{ group }}_total,
    {% endfor -%}
    totals.outcomes_total,

    -- Reviews.
    reviews.source as reviews_source,
    {% for kind in ['reconsiderations', 'litigations'] -%}
    reviews.{{ kind }},
    {% for result in review_results() -%}
    reviews.{{ kind }}_{{ result }},
    {% endfor -%}
    reviews.{{ kind }}_concluded,
    {% endfor -%}
    reviews.reviews_corrected,
    reviews.reviews_concluded,

    -- How good the numbers are.
    reports.status,
    reports.contaminated,
    scorecard.cells_reported,
    scorecard.cells_blank,
    scorecard.cells_dash,
    scorecard.cells_missing,
    scorecard.cells_unreadable,
    scorecard.cells_corrected,
    coalesce(totals.totals_printed, 0) as totals_printed,
    coalesce(totals.totals_unknown, 0) as totals_unknown,
    scorecard.identities_held,
    scorecard.identities_failed,
    scorecard.identities_not_evaluable,
    scorecard.claims_contradicted,
    scorecard.suspect_cells,

    reports.applications_form,
    reports.media_type,
    reports.title,
    reports.source_path,
    reports.source_url
from {{ ref('int_containment') }} as containment
inner join {{ ref('dim_report') }} as reports
    on reports.report_id = containment.report_id
inner join {{ ref('dim_agency') }} as agencies
    on agencies.agency_id = reports.agency_id
inner join {{ ref('fct_scorecard') }} as scorecard
    on scorecard.report_id = containment.report_id
left join {{ ref('int_application_totals') }} as totals
    on totals.report_id = containment.report_id
left join {{ ref('int_review_totals') }} as reviews
    on reviews.report_id = containment.report_id
left join {{ ref('dim_region') }} as regions
    on regions.region_id = reports.region_id
left join {{ ref('dim_region') }} as provinces
    on provinces.region_id = regions.current_province_region_id
left join {{ ref('dim_region') }} as prefectures
    on prefectures.region_id = regions.current_prefecture_region_id
left join {{ ref('dim_region') }} as counties
    on counties.region_id = regions.current_region_id
