-- One row a report × claim × subject: a number said in prose beside the number in the tables.
-- A claim may have alternatives, each a sum of cells; it agrees if it equals one of them. A blank or a dash is 0.
-- `agrees` is null where the claim speaks of another subject, where the report has none of the cells, and where a cell
-- that could make it agree is missing, unreadable or money without a unit.

with

statements as (
    select
        report_id,
        claim_code,
        subject,
        unit,
        value,
        sentence,
        locator,
        count(*) over claim as statement_count,
        -- The first time that it is said, by the numbers in the locator (line 9 before line 12).
        row_number() over (
            claim
            order by
                list_transform(regexp_extract_all(locator, '[0-9]+'), lambda number: try_cast(number as bigint)),
                locator,
                sentence,
                value
        ) as statement
    from {{ ref('stg_claims') }}
    window claim as (partition by report_id, claim_code, subject)
),

claims as (
    select
        report_id,
        claim_code,
        subject,
        unit,
        value,
        sentence,
        locator,
        statement_count
    from statements
    where statement = 1
),

-- Only alternatives of which the report has every cell.
alternatives as (
    select
        claims.report_id,
        claims.claim_code,
        claims.subject,
        claims.value as claimed_value,
        terms.alternative,
        bool_or(cells.status in ('missing', 'unreadable') or cells.unit = 'unstated') as is_unknown,
        sum(coalesce(cells.value_reported, 0)) as table_value
    from claims
    inner join {{ ref('claim_terms') }} as terms
        on terms.claim_code = claims.claim_code
    left join {{ ref('int_cell_values') }} as cells
        on cells.report_id = claims.report_id
        and cells.section = terms.section
        and cells.row_code = terms.row_code
        and cells.column_code = terms.column_code
    where claims.subject = 'report'
    group by
        claims.report_id,
        claims.claim_code,
        claims.subject,
        claims.value,
        terms.alternative
    having count(*) = count(cells.report_id)
),

comparisons as (
    select
        report_id,
        claim_code,
        subject,
        coalesce(bool_or(table_value = claimed_value) filter (not is_unknown), false) as agrees_with_one,
        bool_or(is_unknown) as has_unknown,
        -- The agreeing alternative's number, else the first that can be evaluated.
        first(
            table_value
            order by table_value = claimed_value desc, alternative
        ) filter (not is_unknown) as table_value
    from alternatives
    group by
        report_id,
        claim_code,
        subject
)

select
    claims.report_id,
    claims.claim_code,
    claims.subject,
    claims.unit,
    claims.value,
    cast(comparisons.table_value as decimal(38, 6)) as table_value,
    case
        when comparisons.agrees_with_one then true
        when not comparisons.has_unknown then false
    end as agrees,
    cast(claims.statement_count as integer) as statement_count,
    claims.sentence,
    claims.locator
from claims
left join comparisons
    on comparisons.report_id = claims.report_id
    and comparisons.claim_code = claims.claim_code
    and comparisons.subject = claims.subject
