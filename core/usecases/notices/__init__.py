"""Notices to many, one verb per module."""
