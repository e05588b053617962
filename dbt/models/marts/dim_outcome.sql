-- One row a outcome of a request (办理结果).

select
    outcome_code,
    label_zh,
    label_en,
    group_code,
    group_label_zh,
    group_label_en,
    sort_order,
    forms
from {{ ref('outcomes') }}
