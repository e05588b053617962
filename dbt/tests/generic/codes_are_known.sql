{#
  The closed lists of codes of a model: `codes` gives the allowed values by column; null is allowed (a column that must
  have a value says so in its contract). Rows are the values that are not known.
#}
{% test codes_are_known(model, codes) %}

{% for column, values in codes.items() %}
select
    '{{ column }}' as column_name,
    cast({{ column }} as varchar) as value,
    count(*) as row_count
from {{ model }}
where {{ column }} not in ({% for value in values %}'{{ value }}'{{ ', ' if not loop.last }}{% endfor %})
group by {{ column }}
{% if not loop.last %}
union all
{% endif %}
{% endfor %}

{% endtest %}
