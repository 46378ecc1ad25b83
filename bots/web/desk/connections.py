"""Everything on a case's desk that connects: つなぎ, つなぐシート, questions, what is given."""

from typing import Final

from bots.web.desk import connect_sheets, disclosures, receiving, referrals, routing
from bots.web.desk.deed import Deed

DEEDS: Final[tuple[Deed, ...]] = (
    *routing.DEEDS,
    *referrals.DEEDS,
    *receiving.DEEDS,
    *connect_sheets.DEEDS,
    *disclosures.DEEDS,
)
