-- One row a region code × time in which it was a region's: which region a code meant in a year.
-- Without a register of regions (a later issue) every code is valid without end on either side.

select
    region_code,
    cast(null as date) as valid_from,
    cast(null as date) as valid_to,
    region_id
from {{ ref('dim_region') }}
