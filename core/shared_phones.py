"""A phone that others may see (G-12): a greeting and a button, and the phone keeps quiet.

That words are no more than a greeting is the wording check's to say; here stands what else holds.
"""

from typing import Final

from core.errors import CaseworkError
from core.people import Person

SHARED: Final = "_shared"
"""What a town's approved text is called for such a phone: `rest_shared` beside `rest`."""


class LeafletOnSharedPhone(CaseworkError):
    """A leaflet says more than a greeting; on a phone that others see it is not sent."""

    rule = "G-12"


def require_fit_for_phone(person: Person, *, carries_leaflet: bool) -> None:
    """Raises: LeafletOnSharedPhone."""
    if person.shared_device and carries_leaflet:
        raise LeafletOnSharedPhone()


def text_name(name: str, person: Person) -> str:
    """Under which name the approved text for this person's phone stands."""
    return f"{name}{SHARED}" if person.shared_device else name
