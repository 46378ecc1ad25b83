"""What a form of the town's own has to hold, if it stands in the place of the intake sheet."""

from collections.abc import Iterable

from core.errors import CaseworkError
from core.municipal_profiles.own_forms import REPORTED


class ReportedItemMissing(CaseworkError):
    """A form of the town's own replaces the sheet only where it holds every reported item.

    Facts: `missing` (names of items, comma-separated), `allowed`.
    """

    rule = "R-085"


def missing_items(items: Iterable[str]) -> tuple[str, ...]:
    """The reported items that are not among these, in the order of the sheet."""
    held = set(items)
    return tuple(item.value for item in REPORTED if item not in held)


def require_reported_items(items: Iterable[str]) -> None:
    """Refuse a form that lacks what the monthly report is counted from (R-085).

    Args:
        items: the items that the town's own form holds, by the names of `FormItem`.

    Raises:
        ReportedItemMissing: which ones.
    """
    missing = missing_items(items)
    if missing:
        raise ReportedItemMissing(missing=",".join(missing), allowed="INTAKE_ASSESSMENT")
