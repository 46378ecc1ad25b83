"""The lead goes to the source, and multi-agency advises (S0 第3-1(2)②イ, R-010)."""

from dataclasses import dataclass
from datetime import datetime

from core.agencies import Role
from core.audit import AuditEvent
from core.errors import CaseworkError
from core.ids import AgencyId, CaseId, StaffId


class LeadChangeUnfounded(CaseworkError):
    """A meeting finds that the source should lead, and somebody goes on advising (R-010).

    Facts: `missing`, `allowed`.
    """

    rule = "R-010"


@dataclass(frozen=True, kw_only=True, slots=True)
class LeadAtSource:
    """The lead after the change, and the link of advice that stays."""

    case_id: CaseId
    lead_agency_id: AgencyId
    advised_by: AgencyId
    event: AuditEvent


def lead_at_source(
    case_id: CaseId,
    *,
    was_agency_id: AgencyId,
    source_agency_id: AgencyId,
    advised_by: AgencyId | None,
    meeting_id: str,
    by: StaffId,
    role: Role,
    at: datetime,
) -> LeadAtSource:
    """Make the source the lead agency, with advice of multi-agency (R-010).

    Raises:
        LeadChangeUnfounded: no meeting found so, or nobody advises.
    """
    missing = [] if meeting_id else ["meeting"]
    if advised_by is None:
        missing.append("advised_by")
    if missing or advised_by is None:
        raise LeadChangeUnfounded(missing=",".join(missing), allowed="REQUEST_MEETING")
    event = AuditEvent(
        action="case.lead_changed",
        at=at,
        actor=by,
        role=role.value,
        subject=case_id,
        case_id=case_id,
        was=was_agency_id,
        now=source_agency_id,
        evidence=(f"meeting={meeting_id}", f"advised_by={advised_by}"),
    )
    return LeadAtSource(
        case_id=case_id, lead_agency_id=source_agency_id, advised_by=advised_by, event=event
    )
