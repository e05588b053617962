-- One row a report × section of the form whose table it has: which form that table is of.
{{ config(materialized='incremental', meta={'changes': 'parses'}) }}

with

forms_of_sections as (
    select report_id, 'disclosure' as section, disclosure_form as form_code
    from {{ ref('stg_reports') }}

    union all

    select report_id, 'applications' as section, applications_form as form_code
    from {{ ref('stg_reports') }}

    union all

    select report_id, 'reviews' as section, reviews_form as form_code
    from {{ ref('stg_reports') }}

    union all

    -- The statistics table has no form column of its own: form_2014 stands in all three.
    select report_id, 'statistics' as section, applications_form as form_code
    from {{ ref('stg_reports') }}
),

sections_of_forms as (
    select distinct form_code, section
    from {{ ref('form_cells') }}
)

select
    forms_of_sections.report_id,
    forms_of_sections.section,
    forms_of_sections.form_code
from forms_of_sections
inner join sections_of_forms
    on sections_of_forms.form_code = forms_of_sections.form_code
    and sections_of_forms.section = forms_of_sections.section
