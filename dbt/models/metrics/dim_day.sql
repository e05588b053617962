-- One row a day of the years of which there is a report; MetricFlow adds metrics up over it.

select cast(unnest(generate_series(
    make_date(min(report_year), 1, 1), make_date(max(report_year), 12, 31), interval 1 day
)) as date) as day
from {{ ref('dim_year') }}
having min(report_year) is not null
