"""Containers of reports: ZIP, JSON Lines of a crawler, WARC and WET, Parquet, gzip. Streamed, and bounded."""

from ingest.containers.model import Member
from ingest.containers.walk import is_container, walk

__all__ = ["Member", "is_container", "walk"]
