"""The items of the programme of Social Welfare Act 106-4(2), run as one (DOMAIN §1)."""

import enum
from typing import Final


class Programme(enum.StrEnum):
    """Item 6, the making of plans, is run as one with item 5 (S0 第3-5(1)※)."""

    COMPREHENSIVE_CONSULTATION = "comprehensive_consultation"
    PARTICIPATION = "participation"
    COMMUNITY_BUILDING = "community_building"
    OUTREACH = "outreach"
    MULTI_AGENCY = "multi_agency"


# The three for which people apply, and which make plans (DOMAIN §2.4, §3.2).
PLANNING: Final = frozenset({Programme.MULTI_AGENCY, Programme.PARTICIPATION, Programme.OUTREACH})
