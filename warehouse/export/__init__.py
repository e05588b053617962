"""The published warehouse as files for other tools: Parquet, CSV and XLSX with a Frictionless `datapackage.json`."""

from warehouse.export.package import EXPORTED_SCHEMAS, Exported, export_tables
from warehouse.export.selection import ExportError, Selection
from warehouse.export.writers import FORMATS

__all__ = ["EXPORTED_SCHEMAS", "FORMATS", "ExportError", "Exported", "Selection", "export_tables"]
