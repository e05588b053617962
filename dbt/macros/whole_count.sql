{# A count as BIGINT; a fraction of a request or case is no count (flagged upstream) and becomes null. #}
{% macro whole_count(value) -%}
case when {{ value }} = trunc({{ value }}) then cast({{ value }} as bigint) end
{%- endmacro %}
