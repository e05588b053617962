-- The cells whose change alone explains all failures of a report, found twice: in SQL here and by the solver before dbt.
-- A row is one that only one of them proposes, or with another value: a fault of this software.
{{ config(meta={'dagster': {'ref': {'name': 'int_single_suspects'}}}) }}

with

of_sql as (
    select report_id, section, row_code, column_code, value_proposed
    from {{ ref('int_single_suspects') }}
),

of_programme as (
    select
        suspects.report_id,
        suspects.section,
        suspects.row_code,
        suspects.column_code,
        cast(suspects.value_proposed as decimal(38, 6)) as value_proposed
    from {{ ref('stg_suspects') }} as suspects
    inner join {{ ref('stg_localisations') }} as localisations
        on localisations.report_id = suspects.report_id
    where localisations.cells_changed = 1
        and suspects.is_smallest
)

(select 'only SQL' as found_by, * from of_sql except select 'only SQL', * from of_programme)
union all
(select 'only the programme' as found_by, * from of_programme except select 'only the programme', * from of_sql)
