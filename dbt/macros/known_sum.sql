{# The sum of the cases for which a condition holds: null where any of them is not known, or all are blank. #}
{% macro known_sum(condition) -%}
case
        when not coalesce(bool_or(is_unknown) filter ({{ condition }}), false)
            then cast(sum(cases) filter ({{ condition }}) as bigint)
    end
{%- endmacro %}
