-- One row a report: whether it is the current one of its publication's versions, and if not, which is and why. The rules,
-- in order: one whose own publisher and year are known before a copy of it; clean before contaminated; whole before
-- partial, and with fewer lost cells before more; read from text before recognised from images; a marked correction
-- before what it corrects, and the later published before the earlier; more kinds of evidence before fewer; report_id.

with

evidence_counts as (
    select
        report_id,
        count(distinct kind) as evidence_kinds
    from {{ ref('stg_evidence') }}
    group by report_id
),

versions as (
    select
        publications.report_id,
        publications.publication,
        publications.is_known,
        publications.text_sha256,
        reports.contaminated,
        case reports.status when 'parsed' then 1 when 'partial' then 2 else 3 end as status_rank,
        quality.cells_missing + quality.cells_unreadable as cells_lost,
        reports.read_by_ocr,
        regexp_matches(
            concat_ws(' ', reports.title, reports.source_path), '更正|订正|修正版|修订版|修改版|更新版|勘误|重新(发布|公布|公开)'
        ) as is_marked_as_corrected,
        reports.published_on,
        coalesce(evidence_counts.evidence_kinds, 0) as evidence_kinds
    from {{ ref('int_publications') }} as publications
    inner join {{ ref('stg_reports') }} as reports
        on reports.report_id = publications.report_id
    inner join {{ ref('int_report_quality') }} as quality
        on quality.report_id = publications.report_id
    left join evidence_counts
        on evidence_counts.report_id = publications.report_id
),

ranked_versions as (
    select
        report_id,
        publication,
        is_known,
        text_sha256,
        contaminated,
        status_rank,
        cells_lost,
        read_by_ocr,
        is_marked_as_corrected,
        published_on,
        evidence_kinds,
        row_number() over (
            partition by publication
            order by
                is_known desc,
                contaminated,
                status_rank,
                cells_lost,
                read_by_ocr,
                is_marked_as_corrected desc,
                published_on desc nulls last,
                evidence_kinds desc,
                report_id
        ) as rank
    from versions
),

judged_versions as (
    select
        ranked.report_id,
        ranked.publication,
        ranked.rank = 1 as is_current,
        case when ranked.rank > 1 then standing.report_id end as superseded_by,
        case
            when ranked.rank = 1 then null
            when ranked.contaminated and not standing.contaminated then 'contaminated'
            when ranked.text_sha256 = standing.text_sha256 then 'same_text'
            when not ranked.is_known then 'same_numbers'
            when ranked.status_rank > standing.status_rank then 'read_less_completely'
            when ranked.cells_lost > standing.cells_lost then 'more_missing_cells'
            when ranked.read_by_ocr and not standing.read_by_ocr then 'recognised_from_images'
            when standing.is_marked_as_corrected and not ranked.is_marked_as_corrected then 'corrected'
            when ranked.published_on is distinct from standing.published_on then 'published_earlier'
            when ranked.evidence_kinds < standing.evidence_kinds then 'less_evidence'
            else 'tie'
        end as superseded_why
    from ranked_versions as ranked
    inner join ranked_versions as standing
        on standing.publication = ranked.publication
        and standing.rank = 1
)

select
    reports.report_id,
    left(sha256(judged.publication), 16) as publication_id,
    coalesce(judged.is_current, false) as is_current,
    judged.superseded_by,
    judged.superseded_why
from {{ ref('stg_reports') }} as reports
left join judged_versions as judged
    on judged.report_id = reports.report_id
