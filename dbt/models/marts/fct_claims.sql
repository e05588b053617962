-- One row a report × claim × subject: a number said in prose beside the number in the tables.
-- What a claim of the whole report is compared with is the identity `prose`: with the tables, and with its own parts
-- where the prose gives them. A claim of another subject is stored and not compared.
{{ config(materialized='incremental', meta={'changes': 'checks'}) }}

with

compared_claims as (
    select distinct
        identity_code,
        member_code,
        row_code as claim_code,
        column_code as subject
    from {{ ref('identity_terms') }}
    where source = 'claim'
        and coefficient > 0
),

-- It agrees only if all that can be compared agrees; the number shown is one that does not, where there is one.
comparisons as (
    select
        checks.report_id,
        compared_claims.claim_code,
        compared_claims.subject,
        first(
            checks.right_value order by checks.status = 'fails' desc, checks.member_code
        ) filter (checks.right_value is not null) as table_value,
        case
            when bool_or(checks.status = 'fails') then false
            when bool_and(checks.status = 'holds') then true
        end as agrees
    from {{ ref('fct_identity_checks') }} as checks
    inner join compared_claims
        on compared_claims.identity_code = checks.identity_code
        and compared_claims.member_code = checks.member_code
    group by
        checks.report_id,
        compared_claims.claim_code,
        compared_claims.subject
)

select
    claims.report_id,
    claims.claim_code,
    claims.subject,
    claims.unit,
    claims.value,
    comparisons.table_value,
    comparisons.agrees,
    cast(claims.statement_count as integer) as statement_count,
    claims.sentence,
    claims.locator
from {{ ref('int_claims') }} as claims
left join comparisons
    on comparisons.report_id = claims.report_id
    and comparisons.claim_code = claims.claim_code
    and comparisons.subject = claims.subject
