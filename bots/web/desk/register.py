"""Every deed of the house, area by area, in the order in which the desk shows them."""

from collections.abc import Iterable
from typing import Final, TypeVar

from bots.web.desk import (
    absences,
    answers,
    calling,
    connections,
    consents,
    contacts,
    councils,
    courses,
    evaluations,
    excusing,
    guide,
    intake_sheets,
    leaflet_letters,
    letters,
    library,
    linking,
    meetings,
    notices,
    own_page,
    places,
    plan_decisions,
    plan_less,
    plans,
    queries,
    reading,
    reception,
    resources,
    series,
    sittings,
    wishes,
)
from bots.web.desk.deed import AnyDeed, Deed, TownDeed
from bots.web.desk.views import Seen

V = TypeVar("V", bound=Seen)
Rooms = tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]

# One line for each area; the order is that of the desk.
DEEDS: Final[tuple[Deed, ...]] = (
    *answers.DEEDS,
    *contacts.DEEDS,
    *calling.DEEDS,
    *letters.DEEDS,
    *excusing.DEEDS,
    *series.DEEDS,
    *leaflet_letters.DEEDS,
    *linking.DEEDS,
    *guide.DEEDS,
    *own_page.DEEDS,
    *wishes.DEEDS,
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
    *calling.TOWN_DEEDS,
    *reading.TOWN_DEEDS,
    *sittings.DEEDS,
    *councils.DEEDS,
    *places.DEEDS,
    *library.DEEDS,
    *guide.TOWN_DEEDS,
    *queries.DEEDS,
    *absences.DEEDS,
    *reception.DEEDS,
    *notices.DEEDS,
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
