"""Figures: what the full path costs against bare loops that keep nothing. Run: make bench."""
