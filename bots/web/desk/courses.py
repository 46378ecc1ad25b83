"""Everything that moves a case, in the order in which a case goes."""

from typing import Final

from bots.web.desk import (
    beginnings,
    colleagues,
    endings,
    keeping_touch,
    leavings,
    outreach_steps,
    preparing,
    taking_part,
    together,
    urgent,
)
from bots.web.desk.deed import Deed, TownDeed

DEEDS: Final[tuple[Deed, ...]] = (
    *outreach_steps.DEEDS,
    *preparing.DEEDS,
    *taking_part.DEEDS,
    *together.DEEDS,
    *endings.DEEDS,
    *leavings.DEEDS,
    *keeping_touch.DEEDS,
    *beginnings.DEEDS,
    *colleagues.DEEDS,
    *urgent.DEEDS,
)
TOWN_DEEDS: Final[tuple[TownDeed, ...]] = beginnings.TOWN_DEEDS
