"""What OCR makes of scans whose every number is known: `python -m benchmarks.scans`."""
