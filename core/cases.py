"""An outreach case: whose it is, where it stands, and how many facts it has seen."""

import enum
from dataclasses import dataclass
from datetime import date
from typing import Final

from core.errors import CaseworkError
from core.ids import AreaId, CaseId, HouseholdId, MunicipalityId, PersonId, StaffId


class CaseState(enum.StrEnum):
    """The states of DOMAIN §3.1, and RECEIVED: a case that participation support or multi-agency
    has taken in and that nobody reaches out to (S0 第3-2, 第3-5) [D]."""

    RECEIVED = "RECEIVED"
    DISCOVERED = "DISCOVERED"
    LEAD_REVIEW = "LEAD_REVIEW"
    PRE_COORDINATION = "PRE_COORDINATION"
    RELATIONSHIP_BUILDING = "RELATIONSHIP_BUILDING"
    CONSENTED = "CONSENTED"
    CONTINUING_SUPPORT = "CONTINUING_SUPPORT"
    CLOSING_REVIEW = "CLOSING_REVIEW"
    CLOSED = "CLOSED"
    FOLLOW_UP = "FOLLOW_UP"
    INTERRUPTION_REVIEW = "INTERRUPTION_REVIEW"
    INTERRUPTED = "INTERRUPTED"
    REOPENED = "REOPENED"
    REFERRED_OUT = "REFERRED_OUT"
    NO_ACTION = "NO_ACTION"


class Urgency(enum.StrEnum):
    """How urgent the case is; a change of it holds every letter."""

    NORMAL = "NORMAL"
    WATCH = "WATCH"
    EMERGENCY = "EMERGENCY"


class LeadMode(enum.StrEnum):
    """Who leads the outreach, settled before anybody is approached (R-020, S0 第3-4(4)①)."""

    SELF = "SELF"
    CO_LEAD = "CO_LEAD"
    OTHER_LEAD = "OTHER_LEAD"


# Approach begins only after pre-coordination, and no letter leaves a case that rests.
# Where nobody reaches out, the person has come of their own accord and may be written to.
WRITABLE: Final = frozenset(
    {
        CaseState.RECEIVED,
        CaseState.RELATIONSHIP_BUILDING,
        CaseState.CONSENTED,
        CaseState.CONTINUING_SUPPORT,
        CaseState.CLOSING_REVIEW,
        CaseState.FOLLOW_UP,
    }
)


class CaseResting(CaseworkError):
    """No letter is written on a case that has not begun its approach, or has ended (R-022).

    Facts: `state`.
    """

    rule = "R-022"


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One case.

    Attributes:
        alias: what Slack and lists show (`A-12`); says nothing of the person.
        plan_less_because: why it has no plan and only its information is shared (R-092); ""
            for a case that is to have one. Staff text, sealed where stored.
        facts: how many facts have come in so far (contacts, replies, changes). A letter is
            approved in the light of so many facts; one more and it has to be read again (S5).
    """

    id: CaseId
    municipality_id: MunicipalityId
    case_no: str
    alias: str
    person_id: PersonId
    state: CaseState
    opened_on: date
    household_id: HouseholdId | None = None
    area_id: AreaId | None = None
    lead_staff_id: StaffId | None = None
    urgency: Urgency = Urgency.NORMAL
    plan_less_because: str = ""
    facts: int = 0
    version: int = 1

    @property
    def plan_required(self) -> bool:
        """Whether it is to have a plan; one that is not counts as new and no further (R-092)."""
        return not self.plan_less_because
