-- One row a line of the reviewed corrections.csv: a cell, what its source says, and what it should hold.
{{ config(post_hook="{{ note_changes('corrections') }}") }}

select
    line,
    report_id,
    named,
    section,
    row_code,
    column_code,
    status_from,
    value_from,
    value_to,
    why,
    who,
    decided_on
from {{ source('lake', 'corrections') }}
