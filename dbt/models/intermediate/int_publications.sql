-- One row a report that can stand for something: the publication that it is a version of. Reports of one publisher, year
-- and scope are one publication. A report whose publisher or year is not known is a publication by itself, unless it is
-- a copy, by its text or by its numbers, of one that is known.

with

candidates as (
    select
        reports.report_id,
        reports.agency_id,
        reports.report_year,
        reports.scope,
        reports.region_code,
        -- The hash of an empty text (a scan) says nothing about what the pages say.
        nullif(reports.text_sha256, sha256('')) as text_sha256,
        numbers.numbers_key,
        numbers.distinct_number_count >= {{ var('copy_distinct_numbers') }} as tells_by_numbers
    from {{ ref('stg_reports') }} as reports
    inner join {{ ref('int_report_numbers') }} as numbers
        on numbers.report_id = reports.report_id
    -- What is no report, or could not be read, is a version of nothing.
    where reports.status not in ('not_a_report', 'unreadable')
),

known_scopes as (
    select
        agency_id,
        report_year,
        case when count(distinct scope) = 1 then min(scope) end as only_scope
    from candidates
    where agency_id is not null
        and report_year is not null
    group by
        agency_id,
        report_year
),

known_publications as (
    select
        candidates.report_id,
        -- A report that does not say its scope is a version of the publisher's only other one of the year.
        concat_ws(
            ' ',
            'publisher',
            candidates.agency_id,
            candidates.report_year,
            coalesce(candidates.scope, known_scopes.only_scope)
        ) as publication
    from candidates
    inner join known_scopes
        on known_scopes.agency_id = candidates.agency_id
        and known_scopes.report_year = candidates.report_year
),

publications_of_texts as (
    select
        candidates.text_sha256,
        min(known_publications.publication) as publication
    from candidates
    inner join known_publications
        on known_publications.report_id = candidates.report_id
    where candidates.text_sha256 is not null
    group by candidates.text_sha256
),

-- Numbers that are many and different, and of one publication alone.
publications_of_numbers as (
    select
        candidates.numbers_key,
        min(known_publications.publication) as publication,
        min(candidates.report_year) as report_year,
        case when count(distinct candidates.region_code) = 1 then min(candidates.region_code) end as region_code
    from candidates
    inner join known_publications
        on known_publications.report_id = candidates.report_id
    where candidates.tells_by_numbers
    group by candidates.numbers_key
    having count(distinct known_publications.publication) = 1
)

select
    candidates.report_id,
    coalesce(
        known_publications.publication,
        publications_of_texts.publication,
        publications_of_numbers.publication,
        'text ' || candidates.text_sha256,
        'report ' || candidates.report_id
    ) as publication,
    known_publications.publication is not null as is_known,
    candidates.text_sha256
from candidates
left join known_publications
    on known_publications.report_id = candidates.report_id
left join publications_of_texts
    on publications_of_texts.text_sha256 = candidates.text_sha256
left join publications_of_numbers
    on publications_of_numbers.numbers_key = candidates.numbers_key
    and candidates.tells_by_numbers
    -- Not where the copy says otherwise itself.
    and coalesce(publications_of_numbers.report_year = candidates.report_year, true)
    and coalesce(publications_of_numbers.region_code = candidates.region_code, true)
