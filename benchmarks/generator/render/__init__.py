"""Prints a drawn report as HTML or text."""
