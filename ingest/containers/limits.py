"""The bounds that hold for every container: archives are hostile, and a few bytes can claim to be terabytes."""

MAX_MEMBERS = 5_000_000
MAX_DEPTH = 3
"""Containers inside containers: a ZIP in a WARC in a ZIP is the deepest that is opened."""
FREE_BYTES = 1024**3
"""What any container may unpack to, however small it is."""
MAX_RATIO = 100
"""Beyond the free bytes, how many times its size a container may unpack to. Pages pack to a tenth of theirs."""
MAX_NAME = 1000
MAX_LINE = 64 * 1024 * 1024
"""A longer line of a crawler's file is passed over."""
MAX_HEADER = 64 * 1024
"""The lines of one header of a WARC record, all together."""
STALL_SECONDS = 120
"""How long the process that reads a container may give no sign before it is ended."""
BATCH_ROWS = 32
