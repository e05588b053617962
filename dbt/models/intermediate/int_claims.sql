-- One row a report × claim × subject: a number said in prose, where it is said several times the first time.
{{ config(materialized='incremental', meta={'changes': 'parses'}) }}

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
)

select
    report_id,
    claim_code,
    subject,
    unit,
    value,
    statement_count,
    sentence,
    locator
from statements
where statement = 1
