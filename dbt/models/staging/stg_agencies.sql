-- One row an agency that a report was resolved to.

select
    agency_id,
    agency_name,
    region_id,
    agency_level,
    agency_kind,
    agency_field,
    agency_family,
    array_to_string(names, ',') as names,
    array_to_string(aliases, ',') as aliases
from {{ source('lake', 'agencies') }}
