"""What an item decided, which decisions are open to it, and what may rest on them (R-030).

The municipality's own decision on a plan is another act, taken after the meeting
(`core.plans.decisions.MunicipalDecision`).
"""

import enum
from dataclasses import dataclass
from datetime import date, datetime

from core.ids import AgencyId, StaffId


class Outcome(enum.StrEnum):
    """How an item ended (DOMAIN §2.8 Decision)."""

    APPROVED = "APPROVED"
    ENDORSED = "ENDORSED"
    RETURNED = "RETURNED"
    CLOSE_OK = "CLOSE_OK"
    INTERRUPT_OK = "INTERRUPT_OK"
    NOT_YET = "NOT_YET"
    REPLAN_NEEDED = "REPLAN_NEEDED"
    LEAD_CHANGED = "LEAD_CHANGED"
    CONTINUES = "CONTINUES"
    NOTED = "NOTED"
    FORWARDED = "FORWARDED"


@dataclass(frozen=True, kw_only=True, slots=True)
class AssignedRole:
    """One line of the role table: which agency does what, by whom."""

    agency_id: AgencyId
    does: str
    staff_id: StaffId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemDecision:
    """The decision on one item.

    Attributes:
        roles: role table; required of plan items (M7).
        next_monitoring_on: local day; required of plan items (M7).
        reason: why it was returned or put off; staff text.
        dissent: who thought otherwise and why; staff text.
        lead_agency_id: the agency that leads from now on (R-010), for LEAD_CHANGED and CLOSE_OK.
        applied_at: when plan and case were brought in line with it (M8).
    """

    outcome: Outcome
    roles: tuple[AssignedRole, ...] = ()
    next_monitoring_on: date | None = None
    reason: str = ""
    dissent: str = ""
    lead_agency_id: AgencyId | None = None
    applied_at: datetime | None = None

    @property
    def accepts_plan(self) -> bool:
        """Whether the plan goes on from here."""
        return self.outcome in (Outcome.APPROVED, Outcome.ENDORSED)
