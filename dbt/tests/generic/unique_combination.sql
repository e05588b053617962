{#
  The key of a model: no part of it is null and no combination of its parts repeats. Rows are the offending keys.
  Combinations are looked for by a hash first, which costs half as much as grouping by texts; what shares one is compared.
#}
{% test unique_combination(model, columns) %}

with

hashes_that_repeat as (
    select hash({{ columns | join(', ') }}) as key
    from {{ model }}
    group by key
    having count(*) > 1
)

select
    {{ columns | join(', ') }},
    count(*) as row_count
from {{ model }}
where hash({{ columns | join(', ') }}) in (from hashes_that_repeat)
    {% for column in columns -%}
    or {{ column }} is null
    {% endfor %}
group by {{ columns | join(', ') }}
having count(*) > 1
    {% for column in columns -%}
    or {{ column }} is null
    {% endfor %}

{% endtest %}
