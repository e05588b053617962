-- One row a distinct content handed in as a report: who published it, for which year, how well it could be read, and
-- whether it is the current one of those that say the same thing.

with

identity_counts as (
    select
        report_id,
        count(*) filter (status = 'holds') as identities_held,
        count(*) filter (status = 'fails') as identities_failed,
        count(*) filter (status = 'not_evaluable') as identities_not_evaluable
    from {{ ref('fct_identity_checks') }}
    group by report_id
),

difference_counts as (
    select
        report_id,
        count(*) as version_differences
    from {{ ref('fct_version_differences') }}
    group by report_id
)

select
    reports.report_id,

    reports.agency_id,
    coalesce(region_codes.region_id, case when reports.region_code is null then reports.region_id end) as region_id,
    reports.report_year,
    reports.region_code,
    reports.scope,
    reports.agency_name,
    reports.agency_name_source,
    reports.agency_id is not null as publisher_resolved,
    reports.title,
    reports.script,
    reports.disclosure_form,
    reports.applications_form,
    reports.reviews_form,
    reports.period_start,
    reports.period_end,
    reports.published_on,
    versions.publication_id,
    versions.is_current,
    versions.superseded_by,
    versions.superseded_why,
    coalesce(difference_counts.version_differences, 0) as version_differences,
    reports.status,
    reports.contaminated,

    quality.cells_reported,
    quality.cells_blank,
    quality.cells_dash,
    quality.cells_missing,
    quality.cells_unreadable,
    coalesce(identity_counts.identities_held, 0) as identities_held,
    coalesce(identity_counts.identities_failed, 0) as identities_failed,
    coalesce(identity_counts.identities_not_evaluable, 0) as identities_not_evaluable,
    quality.issues_info,
    quality.issues_warning,
    quality.issues_error,

    reports.source_path,
    reports.source_url,
    reports.reason as publisher_reason,
    reports.scope_words,
    reports.contamination,
    reports.media_type,
    reports.encoding,
    reports.site_id_code,
    reports.text_sha256,
    reports.read_by_ocr,
    reports.parser_version
from {{ ref('stg_reports') }} as reports
inner join {{ ref('int_report_versions') }} as versions
    on versions.report_id = reports.report_id
inner join {{ ref('int_report_quality') }} as quality
    on quality.report_id = reports.report_id
left join identity_counts
    on identity_counts.report_id = reports.report_id
left join difference_counts
    on difference_counts.report_id = reports.report_id
left join {{ ref('dim_region_code') }} as region_codes
    on region_codes.region_code = reports.region_code
    -- The region that the code meant at the end of the report's year; what it means now where no year is known.
    and coalesce(year(region_codes.valid_from) <= greatest(reports.report_year, 2008), true)
    and coalesce(year(region_codes.valid_to) >= reports.report_year, region_codes.valid_to is null)
