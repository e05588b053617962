-- One row a line of the reviewed acknowledged.csv: a failing identity that somebody looked at.
{{ config(post_hook="{{ note_changes('acknowledged') }}") }}

select
    line,
    report_id,
    named,
    identity_code,
    member_code,
    difference,
    why,
    who,
    decided_on
from {{ source('lake', 'acknowledged') }}
