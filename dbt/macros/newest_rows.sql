{#
  The rows of a parsed lake table that belong to the winning parse of each report: those of its very part.
  `columns` are listed by the caller, so that a model shows what it holds.
#}
{% macro newest_rows(table, columns) -%}
select
    {% for column in columns -%}
    lake_rows.{{ column }}{{ ',' if not loop.last }}
    {% endfor %}
from {{ source('lake', table) }} as lake_rows
inner join {{ ref('base_newest_parses') }} as parses
    on parses.report_id = lake_rows.report_id
    and parses.part = parse_filename(lake_rows.filename)
{%- endmacro %}
