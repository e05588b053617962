"""What copying, extraction and hijacking do to a printed report."""
