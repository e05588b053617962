-- One row a report: whether it is the current one of those that say the same thing, and if not, which is and why.
-- Reports say the same thing if they are of one publisher, year and scope; where publisher or year is unresolved, if
-- they have the same text (copies on several sites). What is no report, or could not be read, is current of nothing.

with

candidates as (
    select
        reports.report_id,
        -- The hash of an empty text (a scan) says nothing about what the pages say.
        nullif(reports.text_sha256, sha256('')) as text_sha256,
        case
            when reports.agency_name is not null and reports.report_year is not null
                then concat_ws(' ', 'publisher', reports.agency_name, reports.report_year, reports.scope)
        end as publication,
        reports.status,
        reports.contaminated,
        reports.published_on,
        quality.cells_missing
    from {{ ref('stg_reports') }} as reports
    inner join {{ ref('int_report_quality') }} as quality
        on quality.report_id = reports.report_id
    where reports.status not in ('not_a_report', 'unreadable')
),

publications_of_texts as (
    select
        text_sha256,
        min(publication) as publication
    from candidates
    where text_sha256 is not null
    group by text_sha256
),

-- An unresolved copy of a resolved report belongs to that report's publication.
grouped_candidates as (
    select
        candidates.report_id,
        coalesce(
            candidates.publication,
            publications_of_texts.publication,
            'text ' || candidates.text_sha256,
            'report ' || candidates.report_id
        ) as version_group,
        candidates.publication is not null as is_resolved,
        candidates.text_sha256,
        case candidates.status when 'parsed' then 1 when 'partial' then 2 else 3 end as status_rank,
        candidates.contaminated,
        candidates.published_on,
        candidates.cells_missing
    from candidates
    left join publications_of_texts
        on publications_of_texts.text_sha256 = candidates.text_sha256
),

ranked_candidates as (
    select
        grouped_candidates.report_id,
        grouped_candidates.version_group,
        grouped_candidates.text_sha256,
        grouped_candidates.status_rank,
        grouped_candidates.contaminated,
        grouped_candidates.cells_missing,
        grouped_candidates.published_on,
        row_number() over (
            partition by grouped_candidates.version_group
            order by
                grouped_candidates.is_resolved desc,
                grouped_candidates.status_rank,
                grouped_candidates.contaminated,
                grouped_candidates.cells_missing,
                grouped_candidates.published_on desc nulls last,
                grouped_candidates.report_id
        ) as rank
    from grouped_candidates
),

current_reports as (
    select
        report_id,
        version_group,
        text_sha256,
        status_rank,
        contaminated,
        cells_missing,
        published_on
    from ranked_candidates
    where rank = 1
),

versions as (
    select
        ranked_candidates.report_id,
        ranked_candidates.rank = 1 as is_current,
        case when ranked_candidates.rank > 1 then current_reports.report_id end as superseded_by,
        case
            when ranked_candidates.rank = 1 then null
            when ranked_candidates.text_sha256 = current_reports.text_sha256 then 'same_text'
            when ranked_candidates.status_rank > current_reports.status_rank then 'read_less_completely'
            when ranked_candidates.contaminated and not current_reports.contaminated then 'contaminated'
            when ranked_candidates.cells_missing > current_reports.cells_missing then 'more_missing_cells'
            when ranked_candidates.published_on is distinct from current_reports.published_on then 'published_earlier'
            else 'tie'
        end as superseded_why
    from ranked_candidates
    inner join current_reports
        on current_reports.version_group = ranked_candidates.version_group
)

select
    reports.report_id,
    coalesce(versions.is_current, false) as is_current,
    versions.superseded_by,
    versions.superseded_why
from {{ ref('stg_reports') }} as reports
left join versions
    on versions.report_id = reports.report_id
