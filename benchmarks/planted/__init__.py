"""Errors planted into generated reports, to measure how many are found, located and undone.

`python -m benchmarks.planted` writes the figures of docs/localisation.md.
"""
