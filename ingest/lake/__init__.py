"""The lake: Parquet part files put in place whole, safe for any number of writers."""
