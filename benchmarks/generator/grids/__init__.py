"""Lays the cells of a table out as rows of slots, in the official order and in the orders found in the wild."""
