{#
  As newest_rows, of a table that is derived from the parts of the lake: the part `x.parquet` gives `x.DIGEST.parquet`,
  where DIGEST names the code that derived it.
#}
{% macro newest_derived_rows(table, columns) -%}
select
    {% for column in columns -%}
    lake_rows.{{ column }}{{ ',' if not loop.last }}
    {% endfor %}
from {{ source('lake', table) }} as lake_rows
inner join {{ ref('base_newest_parses') }} as parses
    on parses.report_id = lake_rows.report_id
    and parses.part = regexp_replace(parse_filename(lake_rows.filename), '[.][0-9a-f]+[.]parquet$', '.parquet')
{%- endmacro %}
