-- One row a kind of information that article 20 wants disclosed (主动公开内容).

select
    item_code,
    label_zh,
    label_en,
    group_code,
    group_label_zh,
    group_label_en,
    sort_order,
    forms
from {{ ref('disclosure_items') }}
