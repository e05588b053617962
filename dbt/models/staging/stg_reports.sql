-- One row a distinct content: its newest parse, with its publisher as resolved from evidence, files and manifest.

with

newest_reports as (
    {{ newest_rows('reports', [
        'report_id', 'media_type', 'encoding', 'script', 'text_sha256', 'title', 'period_start', 'period_end',
        'published_on', 'site_id_code', 'disclosure_form', 'applications_form', 'reviews_form', 'contaminated',
        'contamination', 'read_by_ocr', 'status', 'parser_version',
    ], changed_only=false) }}
)

select
    newest_reports.report_id,
    publishers.source_path,
    publishers.source_url,
    publishers.agency_name,
    publishers.agency_name_source,
    publishers.region_code,
    publishers.report_year,
    publishers.scope,
    publishers.reason,
    publishers.agency_id,
    publishers.region_id,
    publishers.scope_words,
    newest_reports.media_type,
    newest_reports.encoding,
    newest_reports.script,
    newest_reports.text_sha256,
    newest_reports.title,
    newest_reports.period_start,
    newest_reports.period_end,
    newest_reports.published_on,
    newest_reports.site_id_code,
    newest_reports.disclosure_form,
    newest_reports.applications_form,
    newest_reports.reviews_form,
    newest_reports.contaminated,
    newest_reports.contamination,
    newest_reports.read_by_ocr,
    newest_reports.status,
    newest_reports.parser_version
from newest_reports
left join {{ source('lake', 'publishers') }} as publishers
    on publishers.report_id = newest_reports.report_id
