"""The warehouse as a file: where it lies, what it was built from, how it is built by dbt, published and summed up."""
