"""What a parsing process does with one order: no more is loaded there than parsing needs."""

import os

from ingest.bounded import Order
from ingest.parse import parse, report_id_of, unread
from ingest.readers import too_large
from ingest.readers.limits import MAX_BYTES
from ingest.report import ParsedReport


def parse_order(order: Order) -> ParsedReport | None:
    """Parse a file; None where its bytes are no longer those that were hashed. Raises OSError."""
    data = order.data
    if data is None:
        assert order.path is not None
        size = os.path.getsize(order.path)
        if size > MAX_BYTES:
            fault = too_large(size)
            return unread(order.report_id, "application/octet-stream", fault.code, fault.message)
        with open(order.path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    return parse(data, order.ocr) if report_id_of(data) == order.report_id else None
