"""Meeting bodies, and who belongs to them from when until when (DOMAIN §2.8).

A body keeps every version of its regular membership list, because consent to share in it is
given to one version (R-039, C6). Temporary members belong for one case and make no version.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from core.basis import Basis
from core.errors import CaseworkError
from core.ids import AgencyId, CaseId, MunicipalityId, PersonId, StaffId
from core.meetings.ids import BodyId, MembershipId, ParticipantId
from core.meetings.pledge_text import PledgeText


class SeatKind(enum.StrEnum):
    """What somebody at the table stands for; one participant may stand for several."""

    MUNICIPALITY = "MUNICIPALITY"
    MULTI_AGENCY = "MULTI_AGENCY"
    OUTREACH = "OUTREACH"
    PARTICIPATION = "PARTICIPATION"
    CONSULTATION = "CONSULTATION"
    CHAIR = "CHAIR"
    SECRETARIAT = "SECRETARIAT"
    CLERK = "CLERK"
    REVIEWER = "REVIEWER"
    PUBLIC_ASSISTANCE = "PUBLIC_ASSISTANCE"
    EMPLOYMENT = "EMPLOYMENT"
    SCHOOL = "SCHOOL"
    COMMUNITY = "COMMUNITY"
    AGENCY = "AGENCY"
    FAMILY = "FAMILY"
    PERSON = "PERSON"


class MembershipKind(enum.StrEnum):
    """REGULAR stands on the list; TEMPORARY is for one case, set before the item (R-046)."""

    REGULAR = "REGULAR"
    TEMPORARY = "TEMPORARY"


class MembershipIncomplete(CaseworkError):
    """A membership names a participant or an agency, and is for one case if temporary.

    Facts: `lacks` (holder, case, regular_case), `allowed`.
    """

    rule = "R-046"


class TooLateForThisItem(CaseworkError):
    """A temporary member is registered before the item begins, never during it.

    Facts: `at` (when the item began, ISO 8601), `allowed`.
    """

    rule = "R-046"


class BodyNotSetUp(CaseworkError):
    """No body of the kind that the law asks for has been set up here.

    Facts: `basis`, `lacks` (body, establishment_rule, statutory_basis, host), `allowed`.
    """

    rule = "R-039"


@dataclass(frozen=True, kw_only=True, slots=True)
class Participant:
    """Somebody who may sit at a table: a member of staff, or someone from outside.

    Attributes:
        stands_for: the seats this participant fills.
        person_id: for the person concerned and for family; None for everybody else.
        is_contractor: works for a contractor of the municipality (R-080).
        tax_officer: may join, but brings no facts from taxation without consent (R-043).
        serves_from, serves_until: period of service or of the contract, aware, half-open; the
            end of a contract ends access (DOMAIN §9).
    """

    id: ParticipantId
    stands_for: frozenset[SeatKind]
    agency_id: AgencyId | None = None
    staff_id: StaffId | None = None
    person_id: PersonId | None = None
    is_contractor: bool = False
    tax_officer: bool = False
    serves_from: datetime | None = None
    serves_until: datetime | None = None

    def serves(self, at: datetime) -> bool:
        """Whether the period of service holds at this moment."""
        begun = self.serves_from is None or self.serves_from <= at
        return begun and (self.serves_until is None or at < self.serves_until)


@dataclass(frozen=True, kw_only=True, slots=True)
class Holder:
    """Who holds a place: one participant, or whoever comes for an agency."""

    participant_id: ParticipantId | None = None
    agency_id: AgencyId | None = None

    def is_held_by(self, participant: Participant) -> bool:
        """Whether this participant comes in this place."""
        if self.participant_id is not None:
            return self.participant_id == participant.id
        return self.agency_id is not None and self.agency_id == participant.agency_id


@dataclass(frozen=True, kw_only=True, slots=True)
class Membership:
    """A place in a body.

    Attributes:
        case_id: for which case, TEMPORARY only.
        registered_at: when it was written down; for TEMPORARY before the item begins.
        notice_given_at: when the notice of secrecy was handed over; None while not yet.
        since, until: aware, half-open.
    """

    id: MembershipId
    body_id: BodyId
    kind: MembershipKind
    holder: Holder
    registered_at: datetime
    since: datetime
    until: datetime | None = None
    case_id: CaseId | None = None
    notice_given_at: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether it is in force at this moment."""
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, kw_only=True, slots=True)
class Roster:
    """One version of the regular membership list; `number` counts from 1."""

    number: int
    in_force_from: datetime
    holders: frozenset[Holder]


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingBody:
    """A body that meets, under the municipality's own name for it.

    Attributes:
        basis: its legal kind; a town whose talks are not 106-6 bodies has CASE or OTHER.
        rosters: every version of the regular list, oldest first.
        members: all memberships, ended ones too.
        mandatory: seats the town's own rules require (R-091).
        establishment_rule: the rule that sets the body up (要綱); required of SHIEN.
        statutory_basis: the statute of its secrecy; required of SHIEN and OTHER (R-054).
        host_is_contractor: a private contractor hosts; the municipality helps convene (R-049).
        most_community: above so many people of the community a warning is shown (R-035).
        pledge_text: what its members sign; None while the town has not worded it (R-081).
        version: as stored; storage counts it on.
    """

    id: BodyId
    municipality_id: MunicipalityId
    basis: Basis
    name: str
    rosters: tuple[Roster, ...] = ()
    members: tuple[Membership, ...] = ()
    mandatory: frozenset[SeatKind] = frozenset()
    establishment_rule: str = ""
    statutory_basis: str = ""
    host_is_contractor: bool = False
    most_community: int | None = None
    chair_title: str = ""
    secretariat_title: str = ""
    clerk_title: str = ""
    pledge_text: PledgeText | None = None
    version: int = 1

    @property
    def roster(self) -> Roster | None:
        """The list in force; None while nobody has been entered."""
        return self.rosters[-1] if self.rosters else None

    def covers(self, number: int) -> bool:
        """Whether consent to version `number` still reaches everybody on the list (C6).

        A list that only shrank is covered; one that has anybody new is not.
        """
        return number in self.reaching

    @property
    def reaching(self) -> frozenset[int]:
        """The versions whose list held everybody who is on the present one."""
        return frozenset(
            roster.number for roster in self.rosters if self.rosters[-1].holders <= roster.holders
        )


# SHIEN is hosted by the municipality, JUSO by the multi-agency provider (M4).
HOSTS: Final[dict[Basis, SeatKind | None]] = {
    Basis.SHIEN: SeatKind.MUNICIPALITY,
    Basis.JUSO: SeatKind.MULTI_AGENCY,
    Basis.CASE: None,
    Basis.OTHER: None,
}


def convened_by(body: MeetingBody) -> tuple[SeatKind, ...]:
    """In whose name people are called together (R-049).

    The host; beside a private contractor, the municipality too, so that agencies come.
    """
    host = HOSTS[body.basis] or SeatKind.SECRETARIAT
    helps = body.host_is_contractor and host is not SeatKind.MUNICIPALITY
    return (host, SeatKind.MUNICIPALITY) if helps else (host,)


def require_set_up(body: MeetingBody | None, *, basis: Basis) -> MeetingBody:
    """The body, provided that it may meet.

    Raises:
        BodyNotSetUp: there is none, or what sets it up is missing (R-039, R-054).
    """
    lacks = "body" if body is None else _lacks(body)
    if lacks or body is None:
        raise BodyNotSetUp(basis=basis.value, lacks=lacks, allowed="set_up_body")
    return body


def sits_here(basis: Basis, *, bodies: Iterable[MeetingBody]) -> bool:
    """Whether the town has a body of this kind that may meet."""
    return any(body.basis is basis and not _lacks(body) for body in bodies)


def _lacks(body: MeetingBody) -> str:
    """What sets it up and is missing; "" where it may meet."""
    if body.basis is Basis.SHIEN and not body.establishment_rule:
        return "establishment_rule"
    if body.basis in (Basis.SHIEN, Basis.OTHER) and not body.statutory_basis:
        return "statutory_basis"
    return ""


def with_regular(body: MeetingBody, membership: Membership) -> MeetingBody:
    """Enter a regular member; the list gets a new version.

    Raises:
        MembershipIncomplete: no holder, or a case is named.
    """
    _require_complete(membership, kind=MembershipKind.REGULAR)
    members = (*body.members, membership)
    return _next_version(replace(body, members=members), at=membership.since)


def without(body: MeetingBody, membership_id: MembershipId, *, at: datetime) -> MeetingBody:
    """End a membership; a regular one makes a new, narrower version of the list."""
    members = tuple(
        replace(m, until=at) if m.id == membership_id and m.holds(at) else m for m in body.members
    )
    if members == body.members:
        return body
    return _next_version(replace(body, members=members), at=at)


def with_temporary(
    body: MeetingBody, membership: Membership, *, item_begins_at: datetime
) -> MeetingBody:
    """Register somebody for one case, ahead of the item (R-046); the list keeps its version.

    Raises:
        MembershipIncomplete: no holder, or no case.
        TooLateForThisItem: the item has begun.
    """
    _require_complete(membership, kind=MembershipKind.TEMPORARY)
    if membership.registered_at >= item_begins_at:
        raise TooLateForThisItem(
            at=item_begins_at.isoformat(), allowed="leave_item,later_item,share_agency"
        )
    return replace(body, members=(*body.members, membership))


def as_it_was(body: MeetingBody, *, at: datetime) -> MeetingBody:
    """The body with the versions of its list that there were at a moment (M6)."""
    rosters = tuple(roster for roster in body.rosters if roster.in_force_from <= at)
    return replace(body, rosters=rosters)


def with_notice(
    body: MeetingBody, membership_id: MembershipId, *, given_at: datetime
) -> MeetingBody:
    """Record that the notice of secrecy was handed over."""
    members = tuple(
        replace(m, notice_given_at=given_at) if m.id == membership_id else m for m in body.members
    )
    return replace(body, members=members)


def _require_complete(membership: Membership, *, kind: MembershipKind) -> None:
    holder = membership.holder
    if holder.participant_id is None and holder.agency_id is None:
        raise MembershipIncomplete(lacks="holder", allowed="name_holder")
    if membership.kind is not kind or (kind is MembershipKind.TEMPORARY) != (
        membership.case_id is not None
    ):
        raise MembershipIncomplete(lacks="case", allowed="temporary_for_one_case,regular")


def _next_version(body: MeetingBody, *, at: datetime) -> MeetingBody:
    holders = frozenset(
        m.holder for m in body.members if m.kind is MembershipKind.REGULAR and m.holds(at)
    )
    if body.rosters and body.rosters[-1].holders == holders:
        return body
    roster = Roster(number=len(body.rosters) + 1, in_force_from=at, holders=holders)
    return replace(body, rosters=(*body.rosters, roster))
