-- One row a year × province × level of agency × scope × media type × source: how many current reports there are, and how
-- good. Reports of unknown publisher or year are here too.

select
    scorecard.report_year,
    regions.current_province_region_id as province_region_id,
    any_value(provinces.name_zh) as province_name,
    any_value(provinces.iso_3166_2) as province_iso_3166_2,
    coalesce(agencies.level, 'unknown') as agency_level,
    coalesce(scorecard.scope, 'unknown') as scope,
    reports.media_type,
    -- The site: what stands between :// and the next slash, without user, port and www.
    coalesce(
        nullif(regexp_extract(lower(reports.source_url), '^[a-z]+://(?:[^/@]*@)?(?:www[.])?([^/:?#]+)', 1), ''), 'unknown'
    ) as source_domain,
    count(*) as reports,
    count(*) filter (reports.publisher_resolved and scorecard.report_year is not null) as reports_resolved,
    {% for status in ['parsed', 'partial', 'no_tables'] -%}
    count(*) filter (scorecard.status = '{{ status }}') as reports_{{ status }},
    {% endfor -%}
    count(*) filter (scorecard.contaminated) as reports_contaminated,
    count(*) filter (reports.read_by_ocr) as reports_read_by_ocr,
    count(*) filter (scorecard.identities_failed > 0) as reports_with_failures,
    count(*) filter (scorecard.suspect_cells > 0) as reports_with_suspects,
    count(*) filter (scorecard.cells_missing + scorecard.cells_unreadable > 0) as reports_with_lost_cells,
    {% for count in [
        'cells_reported', 'cells_blank', 'cells_dash', 'cells_missing', 'cells_unreadable', 'cells_corrected',
        'identities_held', 'identities_failed', 'identities_acknowledged', 'identities_not_evaluable',
        'claims', 'claims_contradicted', 'suspect_cells',
    ] -%}
    cast(sum(scorecard.{{ count }}) as bigint) as {{ count }}{{ ',' if not loop.last }}
    {% endfor %}
from {{ ref('fct_scorecard') }} as scorecard
inner join {{ ref('dim_report') }} as reports
    on reports.report_id = scorecard.report_id
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
    reports.media_type,
    source_domain
