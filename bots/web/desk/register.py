"""Every deed of the house, area by area, in the order in which the desk shows them."""

from collections.abc import Iterable
from typing import Final, TypeVar

from bots.web.desk import (
    absences,
    answers,
    connections,
    consents,
    contacts,
    councils,
    courses,
    evaluations,
    intake_sheets,
    leaflet_letters,
    letters,
    library,
    meetings,
    own_page,
    places,
    plan_decisions,
    plan_less,
    plans,
    queries,
    reading,
    resources,
    series,
    sittings,
)
from bots.web.desk.deed import AnyDeed, Deed, TownDeed
from bots.web.desk.views import Seen

V = TypeVar("V", bound=Seen)
Rooms = tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]

# One line for each area; the order is that of the desk.
DEEDS: Final[tuple[Deed, ...]] = (
    *answers.DEEDS,
    *contacts.DEEDS,
    *letters.DEEDS,
    *series.DEEDS,
    *leaflet_letters.DEEDS,
    *own_page.DEEDS,
    *courses.DEEDS,
    *consents.DEEDS,
    *intake_sheets.DEEDS,
    *plans.DEEDS,
    *plan_less.DEEDS,
    *plan_decisions.DEEDS,
    *evaluations.DEEDS,
    *reading.DEEDS,
    *meetings.DEEDS,
    *connections.DEEDS,
    *resources.DEEDS,
)
TOWN_DEEDS: Final[tuple[TownDeed, ...]] = (
    *courses.TOWN_DEEDS,
    *reading.TOWN_DEEDS,
    *sittings.DEEDS,
    *councils.DEEDS,
    *places.DEEDS,
    *library.DEEDS,
    *queries.DEEDS,
    *absences.DEEDS,
)


def rooms(deeds: Iterable[AnyDeed[V]], view: V) -> Rooms:
    """What this reader may do now: (heading, (deed, of, link text) ...), empty rooms left out."""
    listed: dict[str, list[tuple[str, str, str]]] = {}
    for deed in deeds:
        for offer in deed.offers(view):
            title = deed.title_for(view)
            text = f"{title}({offer.about})" if offer.about else title
            listed.setdefault(deed.room_for(view), []).append((deed.key, offer.of, text))
    return tuple((room, tuple(deeds)) for room, deeds in listed.items())
