-- One row a result of a reviewed case (审理结果).

select
    result_code,
    label_zh,
    label_en,
    group_code,
    group_label_zh,
    group_label_en,
    sort_order,
    forms
from {{ ref('review_results') }}
