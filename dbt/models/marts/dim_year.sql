-- One row a report year of which there is a report.

with

report_years as (
    select distinct report_year
    from {{ ref('stg_reports') }}
    where report_year is not null
),

forms_in_force as (
    select
        report_years.report_year,
        -- The newest of them is the year's form; 2014 to 2018 had the statistics table beside the prose.
        last(forms.form_code order by forms.sort_order) as form_code,
        string_agg(forms.form_code, ',' order by forms.sort_order) as forms
    from report_years
    inner join {{ ref('forms') }} as forms
        on forms.first_year <= report_years.report_year
        and coalesce(forms.last_year, report_years.report_year) >= report_years.report_year
    group by report_years.report_year
)

select
    report_years.report_year,
    report_years.report_year || '年' as label_zh,
    cast(report_years.report_year as varchar) as label_en,
    forms_in_force.form_code as group_code,
    forms.label_zh as group_label_zh,
    forms.label_en as group_label_en,
    report_years.report_year as sort_order,
    forms_in_force.forms
from report_years
left join forms_in_force
    on forms_in_force.report_year = report_years.report_year
left join {{ ref('forms') }} as forms
    on forms.form_code = forms_in_force.form_code
