{# What the aggregates group reports by; `publisher_dimensions` go with each report of a known publisher and year. #}
{% macro publisher_dimensions(prefix='') -%}
{% for column in [
    'report_year', 'province_region_id', 'province_name', 'province_iso_3166_2', 'agency_level', 'agency_kind', 'scope',
    'is_counted_once', 'is_counted_once_in_province',
] -%}
{{ prefix }}{{ column }}{{ ',' if not loop.last }}
{% endfor -%}
{%- endmacro %}
