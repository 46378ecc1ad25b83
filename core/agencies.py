"""Organisations, the staff who work in them, and the roles that staff hold."""

import enum
from dataclasses import dataclass

from core.ids import AgencyId, AreaId, CaseId, MunicipalityId, StaffId


class Role(enum.StrEnum):
    """The roles of DOMAIN §2.2; permission names."""

    OUTREACH_WORKER = "outreach_worker"
    CASE_LEAD = "case_lead"
    MESSAGE_APPROVER = "message_approver"
    COORDINATOR = "coordinator"
    PARTICIPATION_WORKER = "participation_worker"
    INTAKE_WORKER = "intake_worker"
    MUNICIPAL_OFFICER = "municipal_officer"
    CHAIR = "chair"
    SECRETARIAT = "secretariat"
    CLERK = "clerk"
    MEMBER = "member"
    TEMPORARY_MEMBER = "temporary_member"
    COMMUNITY_SUPPORTER = "community_supporter"
    PRIVACY_OFFICER = "privacy_officer"
    AUDITOR = "auditor"
    SYSTEM = "system"


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """圏域: a service area."""

    id: AreaId
    municipality_id: MunicipalityId
    code: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Agency:
    """An organisation that can help with a livelihood issue."""

    id: AgencyId
    municipality_id: MunicipalityId
    code: str
    name: str
    kind: str = ""
    is_municipality: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Staff:
    """A member of staff, known in Slack by (team, user).

    Attributes:
        locale: `ja` or `en`, the language of cards and errors.
    """

    id: StaffId
    municipality_id: MunicipalityId
    code: str
    name: str
    roles: frozenset[Role]
    agency_id: AgencyId | None = None
    slack_team_id: str | None = None
    slack_user_id: str | None = None
    locale: str = "ja"
    active: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Seat:
    """Who holds which role on one case: what ○ means in DOMAIN §3.7."""

    case_id: CaseId
    staff_id: StaffId
    role: Role
