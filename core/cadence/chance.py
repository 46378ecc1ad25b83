"""Chance that comes out the same each time: days and minutes vary, a plan does not (G-04)."""

import hashlib


def chance(seed: str, *what: str, width: int) -> int:
    """A whole number from 0 up to, and not, `width`; always the same for the same words."""
    if width <= 1:
        return 0
    digest = hashlib.sha256("\x1f".join((seed, *what)).encode()).digest()
    return int.from_bytes(digest[:8], "big") % width
