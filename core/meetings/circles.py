"""Who may be there for an item: its circle (R-038, R-044 to R-046, S0 第4-4(2)②※).

A circle is made anew for each item, so people may differ by case and time. In a combined
sitting, whoever is not of the item's body leaves for that item.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.basis import Basis
from core.errors import CaseworkError
from core.meetings.bodies import (
    MeetingBody,
    Membership,
    MembershipKind,
    Participant,
    SeatKind,
)
from core.meetings.ids import MeetingId, ParticipantId
from core.meetings.items import AgendaItem
from core.meetings.pledges import Pledge, require_bound
from core.meetings.shares import NOTHING, SharesOf, all_agree

# What rests on the person's consent, so that a consent can also let somebody in.
BY_CONSENT = frozenset({Basis.JUSO, Basis.CASE})


class Entitlement(enum.StrEnum):
    """By what a participant is in the circle of an item."""

    REGULAR = "REGULAR"
    TEMPORARY = "TEMPORARY"
    NAMED_AGENCY = "NAMED_AGENCY"
    SELF = "SELF"


class NotInTheCircle(CaseworkError):
    """This participant is not among the people allowed for the item.

    Facts: `participant` (id), `basis`, `allowed` (leave_item, temporary_member beforehand, and
    where consent can let somebody in, share_agency).
    """

    rule = "R-045"


class FamilyNotCovered(CaseworkError):
    """A relative hears only what the person shares with this relative.

    Facts: `participant` (id), `allowed`.
    """

    rule = "R-046"


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """What decides about who may be there, as it is at one moment.

    Attributes:
        body: the body that discusses the item.
        case_talk_of: for CASE, the 重層的支援会議 whose list consent names; its members may come.
    """

    body: MeetingBody
    meeting_id: MeetingId
    at: datetime
    shares: SharesOf
    pledges: tuple[Pledge, ...] = ()
    case_talk_of: MeetingBody | None = None


def membership_of(
    participant: Participant, *, item: AgendaItem, body: MeetingBody, at: datetime
) -> Membership | None:
    """The place in which a participant comes to this item; regular before temporary.

    A temporary place counts for its own case only, and only when it was registered before `at`,
    the beginning of the item (R-046).
    """
    held = [m for m in body.members if m.holder.is_held_by(participant) and m.holds(at)]
    for membership in held:
        if membership.kind is MembershipKind.REGULAR:
            return membership
    for membership in held:
        if membership.case_id == item.case_id and membership.registered_at < at:
            return membership
    return None


def entitlement_of(
    participant: Participant, *, item: AgendaItem, room: Room
) -> tuple[Entitlement, Membership | None]:
    """By what this participant may be there, without yet asking for the pledge.

    Raises:
        NotInTheCircle: by nothing (R-045).
        FamilyNotCovered: a relative, whom the people concerned have not named (R-046, §2.4).
    """
    by_consent = room.body.basis in BY_CONSENT
    if by_consent and participant.person_id is not None and item.subjects:
        _require_may_hear(participant, item=item, room=room)
    for body in _reached(item, room=room):
        place = membership_of(participant, item=item, body=body, at=room.at)
        if place is not None:
            return Entitlement(place.kind.value), place
    if by_consent and _is_invited_self(participant, item=item, room=room):
        return Entitlement.SELF, None
    if by_consent and _agency_is_named(participant, item=item, room=room):
        return Entitlement.NAMED_AGENCY, None
    ways = "leave_item,temporary_member" + (",share_agency" if by_consent else "")
    raise NotInTheCircle(participant=participant.id, basis=room.body.basis.value, allowed=ways)


def require_in_circle(participant: Participant, *, item: AgendaItem, room: Room) -> Entitlement:
    """Refuse somebody who may not be there, or is not bound to secrecy yet.

    Raises:
        NotInTheCircle, FamilyNotCovered: as `entitlement_of`.
        NotBoundYet, ContractorNotPledged, ServiceEnded: as `pledges.require_bound`.
    """
    entitlement, membership = entitlement_of(participant, item=item, room=room)
    if entitlement is not Entitlement.SELF:
        require_bound(
            participant,
            body=room.body,
            membership=membership,
            pledges=room.pledges,
            at=room.at,
        )
    return entitlement


def circle_of(
    item: AgendaItem, *, participants: Iterable[Participant], room: Room
) -> frozenset[ParticipantId]:
    """Everybody of these who may be there for the item."""
    return frozenset(p.id for p in participants if _is_in(p, item=item, room=room))


def must_leave(
    present: Iterable[Participant], *, item: AgendaItem, room: Room
) -> frozenset[ParticipantId]:
    """Who has to leave the room before the item begins (R-045)."""
    people = tuple(present)
    return frozenset(p.id for p in people) - circle_of(item, participants=people, room=room)


def _is_in(participant: Participant, *, item: AgendaItem, room: Room) -> bool:
    try:
        require_in_circle(participant, item=item, room=room)
    except CaseworkError:
        return False
    return True


def _reached(item: AgendaItem, *, room: Room) -> tuple[MeetingBody, ...]:
    """The bodies whose members may be there.

    What rests on consent reaches a list only while everybody concerned shares with it, so a
    withdrawn consent empties the circle at once (C5). A case talk has members by the list of
    the 重層的支援会議 that consent names, or by consent that names the talk itself.
    """
    if room.body.basis not in BY_CONSENT:
        return (room.body,)
    both = (room.body, room.case_talk_of)
    return tuple(b for b in both if b and all_agree(item.subjects, room.shares, body=b))


def _require_may_hear(participant: Participant, *, item: AgendaItem, room: Room) -> None:
    """One of the household hears of the others only what they share with family, by topic."""
    person = participant.person_id
    named = person is None or all(
        room.shares.get(other, NOTHING).covers_relative(person, topics=item.topics)
        for other in item.subjects - {person}
    )
    if not named:
        raise FamilyNotCovered(participant=participant.id, allowed="leave_item,share_family")


def _is_invited_self(participant: Participant, *, item: AgendaItem, room: Room) -> bool:
    person = participant.person_id
    if (
        person is None
        or person not in item.subjects
        or SeatKind.PERSON not in (participant.stands_for)
    ):
        return False
    return room.meeting_id in room.shares.get(person, NOTHING).attends


def _agency_is_named(participant: Participant, *, item: AgendaItem, room: Room) -> bool:
    # Consent to tell an agency is by topic; an item that names none tells them nothing.
    return bool(item.subjects and item.topics) and all(
        room.shares.get(person, NOTHING).covers_agency(participant.agency_id, topics=item.topics)
        for person in item.subjects
    )
