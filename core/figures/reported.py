"""What a form of the town's own has to hold, if it stands in the place of the intake sheet."""

from collections.abc import Iterable
from typing import Final

from core.errors import CaseworkError

# What a sheet is counted by; a town's own form has to hold the same items (R-085, X1) [I].
REPORTED: Final = (
    "assessed_on",
    "route",
    "way",
    "consent_state",
    "members.issues",
    "fields",
    "screening",
)


class ReportedItemMissing(CaseworkError):
    """A form of the town's own replaces the sheet only where it holds every reported item.

    Facts: `missing` (names of items, comma-separated), `allowed`.
    """

    rule = "R-085"


def require_reported_items(items: Iterable[str]) -> None:
    """Refuse a form that lacks what the monthly report is counted from (R-085).

    Args:
        items: the items that the town's own form holds, by the names of `REPORTED`.

    Raises:
        ReportedItemMissing: which ones.
    """
    held = set(items)
    missing = [item for item in REPORTED if item not in held]
    if missing:
        raise ReportedItemMissing(missing=",".join(missing), allowed="INTAKE_ASSESSMENT")
