-- One row a file or container member, as the landing folder is now.

select
    source_path,
    report_id,
    byte_count,
    source_url,
    fetched_at,
    status,
    issue
from {{ source('lake', 'files') }}
