"""Draws what a report says: numbers that satisfy the identities, their spelling, prose, publishers' errors."""
