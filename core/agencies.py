"""Organisations, the staff who work in them, and the roles that staff hold."""

import enum
from dataclasses import dataclass, field
from datetime import date

from core.fields import Field
from core.ids import AgencyId, AreaId, CaseId, MunicipalityId, StaffId
from core.programmes import Programme


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
class ContactWindow:
    """Where an organisation is reached; each part may be empty.

    Attributes:
        dept: the section or person to ask for.
        hours: when somebody is there, in words.
    """

    dept: str = ""
    phone: str = ""
    mail: str = ""
    hours: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Agency:
    """An organisation that can help with a livelihood issue.

    Attributes:
        fields: in which fields it helps; none named means it has not said.
        area_ids: where it helps; none named means the whole town.
        is_contractor: works for the municipality under a contract; owes secrecy (R-080).
        contract_since, contract_until: first and last day of the contract; None is open.
        secrecy_basis: the statute that binds its people to secrecy, in words.
        takes_emergencies: is called when there is danger to life or body (R-025).
    """

    id: AgencyId
    municipality_id: MunicipalityId
    code: str
    name: str
    kind: str = ""
    is_municipality: bool = False
    fields: frozenset[Field] = frozenset()
    area_ids: frozenset[AreaId] = frozenset()
    window: ContactWindow = field(default_factory=ContactWindow)
    is_contractor: bool = False
    contract_since: date | None = None
    contract_until: date | None = None
    secrecy_basis: str = ""
    takes_emergencies: bool = False

    def under_contract(self, on: date) -> bool:
        """Whether its people may work on that day: no contractor, or the contract runs."""
        if not self.is_contractor:
            return True
        begun = self.contract_since is None or self.contract_since <= on
        return begun and (self.contract_until is None or on <= self.contract_until)


class SiteType(enum.StrEnum):
    """基本型, 統合型, 地域型: how a place to consult is staffed (S0 第4-2)."""

    ONE_SCHEME = "ONE_SCHEME"
    SEVERAL_SCHEMES = "SEVERAL_SCHEMES"
    COMMUNITY = "COMMUNITY"


@dataclass(frozen=True, kw_only=True, slots=True)
class Provider:
    """Who runs an item of the programme (事業者); one of each item for each agency.

    Attributes:
        since, until: first and last day; None is open.
        outsourced_to: the agency that does it for this one, if another does.
        site_type: of a place to consult.
    """

    municipality_id: MunicipalityId
    agency_id: AgencyId
    programme: Programme
    since: date | None = None
    until: date | None = None
    outsourced_to: AgencyId | None = None
    site_type: SiteType | None = None

    def runs(self, on: date) -> bool:
        """Whether it runs on that day."""
        begun = self.since is None or self.since <= on
        return begun and (self.until is None or on <= self.until)

    @property
    def by(self) -> AgencyId:
        """The agency whose people do it."""
        return self.outsourced_to or self.agency_id


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffPledge:
    """The pledge of secrecy that a member of staff signed (R-080)."""

    signed_on: date
    version: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Staff:
    """A member of staff, known in Slack by (team, user).

    Attributes:
        locale: `ja` or `en`, the language of cards and errors.
        qualifications: such as 社会福祉士, 保健師, 精神保健福祉士.
        pledge: of secrecy; staff of a contractor need one (R-080).
        tax_officer: works in taxation; may sit at a table and brings no tax facts (R-043).
        on_call: stands on the town's roster of duty, which counts as being assigned to every case
            when the glass has to be broken [D].
        novice: is new; writes letters with approved texts only.
        approves_own: where the town allows it at all, may approve an own letter with a reason.
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
    qualifications: tuple[str, ...] = ()
    pledge: StaffPledge | None = None
    tax_officer: bool = False
    on_call: bool = False
    novice: bool = False
    approves_own: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Seat:
    """Who holds which role on one case: what ○ means in DOMAIN §3.7."""

    case_id: CaseId
    staff_id: StaffId
    role: Role
