"""Use cases of plans, on both databases."""
