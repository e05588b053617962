-- One row a channel of legal review (行政复议, 行政诉讼).

select
    channel_code,
    label_zh,
    label_en,
    group_code,
    group_label_zh,
    group_label_en,
    sort_order,
    forms
from {{ ref('review_channels') }}
