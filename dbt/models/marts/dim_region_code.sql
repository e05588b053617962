-- One row a region code × time in which it was a region's: which region a code meant in a year, and what that was called
-- and belonged to then.

select
    region_code,
    make_date(valid_from, 1, 1) as valid_from,
    make_date(valid_to, 12, 31) as valid_to,
    region_id,
    name as name_zh,
    level,
    parent_code as parent_region_code
from {{ ref('region_codes') }}
