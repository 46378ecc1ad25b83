"""See beforehand before which body a case would come, why, and with whom."""

from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from core.days import local_day
from core.ids import StaffId
from core.meeting_steps import require_plan_here, role_here
from core.meetings.asking import ItemAsked, item_asked
from core.meetings.attendance import SeatNeed, Suggestion, seats_needed, suggestions
from core.meetings.bodies import MeetingBody, Participant, convened_by
from core.meetings.circles import circle_of
from core.meetings.grounds import ground_of
from core.meetings.ids import ItemId, MeetingId
from core.meetings.items import AgendaItem, Ground
from core.meetings.sittings import Meeting
from core.meetings.situation import Situation
from core.municipal_profiles.bodies import next_meetings, own_body
from core.municipal_profiles.cadence import Offer
from core.municipal_profiles.profile import MunicipalProfile
from core.ports import UnitOfWork
from core.programmes import PLANNING
from core.situations import Runs, situation_now
from core.transitions import ANY_STAFF


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemPreview:
    """What would become of a request.

    Attributes:
        ground: the law, the body and the reasons; each reason has a sentence in the catalogue.
        may_come: everybody registered who may be there, bound to secrecy already.
        must_leave: members of the other bodies, who leave for this item (R-045).
        seats: who has to be there (R-031 to R-033, R-091).
        suggested: whom one might ask besides, and why; never blocks (R-034, R-035, R-037).
        convened_by: in whose name people are called (R-049).
        dates: when the body meets next, by the town's own cadence.
    """

    ground: Ground
    body: MeetingBody
    may_come: tuple[Participant, ...]
    must_leave: tuple[Participant, ...]
    seats: tuple[SeatNeed, ...]
    suggested: tuple[Suggestion, ...]
    convened_by: tuple[str, ...]
    dates: tuple[Offer, ...]


async def preview_item(
    uow: UnitOfWork,
    *,
    asked: ItemAsked,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    profile: MunicipalProfile | None = None,
    closed_days: frozenset[date] = frozenset(),
    runs: Runs = PLANNING,
) -> ItemPreview:
    """Nothing is kept; the same request is refused for the same reasons.

    Args:
        profile: the town's own, for the dates and for R-092; without it neither is looked at.

    Raises:
        As `request_meeting`.
    """
    async with uow.read() as work:
        case = None if asked.case_id is None else await work.cases.get(asked.case_id)
        person = None if case is None else case.person_id
        item = item_asked(asked, id=ItemId("preview"), person_id=person, by=by, at=at)
        await role_here(work, (item,), by=by, allowed=ANY_STAFF)
        situation = await situation_now(work, (item,), at=at, tz=tz, runs=runs)
        ground = ground_of(item, bodies=situation.bodies, shares=situation.shares)
        typed = replace(item, ground=ground)
        await require_plan_here(work, case, typed, profile=profile)
        body = situation.body(ground.body_id)
        may_come, must_leave = _around(item, ground, situation, at=at)
        return ItemPreview(
            ground=ground,
            body=body,
            may_come=may_come,
            must_leave=must_leave,
            seats=seats_needed(item, body=body, runs=runs),
            suggested=suggestions(item, body=body, invited=may_come),
            convened_by=tuple(seat.value for seat in convened_by(body)),
            dates=_dates(body, profile, after=local_day(at, tz=tz), closed_days=closed_days),
        )


def _around(
    item: AgendaItem, ground: Ground, situation: Situation, *, at: datetime
) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
    """Who may come, and which members of other bodies would have to leave."""
    item = replace(item, ground=ground)
    imagined = Meeting(
        id=MeetingId("preview"),
        municipality_id=situation.body(ground.body_id).municipality_id,
        items=(item,),
        requested_by=item.requested_by,
    )
    room = situation.room(item, meeting=imagined, at=at)
    everybody = tuple(situation.participants.values())
    inside = circle_of(item, participants=everybody, room=room)
    outside = [
        one
        for one in everybody
        if one.id not in inside
        and any(
            member.holds(at) and member.case_id is None and member.holder.is_held_by(one)
            for body in situation.bodies
            for member in body.members
        )
    ]
    return tuple(one for one in everybody if one.id in inside), tuple(outside)


def _dates(
    body: MeetingBody,
    profile: MunicipalProfile | None,
    *,
    after: date,
    closed_days: frozenset[date],
) -> tuple[Offer, ...]:
    own = own_body(profile, body.id)
    return () if own is None else next_meetings(own, after=after, closed_days=closed_days)
