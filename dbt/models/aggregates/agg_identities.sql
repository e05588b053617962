-- One row a year × province × level of agency × scope × family of identities: how many of its equations hold, fail or
-- cannot be evaluated in current reports. Reports of unknown publisher or year are here too.

select
    scorecard.report_year,
    regions.current_province_region_id as province_region_id,
    any_value(provinces.name_zh) as province_name,
    any_value(provinces.iso_3166_2) as province_iso_3166_2,
    coalesce(agencies.level, 'unknown') as agency_level,
    coalesce(scorecard.scope, 'unknown') as scope,
    checks.identity_code,
    any_value(identities.label_zh) as identity_label_zh,
    any_value(identities.label_en) as identity_label_en,
    any_value(identities.number) as identity_number,
    count(*) as reports,
    count(*) filter (checks.failed > 0) as reports_with_failures,
    {% for count in ['held', 'failed', 'acknowledged', 'failed_corrected', 'not_evaluable'] -%}
    cast(sum(checks.{{ count }}) as bigint) as {{ count }}{{ ',' if not loop.last }}
    {% endfor %}
from {{ ref('fct_scorecard_identities') }} as checks
inner join {{ ref('fct_scorecard') }} as scorecard
    on scorecard.report_id = checks.report_id
inner join {{ ref('identities') }} as identities
    on identities.identity_code = checks.identity_code
left join {{ ref('dim_agency') }} as agencies
    on agencies.agency_id = scorecard.agency_id
left join {{ ref('dim_region') }} as regions
    on regions.region_id = scorecard.region_id
left join {{ ref('dim_region') }} as provinces
    on provinces.region_id = regions.current_province_region_id
group by
    scorecard.report_year,
    regions.current_province_region_id,
    coalesce(agencies.level, 'unknown'),
    coalesce(scorecard.scope, 'unknown'),
    checks.identity_code
