"""Series of letters, one verb per module."""
