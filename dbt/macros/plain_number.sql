{# A decimal as text without zeros at its end, for messages. #}
{% macro plain_number(value) -%}
rtrim(rtrim(cast({{ value }} as varchar), '0'), '.')
{%- endmacro %}
