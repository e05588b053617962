{#
  Views name no database: the file they are in is built under one name, published under another, and attached by clients
  under any. DuckDB then looks for what a view reads beside the view.
#}
{% macro duckdb__create_view_as(relation, sql) -%}
    {% if config.get('contract').enforced %}{{ get_assert_columns_equivalent(sql) }}{% endif %}
    create view {{ relation }} as (
        {{ sql | replace('"' ~ relation.database ~ '".', '') }}
    );
{%- endmacro %}
