"""Everything that is done about meetings on a case's desk, in the order of a meeting's way."""

from typing import Final

from bots.web.desk import agenda, convening, guests, minutes, papers, venues
from bots.web.desk.deed import Deed

DEEDS: Final[tuple[Deed, ...]] = (
    *agenda.DEEDS,
    *convening.DEEDS,
    *venues.DEEDS,
    *guests.DEEDS,
    *papers.DEEDS,
    *minutes.DEEDS,
)
