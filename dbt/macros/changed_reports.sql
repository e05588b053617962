{#
  What a build on a copy of the published database has to make anew. The caller puts the state of the published one into
  the schema `before` (warehouse/incremental.py); without it everything is made from nothing.
#}

{# Whether this build stands on a published one. #}
{% macro builds_on_published() -%}
    {% if not execute %}{{ return(false) }}{% endif %}
    {% set found = run_query(
        "select count(*) from information_schema.tables where table_schema = 'before' and table_name = 'parses'"
    ) %}
    {{ return(found.columns[0].values()[0] > 0) }}
{%- endmacro %}

{#
  After a model whose rows decide what changed: keeps the reports whose rows are other ones than before. `name` is the
  table of the schema `before` that has the published rows.
#}
{% macro note_changes(name) -%}
    {% if builds_on_published() %}
        create or replace table before.changed_{{ name }} as
        select distinct report_id
        from (
            (from {{ this }} except all from before.{{ name }})
            union all
            (from before.{{ name }} except all from {{ this }})
        )
        where report_id is not null
    {% endif %}
{%- endmacro %}

{#
  The reports whose rows a model makes anew, as a list of report_ids; none where all are. `what` is `parses` (models of
  what was parsed), `numbers` (and of reviewed corrections), `checks` (and of acknowledgements, the year before, and which
  report is current) or `neighbours` (and of the year after).
  A model that asks for it stands behind the models that note these changes.
#}
{% macro changed_reports(what) -%}
    {% if not builds_on_published() %}{{ return(none) }}{% endif %}
    {% set changed = run_query(
        'select report_id from (' ~ _changed(what) ~ ') order by report_id limit ' ~ (var('incremental_reports') + 1)
    ).columns[0].values() %}
    {{ return(none if changed | length > var('incremental_reports') else changed) }}
{%- endmacro %}

{% macro _changed(what) -%}
    from before.changed_parses
    {%- if what in ('numbers', 'checks', 'neighbours') %}
    union
    from before.changed_corrections
    {%- endif %}
    {%- if what in ('checks', 'neighbours') %}
    union
    from before.changed_acknowledged
    union
    from before.changed_previous_reports
    union
    select report_id
    from intermediate.int_previous_reports
    where previous_report_id in (from before.changed_parses union from before.changed_corrections)
    {%- endif %}
    {%- if what == 'neighbours' %}
    union
    select previous_report_id
    from (from before.previous_reports union all from intermediate.int_previous_reports)
    where previous_report_id is not null
        and report_id in (select report_id from ({{ _changed('checks') }}))
    {%- endif %}
{%- endmacro %}

{# A condition that holds for the reports of a list alone. #}
{% macro is_one_of(column, report_ids) -%}
    {{ column }} in ('{{ report_ids | join("', '") }}')
{%- endmacro %}

{#
  A relation with the rows of the changed reports alone, or whole where all are made anew. In models it only saves work:
  their materialization takes no other rows. In tests it leaves out what was tested when it was built.
#}
{% macro rows_of_changed(relation, what) -%}
    {% set changed = changed_reports(what) %}
    {%- if changed is none -%}
        {{ relation }}
    {%- else -%}
        (select * from {{ relation }} where {{ is_one_of('report_id', changed) }})
    {%- endif -%}
{%- endmacro %}

{#
  A table whose rows are of one report each: those of changed reports are deleted and made anew, all others stay. Where
  too many changed, or there is no published database to stand on, the table is made from nothing.
#}
{% materialization incremental, adapter='duckdb' -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target = this.incorporate(type='table') -%}
    {%- set changed = changed_reports(config.require('meta')['changes']) -%}
    {%- if existing is none and changed is not none -%}
        {{ exceptions.raise_compiler_error(this ~ ' is not in the database that this build stands on') }}
    {%- endif -%}

    {{ run_hooks(pre_hooks) }}
    {%- if changed is none -%}
        {% do drop_relation_if_exists(existing) %}
        {% call statement('main') -%}
            {{ create_table_as(False, target, compiled_code) }}
        {%- endcall %}
    {%- elif changed | length == 0 -%}
        {% call statement('main') -%}
            select 'no report changed' as nothing_to_do
        {%- endcall %}
    {%- else -%}
        {%- set columns = adapter.get_columns_in_relation(existing) | map(attribute='quoted') | join(', ') -%}
        {% call statement('main') -%}
            {{ get_assert_columns_equivalent(compiled_code) if config.get('contract').enforced }}
            delete from {{ target }} where {{ is_one_of('report_id', changed) }};
            insert into {{ target }} ({{ columns }})
            select {{ columns }} from (
                {{ compiled_code }}
            ) as made where {{ is_one_of('report_id', changed) }};
        {%- endcall %}
    {%- endif -%}
    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}
    {{ return({'relations': [target]}) }}
{%- endmaterialization %}

{#
  What a generic test reads. A test that stops the publishing was passed by every row when it was made, so on a published
  database it reads the rows of changed reports; news about documents (severity warn) are told whole each time.
#}
{% macro duckdb__get_where_subquery(relation) -%}
    {%- if config.get('where') -%}
        {{ return(default__get_where_subquery(relation)) }}
    {%- endif -%}
    {%- if execute and config.get('severity', 'error') | lower == 'error' -%}
        {%- for node in graph.nodes.values() if node.resource_type == 'model' and node.name == relation.identifier -%}
            {%- set changes = node.config.meta.get('changes') -%}
            {%- if changes -%}
                {{ return(rows_of_changed(relation, changes)) }}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(relation) }}
{%- endmacro %}
