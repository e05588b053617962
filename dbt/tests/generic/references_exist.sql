{#
  The foreign keys of a model: every value that is not null stands in the model that it refers to. `references` lists
  column, to and field (the column's own name where it is left out). Rows are the broken references.
#}
{% test references_exist(model, references) %}

{% for reference in references %}
{% set field = reference.field or reference.column -%}
select
    '{{ reference.column }}' as reference,
    cast(referring.{{ reference.column }} as varchar) as value,
    count(*) as row_count
from {{ model }} as referring
left join {{ reference.to }} as referred
    on referred.{{ field }} = referring.{{ reference.column }}
where referring.{{ reference.column }} is not null
    and referred.{{ field }} is null
group by referring.{{ reference.column }}
{% if not loop.last %}
union all
{% endif %}
{% endfor %}

{% endtest %}
