-- One row a kind of applicant (申请人类型), the six of the form and `unallocated`.

select
    applicant_type_code,
    label_zh,
    label_en,
    group_code,
    group_label_zh,
    group_label_en,
    sort_order,
    forms
from {{ ref('applicant_types') }}
