"""What a plan takes from others as plain values: a meeting's, the municipality's, the consents'.

The meeting itself, its agenda and the ledger of consents live elsewhere; whoever loads them
reduces them to these.
"""

import enum
from dataclasses import dataclass
from datetime import date
from typing import Final

from core.ids import CaseId, StaffId
from core.programmes import Programme

# Seats of every 重層的支援会議, and that of the referring source; spelt as
# core.meetings spells its kinds of seat.
JUSO_SEATS: Final = frozenset({"MUNICIPALITY", "MULTI_AGENCY", "OUTREACH", "PARTICIPATION"})
SOURCE_SEAT: Final = "CONSULTATION"


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingDecision:
    """What one agenda item decided.

    Attributes:
        purpose: PLAN, REPLAN, CLOSE, INTERRUPT, PROGRESS ... (DOMAIN §2.8).
        basis: SHIEN, JUSO, CASE or OTHER.
        decision: APPROVED, ENDORSED, RETURNED, CLOSE_OK, INTERRUPT_OK, NOT_YET ...
        case_id, programmes: of which case, and whose plan or support it decided (R-030: each
            programme on its own); a plan accepts no other's.
        attended: kinds of seat that were filled, see JUSO_SEATS.
        source_referred: a comprehensive-consultation provider referred the case; it attends in
            principle (R-033).
        source_absence_reason: why it did not.
        notes_kept: notes or minutes of this item exist.
    """

    meeting_id: str
    purpose: str
    basis: str
    decision: str
    held_on: date
    case_id: CaseId | None = None
    programmes: frozenset[Programme] = frozenset()
    attended: frozenset[str] = frozenset()
    source_referred: bool = False
    source_absence_reason: str = ""
    notes_kept: bool = False


class MunicipalAct(enum.StrEnum):
    """What the municipality did with a plan (DOMAIN §2.8, S0 第4-4(2)⑥)."""

    DECIDED = "DECIDED"
    CONFIRMED_OTHER = "CONFIRMED_OTHER"
    REPORTED = "REPORTED"
    REFUSED = "REFUSED"


@dataclass(frozen=True, kw_only=True, slots=True)
class MunicipalDecision:
    """支援決定, or its refusal.

    Attributes:
        acts: DECIDED, and CONFIRMED_OTHER where the plan has other support; or REFUSED.
        content: what support is decided on (支援の内容); required with DECIDED.
        reason: why refused; required with REFUSED.
    """

    acts: frozenset[MunicipalAct]
    by: StaffId
    decided_on: date
    content: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanConsents:
    """What the ledger says now about this plan's person.

    Attributes:
        service_use: programmes for which SERVICE_USE is given.
        meeting_covered: SHARE_MEETING covers the membership of the 重層的支援会議.
    """

    service_use: frozenset[Programme] = frozenset()
    meeting_covered: bool = False
