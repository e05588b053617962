-- One row a report × claim × subject: a number said in prose beside the number in the tables.
-- What a claim of the whole report is compared with is the identity `prose`; a claim of another subject is stored and
-- not compared.

with

comparisons as (
    select
        report_id,
        member_code as claim_code,
        'report' as subject,
        right_value as table_value,
        case status when 'holds' then true when 'fails' then false end as agrees
    from {{ ref('fct_identity_checks') }}
    where identity_code = 'prose'
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
