"""Where the platforms' official descriptions lie, when they are there."""

from pathlib import Path

import pytest

CONTRACTS = Path(__file__).resolve().parents[2] / "shared" / "contracts"


def contract(name: str) -> Path:
    """The path of one official description; skips the test where it is not at hand."""
    path = CONTRACTS / name
    if not path.exists():
        pytest.skip(f"the official description {name} is not beside this checkout")
    return path
