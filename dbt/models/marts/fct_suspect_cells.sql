-- One row a report × solution × cell: with the values of all cells of a solution, every identity between the report's own
-- cells holds that can be evaluated. A hint for who looks at the report: nothing is changed by it.
-- Single cells are found here, in SQL; where no single cell would do, the answer is that of the integer programme, which
-- ran over the lake before dbt. A test demands that the two agree on single cells.

with

counts as (
    select
        report_id,
        count(distinct solution) filter (is_smallest) as smallest_solutions
    from {{ ref('int_suspect_solutions') }}
    group by report_id
)

select
    solutions.report_id,
    solutions.solution,
    solutions.section,
    solutions.row_code,
    solutions.column_code,
    solutions.value_reported,
    solutions.value_proposed,
    solutions.is_smallest
    and counts.smallest_solutions = 1
    and coalesce(localisations.outcome, 'solved') = 'solved' as is_unique,
    solutions.is_smallest,
    coalesce(suspects.is_certain, false) as is_certain,
    coalesce(localisations.outcome = 'truncated', false) as is_truncated,
    suspects.pattern,
    evidence.evidence,
    evidence.evidence_against,
    coalesce(evidence.is_favoured, false) as is_favoured
from {{ ref('int_suspect_solutions') }} as solutions
inner join counts
    on counts.report_id = solutions.report_id
left join {{ ref('int_suspect_evidence') }} as evidence
    on evidence.report_id = solutions.report_id
    and evidence.solution = solutions.solution
left join {{ ref('stg_suspects') }} as suspects
    on suspects.report_id = solutions.report_id
    and suspects.solution = solutions.solution
    and suspects.section = solutions.section
    and suspects.row_code = solutions.row_code
    and suspects.column_code = solutions.column_code
left join {{ ref('stg_localisations') }} as localisations
    on localisations.report_id = solutions.report_id
