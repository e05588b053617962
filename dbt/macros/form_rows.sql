{#
  The outcomes of the applications table by their group, in the order of the form, for models that have a column for each.
  The seed `outcomes` says the same of every outcome; a test proves it.
#}
{% macro outcome_groups() -%}
{{ return({
    'granted': ['granted'],
    'partly_granted': ['partly_granted'],
    'denied': [
        'denied_state_secret', 'denied_other_law', 'denied_safety_stability', 'denied_third_party',
        'denied_internal_affairs', 'denied_deliberative', 'denied_enforcement_file', 'denied_administrative_inquiry',
    ],
    'unavailable': ['unavailable_not_held', 'unavailable_needs_creation', 'unavailable_unclear'],
    'rejected': [
        'rejected_petition', 'rejected_repeat', 'rejected_publication', 'rejected_excessive', 'rejected_reconfirmation',
    ],
    'other': ['other', 'other_not_corrected', 'other_fee_unpaid', 'other_misc'],
}) }}
{%- endmacro %}

{# All outcomes, in the order of the form. #}
{% macro outcome_codes() -%}
{% set codes = [] -%}
{% for group in outcome_groups().values() -%}
    {% for code in group %}{% do codes.append(code) %}{% endfor -%}
{% endfor -%}
{{ return(codes) }}
{%- endmacro %}

{# The results of a reviewed case, without their total. #}
{% macro review_results() -%}
{{ return(['upheld', 'corrected', 'other', 'pending']) }}
{%- endmacro %}
