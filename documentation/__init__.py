"""The documentation site: guides, data dictionary, forms, lineage and the quality of the samples, as pages."""
