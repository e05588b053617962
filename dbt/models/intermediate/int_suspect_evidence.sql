-- One row a report × solution on which something outside its tables bears: the prose, the report of the year before, that
-- of the year after. Which of these hold with the values of the solution, and whether it is the only smallest solution
-- with which so many do. Each solution is asked about every such identity that any solution of the report touches.
{{ config(materialized='incremental', meta={'changes': 'neighbours'}) }}

with

terms as (
    select *
    from {{ ref('identity_terms') }}
    where identity_code in (
        select identity_code from {{ ref('identity_terms') }} where source = 'claim' or year_offset <> 0
    )
),

solutions as (
    select
        report_id,
        solution,
        bool_and(is_smallest) as is_smallest,
        bool_or(change is null) as is_open
    from {{ rows_of_changed(ref('int_suspect_solutions'), 'neighbours') }}
    group by report_id, solution
),

suspect_cells as (
    select distinct report_id, section, row_code, column_code
    from {{ rows_of_changed(ref('int_suspect_solutions'), 'neighbours') }}
),

-- Across years: the report's own check (offset 0), and that of the report after it, in which its cells are the year before's.
across_years as (
    select distinct
        suspects.report_id,
        checks.report_id as check_report_id,
        terms.year_offset,
        checks.identity_code,
        checks.member_code,
        terms.alternative,
        checks.difference
    from suspect_cells as suspects
    inner join terms
        on terms.section = suspects.section
        and terms.row_code = suspects.row_code
        and terms.column_code = suspects.column_code
        and terms.source = 'cell'
    inner join {{ ref('fct_identity_checks') }} as checks
        on checks.identity_code = terms.identity_code
        and checks.member_code = terms.member_code
        and checks.alternative = terms.alternative
        and checks.previous_report_id is not null
        and suspects.report_id = case terms.year_offset when 0 then checks.report_id else checks.previous_report_id end
    where checks.status <> 'not_evaluable'
),

-- What the prose says of the whole report less the cells that it speaks of, by each of the ways to mean it.
prose as (
    select
        claims.report_id,
        claims.report_id as check_report_id,
        0 as year_offset,
        said.identity_code,
        said.member_code,
        said.alternative,
        any_value(claims.value) + sum(terms.coefficient * coalesce(cells.value_reported, 0)) as difference
    from terms as said
    inner join {{ ref('int_claims') }} as claims
        on claims.claim_code = said.row_code
        and claims.subject = said.column_code
    inner join terms
        on terms.identity_code = said.identity_code
        and terms.member_code = said.member_code
        and terms.alternative = said.alternative
        and terms.source = 'cell'
    inner join {{ rows_of_changed(ref('int_cell_values'), 'neighbours') }} as cells
        on cells.report_id = claims.report_id
        and cells.section = terms.section
        and cells.row_code = terms.row_code
        and cells.column_code = terms.column_code
    left join suspect_cells as suspects
        on suspects.report_id = cells.report_id
        and suspects.section = cells.section
        and suspects.row_code = cells.row_code
        and suspects.column_code = cells.column_code
    where said.source = 'claim'
        and claims.report_id in (select report_id from solutions)
    group by
        claims.report_id,
        said.identity_code,
        said.member_code,
        said.alternative
    having count(suspects.report_id) > 0
        and not bool_or(cells.status in ('missing', 'unreadable') or cells.unit = 'unstated')
),

statements as (
    select * from across_years
    union all
    select * from prose
),

changes as (
    select
        statements.report_id,
        cells.solution,
        statements.check_report_id,
        statements.identity_code,
        statements.member_code,
        statements.alternative,
        sum(terms.coefficient * cells.change) as change
    from statements
    inner join terms
        on terms.identity_code = statements.identity_code
        and terms.member_code = statements.member_code
        and terms.alternative = statements.alternative
        and terms.year_offset = statements.year_offset
        and terms.source = 'cell'
    inner join {{ ref('int_suspect_solutions') }} as cells
        on cells.report_id = statements.report_id
        and cells.section = terms.section
        and cells.row_code = terms.row_code
        and cells.column_code = terms.column_code
    group by
        statements.report_id,
        cells.solution,
        statements.check_report_id,
        statements.identity_code,
        statements.member_code,
        statements.alternative
),

judgements as (
    select
        solutions.report_id,
        solutions.solution,
        solutions.is_smallest,
        statements.identity_code || ':' || statements.member_code
        || case when statements.check_report_id <> solutions.report_id then ' (year after)' else '' end as statement,
        bool_or(statements.difference + coalesce(changes.change, 0) = 0) as holds
    from solutions
    inner join statements
        on statements.report_id = solutions.report_id
    left join changes
        on changes.report_id = solutions.report_id
        and changes.solution = solutions.solution
        and changes.check_report_id = statements.check_report_id
        and changes.identity_code = statements.identity_code
        and changes.member_code = statements.member_code
        and changes.alternative = statements.alternative
    where not solutions.is_open
    group by all
),

counted as (
    select
        report_id,
        solution,
        is_smallest,
        string_agg(statement, '; ' order by statement) filter (holds) as evidence,
        string_agg(statement, '; ' order by statement) filter (not holds) as evidence_against,
        count(*) filter (holds and is_smallest) as holding
    from judgements
    group by report_id, solution, is_smallest
),

ranked as (
    select
        report_id,
        max(holding) as best,
        count(*) filter (is_smallest) as smallest
    from counted
    group by report_id
)

select
    counted.report_id,
    counted.solution,
    counted.evidence,
    counted.evidence_against,
    counted.holding = ranked.best
    and ranked.best > 0
    and ranked.smallest > 1
    and count(*) filter (counted.holding = ranked.best) over (partition by counted.report_id) = 1 as is_favoured
from counted
inner join ranked
    on ranked.report_id = counted.report_id
