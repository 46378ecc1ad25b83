"""Every deed of the house, area by area, in the order in which the desk shows them."""

from typing import Final

from bots.web.desk import contacts
from bots.web.desk.deed import Deed, View

# One line for each area; the order is that of the desk.
DEEDS: Final[tuple[Deed, ...]] = (*contacts.DEEDS,)


def deed_of(key: str) -> Deed | None:
    """The deed of this name in the address."""
    return next((deed for deed in DEEDS if deed.key == key), None)


def rooms(view: View) -> tuple[tuple[str, tuple[tuple[Deed, str, str], ...]], ...]:
    """What this reader may do now: (heading, (deed, of, link text) ...), empty rooms left out."""
    listed: dict[str, list[tuple[Deed, str, str]]] = {}
    for deed in DEEDS:
        for offer in deed.offers(view):
            text = f"{deed.title}({offer.about})" if offer.about else deed.title
            listed.setdefault(deed.room, []).append((deed, offer.of, text))
    return tuple((room, tuple(deeds)) for room, deeds in listed.items())
