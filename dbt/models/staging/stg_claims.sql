-- One row a number said in a report's prose, each time it is said.
{{ config(materialized='incremental', meta={'changes': 'parses'}) }}

{{ newest_rows('claims', ['report_id', 'claim_code', 'subject', 'unit', 'value', 'sentence', 'locator']) }}
