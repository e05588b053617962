{#
  The rows of a parsed lake table that belong to the winning parse of each report: those of its very part.
  `columns` are listed by the caller, so that a model shows what it holds. Where few reports changed, only their parts are
  read, unless `changed_only` is false. `derived` is for a table that is derived from the parts: `x.parquet` gives
  `x.DIGEST.parquet`, where DIGEST names the code that derived it.

  Nearly every row is of a winning parse, so what is left out is looked up, and not what stays: parts without one, and the
  few other parses that lie in the parts with one.
#}
{% macro newest_rows(table, columns, derived=false, changed_only=true) -%}
{%- set part = "regexp_replace(parse_filename(lake_rows.filename), '[.][0-9a-f]+[.]parquet$', '.parquet')" if derived
    else 'parse_filename(lake_rows.filename)' -%}
select
    {% for column in columns -%}
    lake_rows.{{ column }}{{ ',' if not loop.last }}
    {% endfor %}
from {{ source('lake', table) }} as lake_rows
semi join {{ ref('base_newest_parses') }} as parses
    on parses.part = {{ part }}
anti join {{ ref('base_other_parses') }} as other_parses
    on other_parses.report_id = lake_rows.report_id
    and other_parses.part = {{ part }}
{%- if changed_only and changed_reports('parses') is not none %}
where {{ part }} in ('{{ changed_parts() | join("', '") }}')
{%- endif %}
{%- endmacro %}

{# The parts in which parses lie that are new since the published database was built. #}
{% macro changed_parts() -%}
    {{ return(run_query(
        'select distinct part from intermediate.base_newest_parses '
        ~ 'where report_id in (from before.changed_parses) order by part'
    ).columns[0].values()) }}
{%- endmacro %}
