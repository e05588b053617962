-- One row a report whose file is still in the landing folder: the one parse of it that counts.
-- The same content may stand in several parts (two builds, a newer parser): the highest parser version wins, then the
-- part of the smallest name. `reports` is written last of a part, so rows of the other tables in a part without it
-- (a run that was killed) are joined to nothing and ignored.
{{ config(post_hook="{{ note_changes('parses') }}") }}

with

parses as (
    select
        report_id,
        parser_version,
        parse_filename(filename) as part,
        -- 1.10 is newer than 1.9: compared number by number.
        list_transform(string_split(parser_version, '.'), lambda number: try_cast(number as bigint)) as version_numbers
    from {{ source('lake', 'reports') }}
),

reports_with_a_file as (
    select distinct report_id
    from {{ source('lake', 'files') }}
    where report_id is not null
),

ranked_parses as (
    select
        parses.report_id,
        parses.part,
        parses.parser_version,
        row_number() over (
            partition by parses.report_id
            order by parses.version_numbers desc nulls last, parses.parser_version desc, parses.part
        ) as rank
    from parses
    inner join reports_with_a_file
        on reports_with_a_file.report_id = parses.report_id
)

select
    report_id,
    part,
    parser_version
from ranked_parses
where rank = 1
