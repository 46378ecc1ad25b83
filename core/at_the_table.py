"""At which items of a case a colleague has a place: ○ on the item in DOMAIN §3.7 (R-045, R-082)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.access import ItemSeat
from core.agencies import Role
from core.ids import CaseId, StaffId
from core.meetings.bodies import MeetingBody, MembershipKind, Participant, SeatKind
from core.meetings.circles import Room, circle_of, membership_of
from core.meetings.items import AgendaItem
from core.meetings.pledges import Pledge
from core.meetings.shares import SharesOf
from core.meetings.sittings import Meeting

# Of several seats that one participant fills, the one that reaches furthest.
_TITLES: Final = (
    (SeatKind.CHAIR, Role.CHAIR),
    (SeatKind.SECRETARIAT, Role.SECRETARIAT),
    (SeatKind.CLERK, Role.CLERK),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tables:
    """What decides about places, as it is at one moment.

    Attributes:
        participants: as whom the colleague may sit.
    """

    bodies: tuple[MeetingBody, ...]
    participants: tuple[Participant, ...]
    pledges: tuple[Pledge, ...]
    shares: SharesOf
    at: datetime


def places_of(
    staff_id: StaffId, *, case_id: CaseId, meetings: Iterable[Meeting], tables: Tables
) -> tuple[ItemSeat, ...]:
    """The items of this case in whose circle the colleague is.

    Once an item was discussed its circle stands (R-082); before that it is worked out from
    consents, lists and pledges as they are now. Whoever's service has ended is in no circle.
    """
    serving = [one for one in tables.participants if one.serves(tables.at)]
    return tuple(
        ItemSeat(item_id=item.id, case_id=case_id, staff_id=staff_id, role=role)
        for meeting in meetings
        for item in meeting.items
        if item.case_id == case_id and (item.is_live or item.circle)
        for role in _roles(item, meeting, serving, tables)
    )


def _roles(
    item: AgendaItem, meeting: Meeting, serving: list[Participant], tables: Tables
) -> Iterator[Role]:
    ground = item.ground
    body = next((b for b in tables.bodies if ground is not None and b.id == ground.body_id), None)
    if body is None:
        return
    room = Room(
        body=body,
        meeting_id=meeting.id,
        at=tables.at,
        shares=tables.shares,
        pledges=tables.pledges,
    )
    circle = item.circle or circle_of(item, participants=serving, room=room)
    for one in serving:
        if one.id in circle:
            yield _role(one, item, body, at=tables.at)


def _role(one: Participant, item: AgendaItem, body: MeetingBody, *, at: datetime) -> Role:
    for seat, role in _TITLES:
        if seat in one.stands_for:
            return role
    held = membership_of(one, item=item, body=body, at=at)
    temporary = held is not None and held.kind is MembershipKind.TEMPORARY
    return Role.TEMPORARY_MEMBER if temporary else Role.MEMBER
