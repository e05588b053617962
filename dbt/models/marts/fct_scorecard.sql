-- One row a current report: how good its publisher's numbers of the year are, in figures that can be added up.

with

corrected_cells as (
    select
        report_id,
        count(*) as cells_corrected
    from {{ ref('int_cell_values') }}
    where is_corrected
    group by report_id
),

identity_counts as (
    select
        report_id,
        sum(held) as identities_held,
        sum(failed) as identities_failed,
        sum(acknowledged) as identities_acknowledged,
        sum(failed_corrected) as identities_failed_corrected,
        sum(not_evaluable) as identities_not_evaluable
    from {{ ref('fct_scorecard_identities') }}
    group by report_id
),

claim_counts as (
    select
        report_id,
        count(*) as claims,
        count(*) filter (agrees) as claims_agreeing,
        count(*) filter (not agrees) as claims_contradicted
    from {{ ref('fct_claims') }}
    group by report_id
),

suspect_counts as (
    select
        report_id,
        count(distinct (section, row_code, column_code)) as suspect_cells,
        bool_and(is_unique) as suspects_are_unique
    from {{ ref('fct_suspect_cells') }}
    group by report_id
)

select
    reports.report_id,
    reports.agency_id,
    reports.region_id,
    reports.report_year,
    reports.scope,
    reports.status,
    reports.contaminated,
    reports.cells_reported,
    reports.cells_blank,
    reports.cells_dash,
    reports.cells_missing,
    reports.cells_unreadable,
    coalesce(corrected_cells.cells_corrected, 0) as cells_corrected,
    cast(coalesce(identity_counts.identities_held, 0) as bigint) as identities_held,
    cast(coalesce(identity_counts.identities_failed, 0) as bigint) as identities_failed,
    cast(coalesce(identity_counts.identities_acknowledged, 0) as bigint) as identities_acknowledged,
    cast(coalesce(identity_counts.identities_failed_corrected, 0) as bigint) as identities_failed_corrected,
    cast(coalesce(identity_counts.identities_not_evaluable, 0) as bigint) as identities_not_evaluable,
    coalesce(claim_counts.claims, 0) as claims,
    coalesce(claim_counts.claims_agreeing, 0) as claims_agreeing,
    coalesce(claim_counts.claims_contradicted, 0) as claims_contradicted,
    coalesce(suspect_counts.suspect_cells, 0) as suspect_cells,
    coalesce(suspect_counts.suspects_are_unique, false) as suspects_are_unique,
    reports.issues_warning,
    reports.issues_error
from {{ ref('dim_report') }} as reports
left join corrected_cells
    on corrected_cells.report_id = reports.report_id
left join identity_counts
    on identity_counts.report_id = reports.report_id
left join claim_counts
    on claim_counts.report_id = reports.report_id
left join suspect_counts
    on suspect_counts.report_id = reports.report_id
where reports.is_current
